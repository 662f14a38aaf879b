"""Where everything stands in the picture: discs for topics, spirals of items in them, what is shared between them.

A disc holds a topic (or a thing that much else is about) at its centre, its items on a spiral around it, and the discs
of its narrower topics packed around those, largest first, so that the root of a list ends up in the middle. What no
heading places (vendors, shared platforms) stands where its neighbours are: in their disc when they share one, else in a gap
between the discs, as near as possible to the neighbours' barycentre.

Everything is deterministic: no chance, no hash order. Lengths are in the picture's own units; y points down.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import atan2, cos, hypot, sin
from typing import NamedTuple

import networkx as nx

from .packing import Circle, enclose, pack, spiral

GAP = 26.0
"""Free space between two items."""
SMALLEST, LARGEST = 6.0, 22.0
"""The radius of the least and of the most important node's mark."""
MARGIN = 30.0
"""Free space between what a disc holds and its rim."""
HUB = 3
"""As many things must belong to an entity before it gets a disc of its own."""
HUB_RELATIONS = ("atlas:about", "atlas:relatedTo", "atlas:partOf")
"""A thing with one of these belongs to their object, if both are in the same topic."""
ROOT = ""
"""The disc around everything; it has no node."""


class Disc(NamedTuple):
    """A round region of the picture that belongs to one node."""

    node: str
    """The IRI of the topic or entity; empty for what has no topic at all."""
    parent: int
    """The place in `Layout.discs` of the disc around it; -1 for the outermost."""
    x: float
    y: float
    radius: float


class Layout(NamedTuple):
    """The picture's coordinates."""

    places: dict[str, tuple[float, float]]
    sizes: dict[str, float]
    """The radius of each node's mark."""
    discs: tuple[Disc, ...]
    """Outer discs before those inside them."""
    home: dict[str, int]
    """The disc that each node stands in, by its place in `discs`; a disc's own node stands in it."""


def layout(net: nx.MultiDiGraph, topics: Collection[str], weight: Mapping[str, float]) -> Layout:
    """Place every node of the network.

    `topics` are the nodes that are subject areas; `weight` (0 to 1) says how large a node is drawn and how near to the centre.
    """
    sizes = {node: SMALLEST + (LARGEST - SMALLEST) * weight[node] ** 2 for node in net}
    parents = _homes(net, set(topics))
    between = _adopt(net, parents)
    order = _Order(net, weight)
    return _Drawing(net, set(topics), parents, between, sizes, order).finish()


class _Order:
    """The order of items on a spiral: the important first."""

    def __init__(self, net: nx.MultiDiGraph, weight: Mapping[str, float]) -> None:
        self.key = {
            node: (-round(weight[node], 6), str(data.get("label", node)), node) for node, data in net.nodes(data=True)
        }

    def __call__(self, nodes: Iterable[str]) -> list[str]:
        return sorted(nodes, key=self.key.__getitem__)


def _homes(net: nx.MultiDiGraph, topics: set[str]) -> dict[str, str]:
    """Return the node in whose disc each node belongs, for those that a heading places."""
    parents: dict[str, str] = {}
    for topic in sorted(topics):
        broader = sorted(o for _, o, key in net.out_edges(topic, keys=True) if key == "skos:broader" and o in topics)
        parents[topic] = next((b for b in broader if topic not in _ancestors(b, parents)), ROOT)
    depth = {topic: len(_ancestors(topic, parents)) for topic in topics}
    for node in net:
        if node not in topics:
            inside = {o for _, o, key in net.out_edges(node, keys=True) if key == "atlas:inTopic" and o in topics}
            if inside:
                parents[node] = min(inside, key=lambda topic: (-depth[topic], topic))
    _gather_hubs(net, topics, parents)
    return parents


def _ancestors(node: str, parents: Mapping[str, str]) -> list[str]:
    """Return the node and every disc around it, the node first, without the outermost."""
    chain = []
    while node:
        chain.append(node)
        node = parents.get(node, ROOT)
    return chain


