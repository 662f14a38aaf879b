"""Markup gathered into the blocks that a reader sees: headings, items, paragraphs, table rows.

A block is all the text between two block boundaries. Unclosed elements end where HTML says that they do, so a page whose
author never closed a ``<li>`` reads like one whose author did.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..model import Link, Mark, Passage
from .inline import Piece, compose, cut, mend, words
from .links import is_badge
from .markup import Event


class Block(NamedTuple):
    """One block of text."""

    kind: str
    """``heading``, ``item``, ``paragraph``, ``row``, ``header`` (a table's first row), ``summary`` or ``note``; ``rest``
    is what stands in an item behind the blocks inside it; ``end`` (of a list) and ``close`` (of details) hold no text."""
    level: int
    """A heading's level, 1 to 6; for all else the number of lists around it."""
    passage: Passage
    cells: tuple[int, ...] = ()
    """Where in the text each cell of a row begins."""
    start: int = 0
    """Where in the source the passage begins."""
    table: int = 0
    """The number of a row's table."""
    source: str = ""
    """The whole text that the block stands in."""


_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset({"ul", "ol", "dl", "menu"})
_ITEMS = frozenset({"li", "dt", "dd"})
_CELLS = frozenset({"td", "th"})
_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot"})
_MUTE = frozenset({"pre", "script", "style", "head", "template", "svg", "title", "textarea"})
_UNMUTE = frozenset({"p", "li", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements whose end ends what an author wrote as a word inside them: "sets the <title> of a page"."""
_MARKS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "code": "code",
    "del": "del",
    "s": "del",
    "strike": "del",
    "sup": "sup",
}
_BOUNDARIES = frozenset(
    {"p", "div", "section", "article", "center", "blockquote", "details", "summary", "table", "hr", "figure", "main"}
    | {"header", "footer", "form", "nav", "tbody", "thead", "tfoot", "caption", "body", "html", "aside"}
    | _LISTS
)
_HARD = _LISTS | {"table", "details", "summary", "hr", "aside"}
"""Boundaries that end a block even inside an item or a cell."""
_KINDS = {"summary": "summary", "aside": "note"}
"""Boundaries that say what their text is."""
_NEAR = 12
"""Deeper than this no open element is looked for: without lists between them, so many stand open in no document."""
_EMPTY = Passage("", (), (), "", (), 0)


def blocks(text: str, events: Iterable[Event]) -> Iterator[Block]:
    """Gather a stream of markup into blocks; ``text`` is the source that the events' offsets point into."""
    gatherer = _Gatherer(text)
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


class _Open(NamedTuple):
    """An open element that tells what its text is."""

    tag: str
    within: str
    """The nearest open element that is no list: the element itself, or one around it."""
    depth: int
    """The number of lists around the text."""


_NONE = _Open("", "", 0)


class _Gatherer:
    """The open elements and the text gathered since the last block boundary."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = [0, *(found.end() for found in re.finditer("\n", source))]
        self.done: list[Block] = []
        self.stack: list[_Open] = []
        self.number: Counter[str] = Counter()
        self.mute = 0
        self.tables = 0
        self.heads = 0
        """How many heads of columns the row has; below 0 where it has other cells."""
        self.begun: set[int] = set()
        """How deep in the stack stand the items of which a block was made."""
        self.clear()

    def clear(self) -> None:
        self.pieces: list[Piece] = []
        self.length = 0
        self.links: list[Link] = []
        self.marks: list[Mark] = []
        self.open_marks: dict[str, list[int]] = defaultdict(list)
        self.link: tuple[str, int, int] | None = None
        self.picture: Event | None = None
        self.picture_text: list[Event] = []
        self.spoken: list[tuple[int, int]] = []
        self.said_at = 0
        self.origin = -1
        """Where the block's first text, link or picture begins."""

    @property
    def top(self) -> _Open:
        return self.stack[-1] if self.stack else _NONE

    def text(self, event: Event) -> None:
        if self.mute:
            return
        if self.picture is not None:
            self.picture_text.append(event)
            return
        pieces, found = self.pieces, words(event.value, event.start)
        if not found and self.link is not None and event.value:
            # All that the link says is how many stars a repository has: that is a badge, in characters.
            self.marks.append(Mark("img", self.length, self.length, "badge"))
        for piece in found:
            said = piece.text
            if said in (" ", "\n") and (not pieces or pieces[-1].text[-1:] in "\n "):
                if said == "\n" and pieces and pieces[-1].text == " ":
                    pieces[-1] = piece
                continue
            pieces.append(piece)
            self.length += len(said)

    def begin(self, offset: int) -> None:
        self.origin = offset if self.origin < 0 else self.origin

    def start(self, event: Event) -> None:
        tag = event.value
        if tag in _MUTE:
            if tag == "pre" and not self.mute:
                self.flush()
            self.mute += 1
        elif self.mute:
            return
        elif tag == "a":
            self.end("a")
            if "href" in event.attributes:
                self.begin(event.start)
                self.link = ("".join(event.attributes["href"].split()), self.length, self.line(event.start))
        elif tag == "img":
            self.begin(event.start)
            self.picture, self.picture_text = event, []
        elif tag == "br":
            self.text(Event("text", "\n", event.start, event.end))
        elif tag in _MARKS:
            self.open_marks[_MARKS[tag]].append(self.length)
        elif tag == "dd" and self.top.within == "dt" and (self.links or self.link):
            self.soft(event.start)
        elif tag in _HEADINGS or tag in _ITEMS or tag == "tr":
            self.open(tag)
        elif tag in _CELLS:
            if self.tables and not self.number["tr"]:
                self.open("tr")
            self.soft(event.start)
            if self.number["tr"]:
                self.marks.append(Mark("td", self.length, self.length))
                self.heads += (tag == "th") - (tag == "td") * _NEAR
        elif tag in _BOUNDARIES:
            self.boundary(tag, event.start)
            if tag in _LISTS or tag in _KINDS:
                self.push(tag)
            self.tables += tag == "table"

    def soft(self, offset: int) -> None:
        """Begin a new line inside a block."""
        self.text(Event("text", "\n", offset, offset))

    def push(self, tag: str) -> None:
        top = self.top
        lists = tag in _LISTS
        self.stack.append(_Open(tag, top.within if lists else tag, top.depth + lists))
        self.number[tag] += 1
        self.begun.discard(len(self.stack))

    def pop(self, tag: str) -> None:
        """Close the innermost element of a name, and all that stand open inside it."""
        while self.stack:
            closed = self.stack.pop().tag
            self.number[closed] -= 1
            if closed == tag:
                return

    def open(self, tag: str) -> None:
        """Begin a heading, an item or a row; the one before it ends here if nothing else ended it."""
        self.flush()
        for element in self.stack[: -_NEAR - 1 : -1]:
            if element.tag in _LISTS:
                break
            if element.tag == tag or (tag in _ITEMS and element.tag in _ITEMS):
                if (tag, element.tag) == ("dd", "dt"):
                    break
                self.pop(element.tag)
                if (tag, element.tag) != ("dt", "dd"):
                    break
        self.push(tag)

    def boundary(self, tag: str, offset: int) -> None:
        """End the block at a boundary, unless the boundary is one inside an item, a cell or a link."""
        within = self.top.tag
        if tag not in _HARD and (within in _ITEMS or within == "tr" or within in _HEADINGS or self.link):
            self.soft(offset)
        else:
            self.flush()

    def end(self, tag: str) -> None:
        if tag in _MUTE:
            self.mute = max(self.mute - 1, 0)
            return
        if self.mute and tag not in _UNMUTE:
            return
        self.mute = 0
        if tag == "a":
            self.end_link()
        elif tag == "img":
            self.end_picture()
        elif tag in _MARKS:
            if self.open_marks[_MARKS[tag]]:
                self.marks.append(Mark(_MARKS[tag], self.open_marks[_MARKS[tag]].pop(), self.length))
        elif tag == "dt":
            self.soft(self.last())
        elif self.number[tag]:
            self.flush()
            self.pop(tag)
            if tag in _LISTS:
                self.done.append(Block("end", self.top.depth, _EMPTY))
        elif tag in _TABLE_PARTS and self.number["tr"]:
            self.flush()
            self.pop("tr")
        elif tag in _BOUNDARIES:
            self.boundary(tag, self.last())
        if tag == "details":
            self.done.append(Block("close", self.top.depth, _EMPTY))

    def last(self) -> int:
        return self.pieces[-1].start + len(self.pieces[-1].text) if self.pieces else 0

    def end_link(self) -> None:
        """Close a link; one that holds nothing but a picture is spoken of by the picture's words."""
        if self.link is None:
            return
        href, start, line = self.link
        self.link = None
        shown = self.marks[-1] if self.marks and self.marks[-1].tag == "img" else None
        shown = shown if shown is not None and shown.start >= start else None
        silent = shown is not None and not any(piece.text.strip() for piece in self.tail(start))
        if silent and shown is not None and shown.text and not is_badge(shown.value):
            piece = Piece(shown.text, self.said_at)
            self.pieces.append(piece)
            self.length += len(piece.text)
            self.spoken.append((self.length - len(piece.text), self.length))
            start = self.length - len(piece.text)
            self.marks[-1] = shown._replace(start=start, end=self.length)
        self.links.append(Link(href, start, self.length, line))

    def tail(self, start: int) -> Iterator[Piece]:
        """Yield the pieces from a place of the text on, last first."""
        at = self.length
        for piece in reversed(self.pieces):
            if at <= start:
                return
            at -= len(piece.text)
            yield piece

    def end_picture(self) -> None:
        event, self.picture = self.picture, None
        if event is None:
            return
        said = " ".join("".join(part.value for part in self.picture_text).split())
        said = said or " ".join(event.attributes.get("alt", "").split())
        self.said_at = (
            self.picture_text[0].start if self.picture_text else self.source.find(said, event.start, event.end)
        )
        self.said_at = event.start if self.said_at < 0 else self.said_at
        self.marks.append(Mark("img", self.length, self.length, event.attributes.get("src", ""), said))

    def line(self, offset: int) -> int:
        return bisect_right(self.lines, offset)

    def flush(self) -> None:
        """Make a block of what was gathered, where it is anything."""
        if not self.pieces and not self.marks and not self.links and self.link is None:
            self.open_marks.clear()
            return
        self.end_link()
        shown = self.links or any(mark.tag == "img" for mark in self.marks)
        if shown or not all(piece.text.isspace() for piece in self.pieces):
            start = self.pieces[0].start if self.pieces else self.origin
            passage = compose(self.pieces, self.links, self.marks, self.source, self.line(start))
            if self.spoken:
                shift = len(self.pieces[0].text) - len(self.pieces[0].text.lstrip())
                passage = _unspoken(passage, [(start - shift, end - shift) for start, end in self.spoken])
            passage = mend(passage)
            cells: tuple[int, ...] = ()
            if self.number["tr"]:
                cells = tuple(mark.start for mark in passage.marks if mark.tag == "td")
            self.done.append(self.block(passage, cells, start))
        self.clear()

    def block(self, passage: Passage, cells: tuple[int, ...], start: int) -> Block:
        within, level, table = self.top.within, self.top.depth, 0
        if within in _HEADINGS:
            kind, level = "heading", _HEADINGS[within]
        elif within == "tr":
            kind, self.heads = ("header" if self.heads > 0 else "row"), 0
            table = self.tables
        elif within in _ITEMS:
            kind = "rest" if len(self.stack) in self.begun else "item"
            self.begun.add(len(self.stack))
            level += within == "dd"
        else:
            kind = _KINDS.get(within, "paragraph")
        return Block(kind, level, passage, cells, start, table, self.source)


def _unspoken(passage: Passage, spoken: list[tuple[int, int]]) -> Passage:
    """Take the words of pictures out again in each cell (or block) in which a link is worded."""
    cells = [mark.start for mark in passage.marks if mark.tag == "td"]
    said = set(spoken)
    worded = {
        bisect_right(cells, link.start)
        for link in passage.links
        if (link.start, link.end) not in said and passage.text[link.start : link.end].strip()
    }
    gone = [span for span in spoken if bisect_right(cells, span[0]) in worded and span[1] > span[0] >= 0]
    return cut(passage, gone) if gone else passage
