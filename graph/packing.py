"""Circles side by side: items on a spiral, and discs packed around the first of them.

The packing is the front-chain method of W. Wang et al., "Visualization of large hierarchical data by circle packing"
(CHI 2006): each circle is put against the two circles of the outer chain that are nearest to the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, hypot, pi, sin, sqrt
from typing import NamedTuple

ROOMY = 1.15
"""Circles may stand evenly around the first if that takes no more than so many times the room."""


class Circle(NamedTuple):
    """A circle by its centre and radius."""

    x: float
    y: float
    radius: float


def spiral(radii: Sequence[float], centre: float, gap: float) -> tuple[list[tuple[float, float]], float]:
    """Place circles along a spiral around a free centre of radius `centre`, in the order given, `gap` apart.

    Returns their centres and the radius of the whole. Few circles, that fill no turn, stand on a ring.

    >>> spiral([], 5, 1)
    ([], 5)
    >>> points, reach = spiral([1, 1], 2, 1)
    >>> [(round(x), round(y)) for x, y in points], reach
    ([(0, -4), (0, 4)], 5)
    """
    if not radii:
        return [], centre
    first = (centre + gap if centre else 0.0) + radii[0]
    around = sum(2 * radius + gap for radius in radii)
    if len(radii) > 1 and not centre:
        first = max(radii[0] + gap / 2, 1.0)
    if around <= 2 * pi * first * 1.02:
        angles = [2 * pi * index / len(radii) - pi / 2 for index in range(len(radii))]
        return [(first * cos(a), first * sin(a)) for a in angles], first + max(radii)
    return _wind(radii, first, gap)


def _wind(radii: Sequence[float], first: float, gap: float) -> tuple[list[tuple[float, float]], float]:
    """Walk outwards: each step turns by the width of two neighbours and widens by a share of the arms' distance."""
    points = []
    distance, angle, reach = first, -pi / 2, 0.0
    before = radii[0]
    for index, radius in enumerate(radii):
        if index:
            turn = min((before + radius + gap) / distance, pi / 2)
            angle += turn
            distance += (radii[max(0, index - 8)] + radius + gap) * turn / (2 * pi)
        points.append((distance * cos(angle), distance * sin(angle)))
        reach = max(reach, distance + radius)
        before = radius
    return points, reach


def enclose(circles: Sequence[Circle]) -> Circle:
    """Return a circle around all of the given ones, within some hundredths of the smallest.

    The centre walks towards the farthest circle in ever smaller steps (Badoiu and Clarkson 2003).

    >>> around = enclose([Circle(0, 0, 1), Circle(6, 0, 1)])
    >>> round(around.x, 1), round(around.radius, 1)
    (3.0, 4.0)
    """
    if not circles:
        return Circle(0.0, 0.0, 0.0)
    x, y = circles[0].x, circles[0].y
    for step in range(1, 80 if len(circles) > 1 else 1):
        far = max(circles, key=lambda c: hypot(c.x - x, c.y - y) + c.radius)
        apart = hypot(far.x - x, far.y - y)
        if apart:
            pull = (apart + far.radius) / apart / (step + 1)
            x, y = x + (far.x - x) * pull, y + (far.y - y) * pull
    return Circle(x, y, max(hypot(c.x - x, c.y - y) + c.radius for c in circles))


class _Link:
    """A circle of the outer chain, with its neighbours on it."""

    __slots__ = ("after", "before", "radius", "x", "y")

    def __init__(self, radius: float) -> None:
        self.x = self.y = 0.0
        self.radius = radius
        self.before = self.after = self

    def score(self) -> float:
        """The square of the distance from the middle to where this circle meets the next one."""
        other = self.after
        both = self.radius + other.radius
        x = (self.x * other.radius + other.x * self.radius) / both
        y = (self.y * other.radius + other.y * self.radius) / both
        return x * x + y * y


