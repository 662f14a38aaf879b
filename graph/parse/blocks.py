"""Markup gathered into the blocks that a reader sees: headings, items, paragraphs, table rows.

A block is all the text between two block boundaries. Unclosed elements end where HTML says that they do, so a page whose
author never closed a ``<li>`` reads like one whose author did.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..model import Link, Mark, Passage
from .inline import Piece, compose, mend, words
from .markup import Event


class Block(NamedTuple):
    """One block of text."""

    kind: str
    """``heading``, ``item``, ``paragraph``, ``row``, ``header`` (a table's first row), ``summary`` or ``end`` (of a list)."""
    level: int
    """A heading's level, 1 to 6; for all else the number of lists around it."""
    passage: Passage
    cells: tuple[int, ...] = ()
    """Where in the text each cell of a row begins."""


_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset({"ul", "ol", "dl", "menu"})
_ITEMS = frozenset({"li", "dt"})
_CELLS = frozenset({"td", "th"})
_MUTE = frozenset({"pre", "script", "style", "head", "template", "svg", "title", "textarea", "aside"})
_MARKS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "code": "code",
    "del": "del",
    "s": "del",
    "strike": "del",
}
_BOUNDARIES = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "center",
        "blockquote",
        "details",
        "summary",
        "table",
        "hr",
        "dd",
        "figure",
        "main",
        "nav",
    }
    | {"header", "footer", "form", "tbody", "thead", "tfoot", "caption", "body", "html"}
    | _LISTS
)


def blocks(text: str, events: Iterable[Event]) -> Iterator[Block]:
    """Gather a stream of markup into blocks; ``text`` is the source that the events' offsets point into."""
    lines = [0]
    lines.extend(at + 1 for at, character in enumerate(text) if character == "\n")
    gatherer = _Gatherer(text, lines)
    for event in events:
        if event.kind == "text":
            gatherer.text(event)
        elif event.kind == "start":
            gatherer.start(event)
        else:
            gatherer.end(event.value)
        if gatherer.done:
            yield from gatherer.done
            gatherer.done = []
    gatherer.flush()
    yield from gatherer.done


