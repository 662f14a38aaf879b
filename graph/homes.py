"""Which disc of the picture each node belongs in: its topic's, or that of an entity much is said about, or none.

Headings place what a list holds. What is only named (vendors, platforms, people) belongs where its neighbours are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

HUB = 3
"""As many things must belong to an entity before it gets a disc of its own."""
HUB_RELATIONS = frozenset({"atlas:about", "atlas:relatedTo", "atlas:partOf"})
"""A thing with one of these belongs to their object, if both are in the same topic."""
ROOT = ""
"""The disc around everything; it has no node."""


class Links(NamedTuple):
    """A graph as plain lists, which are several times as quick to walk as the views of networkx."""

    out: Mapping[str, Sequence[tuple[str, str]]]
    """The facts of each node as pairs (predicate, object)."""
    near: Mapping[str, Sequence[str]]
    """The other ends of all facts that a node is in, one for each fact."""


class Homes(NamedTuple):
    """Where the nodes belong."""

    parents: dict[str, str]
    """The node in whose disc each node stands; `ROOT` for the outermost."""
    between: dict[str, str]
    """For what belongs to several discs: the smallest disc around them all. These nodes are not in `parents`."""


def homes(known: Links, topics: Collection[str]) -> Homes:
    """Return where every node belongs. `topics` are the nodes that are subject areas."""
    subjects = set(topics)
    parents: dict[str, str] = {}
    for topic in sorted(subjects):
        broader = sorted(o for key, o in known.out[topic] if key == "skos:broader" and o in subjects)
        parents[topic] = next((b for b in broader if topic not in around(b, parents)), ROOT)
    depth = {topic: len(around(topic, parents)) for topic in subjects}
    for node, facts in known.out.items():
        inside = [o for key, o in facts if key == "atlas:inTopic" and o in subjects]
        if inside and node not in subjects:
            parents[node] = min(inside, key=lambda topic: (-depth[topic], topic))
    _gather_hubs(known, subjects, parents)
    between = _adopt(known, parents)
    return Homes(parents, between)


def around(node: str, parents: Mapping[str, str]) -> list[str]:
    """Return the node and every disc around it, the node first, without the outermost.

    >>> around("serving", {"serving": "mlops", "mlops": ROOT})
    ['serving', 'mlops']
    """
    chain = []
    while node:
        chain.append(node)
        node = parents.get(node, ROOT)
    return chain


def _gather_hubs(known: Links, topics: set[str], parents: dict[str, str]) -> None:
    """Move what belongs to an entity (about, related to, part of it) from its topic's disc to the entity's own."""
    belongs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node, facts in known.out.items():
        if node not in topics:
            topic = parents.get(node, ROOT)  # a list without headings has hubs too
            hubs = {o for key, o in facts if key in HUB_RELATIONS and o not in topics and o != node}
            for hub in hubs:
                if parents.get(hub, topic) == topic:
                    belongs[hub, topic].append(node)
    taken: set[str] = set()
    made: set[str] = set()
    for (hub, topic), members in sorted(belongs.items(), key=lambda item: (-len(item[1]), item[0])):
        free = [node for node in members if node not in taken and node not in made]
        if hub in taken or hub in made or len(free) < HUB:
            continue
        if hub not in parents and sum(parents.get(other, topic) != topic for other in known.near[hub]) > len(members):
            continue  # it is at home in other topics as much as in this one
        parents[hub] = topic
        made.add(hub)
        taken.update(free)
        parents.update(dict.fromkeys(free, hub))


def _adopt(known: Links, parents: dict[str, str]) -> dict[str, str]:
    """Give the nodes that no heading places the disc that most of their neighbours share.

    Returns those whose neighbours are spread over several discs, each with the smallest disc around them all.
    """
    between: dict[str, str] = {}
    holders = set(parents.values())
    loose = [node for node in known.out if node not in parents]
    for _ in range(3):  # what only other loose nodes name (a speaker's employer) follows them in the next round
        adopted: dict[str, str] = {}
        for node in loose:
            placed = [other for other in known.near[node] if other in parents]
            near = Counter(other if other in holders else parents[other] for other in placed)
            if not near:
                continue
            home, count = min(near.items(), key=lambda item: (-item[1], item[0]))
            if count * 3 >= near.total() * 2:
                adopted[node] = home
            else:
                between[node] = _common(near, parents)
        parents.update(adopted)
        loose = [node for node in loose if node not in parents and node not in between]
    parents.update(dict.fromkeys(loose, ROOT))
    return between


def _common(discs: Iterable[str], parents: Mapping[str, str]) -> str:
    """Return the smallest disc that holds all of the given ones."""
    chains = [around(disc, parents) for disc in discs]
    shared = set(chains[0]).intersection(*chains[1:])
    return next((node for node in chains[0] if node in shared), ROOT)