def pack(radii: Sequence[float]) -> list[Circle]:
    """Pack circles around the first one, which stays at the origin; the result is in the order given.

    Where they all have room beside the first one, they stand around it evenly, unless that takes much more room.

    >>> [(round(c.x), round(c.y)) for c in pack([9, 1, 1])]
    [(0, 0), (10, 0), (-10, 0)]
    """
    close = _pack_closely(radii)
    if len(radii) > 2 and (ring := _ring(radii[0], radii[1:])):
        even = [Circle(0.0, 0.0, radii[0]), *ring]
        if enclose(even).radius <= ROOMY * enclose(close).radius:
            return even
    return close


def _pack_closely(radii: Sequence[float]) -> list[Circle]:
    links = [_Link(radius) for radius in radii]
    if len(links) > 1:
        links[1].x = links[0].radius + links[1].radius
    if len(links) > 2:
        _chain(links)
    return [Circle(link.x, link.y, link.radius) for link in links]


def _ring(middle: float, radii: Sequence[float]) -> list[Circle]:
    """Place circles around a middle one, all touching it, the free angle shared out; nothing if they have no room."""
    halves = [asin(radius / (middle + radius)) for radius in radii]
    spare = 2 * pi - 2 * sum(halves)
    if spare < 0:
        return []
    order = [
        *range(0, len(radii), 2),
        *range(1, len(radii), 2),
    ]  # large and small mixed, not all large ones on one side
    placed: dict[int, Circle] = {}
    angle = -halves[0]
    for index in order:
        angle += halves[index]
        reach = middle + radii[index]
        placed[index] = Circle(reach * cos(angle), reach * sin(angle), radii[index])
        angle += halves[index] + spare / len(radii)
    return [placed[index] for index in range(len(radii))]


def _chain(links: list[_Link]) -> None:
    a, b, c = links[:3]
    _touch(b, a, c)
    a.after = c.before = b
    b.after = a.before = c
    c.after = b.before = a
    index = 3
    while index < len(links):
        c = links[index]
        _touch(a, b, c)
        blocked = _blocked(a, b, c)
        if blocked is not None:  # what is in the way takes the place of all that lies between it and the pair
            a, b = blocked
            a.after, b.before = b, a
            continue
        c.before, c.after = a, b
        a.after = b.before = c
        a = _nearest(a)
        b = a.after
        index += 1


def _blocked(a: _Link, b: _Link, c: _Link) -> tuple[_Link, _Link] | None:
    """Return the pair of the chain to try next, if the circle put against `a` and `b` overlaps another one."""
    ahead, behind = b.after, a.before
    reach_ahead, reach_behind = b.radius, a.radius
    while True:
        if reach_ahead <= reach_behind:
            if _overlap(ahead, c):
                return a, ahead
            reach_ahead += ahead.radius
            ahead = ahead.after
        else:
            if _overlap(behind, c):
                return behind, b
            reach_behind += behind.radius
            behind = behind.before
        if ahead is behind.after:
            return None


def _nearest(start: _Link) -> _Link:
    """Return the circle of the chain whose meeting point with the next is nearest to the middle."""
    best, score = start, start.score()
    link = start.after
    while link is not start:
        other = link.score()
        if other < score - 1e-9:
            best, score = link, other
        link = link.after
    return best


def _overlap(one: _Link, other: _Link) -> bool:
    return hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius - 1e-6


def _touch(b: _Link, a: _Link, c: _Link) -> None:
    """Put circle `c` against circles `a` and `b`, on the outer side of the chain."""
    dx, dy = b.x - a.x, b.y - a.y
    apart = dx * dx + dy * dy
    if not apart:
        c.x, c.y = a.x + c.radius, a.y
        return
    a2, b2 = (a.radius + c.radius) ** 2, (b.radius + c.radius) ** 2
    if a2 > b2:
        along = (apart + b2 - a2) / (2 * apart)
        across = sqrt(max(0.0, b2 / apart - along * along))
        c.x, c.y = b.x - along * dx - across * dy, b.y - along * dy + across * dx
    else:
        along = (apart + a2 - b2) / (2 * apart)
        across = sqrt(max(0.0, a2 / apart - along * along))
        c.x, c.y = a.x + along * dx - across * dy, a.y + along * dy + across * dx
