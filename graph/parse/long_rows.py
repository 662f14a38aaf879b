"""Rows of entries too long to be described together: each is read with what stands of it alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from ..model import Entry, Section, Skip
from .inline import part, within

_LONGEST = 12
"""So many entries of one text are read with the whole of it, each with all the others; the longest row of 314 lists has four."""


def apart(parts: Iterable[Section | Entry | Skip]) -> Iterator[Section | Entry | Skip]:
    """Yield what a list has, with each entry of a long row in a passage of its own.

    What stands behind the row is the last one's.
    """
    for shared, together in groupby(parts, key=lambda each: id(each.passage) if isinstance(each, Entry) else 0):
        if not shared:
            yield from together
            continue
        row = [each for each in together if isinstance(each, Entry)]
        yield from _each_apart(row) if len(row) > _LONGEST else row


def _each_apart(row: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries of one passage, each in the stretch that begins with its name."""
    length = len(row[0].passage.text)
    for entry, (start, end) in zip(row, pairwise([*(each.title[0] for each in row), length]), strict=True):
        yield entry._replace(
            passage=part(entry.passage, start, end),
            title=(0, entry.title[1] - start),
            body=min(entry.body, end) - start,
            links=tuple(within(link, start, end) for link in entry.links),
            facts=tuple(fact._replace(span=_moved(fact.span, start, end)) for fact in entry.facts),
        )


def _moved(span: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """Return a place in a stretch of text; both 0 where it lies outside, as for what stands elsewhere."""
    return (span[0] - start, span[1] - start) if start <= span[0] and span[1] <= end else (0, 0)
