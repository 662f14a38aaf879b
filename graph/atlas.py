"""A built graph in Python: what a notebook or a script holds in its hand."""

from __future__ import annotations

from pathlib import Path

from .corrections import read_corrections
from .model import Build, Node, Statement
from .namespaces import BASE_IRI
from .pipeline import build as build_graph
from .read import built_in, read_all
from .view.page import notebook, page
from .vocabulary import Vocabulary, load


class Atlas:
    """A built graph, its nodes and its edges; the last value of a notebook's cell shows itself as the HTML view.

    >>> atlas = build()
    >>> next(node.label for node in atlas.nodes if node.iri.endswith("tool/kedro"))
    'Kedro'
    >>> [edge.evidence.line for edge in atlas.edges if edge.predicate == "atlas:runsOn"][:1]
    [32]
    """

    def __init__(self, built: Build, vocabulary: Vocabulary) -> None:
        self.built = built
        self.vocabulary = vocabulary

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes, by IRI."""
        return self.built.graph.nodes

    @property
    def edges(self) -> tuple[Statement, ...]:
        """Everything that the lists say, one statement for each time that it is said, each with its evidence."""
        return self.built.graph.statements

    def html(self) -> str:
        """Return the HTML view: one page that needs no network."""
        return page(self.built, self.vocabulary)

    def _repr_html_(self) -> str:
        return notebook(self.built, self.vocabulary)


def build(
    *sources: str,
    base_iri: str = BASE_IRI,
    ontology: Path | None = None,
    corrections: Path | None = None,
    min_confidence: float = 0.0,
) -> Atlas:
    """Build the graph of some lists (paths, folders, globs, addresses, ``github:owner/repo``); of the built-in list without any.

    `corrections` is a Turtle file that wins over the lists; statements of less than `min_confidence` (0 to 1) are left out.
    Raises `LinkatlasError` for the first source that cannot be read.
    """
    documents = list(read_all(sources)) if sources else [built_in()]
    vocabulary = load(ontology)
    corrected = read_corrections(corrections, vocabulary) if corrections is not None else None
    built = build_graph(documents, vocabulary, base_iri, corrections=corrected, min_confidence=min_confidence)
    return Atlas(built, vocabulary)
