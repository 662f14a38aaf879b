"""What the endpoint says of itself: SPARQL 1.1 Service Description, https://www.w3.org/TR/sparql11-service-description/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from ..namespaces import expand

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
FORMATS = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}
"""The names of media types in https://www.w3.org/ns/formats/."""


def description(
    endpoint: str, graphs: Sequence[ox.NamedNode], size: int, formats: Iterable[str]
) -> Iterator[ox.Triple]:
    """Yield the description of the service at the IRI `endpoint`.

    Its default graph, the union of all, has `size` triples; `graphs` are its named ones, `formats` the media types of
    its answers, of which those without a name are left out.
    """
    service, dataset, default = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("default")
    yield ox.Triple(service, _TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for media_type in (media_type for media_type in formats if media_type in FORMATS):
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + FORMATS[media_type]))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield ox.Triple(default, _TYPE, _sd("Graph"))
    yield ox.Triple(default, ox.NamedNode(expand("void:triples")), ox.Literal(size))
    for number, name in enumerate(graphs):
        graph = ox.BlankNode(f"named{number}")
        yield ox.Triple(dataset, _sd("namedGraph"), graph)
        yield ox.Triple(graph, _TYPE, _sd("NamedGraph"))
        yield ox.Triple(graph, _sd("name"), name)


_TYPE = ox.NamedNode(expand("rdf:type"))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
