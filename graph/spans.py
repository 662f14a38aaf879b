"""Where stretches of a text lie to each other: asked of all names, links and fields of an entry, and so never one by one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Protocol, TypeVar

_BEGIN = attrgetter("start")


class Stretch(Protocol):
    """What has a beginning and an end in a text: a link, a name."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it has ended."""


S = TypeVar("S", bound=Stretch)


def around(ordered: Sequence[S], start: int, end: int) -> S | None:
    """Return which of several stretches holds the characters ``start`` to ``end``; they are in reading order, and apart.

    >>> from linkatlas.model import Link
    >>> links = Link("https://flyte.org", 0, 5, 1), Link("https://lyft.com", 9, 13, 1)
    >>> around(links, 10, 13)
    Link(url='https://lyft.com', start=9, end=13, line=1)
    >>> around(links, 5, 13)
    """
    at = bisect_right(ordered, start, key=_BEGIN) - 1
    return ordered[at] if at >= 0 and end <= ordered[at].end else None


def meets(ordered: Sequence[Stretch], start: int, end: int) -> bool:
    """Whether the characters ``start`` to ``end`` share one with any of several stretches, in reading order and apart.

    >>> from linkatlas.model import Link
    >>> links = [Link("https://flyte.org", 0, 5, 1)]
    >>> meets(links, 4, 9), meets(links, 5, 9)
    (True, False)
    """
    at = bisect_left(ordered, end, key=_BEGIN)
    return at > 0 and ordered[at - 1].end > start


class Spans:
    """Stretches in any order, which may share characters.

    >>> spans = Spans([(4, 9), (0, 12), (20, 22)])
    >>> spans.hold(5, 11), spans.hold(11, 13), spans.meet(11, 13), spans.meet(12, 20)
    (True, False, True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))
        """By stretch the furthest end of it and those that begin before it."""

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them holds the characters ``start`` to ``end``."""
        at = bisect_right(self._starts, start)
        return at > 0 and self._ends[at - 1] >= end

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with ``start`` to ``end``."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._ends[at - 1] > start
