"""The blocks under one heading read as entries, groups of entries, and links that are neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from ..model import Entry, Link, Passage, Section, Skip
from .blocks import Block
from .entries import Head, begins_with_link, entries, is_sentence, item_heads, paragraph_heads
from .grid import Row, is_property_table, is_record, read_table
from .inline import join
from .links import Labels

BOLD_LEVEL = 7
ITEM_LEVEL = 10
"""Headings are levels 1 to 6; bold lines and summaries stand below them, items that only gather others below those."""

_LONGEST_TITLE = 80
_LONGEST_GROUP = 160
_OPENER = re.compile(r"[\W_]*(?:click|expand|show|toggle|details|more|view|see|open)\b", re.IGNORECASE)
"""How a summary begins that says how to open it, not what is inside."""


class Read(NamedTuple):
    """A block with its links sorted."""

    block: Block
    targets: tuple[Link, ...]
    skips: tuple[Skip, ...]


class Close(NamedTuple):
    """The end of every group of a level or a deeper one."""

    level: int


Part = Section | Entry | Skip | Close


def read_body(body: Sequence[Read], labels: Labels, front: bool) -> Iterator[Part]:
    """Yield what stands under one heading, in reading order; entries and sections have no path yet.

    ``front`` says that the body stands before all lists: there paragraphs and pictures introduce the list itself.
    """
    stops = _stops(body)
    held = [0, *accumulate(len(read.targets) for read in body)]
    loose = not front and _is_loose(body, labels)
    at = 0
    while at < len(body):
        read = body[at]
        kind = read.block.kind
        if kind in ("row", "header"):
            stop = _table_end(body, at)
            yield from _table(body[at:stop], labels, front)
            at = stop
        elif kind == "item":
            yield Close(ITEM_LEVEL + read.block.level)
            if stops[at] > at + 1:
                absorbed = yield from _tree(body, at, stops, held, labels)
                body = absorbed if absorbed is not None else body
            else:
                yield from _block(read, item_heads(read.block.passage, read.targets, labels))
            at += 1
        else:
            yield from _plain(body, at, labels, front, loose)
            at += 1


