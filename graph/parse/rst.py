"""reStructuredText as a stream of markup: the block structure, line by line.

The grammar is docutils' (reStructuredText Markup Specification). docutils itself gives blocks a line and inline markup no place
at all, and fails on lists nested 200 deep; here every character has its place and the time is linear. Nothing is included,
run or fetched: a directive is text, or its block is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..model import Document, Entry, Section, Skip
from .blocks import blocks
from .html import tokens
from .markup import Event
from .outline import outline
from .rst_inline import Segment, Targets, inline
from .rst_tables import is_table, table

_BULLET = re.compile(r"[-*+•‣⁃](?:[ \t]+|$)", re.MULTILINE)
_ORDINAL = re.compile(r"\(?(?:\d{1,9}|#|[A-Za-z]|[ivxlcdmIVXLCDM]{1,8})[.)](?:[ \t]+|$)", re.MULTILINE)
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*$", re.MULTILINE)
_EXPLICIT = re.compile(r"\.\.(?:[ \t]+|$)", re.MULTILINE)
_DIRECTIVE = re.compile(r"(?:\|[^|\n]+\|[ \t]+)?([A-Za-z][\w.+:-]*?)[ \t]?::(?:[ \t]+|$)", re.MULTILINE)
_FIELD = re.compile(r":[^:\n`][^:\n`]{0,100}:(?:[ \t]+|$)", re.MULTILINE)
_SAME_LINK = re.compile(r"[-*+•][ \t]+\S")
_PASSED = frozenset(
    "code code-block sourcecode raw include literalinclude math parsed-literal highlight contents toctree csv-table meta role default-role"
    " sectnum section-numbering header footer unicode date replace class-diagram graphviz digraph mermaid plantuml automodule autoclass"
    " autofunction index only ifconfig target-notes sectionauthor codeauthor doctest testcode testsetup prompt".split()
)
"""Directives whose block is not the list's own text."""
_TITLE_LEVELS = 6


class _Line(NamedTuple):
    """One line without what belongs to the containers around it; blank where start is end."""

    indent: int
    start: int
    end: int


class _List(NamedTuple):
    """A list that is open, with one of its items."""

    indent: int
    """The column of the item's bullet."""
    tags: tuple[str, ...]
    """The elements of the list and the item."""


def parse(document: Document, roles: Mapping[str, str]) -> Iterator[Section | Entry | Skip]:
    """Yield what a reStructuredText document lists."""
    return outline(blocks(document.text, events(document.text)), roles)


def events(text: str) -> Iterator[Event]:
    """Yield the markup of a reStructuredText document, with exact places in the text."""
    return _Reader(text).read()


class _Reader:
    """The lines of a document, the one that is read, and the lists that are open around it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [_line(text, found.start(), found.end()) for found in re.finditer(r"[^\n]*", text)]
        self.at = 0
        self.lists: list[_List] = []
        self.styles: list[str] = []
        self.rows: tuple[int, bool] | None = None
        self.targets = Targets(text)

    def read(self) -> Iterator[Event]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.start == line.end:
                self.at += 1
                continue
            yield from self.close(line)
            yield from self.block(line)
        while self.lists:
            yield from self.leave()

    def close(self, line: _Line) -> Iterator[Event]:
        """End the items that a line stands outside of."""
        while self.lists and line.indent <= self.lists[-1].indent:
            if line.indent == self.lists[-1].indent and self.bullet(line):
                return
            yield from self.leave()
        if self.rows is not None and line.indent <= self.rows[0]:
            self.rows = None

    def leave(self) -> Iterator[Event]:
        for tag in reversed(self.lists.pop().tags):
            yield self.tag("end", tag, self.lines[min(self.at, len(self.lines) - 1)].start)
