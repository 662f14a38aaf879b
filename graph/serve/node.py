"""One thing as the JSON API gives it: what it is called, what it is, where it is, and what it has to do with others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any, TypeAlias

import pyoxigraph as ox

from ..namespaces import expand
from ..query.prefixes import shortened
from .search import LABELS

EDGES_AT_MOST = 1000
READINGS_AT_MOST = 10_000
"""Of all edges of one node; a hub of a large corpus has more, and they are asked for with SPARQL."""

_TYPE, _ALIAS, _SUBJECT, _PREDICATE, _OBJECT = (
    ox.NamedNode(expand(name)) for name in ("rdf:type", "skos:altLabel", "rdf:subject", "rdf:predicate", "rdf:object")
)
_DESCRIPTIONS = tuple(
    ox.NamedNode(expand(name)) for name in ("dcterms:description", "schema:description", "rdfs:comment")
)
_URLS = tuple(ox.NamedNode(expand(name)) for name in ("atlas:homepage", "schema:url", "foaf:homepage", "doap:homepage"))
_NAMING = {_TYPE, *LABELS, *_DESCRIPTIONS, *_URLS}
_READING = (
    ("quote", ox.NamedNode(expand("atlas:quote"))),
    ("source", ox.NamedNode(expand("prov:wasQuotedFrom"))),
    ("line", ox.NamedNode(expand("atlas:line"))),
    ("rule", ox.NamedNode(expand("atlas:rule"))),
    ("confidence", ox.NamedNode(expand("atlas:confidence"))),
)

_NUMBERS: Mapping[str, type[int] | type[float]] = {"integer": int, "decimal": float}

_Subject: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Triple"
_Term: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"
_Json = dict[str, Any]


def node(store: ox.Store, iri: str, prefixes: Mapping[str, str]) -> _Json | None:
    """Return the thing with an IRI as JSON has it; None where the default graph says nothing of it.

    ``edges`` are its statements beside those that name and describe it, whichever end it stands at; ``evidence`` are the
    readings of each, as ``evidence.ttl`` has them. ``complete`` is false where there are more than `EDGES_AT_MOST`.
    Raises `ValueError` for what is no IRI.
    """
    here = ox.NamedNode(iri)
    out = list(islice(_quads(store, here, None, None), EDGES_AT_MOST + 1))
    into = (quad for quad in _quads(store, None, None, here) if quad.predicate not in (_SUBJECT, _PREDICATE, _OBJECT))
    edges = list(islice(chain((quad for quad in out if quad.predicate not in _NAMING), into), EDGES_AT_MOST + 1))
    if not (out or edges):
        return None
    readings = _readings(store, here)
    return {
        **named(store, here, prefixes),
        "aliases": sorted(_values(store, here, _ALIAS)),
        "description": next((text for predicate in _DESCRIPTIONS for text in _values(store, here, predicate)), ""),
        "urls": sorted({url for predicate in _URLS for url in _values(store, here, predicate)}),
        "edges": [
            {
                "subject": _end(store, quad.subject, prefixes),
                "predicate": shortened(quad.predicate.value, prefixes),
                "object": _end(store, quad.object, prefixes),
                "evidence": readings[str(quad.triple)],
            }
            for quad in sorted(edges[:EDGES_AT_MOST], key=str)
        ],
        "complete": max(len(out), len(edges)) <= EDGES_AT_MOST,
    }


def named(store: ox.Store, here: ox.NamedNode, prefixes: Mapping[str, str]) -> _Json:
    """Return a thing's IRI, what it is called, and what it is; the IRI stands in for a missing name."""
    labels = (text for predicate in LABELS for text in _values(store, here, predicate))
    classes = _values(store, here, _TYPE)
    return {
        "iri": here.value,
        "label": next(labels, here.value),
        "class": shortened(classes[0], prefixes) if classes else "",
    }


def _end(store: ox.Store, term: _Term, prefixes: Mapping[str, str]) -> _Json:
    """Return what stands at one end of an edge: a thing by its IRI and name, or a value."""
    if isinstance(term, ox.NamedNode):
        return named(store, term, prefixes)
    return {"value": term.value if isinstance(term, ox.Literal) else str(term)}


def _readings(store: ox.Store, here: ox.NamedNode) -> dict[str, list[_Json]]:
    """Return why the edges of a thing are there: the reified statements (RDF 1.1 Schema, 5.3) by the triples they say."""
    found: dict[str, list[_Json]] = defaultdict(list)
    about = chain(_quads(store, None, _SUBJECT, here), _quads(store, None, _OBJECT, here))
    for reading in sorted({quad.subject for quad in islice(about, READINGS_AT_MOST)}, key=str):
        parts = [_objects(store, reading, part) for part in (_SUBJECT, _PREDICATE, _OBJECT)]
        if all(parts):
            found[" ".join(str(part[0]) for part in parts)].append(_reading(store, reading))
    return found


def _reading(store: ox.Store, reading: _Subject) -> _Json:
    values = {key: next(iter(_objects(store, reading, predicate)), None) for key, predicate in _READING}
    return {key: _plain(term) for key, term in values.items() if term is not None}


def _plain(term: _Term) -> str | int | float:
    """Return a term as JSON has it: a whole number and a decimal as numbers, all else as text."""
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode) else str(term)
    number = _NUMBERS.get(term.datatype.value.rpartition("#")[2])
    try:
        return number(term.value) if number else term.value
    except ValueError:  # "many"^^xsd:integer
        return term.value


def _values(store: ox.Store, subject: _Subject, predicate: ox.NamedNode) -> list[str]:
    return [term.value for term in _objects(store, subject, predicate) if isinstance(term, ox.NamedNode | ox.Literal)]


def _objects(store: ox.Store, subject: _Subject, predicate: ox.NamedNode) -> list[_Term]:
    """Return the objects of a property, sorted."""
    return sorted((quad.object for quad in _quads(store, subject, predicate, None)), key=str)


def _quads(
    store: ox.Store, subject: _Subject | None, predicate: ox.NamedNode | None, target: _Term | None
) -> Iterator[ox.Quad]:
    return iter(store.quads_for_pattern(subject, predicate, target, ox.DefaultGraph()))
