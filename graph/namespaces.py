"""The namespaces that the graph's terms come from, and the way between prefixed names and IRIs."""

from __future__ import annotations

from functools import lru_cache

ATLAS = "https://w3id.org/linkatlas/ontology#"
BASE_IRI = "https://w3id.org/linkatlas/id/"
"""Where nodes without a URL of their own get their IRIs, unless a build says otherwise."""

NODE_KINDS = ("tool", "vendor", "person", "topic", "event", "resource", "list")
"""The path segments under the base IRI; each is also the prefix of its nodes in Turtle."""

PREFIXES = {
    "atlas": ATLAS,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def expand(name: str) -> str:
    """Return the IRI of a prefixed name.

    >>> expand("atlas:runsOn")
    'https://w3id.org/linkatlas/ontology#runsOn'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@lru_cache(maxsize=1 << 12)
def contract(iri: str) -> str:
    """Return the prefixed name of a term's IRI; an IRI outside every namespace comes back as it is.

    >>> contract("http://www.w3.org/2004/02/skos/core#broader")
    'skos:broader'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