def _gather_hubs(net: nx.MultiDiGraph, topics: set[str], parents: dict[str, str]) -> None:
    """Move what belongs to an entity (about, related to, part of it) from its topic's disc to the entity's own."""
    belongs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node in net:
        if node in parents and node not in topics:
            hubs = {o for _, o, key in net.out_edges(node, keys=True) if key in HUB_RELATIONS and o not in topics}
            for hub in hubs - {node}:
                if parents.get(hub, parents[node]) == parents[node]:
                    belongs[hub, parents[node]].append(node)
    taken: set[str] = set()
    hubs_made: set[str] = set()
    for (hub, topic), members in sorted(belongs.items(), key=lambda item: (-len(item[1]), item[0])):
        free = [node for node in members if node not in taken and node not in hubs_made]
        elsewhere = sum(1 for s, _ in net.in_edges(hub) if parents.get(s, topic) != topic)
        if hub in taken or hub in hubs_made or len(free) < HUB or (hub not in parents and elsewhere > len(members)):
            continue
        parents[hub] = topic
        hubs_made.add(hub)
        taken.update(free)
        for node in free:
            parents[node] = hub


def _adopt(net: nx.MultiDiGraph, parents: dict[str, str]) -> dict[str, str]:
    """Give the nodes that no heading places the disc that most of their neighbours share.

    Returns those whose neighbours are spread over several discs, each with the smallest disc around them all.
    """
    between: dict[str, str] = {}
    holders = set(parents.values())
    loose = [node for node in net if node not in parents]
    for _ in range(3):  # what only other loose nodes name (a speaker's employer) follows them in the next round
        adopted: dict[str, str] = {}
        for node in loose:
            near = Counter(
                parents[other] if other not in holders or other not in parents else other
                for other in nx.all_neighbors(net, node)
                if other in parents
            )
            if not near:
                continue
            home, count = min(near.items(), key=lambda item: (-item[1], item[0]))
            if count * 3 >= near.total() * 2:
                adopted[node] = home
            else:
                between[node] = _around(near, parents)
        parents.update(adopted)
        loose = [node for node in loose if node not in parents and node not in between]
    parents.update(dict.fromkeys(loose, ROOT))
    return between


def _around(discs: Iterable[str], parents: Mapping[str, str]) -> str:
    """Return the smallest disc that holds all of the given ones."""
    common: list[str] | None = None
    for disc in discs:
        chain = _ancestors(disc, parents)
        common = chain if common is None else [node for node in common if node in set(chain)]
        if not common:
            return ROOT
    return common[0] if common else ROOT


