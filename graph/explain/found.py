"""What explanations are made from: the lists as they were read, the graph before it forgets its reasons, and names looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from ..corrections import Corrections, ends
from ..engine import Spread, one_by_one
from ..items import Item
from ..model import Document, Graph, Node, Place, Statement
from ..names import fold
from ..namespaces import BASE_IRI
from ..pipeline import Progress, concluded, read_lists, silent
from ..resolve import Merge, Resolution
from ..survey import Survey
from ..urls import canonical
from ..vocabulary import Vocabulary

SUGGESTIONS = 5
_LENGTHS = 3
"""By how many letters a suggested name may be longer or shorter: more is not a slip of the pen."""


class _Read(NamedTuple):
    survey: Survey
    resolution: Resolution
    graph: Graph
    vocabulary: Vocabulary


class Traced(_Read):
    """Lists that were read, with the graph that they give and the reasons for it."""

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """The nodes by their IRIs."""
        return {node.iri: node for node in self.graph.nodes}

    def statements(self, iri: str) -> Iterator[Statement]:
        """Yield everything that is said of a node, then what follows."""
        for statement in (*self.graph.statements, *self.graph.inferred):
            if iri in (statement.subject, statement.object):
                yield statement

    def items(self, source: str, line: int) -> list[Item]:
        """Return the entries that stand on a line of a list."""
        return self._places.get((source, line), [])

    def text(self, source: str) -> str:
        """Return the text of a list."""
        return self._texts[source]

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {listing.document.source: listing.document.text for listing in self.survey.listings}

    @cached_property
    def _places(self) -> dict[tuple[str, int], list[Item]]:
        found: dict[tuple[str, int], list[Item]] = defaultdict(list)
        for listing in self.survey.listings:
            for item in listing.items:
                found[item.source, item.entry.line].append(item)
        return found


def trace(
    documents: Iterable[Document],
    vocabulary: Vocabulary,
    base_iri: str = BASE_IRI,
    progress: Progress = silent,
    spread: Spread = one_by_one,
    corrections: Corrections | None = None,
) -> Traced:
    """Read some lists as a build does, and keep the reasons."""
    survey, resolution = read_lists(documents, vocabulary, base_iri, progress, spread)
    progress("infer", 0, 1)
    graph, _ = concluded(resolution.graph, vocabulary, corrections)
    if corrections is not None:
        resolution = _merged(resolution, corrections)
    progress("infer", 1, 1)
    return Traced(survey, resolution, graph, vocabulary)


def _merged(resolution: Resolution, corrections: Corrections) -> Resolution:
    """Return what is one node with the merges of the corrections among the reasons."""
    into = ends(corrections)
    keys = {iri: key for key, iri in sorted(resolution.iris.items(), reverse=True)}
    merges = [
        Merge(keys[one], keys[other], "are one by a correction", Place(corrections.path, line))
        for one, (other, line) in corrections.merged.items()
        if one in keys and other in keys
    ]
    return resolution._replace(
        iris={key: into.get(iri, iri) for key, iri in resolution.iris.items()},
        merges=(*resolution.merges, *merges),
    )


def matching(graph: Graph, name: str) -> list[Node]:
    """Return the nodes of a name in any spelling, or of an IRI or a URL; those of the very spelling where there are any."""
    nodes = [node for node in graph.nodes if name == node.iri]
    if not nodes and "://" in name:
        page = canonical(name)
        nodes = [node for node in graph.nodes if any(canonical(url) == page for url in node.urls)]
    if not nodes and (key := fold(name)):
        nodes = [node for node in graph.nodes if any(fold(said) == key for said in (node.label, *node.aliases))]
    return nodes


def nearest(graph: Graph, name: str) -> list[str]:
    """Return the names of a graph that a person may have meant: those that hold the words, and slips of the pen."""
    key = fold(name)
    labels: dict[str, str] = {}
    for node in graph.nodes:
        for said in (node.label, *node.aliases):
            labels.setdefault(fold(said), node.label)
    holding = sorted((said for said in labels if len(key) > 1 and key in said), key=lambda said: (len(said), said))
    near = [said for said in sorted(labels) if abs(len(said) - len(key)) <= _LENGTHS]
    close = get_close_matches(key, near, n=SUGGESTIONS, cutoff=0.7)
    return list(dict.fromkeys(labels[said] for said in [*close, *holding]))[:SUGGESTIONS]
