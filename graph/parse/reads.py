"""Blocks with their links sorted, and where the items and the tables among them end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..model import Link, Skip
from .blocks import Block

_PROPERTY_COLUMNS = 2
_REPEATED = 3
"""In how many tables a word names a property."""


class Read(NamedTuple):
    """A block with its links sorted."""

    block: Block
    targets: tuple[Link, ...]
    skips: tuple[Skip, ...]


def property_tables(stream: Iterable[Read]) -> frozenset[int]:
    """Return the numbers of the tables of two columns whose first words other tables repeat: each tells of one thing."""
    said: dict[int, set[str]] = defaultdict(set)
    for read in stream:
        block = read.block
        if block.kind == "row" and block.table:
            wide = len(block.cells) != _PROPERTY_COLUMNS
            said[block.table].add("" if wide else block.passage.text[: block.cells[1]].strip().casefold())
    tables = Counter(words for row in said.values() for words in row)
    return frozenset(
        number
        for number, row in said.items()
        if "" not in row and 2 * sum(tables[words] >= _REPEATED for words in row) >= len(row)
    )


def ends_of(body: Sequence[Read]) -> list[int]:
    """Return for each block where the blocks nested in it end; for all but items that is the next block."""
    stops = list(range(1, len(body) + 1))
    open_items: list[int] = []
    for at, read in enumerate(body):
        block = read.block
        while open_items and _ends(body[open_items[-1]].block, block):
            stops[open_items.pop()] = at
        if block.kind == "item":
            open_items.append(at)
    for at in open_items:
        stops[at] = len(body)
    return stops


def _ends(item: Block, block: Block) -> bool:
    """Whether an item ends where another block stands."""
    if block.kind in ("item", "end"):
        return block.level <= item.level - (block.kind == "end")
    return block.level < item.level or (block.level == item.level == 0)


def table_end(body: Sequence[Read], at: int) -> int:
    """Return where the table ends whose first row stands at one place."""
    number = body[at].block.table
    while at < len(body) and body[at].block.kind in ("row", "header") and body[at].block.table == number:
        at += 1
    return at
