"""What several lists say of one thing: how many name it, under which topics each files it, where they disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set

from .model import Graph

Filing = dict[str, dict[str, set[str]]]
"""By node and list, the topics under which the list files it."""


def naming(graph: Graph) -> dict[str, set[str]]:
    """Return for each node the lists that list it or name it."""
    lists = {source.source for source in graph.lists}
    found: dict[str, set[str]] = {node.iri: {at.source for at in node.listed_at} for node in graph.nodes}
    for said in graph.statements:
        if said.evidence.source in lists:
            for end in (said.subject, said.object):
                if end in found:
                    found[end].add(said.evidence.source)
    return found


def counted(graph: Graph) -> Graph:
    """Return a graph whose nodes know how many lists list or name them."""
    lists = naming(graph)
    return graph._replace(nodes=tuple(node._replace(lists=len(lists[node.iri])) for node in graph.nodes))


def filing(graph: Graph) -> Filing:
    """Return for each node the topics under which each list files it."""
    found: Filing = defaultdict(lambda: defaultdict(set))
    for said in graph.statements:
        if said.predicate == "atlas:inTopic":
            found[said.subject][said.evidence.source].add(said.object)
    return found


def kindred(graph: Graph) -> dict[str, set[str]]:
    """Return for each topic those that are no other subject: itself, the broader, the narrower and the near ones."""
    found: dict[str, set[str]] = defaultdict(set)
    for said in (*graph.statements, *graph.inferred):
        if said.predicate in ("skos:broader", "skos:closeMatch"):
            found[said.subject].add(said.object)
            found[said.object].add(said.subject)
    return found


def disagree(filed: Mapping[str, Set[str]], kin: Mapping[str, Set[str]]) -> bool:
    """Whether two lists file a thing under topics of which none is the other's, near it, or right above or below it.

    >>> disagree({"a.md": {"Storage"}, "b.md": {"Storage", "Search"}}, {})
    False
    >>> disagree({"a.md": {"Storage"}, "b.md": {"Search"}}, {})
    True
    """
    lists = sorted(filed)
    wide = {one: set(filed[one]).union(*(kin.get(topic, ()) for topic in filed[one])) for one in lists}
    return any(not wide[one] & filed[other] for at, one in enumerate(lists) for other in lists[:at])