class _Gatherer:
    """The open elements and the text gathered since the last block boundary."""

    def __init__(self, source: str, lines: list[int]) -> None:
        self.source = source
        self.lines = lines
        self.done: list[Block] = []
        self.stack: list[str] = []
        self.mute = 0
        self.first_row = False
        self.clear()

    def clear(self) -> None:
        self.pieces: list[Piece] = []
        self.length = 0
        self.links: list[Link] = []
        self.marks: list[Mark] = []
        self.open_marks: list[tuple[str, int]] = []
        self.cells: list[int] = []
        self.link: tuple[str, int, int] | None = None
        self.picture: str | None = None
        self.picture_text = ""

    def text(self, event: Event) -> None:
        if self.mute:
            return
        if self.picture is not None:
            self.picture_text += event.value
            return
        for piece in words(event.value, event.start):
            if piece.text in " \n" and (not self.pieces or self.pieces[-1].text[-1:] in "\n "):
                if piece.text == "\n" and self.pieces and self.pieces[-1].text == " ":
                    self.pieces[-1] = piece
                continue
            self.pieces.append(piece)
            self.length += len(piece.text)

    def start(self, event: Event) -> None:
        tag = event.value
        if tag in _MUTE:
            if tag in ("pre", "aside") and not self.mute:
                self.flush()
            self.mute += 1
        elif self.mute:
            return
        elif tag == "a":
            self.end("a")
            href = "".join(event.attributes.get("href", "").split())
            self.link = (href, self.length, self.line(event.start))
        elif tag == "img":
            self.picture = event.attributes.get("src", "")
            self.picture_text = event.attributes.get("alt", "")
        elif tag == "br":
            self.text(Event("text", "\n", event.start, event.end))
        elif tag in _MARKS:
            self.open_marks.append((_MARKS[tag], self.length))
        elif tag in _HEADINGS or tag in _ITEMS or tag == "tr":
            self.open(tag)
        elif tag in _CELLS:
            self.text(Event("text", "\n", event.start, event.start))
            if "tr" in self.stack:
                self.cells.append(self.length)
                self.first_row = self.first_row or tag == "th"
        elif tag in _BOUNDARIES:
            self.boundary(tag, event)
            if tag in _LISTS or tag == "summary":
                self.stack.append(tag)

    def open(self, tag: str) -> None:
        """Begin a heading, an item or a row; the one before it ends here if nothing else ended it."""
        self.flush()
        for open_tag in reversed(self.stack):
            if open_tag in _LISTS:
                break
            if open_tag == tag or (tag in _ITEMS and open_tag in _ITEMS):
                del self.stack[len(self.stack) - 1 - self.stack[::-1].index(open_tag) :]
                break
        self.stack.append(tag)

    def boundary(self, tag: str, event: Event) -> None:
        """End the block at a boundary, unless the boundary is one inside an item, a cell or a link."""
        within = self.stack[-1] if self.stack else ""
        soft = tag not in _LISTS and tag not in ("table", "details", "summary", "hr")
        if soft and (within in _ITEMS or within == "tr" or within in _HEADINGS or self.link):
            self.text(Event("text", "\n", event.start, event.start))
        else:
            self.flush()

    def end(self, tag: str) -> None:
        if tag in _MUTE:
            self.mute = max(self.mute - 1, 0)
        elif self.mute:
            return
        elif tag == "a":
            if self.link is not None:
                href, start, line = self.link
                self.links.append(Link(href, start, self.length, line))
                self.link = None
        elif tag == "img":
            if self.picture is not None:
                self.marks.append(Mark("img", self.length, self.length, self.picture, self.picture_text.strip()))
            self.picture = None
        elif tag in _MARKS:
            for at in range(len(self.open_marks) - 1, -1, -1):
                if self.open_marks[at][0] == _MARKS[tag]:
                    name, start = self.open_marks.pop(at)
                    self.marks.append(Mark(name, start, self.length))
                    break
        elif tag in self.stack:
            self.flush()
            del self.stack[len(self.stack) - 1 - self.stack[::-1].index(tag) :]
            if tag in _LISTS:
                self.done.append(Block("end", self.depth(), _EMPTY))
        elif tag in _BOUNDARIES:
            self.boundary(tag, Event("end", tag, self.pieces[-1].start + 1 if self.pieces else 0, 0))

    def depth(self) -> int:
        return sum(tag in _LISTS for tag in self.stack)

    def line(self, offset: int) -> int:
        return bisect_right(self.lines, offset)

    def flush(self) -> None:
        """Make a block of what was gathered, where it is anything."""
        self.end("a")
        if (
            self.links
            or any(piece.text.strip() for piece in self.pieces)
            or any(mark.tag == "img" for mark in self.marks)
        ):
            line = self.line(self.pieces[0].start) if self.pieces else self.links[0].line if self.links else 0
            passage = mend(compose(self.pieces, self.links, self.marks, self.source, line))
            shift = sum(len(piece.text) for piece in self.pieces[:1] if not piece.text.strip())
            self.done.append(self.block(passage, tuple(max(cell - shift, 0) for cell in self.cells)))
        self.clear()

    def block(self, passage: Passage, cells: tuple[int, ...]) -> Block:
        within = next((tag for tag in reversed(self.stack) if tag not in _LISTS), "")
        if within in _HEADINGS:
            return Block("heading", _HEADINGS[within], passage)
        if within == "tr":
            kind, self.first_row = ("header" if self.first_row else "row"), False
            return Block(kind, self.depth(), passage, cells)
        if within in _ITEMS:
            return Block("item", self.depth(), passage)
        return Block("summary" if within == "summary" else "paragraph", self.depth(), passage)


_EMPTY = Passage("", (), (), "", (), 0)
