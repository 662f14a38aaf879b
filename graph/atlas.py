"""A graph in Python: what a notebook or a script holds in its hand."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .corrections import read_corrections
from .errors import UsageError
from .export import EXPORTERS
from .model import Build, Node, Statement
from .namespaces import BASE_IRI
from .pipeline import build as build_graph
from .query.evaluate import evaluate
from .query.naming import match, named
from .query.prefixes import PREFIXES
from .query.rows import Rows, rows_of
from .read import built_in, read_all
from .readback import read_build
from .view.page import notebook, page
from .vocabulary import Vocabulary
from .vocabulary import load as load_vocabulary

if TYPE_CHECKING:
    import networkx as nx
    import rdflib


class Atlas:
    """A graph, its nodes and its edges; the last value of a notebook's cell shows itself as the HTML view.

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

    def network(self) -> nx.MultiDiGraph[str]:
        """Return the graph for networkx: nodes by IRI, one edge a fact, keyed by its property.

        Nodes have ``label``, ``cls`` (``atlas:Tool``) and ``kind`` (tool); edges have ``words`` (runs on), ``readings`` (how
        often the lists say it; 0 where it was inferred) and ``confidence`` (the highest of them).

        >>> net = build().network()
        >>> net.nodes["https://w3id.org/linkatlas/id/tool/flyte"]["label"]
        'Flyte'
        """
        from .network import network

        return network(self.built.graph, self.vocabulary)

    def rdf(self) -> rdflib.Graph:
        """Return the facts as a graph of rdflib: what ``graph.ttl`` holds.

        >>> len(build().rdf()) > 300
        True
        """
        import rdflib

        return rdflib.Graph().parse(data=self._written("turtle"), format="turtle")

    def query(self, sparql: str) -> Rows | bool | rdflib.Graph:
        """Ask the facts and their evidence with SPARQL; the usual prefixes need no declaration.

        The answer of a SELECT is `Rows`, with ``.columns`` and ``.to_pandas()``; that of an ASK is a ``bool``, that of a
        CONSTRUCT or DESCRIBE an rdflib ``Graph``. Raises `QueryError`, with line and column, for a query that does not parse.

        >>> build().query("SELECT ?name { ?t atlas:runsOn/skos:prefLabel ?name } ORDER BY ?name")[0]
        ('Apache Spark',)
        >>> build().query("ASK { ?tool atlas:developedBy ?maker }")
        True
        """
        base = self.built.graph.base_iri
        spaces = {name: space.replace(BASE_IRI, base) for name, space in PREFIXES.items()}
        found = evaluate(self._store, sparql, spaces)
        if isinstance(found, ox.QuerySolutions):
            return rows_of(found)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        import rdflib

        return rdflib.Graph().parse(data=ox.serialize(found, format=ox.RdfFormat.N_TRIPLES), format="nt")

    def explain(self, one: str, other: str) -> tuple[Statement, ...]:
        """Return every statement between two things, in either direction, each with its evidence, inferred ones last.

        The things are given by name, in any spelling, or by IRI. Raises `UsageError` for a name that no node has.

        >>> [statement.evidence.quote for statement in build().explain("Airflow", "k8s")]
        ['AirFlow on K8S']
        """
        ends = {self._iri(one), self._iri(other)}
        graph = self.built.graph
        return tuple(said for said in (*graph.statements, *graph.inferred) if {said.subject, said.object} == ends)

    def show(self) -> None:
        """Show the HTML view: in the notebook that this runs in, else in the browser."""
        ipython = sys.modules.get("IPython")
        if ipython is not None and ipython.get_ipython() is not None:
            ipython.display.display(ipython.display.HTML(self._repr_html_()))
            return
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="linkatlas-", suffix=".html", delete=False
        ) as file:
            file.write(self.html())
        webbrowser.open(Path(file.name).as_uri())

    def html(self) -> str:
        """Return the HTML view: one page that needs no network."""
        return page(self.built, self.vocabulary)

    def _repr_html_(self) -> str:
        return notebook(self.built, self.vocabulary)

    @cached_property
    def _store(self) -> ox.Store:
        store = ox.Store()
        for name in ("turtle", "evidence"):
            store.bulk_load(self._written(name), ox.RdfFormat.TURTLE)
        return store

    def _written(self, name: str) -> bytes:
        out = BytesIO()
        EXPORTERS[name].write(self.built, self.vocabulary, out)
        return out.getvalue()

    def _iri(self, name: str) -> str:
        found = match(named(self._store), name)
        if not found.nodes:
            near = f"; did you mean {' or '.join(each.label for each in found.near)}?" if found.near else ""
            raise UsageError(f"no node is called {name!r}{near}")
        return found.nodes[0].iri


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
    vocabulary = load_vocabulary(ontology)
    corrected = read_corrections(corrections, vocabulary) if corrections is not None else None
    built = build_graph(documents, vocabulary, base_iri, corrections=corrected, min_confidence=min_confidence)
    return Atlas(built, vocabulary)


def load(folder: str | Path = "output", ontology: Path | None = None) -> Atlas:
    """Read a build back from its folder: from ``graph.ttl`` and ``evidence.ttl``, without reading the lists again.

    What these files do not hold is empty: where nodes are listed, what was left out, what breaks a shape.
    Raises `InputError` where the folder holds no build.
    """
    return Atlas(read_build(Path(folder)), load_vocabulary(ontology))
