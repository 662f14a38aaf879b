"""The two kinds of table that reStructuredText draws: grids, and columns under rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .rst_inline import Segment

_GRID = re.compile(r"\+(?:[-=]+\+)+[ \t]*\Z")
_RULED = re.compile(r"=+(?:[ \t]+=+)+[ \t]*\Z")
_UNDER = re.compile(r"-+(?:[ \t]+-+)*[ \t]*\Z")


class Row(NamedTuple):
    """The cells of a row, each with its lines."""

    cells: list[list[Segment]]
    header: bool


def is_table(text: str) -> bool:
    """Whether a line begins a table.

    >>> is_table("+---+---+"), is_table("=====  ====="), is_table("=====")
    (True, True, False)
    """
    return bool(_GRID.match(text) or _RULED.match(text))
