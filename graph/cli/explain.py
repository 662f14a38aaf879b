"""``linkatlas explain``: what is known of a node, why an edge is there, why one is not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError, UsageError
from .terminal import progress_bar, say

if TYPE_CHECKING:
    from ..explain import Line, Traced
    from ..model import Document, Node
    from ..pipeline import Progress

STYLES = {"name": "bold", "mark": "bold yellow", "faint": "dim"}


@click.command(
    epilog="""
\b
Examples:
  linkatlas explain Airflow               what is known of Airflow, each fact with its lines
  linkatlas explain Airflow Kubernetes    why the two are related, or why they are not
  linkatlas explain K8s -d there          of the build in there/

\b
Exit codes:
  0    done
  2    the call is wrong, or nothing has the name
  3    the folder holds no build, or one of its lists cannot be read again
  4    a list on the network cannot be had
"""
)
@click.argument("name")
@click.argument("other", required=False)
@click.option(
    "-d",
    "--dir",
    "folder",
    metavar="DIR",
    default="output",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder of the build. Its lists are read again, from where they were.",
)
@click.option(
    "--ontology",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The ontology of the build, where it was not the built-in one.",
)
@click.option(
    "--corrections",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The corrections of the build, where it had any.",
)
def explain(name: str, other: str | None, folder: Path, ontology: Path | None, corrections: Path | None) -> None:
    """Say what is known of NAME, or why it is related to another NAME.

    A name is taken in any spelling, or for short; an IRI or a web address does too. Each fact comes with the lines that say it,
    the rule that read them and its confidence. Where two things are not related, the entries that name both are shown, and what
    stands against a relation.
    """
    from ..explain import explain_node, explain_pair

    with progress_bar(sys.stderr.isatty()) as progress:
        traced = _traced(folder, ontology, corrections, progress)
    ones = _nodes(traced, name)
    if other is None:
        _print(explain_node(node, traced) for node in ones)
        return
    others = _nodes(traced, other)
    pairs = [(one, two) for one in ones for two in others if one.iri != two.iri]
    if not pairs:
        raise UsageError(f"{name} and {other} name one node; linkatlas explain {name!r} says why")
    _print(explain_pair(one, two, traced) for one, two in pairs)


def _traced(folder: Path, ontology: Path | None, corrections: Path | None, progress: Progress) -> Traced:
    """Read the lists of a build again. Raises `InputError` where the folder holds no build or a list is gone."""
    from ..corrections import read_corrections
    from ..engine import on_all_cores
    from ..explain import trace
    from ..vocabulary import load

    report = folder / "report.json"
    try:
        said = json.loads(report.read_text(encoding="utf-8"))
        base_iri, sizes = (
            said["base_iri"],
            {one["source"]: one["characters"] for one in said["sources"] if not one["curated"]},
        )
    except OSError as error:
        raise InputError(f"{folder}: holds no build (there is no report.json); run linkatlas build first") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{report}: is not the report of a build") from error
    if corrections is None:
        for one in said["sources"]:
            if one["curated"]:
                say(f"{one['source']}: corrected the build; without --corrections this is about what the lists say")
    documents = list(_again(sizes))
    for document in documents:
        if len(document.text) != sizes[document.source]:
            say(f"{document.source}: has changed since the build; this is about what it says now")
    vocabulary = load(ontology)
    corrected = read_corrections(corrections, vocabulary) if corrections is not None else None
    return trace(documents, vocabulary, base_iri, progress, on_all_cores, corrected)


def _again(sources: Iterable[str]) -> Iterator[Document]:
    """Yield the lists of a build by the names that they have in it."""
    from ..read import BUILT_IN, built_in, read

    for source in sources:
        if source == "-":
            raise InputError("-: standard input cannot be read again; build from a file to explain it")
        yield from [built_in()] if source == BUILT_IN else read(source)


def _nodes(traced: Traced, name: str) -> list[Node]:
    """Return the nodes of a name. Raises `UsageError`, with the nearest names, where there is none."""
    from ..explain import matching, nearest
    from ..names import fold

    known = traced.vocabulary.names.get(fold(name))
    found = matching(traced.graph, name) or (matching(traced.graph, known.label) if known is not None else [])
    if not found:
        near = nearest(traced.graph, name)
        raise UsageError(f"nothing is called {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
    return found


def _print(parts: Iterable[Iterable[Line]]) -> None:
    """Print explanations, with an empty line between them: in colour on a terminal, plain where they are piped."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for number, part in enumerate(parts):
        lines = [Text.assemble(*((stretch.text, STYLES.get(stretch.style, "")) for stretch in one)) for one in part]
        while lines and not lines[-1]:
            lines.pop()
        for line in [*([Text()] if number else []), *lines]:
            console.print(line)
