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
from .rst_tables import gather, is_table, table

_BULLET = re.compile(r"[-*+•‣⁃](?:[ \t]+|$)", re.MULTILINE)
_ORDINAL = re.compile(r"\(?(?:\d{1,9}|#|[A-Za-z]|[ivxlcdmIVXLCDM]{1,8})[.)](?:[ \t]+|$)", re.MULTILINE)
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*$", re.MULTILINE)
_EXPLICIT = re.compile(r"\.\.(?:[ \t]+|$)", re.MULTILINE)
_DIRECTIVE = re.compile(r"(?:\|[^|\n]+\|[ \t]+)?([A-Za-z][\w.+:-]*?)[ \t]?::(?:[ \t]+|$)", re.MULTILINE)
_FIELD = re.compile(r":[^:\n`][^:\n`]{0,100}:(?:[ \t]+|$)", re.MULTILINE)
_SAME_LINK = re.compile(r"[-*+•][ \t]+\S")
_PASSED = frozenset(
    {"code", "code-block", "sourcecode", "raw", "include", "literalinclude", "math", "parsed-literal"}
    | {"highlight", "contents", "toctree", "csv-table", "meta", "role", "default-role", "sectnum"}
    | {"section-numbering", "header", "footer", "unicode", "date", "replace", "graphviz", "digraph", "mermaid"}
    | {"plantuml", "automodule", "autoclass", "autofunction", "index", "only", "ifconfig", "target-notes"}
    | {"sectionauthor", "codeauthor", "doctest", "testcode", "testsetup", "prompt"}
)
"""Directives whose block is not the list's own text."""
_TITLE_LEVELS = 6
_WIDEST = 2000
"""No table that anyone drew is wider."""


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
        self.lines = [_line(text, found.start(), found.end()) for found in re.finditer(r"^[^\n]*", text, re.MULTILINE)]
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

    def tag(self, kind: str, name: str, place: int, **attributes: str) -> Event:
        return Event(kind, name, place, place, attributes)

    def bullet(self, line: _Line) -> re.Match[str] | None:
        """Return the bullet or the ordinal that a line begins with."""
        return _BULLET.match(self.text, line.start, line.end) or _ORDINAL.match(self.text, line.start, line.end)

    def after(self, at: int) -> _Line | None:
        return self.lines[at] if at < len(self.lines) else None

    def block(self, line: _Line) -> Iterator[Event]:
        """Read the block that begins on a line."""
        explicit = _EXPLICIT.match(self.text, line.start, line.end)
        bullet = self.bullet(line)
        if explicit:
            yield from self.explicit(line, explicit.end())
        elif self.text.startswith("__ ", line.start, line.end):
            self.at += 1
        elif (title := self.title(line)) is not None:
            yield from self.heading(*title)
        elif line.end - line.start < _WIDEST and is_table(self.text[line.start : line.end]):
            yield from self.table()
        elif _RULE.match(self.text, line.start, line.end):
            self.at += 1
            yield self.tag("start", "hr", line.start)
            yield self.tag("end", "hr", line.end)
        elif bullet:
            yield from self.item(line, bullet.end())
        elif self.text.startswith(">>> ", line.start, line.end):
            self.skip(line.indent - 1, blank=True)
        else:
            yield from self.paragraph(line)

    def title(self, line: _Line) -> tuple[_Line, str, int] | None:
        """Return the title that begins on a line, its style, and how many lines it takes."""
        rule = _RULE.match(self.text, line.start, line.end)
        below, under = self.after(self.at + 1), self.after(self.at + 2)
        if rule is not None:
            closed = (
                below is not None and under is not None and below.start < below.end and self.is_rule(under, rule[1])
            )
            return (below, 2 * rule[1], 3) if closed and below else None
        if below is None or below.indent != line.indent or line.indent > 0:
            return None
        sign = _RULE.match(self.text, below.start, below.end)
        long_enough = below.end - below.start >= min(4, line.end - line.start)
        return (line, sign[1], 2) if sign is not None and long_enough else None

    def is_rule(self, line: _Line, sign: str) -> bool:
        rule = _RULE.match(self.text, line.start, line.end)
        return rule is not None and rule[1] == sign

    def heading(self, line: _Line, style: str, size: int) -> Iterator[Event]:
        """A title's level is the order in which its style was met."""
        self.at += size
        if style not in self.styles:
            self.styles.append(style)
        level = f"h{min(self.styles.index(style) + 1, _TITLE_LEVELS)}"
        yield self.tag("start", level, line.start)
        yield from inline(self.text, [Segment(line.start, line.end)], self.targets)
        yield self.tag("end", level, line.end)

    def item(self, line: _Line, content: int) -> Iterator[Event]:
        """Begin an item; what follows its bullet is read as a line of its own."""
        if self.lists and self.lists[-1].indent == line.indent:
            yield self.tag("end", self.lists[-1].tags[-1], line.start)
        else:
            self.lists.append(_List(line.indent, self.item_tags()))
            if len(self.lists[-1].tags) > 1:
                yield self.tag("start", self.lists[-1].tags[0], line.start)
        yield self.tag("start", self.lists[-1].tags[-1], line.start)
        self.lines[self.at] = _Line(line.indent + content - line.start, content, line.end)

    def item_tags(self) -> tuple[str, ...]:
        """Return the elements of a new list: a row or a cell where a table is written as one."""
        if self.rows is not None:
            if not any("tr" in one.tags for one in self.lists):
                return ("table", "tr")
            if "tr" in self.lists[-1].tags:
                return ("th",) if self.rows[1] else ("td",)
        return ("ul", "li")

    def paragraph(self, line: _Line) -> Iterator[Event]:
        """Read the lines up to a blank one; where the next stands deeper, this one is a term and that its definition."""
        segments = [Segment(line.start, line.end)]
        self.at += 1
        while (below := self.after(self.at)) is not None and below.start < below.end and below.indent >= line.indent:
            if _SAME_LINK.match(self.text, below.start, below.end) or _EXPLICIT.match(
                self.text, below.start, below.end
            ):
                break
            segments.append(Segment(below.start, below.end))
            self.at += 1
        term = len(segments) > 1 and self.lines[self.at - len(segments) + 1].indent > line.indent
        field = _FIELD.match(self.text, line.start, line.end)
        tag = "li" if term and not field and not self.lists else "p"
        if field:
            segments[0] = Segment(field.end(), line.end)
        literal = self.text.endswith("::", line.start, segments[-1].end)
        yield self.tag("start", tag, line.start)
        yield from inline(self.text, segments, self.targets)
        yield self.tag("end", tag, segments[-1].end)
        if literal and not term:
            self.skip(line.indent)

    def skip(self, indent: int, blank: bool = False) -> None:
        """Pass over the lines that stand deeper; with ``blank`` only up to a blank one."""
        while (line := self.after(self.at)) is not None:
            empty = line.start == line.end
            if (empty and blank) or (not empty and line.indent <= indent):
                return
            self.at += 1

    def table(self) -> Iterator[Event]:
        first = self.lines[self.at]
        lines = gather(self.text, self.lines, self.at)
        end = lines[-1][1]
        yield self.tag("start", "table", first.start)
        for row in table(self.text, lines):
            yield self.tag("start", "tr", row.cells[0][0].start if row.cells[0] else first.start)
            for cell in row.cells:
                yield self.tag("start", "th" if row.header else "td", cell[0].start if cell else first.start)
                yield from inline(self.text, cell, self.targets)
                yield self.tag("end", "th" if row.header else "td", cell[-1].end if cell else first.start)
            yield self.tag("end", "tr", end)
        yield self.tag("end", "table", end)
        self.at += len(lines)

    def explicit(self, line: _Line, content: int) -> Iterator[Event]:
        """Read what begins with two dots: a directive, or else a comment, a target or a note, which are no text."""
        self.at += 1
        directive = _DIRECTIVE.match(self.text, content, line.end)
        if directive is None:
            self.skip(line.indent)
            return
        name, said = directive[1].lower(), self.text[directive.end() : line.end]
        options = self.options(line.indent)
        if self.text.startswith("|", content) or (name in _PASSED and not (name == "raw" and "html" in said)):
            self.skip(line.indent)
        elif name == "raw":
            start = self.lines[self.at].start if self.at < len(self.lines) else len(self.text)
            self.skip(line.indent)
            end = self.lines[self.at].start if self.at < len(self.lines) else len(self.text)
            for event in tokens(self.text[start:end]):
                yield event._replace(start=event.start + start, end=event.end + start)
        elif name in ("image", "figure"):
            yield from self.picture(line, said.strip(), options)
        elif name == "list-table":
            self.rows = (line.indent, options.get("header-rows", "0").strip() not in ("", "0"))
        elif said.strip():
            yield self.tag("start", "p", directive.end())
            yield from inline(self.text, [Segment(directive.end(), line.end)], self.targets)
            yield self.tag("end", "p", line.end)

    def options(self, indent: int) -> dict[str, str]:
        """Read the fields below a directive."""
        found = {}
        while (line := self.after(self.at)) is not None and line.indent > indent:
            field = _FIELD.match(self.text, line.start, line.end)
            if field is None:
                break
            found[field[0].strip().strip(":")] = self.text[field.end() : line.end]
            self.at += 1
        return found

    def picture(self, line: _Line, source: str, options: Mapping[str, str]) -> Iterator[Event]:
        target = self.targets.resolve(options.get("target", "").strip())
        yield self.tag("start", "p", line.start)
        if target:
            yield self.tag("start", "a", line.start, href=target)
        yield self.tag("start", "img", line.start, src=source, alt=options.get("alt", ""))
        yield self.tag("end", "img", line.start)
        if target:
            yield self.tag("end", "a", line.start)
        yield self.tag("end", "p", line.start)


def _line(text: str, start: int, end: int) -> _Line:
    """Return a line without the space around it, and its indent in columns."""
    content = text[start:end]
    bare = content.lstrip()
    indent = len(content[: len(content) - len(bare)].expandtabs(8))
    return (
        _Line(indent, start + len(content) - len(bare), start + len(content.rstrip())) if bare else _Line(0, end, end)
    )
