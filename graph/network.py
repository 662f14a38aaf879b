"""The graph as networkx sees it, and how much each of its nodes matters.

`network` gives a ``MultiDiGraph`` with one edge a fact, so that the algorithms of networkx can be run on a build.
`importance` is what the views size and rank by.
"""

from __future__ import annotations

from math import log2

import networkx as nx

from .homes import Links
from .model import Graph, Statement
from .vocabulary import Vocabulary

MEMBERSHIP = frozenset({"atlas:inTopic", "skos:broader"})
"""The relations that say where a thing belongs; all others are typed relations between things."""


def network(graph: Graph, vocabulary: Vocabulary) -> nx.MultiDiGraph[str]:
    """Return the graph as a ``MultiDiGraph``: nodes by IRI, one edge a fact, keyed by its predicate.

    Nodes carry ``label``, ``cls`` and ``kind`` (the class in words); edges carry ``words`` (the predicate as the verb
    of a sentence), ``readings`` (how often the lists say it; 0 where it was inferred) and ``confidence`` (the highest).
    Statements whose object is a URL or a literal are no edges.
    """
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    classes, properties = vocabulary.classes, vocabulary.properties
    for node in graph.nodes:
        kind = classes[node.cls].label if node.cls in classes else node.cls
        result.add_node(node.iri, label=node.label, cls=node.cls, kind=kind)
    for (subject, predicate, object_), readings in facts(graph).items():
        if subject in result and object_ in result:
            result.add_edge(
                subject,
                object_,
                predicate,
                words=properties[predicate].words if predicate in properties else predicate,
                readings=sum(1 for statement in readings if statement.evidence.source),
                confidence=max(statement.evidence.confidence for statement in readings),
            )
    return result


def facts(graph: Graph) -> dict[tuple[str, str, str], list[Statement]]:
    """Return the readings of each fact ``(subject, predicate, object)``, in the graph's order, inferred ones last."""
    found: dict[tuple[str, str, str], list[Statement]] = {}
    for statements in (graph.statements, graph.inferred):
        for statement in statements:
            found.setdefault((statement.subject, statement.predicate, statement.object), []).append(statement)
    return found


def links(net: nx.MultiDiGraph[str]) -> Links:
    """Return the network's facts by node, in the network's order."""
    out: dict[str, list[tuple[str, str]]] = {node: [] for node in net}
    near: dict[str, list[str]] = {node: [] for node in net}
    for subject, object_, predicate in net.edges(keys=True):
        out[subject].append((predicate, object_))
        if subject != object_:
            near[subject].append(object_)
            near[object_].append(subject)
    return Links(out, near)


def importance(net: nx.MultiDiGraph[str]) -> dict[str, float]:
    """Return how much each node matters, 0 to 1: its degree on a logarithmic scale, without what was only inferred.

    Degree and not PageRank, for a reader can check it by counting, and it needs no array library.

    >>> net = nx.MultiDiGraph([("airflow", "k8s"), ("flyte", "k8s"), ("flyte", "lyft")])
    >>> importance(net)["k8s"] > importance(net)["lyft"]
    True
    """
    degrees = dict.fromkeys(net, 0)
    for subject, object_, readings in net.edges(data="readings", default=1):
        if readings:
            degrees[subject] += 1
            degrees[object_] += 1
    scale = log2(1 + max(degrees.values(), default=0)) or 1.0
    return {node: log2(1 + degree) / scale for node, degree in degrees.items()}
