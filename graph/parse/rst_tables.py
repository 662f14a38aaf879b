"""The two kinds of table that reStructuredText draws: grids, and columns under rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .rst_inline import Segment

_GRID = re.compile(r"\+(?:[-=]+\+)+[ \t]*\Z")
_RULED = re.compile(r"=+(?:[ \t]+=+)+[ \t]*\Z")
_UNDER = re.compile(r"-+(?:[ \t]+-+)*[ \t]*\Z")


class Row(NamedTuple):
    """A row's cells, each with its lines."""

    cells: list[list[Segment]]
    header: bool


def is_table(text: str) -> bool:
    """Whether a line begins a table.

    >>> is_table("+---+---+"), is_table("=====  ====="), is_table("=====")
    (True, True, False)
    """
    return bool(_GRID.match(text) or _RULED.match(text))


def gather(text: str, lines: Sequence[tuple[int, int, int]], first: int) -> list[tuple[int, int]]:
    """Return where the lines of the table begin and end that begins on a line; each line comes with its indent."""
    indent, begin, stop = lines[first]
    grid = _GRID.match(text[begin:stop]) is not None
    found, borders = [(begin, stop)], 1
    for at in range(first + 1, len(lines)):
        deep, start, end = lines[at]
        blank = start == end
        if (grid and text[start : start + 1] not in ("+", "|")) or (not blank and deep < indent):
            break
        if not grid and blank and (borders > 1 or found[-1] == (0, 0)):
            break
        borders += not blank and _RULED.match(text[start:end]) is not None
        found.append((0, 0) if blank else (start, end))
    while found[-1] == (0, 0):
        found.pop()
    return found


def table(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[Row]:
    """Yield the rows of a table."""
    grid = _GRID.match(text[slice(*lines[0])]) is not None
    yield from _grid(text, lines) if grid else _ruled(text, lines)


def _grid(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[Row]:
    edges = [at for at, sign in enumerate(text[slice(*lines[0])]) if sign == "+"]
    headed = any("=" in text[start : start + 3] for start, _ in lines)
    cells: dict[int, list[Segment]] = {}
    for start, end in lines:
        if text[start] != "+" and "|-" not in text[start:end] and "-+" not in text[start:end]:
            _cut_grid(text, start, end, edges, cells)
            continue
        if cells:
            yield Row(list(cells.values()), headed)
        cells = {}
        headed = headed and "=" not in text[start : start + 3]
    if cells:
        yield Row(list(cells.values()), False)


def _cut_grid(text: str, start: int, end: int, edges: Sequence[int], cells: dict[int, list[Segment]]) -> None:
    """Cut a line at the edges of the table's columns, or, where it does not keep to them, at its own strokes."""
    marks = [at for at, edge in enumerate(edges) if start + edge < end and text[start + edge] in "|+"]
    if len(marks) > 2 or len(edges) == 2:
        for left, right in pairwise(marks):
            _add(text, start + edges[left] + 1, start + edges[right], cells.setdefault(left, []))
        return
    strokes = [start + found.start() for found in re.finditer(r"\|", text[start:end])]
    for at, (left, right) in enumerate(zip(strokes, [*strokes[1:], end], strict=True)):
        _add(text, left + 1, right, cells.setdefault(at, []))


def _ruled(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[Row]:
    edges = [found.start() for found in re.finditer("=+", text[slice(*lines[0])])]
    borders = sum(bool(_RULED.match(text[start:end])) for start, end in lines)
    headed = borders > 2
    cells: dict[int, list[Segment]] = {}
    for start, end in lines:
        border = _RULED.match(text[start:end]) is not None
        if border or _UNDER.match(text[start:end]) or text[start : min(end, start + edges[1])].strip():
            if cells:
                yield Row(list(cells.values()), headed)
                headed = headed and not border
            cells = {}
        if not border and not _UNDER.match(text[start:end]):
            for at, edge in enumerate(edges):
                if start + edge >= end:
                    break
                stop = min(end, start + edges[at + 1]) if at + 1 < len(edges) else end
                _add(text, start + edge, stop, cells.setdefault(at, []))
    if cells:
        yield Row(list(cells.values()), False)


def _add(text: str, start: int, end: int, lines: list[Segment]) -> None:
    """Add what stands between two edges to a cell, without the space around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        lines.append(Segment(start, end))
