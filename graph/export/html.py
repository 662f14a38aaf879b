"""The view as ``graph.html``: one file that opens by double click, offline, in any current browser."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from ..model import Build
from ..namespaces import PREFIXES
from ..query.questions import questions
from ..view.page import page
from ..view.sparql import READINGS_MOST, Sparql
from ..vocabulary import Vocabulary
from . import evidence, turtle


def write(build: Build, vocabulary: Vocabulary, file: BinaryIO) -> None:
    """Write the HTML view of a build to a binary file, in UTF-8."""
    file.write(page(build, vocabulary).encode("utf-8", "replace"))


def write_with_sparql(build: Build, vocabulary: Vocabulary, file: BinaryIO) -> None:
    """Write the HTML view of a build with all that it needs to answer SPARQL by itself."""
    file.write(page(build, vocabulary, sparql(build, vocabulary)).encode("utf-8", "replace"))


def sparql(build: Build, vocabulary: Vocabulary) -> Sparql:
    """Return what the page is asked of: ``graph.ttl``, and ``evidence.ttl`` where that is not too much for a browser."""
    graph = build.graph
    facts, readings = BytesIO(), BytesIO()
    turtle.write(build, vocabulary, facts)
    if len(graph.statements) + len(graph.inferred) <= READINGS_MOST:
        evidence.write(build, vocabulary, readings)
    spaces = {**PREFIXES, **turtle.prefixes(graph, vocabulary), "reading": f"{graph.base_iri}reading/"}
    return Sparql(facts.getvalue(), readings.getvalue(), dict(sorted(spaces.items())), questions())
