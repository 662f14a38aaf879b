"""Where everything stands in the picture: discs for topics, spirals of items in them, what is shared between them.

A disc holds a topic (or a thing that much else is about) at its heart, its items on a spiral around it, and the discs
of its narrower topics packed around those, largest first, so that the root of a list ends up in the middle. What
several discs share stands in a gap between them, as near as possible to the barycentre of its neighbours.

Everything is deterministic: no chance, no hash order. Lengths are in the picture's own units; y points down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import atan2, cos, hypot, sin
from typing import NamedTuple

from .homes import ROOT, Homes, Links, homes
from .packing import Circle, enclose, pack, spiral

GAP = 26.0
"""Free space between two items."""
MARGIN = 30.0
"""Free space between what a disc holds and its rim."""
SMALLEST, LARGEST = 6.0, 22.0
"""The radius of the least and of the most important node's mark."""


class Disc(NamedTuple):
    """A round region of the picture that belongs to one node."""

    node: str
    """The IRI of the topic or entity; empty for the outermost, which holds everything."""
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


class _Shape(NamedTuple):
    """What a disc holds, placed relative to its centre."""

    radius: float
    heart: Circle
    """Its own node with the spiral of its items."""
    items: list[tuple[str, float, float]]
    discs: list[tuple[str, float, float]]


def layout(
    known: Links,
    labels: Mapping[str, str],
    topics: Collection[str],
    weight: Mapping[str, float],
    *,
    one_list: bool = True,
) -> Layout:
    """Place every node of `labels`.

    `topics` are the nodes that are subject areas; `weight` (0 to 1) says how large a node is drawn and how near to the
    heart of its disc it stands. What is in no topic is the middle of one list's picture; of many lists, it is the rest.
    """
    sizes = {node: SMALLEST + (LARGEST - SMALLEST) * weight[node] ** 2 for node in labels}
    order = {node: (-round(weight[node], 6), label, node) for node, label in labels.items()}
    belongs = homes(known, topics)
    shapes = _shapes(belongs, set(topics), sizes, order, one_list)
    result = _place(shapes)
    _squeeze(result, known, belongs, shapes, sorted(belongs.between, key=order.__getitem__), sizes)
    return result._replace(sizes=sizes)


def _shapes(
    belongs: Homes,
    topics: set[str],
    sizes: Mapping[str, float],
    order: Mapping[str, tuple[float, str, str]],
    one_list: bool,
) -> dict[str, _Shape]:
    """Return the shape of every disc, those inside another before it."""
    inside: dict[str, list[str]] = defaultdict(list)
    for node, parent in belongs.parents.items():
        inside[parent].append(node)
    holders = topics | set(inside)  # a topic that holds nothing has a disc too, so that it is seen
    found, stack = [], [ROOT]
    while stack:  # not recursive: headings may nest deeply
        disc = stack.pop()
        found.append(disc)
        stack.extend(node for node in inside[disc] if node in holders)
    shapes: dict[str, _Shape] = {}
    for disc in reversed(found):
        items = sorted((node for node in inside[disc] if node not in holders), key=order.__getitem__)
        discs = [node for node in inside[disc] if node in holders]
        discs.sort(key=lambda node: (-round(shapes[node].radius, 3), order[node]))
        wide = [(node, shapes[node].radius) for node in discs]
        shapes[disc] = _shape(disc, items, wide, sizes, middle=disc != ROOT or (one_list and bool(items)))
    return shapes


def _shape(
    disc: str, items: list[str], discs: list[tuple[str, float]], sizes: Mapping[str, float], *, middle: bool
) -> _Shape:
    """Wind the items of a disc into a spiral, and pack the discs inside it around that, or it beside them."""
    points, core = spiral([sizes[node] for node in items], sizes[disc] + 4 if disc != ROOT else 0.0, GAP)
    wide = [radius + GAP for _, radius in discs]
    placed = pack([core + GAP, *wide] if middle else [*wide, core + GAP])
    own, others = (placed[0], placed[1:]) if middle else (placed[-1], placed[:-1])
    rim = enclose(placed)
    x, y = own.x - rim.x, own.y - rim.y
    return _Shape(
        rim.radius - GAP + MARGIN,
        Circle(x, y, core),
        [(node, x + dx, y + dy) for node, (dx, dy) in zip(items, points, strict=True)],
        [(node, c.x - rim.x, c.y - rim.y) for (node, _), c in zip(discs, others, strict=True)],
    )


def _place(shapes: Mapping[str, _Shape]) -> Layout:
    """Turn places relative to a disc's centre into places in the picture, outer discs first."""
    result = Layout({}, {}, (), {})
    discs: list[Disc] = []
    stack = [(ROOT, 0.0, 0.0, -1)]
    while stack:
        name, x, y, parent = stack.pop()
        shape = shapes[name]
        if name != ROOT:
            result.places[name] = (x + shape.heart.x, y + shape.heart.y)
            result.home[name] = len(discs)
        for node, dx, dy in shape.items:
            result.places[node] = (x + dx, y + dy)
            result.home[node] = len(discs)
        stack.extend((node, x + dx, y + dy, len(discs)) for node, dx, dy in reversed(shape.discs))
        discs.append(Disc(name, parent, x, y, shape.radius))
    return result._replace(discs=tuple(discs))


def _squeeze(
    drawn: Layout,
    known: Links,
    belongs: Homes,
    shapes: Mapping[str, _Shape],
    nodes: Iterable[str],
    sizes: Mapping[str, float],
) -> None:
    """Put the nodes that belong to several discs into gaps near the barycentre of their neighbours, one by one."""
    number = {disc.node: index for index, disc in enumerate(drawn.discs)}
    gaps: dict[str, _Gaps] = {}
    for node in nodes:
        disc = belongs.between[node]
        at = drawn.discs[number[disc]]
        if disc not in gaps:
            walls = [Circle(at.x + dx, at.y + dy, shapes[name].radius) for name, dx, dy in shapes[disc].discs]
            heart = shapes[disc].heart
            if heart.radius:
                walls.append(Circle(at.x + heart.x, at.y + heart.y, heart.radius))
            gaps[disc] = _Gaps(walls, max(at.radius / 48, 2 * GAP))
        near = [drawn.places[other] for other in known.near[node] if other in drawn.places]
        x = sum(place[0] for place in near) / len(near)
        y = sum(place[1] for place in near) / len(near)
        drawn.places[node] = gaps[disc].take(x, y, sizes[node])
        drawn.home[node] = number[disc]


class _Gaps:
    """What is taken between the discs, in a grid of square cells, so that a look costs one cell."""

    def __init__(self, walls: Sequence[Circle], cell: float) -> None:
        self.cell = cell
        self.cells: dict[tuple[int, int], list[Circle]] = defaultdict(list)
        for wall in walls:
            self._add(wall)

    def take(self, x: float, y: float, radius: float) -> tuple[float, float]:
        """Take a free place near a point: step out of whatever is in the way, a little aside each time."""
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
