"""A build's files back as records: what ``graph.ttl`` and ``evidence.ttl`` say of the graph that they were written from.

What neither file says is not there again: the places where nodes are listed, what became of links, the findings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from .errors import InputError
from .model import Build, Evidence, Graph, Node, Source, Statement
from .namespaces import BASE_IRI, contract
from .query.dataset import EVIDENCE, files, open_dataset

_ADDRESSES = ("atlas:homepage", "atlas:repository", "atlas:documentation", "schema:url")

Values = Mapping[str, Mapping[str, tuple[str, ...]]]
"""What is said of each subject: the values of each property, sorted."""


def read_build(folder: Path) -> Build:
    """Return the graph of a build that was written to a folder.

    Raises `InputError` where the folder holds no build, or one without ``evidence.ttl``.
    """
    if not any(path.name == EVIDENCE for path in files([folder])):
        raise InputError(f"{folder}: the build has no {EVIDENCE}; build it again with that format")
    said = _values(open_dataset([folder]))
    sources = tuple(sorted(_source(iri, about) for iri, about in said.items() if "dcterms:identifier" in about))
    names = {source.iri: source.source for source in sources}
    spaces = [about["void:uriSpace"][0] for about in said.values() if "void:uriSpace" in about]
    nodes = tuple(sorted(_node(iri, about) for iri, about in said.items() if "skos:prefLabel" in about))
    readings = sorted(_statement(about, names) for about in said.values() if "rdf:subject" in about)
    return Build(
        Graph(
            base_iri=spaces[0] if spaces else BASE_IRI,
            nodes=nodes,
            statements=tuple(reading for reading in readings if reading.evidence.source),
            inferred=tuple(reading for reading in readings if not reading.evidence.source),
            sources=sources,
        )
    )


def _values(store: ox.Store) -> Values:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in store:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[quad.subject.value][contract(quad.predicate.value)].append(quad.object.value)
    return {iri: {name: tuple(sorted(values)) for name, values in about.items()} for iri, about in found.items()}


def _node(iri: str, about: Mapping[str, tuple[str, ...]]) -> Node:
    classes = iter([contract(cls) for cls in about.get("rdf:type", ())])  # a tool's name sorts before a vendor's
    urls = {url for name in _ADDRESSES for url in about.get(name, ())}
    return Node(
        iri=iri,
        cls=next(classes, ""),
        label=about["skos:prefLabel"][0],
        aliases=about.get("skos:altLabel", ()),
        urls=tuple(sorted(urls)),
        description=about.get("dcterms:description", ("",))[0],
        further=tuple(classes),
    )


def _statement(about: Mapping[str, tuple[str, ...]], sources: Mapping[str, str]) -> Statement:
    place = about.get("prov:wasQuotedFrom", ("",))[0].rpartition("#L")[0]
    return Statement(
        subject=about["rdf:subject"][0],
        predicate=contract(about["rdf:predicate"][0]),
        object=about["rdf:object"][0],
        evidence=Evidence(
            source=sources.get(place, place),
            line=int(about.get("atlas:line", ("0",))[0]),
            quote=about.get("atlas:quote", ("",))[0],
            rule=about["atlas:rule"][0],
            confidence=float(about["atlas:confidence"][0]),
        ),
    )


def _source(iri: str, about: Mapping[str, tuple[str, ...]]) -> Source:
    return Source(
        source=about["dcterms:identifier"][0],
        iri=iri,
        title=about.get("dcterms:title", ("",))[0],
        media_type=about.get("dcterms:format", ("",))[0],
        characters=0,
        entries=0,
        links=0,
    )
