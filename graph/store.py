"""The graph as RDF: its plain facts as triples, and an embedded Oxigraph store to ask them with SPARQL.

`terms` is the one place that says what a `Graph` is in RDF; the Turtle exporter, the rules and the shapes all see
the same facts. Why a fact is there is not part of it (that is ``evidence.ttl``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from .iris import iri, is_absolute
from .namespaces import PREFIXES, expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .model import Graph, Node
    from .vocabulary import Vocabulary

Terms: TypeAlias = "tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]"
"""A fact's subject, predicate and object: what a triple is made of, at a third of its price."""

TYPE = ox.NamedNode(expand("rdf:type"))
PREF_LABEL = ox.NamedNode(expand("skos:prefLabel"))
ALT_LABEL = ox.NamedNode(expand("skos:altLabel"))
DESCRIPTION = ox.NamedNode(expand("dcterms:description"))
URL = ox.NamedNode(expand("schema:url"))
LIST_COUNT = ox.NamedNode(expand("atlas:listCount"))


_DATES = (
    ("xsd:date", re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), ""),
    ("xsd:gYearMonth", re.compile("[0-9]{4}-[0-9]{2}"), "-01"),
    ("xsd:gYear", re.compile("[0-9]{4}"), "-01-01"),
)


def literal(text: str) -> ox.Literal:
    """Return a property's value as a literal, typed by its form.

    A day, a month or a year of the calendar becomes ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``; any other text
    stays a string, which the shapes report where a date belongs.

    >>> [literal(text).datatype.value.rpartition("#")[2] for text in ("2019-06-05", "2019-06", "2019", "2019-13")]
    ['date', 'gYearMonth', 'gYear', 'string']
    """
    return ox.Literal(_clean(text), datatype=_term(_datatype(text)))


def value(predicate: str, text: str, vocabulary: Vocabulary) -> ox.NamedNode | ox.Literal:
    """Return a statement's object as RDF; what can be no IRI is kept as a string, which the shapes then report."""
    term = vocabulary.properties.get(predicate)
    if term is not None and term.literal:
        return ox.Literal(_clean(text)) if term.range == "xsd:string" else literal(text)
    return _node(text) if is_absolute(text) else ox.Literal(_clean(text))


def terms(graph: Graph, vocabulary: Vocabulary) -> Iterator[Terms]:
    """Yield the plain facts of a graph, each once: node by node in the order of IRIs, read and inferred facts alike.

    A node's class, names, description and further URLs come first, with the number of its lists where several name it;
    then its statements by property and object.
    """
    told: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for subject, predicate, target, _ in graph.told:
        told[subject][predicate, target] = None
    nodes = {node.iri: node for node in graph.nodes}
    for subject in sorted(nodes.keys() | told.keys()):
        here = ox.NamedNode(subject)
        facts = told.get(subject, {})
        if subject in nodes:
            yield from _naming(here, nodes[subject], {target for _, target in facts})
        for predicate, target in facts:
            yield here, _term(predicate), value(predicate, target, vocabulary)


def triples(graph: Graph, vocabulary: Vocabulary) -> Iterator[ox.Triple]:
    """Yield what `terms` yields, as triples."""
    return (ox.Triple(*fact) for fact in terms(graph, vocabulary))


def load(graph: Graph, vocabulary: Vocabulary) -> ox.Store:
    """Return an in-memory store that holds the plain facts of a graph in its default graph."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*fact) for fact in terms(graph, vocabulary))
    return store


def declared_prefixes(data: ox.Store) -> dict[str, str]:
    """Return the prefixes that a Turtle file of shapes or rules declares for its queries with ``sh:declare``."""
    query = "SELECT ?prefix ?space { [] sh:declare ?it . ?it sh:prefix ?prefix ; sh:namespace ?space } ORDER BY ?prefix"
    return {row["prefix"].value: row["space"].value for row in select(data, query)}


def prologue(prefixes: Mapping[str, str]) -> str:
    """Return the declarations of prefixes that a SPARQL query begins with."""
    return " ".join(f"PREFIX {prefix}: <{space}>" for prefix, space in sorted(prefixes.items()))


def select(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    """Run a SPARQL SELECT and yield its solutions; the prefixes of `namespaces` need no declaration.

    Raises `SyntaxError` for a query that does not parse and `ValueError` for one of another form.
    """
    found = store.query(query, prefixes=PREFIXES)
    if not isinstance(found, ox.QuerySolutions):
        raise ValueError("the query is not a SELECT")
    yield from found


def construct(store: ox.Store, query: str) -> Iterator[ox.Triple]:
    """Run a SPARQL CONSTRUCT and yield its triples; the prefixes of `namespaces` need no declaration.

    Raises `SyntaxError` for a query that does not parse and `ValueError` for one of another form.
    """
    found = store.query(query, prefixes=PREFIXES)
    if not isinstance(found, ox.QueryTriples):
        raise ValueError("the query is not a CONSTRUCT")
    yield from found


@cache
def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def _naming(here: ox.NamedNode, node: Node, told: set[str]) -> Iterator[Terms]:
    """Yield what a node's own record says; `told` are the values that its statements give already."""
    for cls in dict.fromkeys((node.cls, *node.further)):
        yield here, TYPE, _term(cls)
    yield here, PREF_LABEL, ox.Literal(_clean(node.label))
    for alias in node.aliases:
        yield here, ALT_LABEL, ox.Literal(_clean(alias))
    if node.description:
        yield here, DESCRIPTION, ox.Literal(_clean(node.description))
    # A link that is written relative to its list says nothing outside of it.
    further = dict.fromkeys(_node(url) for url in node.urls if url not in told and is_absolute(url))
    for url in further:
        if url != here:
            yield here, URL, url
    if node.lists > 1:
        yield here, LIST_COUNT, ox.Literal(node.lists)


@lru_cache(maxsize=1 << 14)  # thousands of nodes are in one topic
def _node(url: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(url)
    except ValueError:
        return ox.NamedNode(iri(url))


def _clean(text: str) -> str:
    """Return a text without lone surrogates, which no RDF syntax can write."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _datatype(text: str) -> str:
    for datatype, form, rest in _DATES:
        if form.fullmatch(text):
            try:
                date.fromisoformat(text + rest)
            except ValueError:
                break
            return datatype
    return "xsd:string"