class _Drawing:
    """The work of placing: bottom up the sizes of the discs, top down their places, then what stands between them."""

    def __init__(
        self,
        net: nx.MultiDiGraph,
        topics: set[str],
        parents: dict[str, str],
        between: dict[str, str],
        sizes: dict[str, float],
        order: _Order,
    ) -> None:
        self.net, self.topics, self.between, self.sizes, self.order = net, topics, between, sizes, order
        self.inside: dict[str, list[str]] = defaultdict(list)
        for node in net:
            if node in parents:
                self.inside[parents[node]].append(node)
        self.core: dict[str, list[tuple[str, float, float]]] = {}
        self.packed: dict[str, list[tuple[str, float, float]]] = {}
        self.radius: dict[str, float] = {}
        self.core_radius: dict[str, float] = {}
        self.heart: dict[str, tuple[float, float]] = {}  # where a disc's own node and items stand, from its centre
        self.places: dict[str, tuple[float, float]] = {}
        self.home: dict[str, int] = {}
        self.discs: list[Disc] = []

    def finish(self) -> Layout:
        """Run the three passes."""
        for disc in self._bottom_up():
            self._measure(disc)
        self._place()
        for node in self.order(self.between):
            self._squeeze(node)
        return Layout(self.places, self.sizes, tuple(self.discs), self.home)

    def _holds(self, node: str) -> bool:
        """Whether a node has a disc of its own: all topics do, so that an empty one is seen too."""
        return node == ROOT or node in self.topics or bool(self.inside.get(node))

    def _bottom_up(self) -> list[str]:
        """Return every disc, those inside another before it (without recursion: headings may nest deeply)."""
        found, stack = [], [ROOT]
        while stack:
            disc = stack.pop()
            found.append(disc)
            stack.extend(self.order(node for node in self.inside.get(disc, ()) if self._holds(node)))
        return found[::-1]

    def _measure(self, disc: str) -> None:
        """Find the shape of a disc from its centre: the spiral of its items, the discs packed around that."""
        within = self.inside.get(disc, ())
        items = self.order(node for node in within if not self._holds(node))
        discs = sorted(
            (node for node in within if self._holds(node)),
            key=lambda node: (-round(self.radius[node], 3), self.order.key[node]),
        )
        centre = self.sizes[disc] + 4 if disc != ROOT else 0.0
        points, core = spiral([self.sizes[node] for node in items], centre, GAP)
        self.core[disc] = [(node, x, y) for node, (x, y) in zip(items, points, strict=True)]
        wide = [self.radius[node] + GAP for node in discs]
        # A disc's own items are its middle; what belongs nowhere is no middle and comes last.
        placed = pack([core + GAP, *wide] if disc != ROOT else [*wide, core + GAP])
        own, others = (placed[0], placed[1:]) if disc != ROOT else (placed[-1], placed[:-1])
        around = enclose(placed)
        self.heart[disc] = (own.x - around.x, own.y - around.y)
        self.packed[disc] = [(node, c.x - around.x, c.y - around.y) for node, c in zip(discs, others, strict=True)]
        self.core_radius[disc] = core
        self.radius[disc] = around.radius - GAP + MARGIN

    def _place(self) -> None:
        """Turn places relative to a disc's centre into places in the picture, outer discs first."""
        stack = [(ROOT, 0.0, 0.0, -1)]
        while stack:
            disc, x, y, parent = stack.pop()
            index = len(self.discs)
            self.discs.append(Disc(disc, parent, x, y, self.radius[disc]))
            heart_x, heart_y = x + self.heart[disc][0], y + self.heart[disc][1]
            if disc != ROOT:
                self.places[disc] = (heart_x, heart_y)
                self.home[disc] = index
            for node, dx, dy in self.core[disc]:
                self.places[node] = (heart_x + dx, heart_y + dy)
                self.home[node] = index
            stack.extend((node, x + dx, y + dy, index) for node, dx, dy in reversed(self.packed[disc]))
        self.index = {disc.node: index for index, disc in enumerate(self.discs)}
        self.gaps: dict[str, _Gaps] = {}

    def _squeeze(self, node: str) -> None:
        """Put a node that belongs to several discs into the nearest gap to the barycentre of its neighbours."""
        disc = self.between[node]
        at = self.discs[self.index[disc]]
        if disc not in self.gaps:
            walls = [Circle(at.x + dx, at.y + dy, self.radius[name]) for name, dx, dy in self.packed[disc]]
            if self.core_radius[disc]:
                heart_x, heart_y = self.heart[disc]
                walls.append(Circle(at.x + heart_x, at.y + heart_y, self.core_radius[disc]))
            self.gaps[disc] = _Gaps(walls, max(at.radius / 48, 2 * GAP))
        near = [self.places[other] for other in nx.all_neighbors(self.net, node) if other in self.places]
        x = sum(place[0] for place in near) / len(near)
        y = sum(place[1] for place in near) / len(near)
        self.places[node] = self.gaps[disc].take(x, y, self.sizes[node])
        self.home[node] = self.index[disc]


class _Gaps:
    """What is taken between the discs, in a grid of square cells, so that a look costs one cell."""

    def __init__(self, walls: Sequence[Circle], cell: float) -> None:
        self.cell = cell
        self.cells: dict[tuple[int, int], list[Circle]] = defaultdict(list)
        for wall in walls:
            self._add(wall)

    def take(self, x: float, y: float, radius: float) -> tuple[float, float]:
        """Return a free place near a point, and take it: step out of whatever is in the way, a little aside each time."""
        radius += GAP / 3
        for step in range(120):
            wall = self._blocker(x, y, radius)
            if wall is None:
                break
            angle = atan2(y - wall.y, x - wall.x) + 0.35 * (step % 7)
            x = wall.x + (wall.radius + radius + 1 + step / 4) * cos(angle)
            y = wall.y + (wall.radius + radius + 1 + step / 4) * sin(angle)
        self._add(Circle(x, y, radius))
        return x, y

    def _add(self, circle: Circle) -> None:
        reach = circle.radius + LARGEST + GAP  # so that a node's centre finds it from its own cell
        for column in range(int((circle.x - reach) // self.cell), int((circle.x + reach) // self.cell) + 1):
            for row in range(int((circle.y - reach) // self.cell), int((circle.y + reach) // self.cell) + 1):
                self.cells[column, row].append(circle)

    def _blocker(self, x: float, y: float, radius: float) -> Circle | None:
        for circle in self.cells.get((int(x // self.cell), int(y // self.cell)), ()):
            if hypot(x - circle.x, y - circle.y) < radius + circle.radius:
                return circle
        return None
