"""Blocks read as a list: which are headings, which are entries, and which links are neither.

Each list has a dialect of its own, and it is found from the list itself: which words label the parts of an entry, whether
headings name entries or groups of them, whether paragraphs are entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..model import Entry, Section, Skip
from .blocks import Block
from .captions import caption
from .chapters import (
    AMONG_LISTS,
    BEFORE_CONTENTS,
    BEFORE_LISTS,
    UNDER_TITLE,
    Close,
    Part,
    joined,
    read_body,
)
from .dialect import told_apart
from .entries import Head
from .heading_names import FIRST_LEVEL, SEVERAL, Chapter, is_contents, named_by_headings
from .legend import Legend
from .links import Labels, sort_links
from .long_rows import apart
from .reads import Read, property_tables
from .tags import Tags, with_facts
from .wrapping import unwrapped

_TITLES = 3
"""So many chapters stand before the lists at the most: what has no heading, and a title that is said twice."""
_CONTENTS = re.compile(
    r"\bcontents\b|^\W*(?:toc|index|navigation|jump to|sections|categories|overview|summary|inhalt\w*|sommaire|[ií]ndice"
    r"|目[录錄次])\W*$",
    re.IGNORECASE,
)
"""What a table of contents is headed by where a list has no title of its own."""


def outline(blocks: Iterable[Block], roles: Mapping[str, str]) -> Iterator[Section | Entry | Skip]:
    """Yield the sections, the entries and the links that are neither, in reading order.

    ``roles`` maps the words of a link that names a part of an entry ("docs", "source") to the part's role.
    """
    stream = [Read(block, *sort_links(block.passage)) for block in blocks]
    labels = Labels((read.block.passage for read in stream), roles, property_tables(stream))
    tags = Tags([read.block.passage for read in stream], Legend(read.block for read in stream))
    for part in told_apart([*apart(_parts(_chapters(stream, labels), labels))], labels):
        if isinstance(part, Entry):
            entry = with_facts(part, tags)
            yield entry._replace(passage=unwrapped(entry.passage))
        else:
            yield part


def _parts(chapters: Sequence[Chapter], labels: Labels) -> Iterator[Section | Entry | Skip]:
    stops = _stops(chapters)
    cards = named_by_headings(chapters, stops, labels)
    path = _Path()
    at = 0
    while at < len(chapters):
        if at in cards:
            path.close(chapters[at].level)
            yield from path.place(_card(chapters[at : stops[at]], cards[at], labels))
            at = stops[at]
            continue
        yield from _chapter(chapters[at], path)
        at += 1


class _Path:
    """The headings around the current place; groups among them count only when an entry stands in them."""

    def __init__(self) -> None:
        self.open: list[tuple[int, int]] = []
        self.groups: list[Section] = []
        self.lines: set[int] = set()
        self.doubles = 0
        self.title = ""
        """The first heading of all."""

    def enter(self, section: Section, inside: bool = True) -> Section:
        """Put a section on the path, and return it with its own path; one more on the same line gets a number."""
        if section.line in self.lines:
            self.doubles += 1
            section = section._replace(number=-self.doubles)
        self.lines.add(section.line)
        self.title = self.title or section.passage.text
        section = section._replace(path=self.keys, passage=caption(section.passage))
        if inside:
            self.open.append((section.level, section.key))
        return section

    def is_title(self, chapter: Chapter) -> bool:
        """Whether a chapter's heading is the list's title, or that once more; it may have the table of contents under it."""
        said = chapter.head.block.passage.text if chapter.head is not None else ""
        title = chapter.level < FIRST_LEVEL and (self.title or said).startswith(said)
        return title and any(map(str.isalpha, said)) and _CONTENTS.search(said) is None

    def close(self, level: int) -> None:
        """End all sections of a level or a deeper one."""
        while self.groups and self.groups[-1].level >= level:
            self.groups.pop()
        while self.open and self.open[-1][0] >= level:
            self.open.pop()

    @property
    def keys(self) -> tuple[int, ...]:
        """The keys of the open sections, outermost first."""
        return tuple(key for _, key in self.open)

    def place(self, parts: Iterable[Part]) -> Iterator[Section | Entry | Skip]:
        """Yield parts with their paths, and each group before its first entry."""
        keys = self.keys
        for part in parts:
            if isinstance(part, Close):
                self.close(part.level)
                keys = self.keys
            elif isinstance(part, Section):
                self.close(part.level)
                self.groups.append(part)
                keys = self.keys
            elif isinstance(part, Entry):
                if self.groups:
                    yield from map(self.enter, self.groups)
                    self.groups = []
                    keys = self.keys
                yield part._replace(path=keys)
            else:
                yield part


def _chapters(stream: Sequence[Read], labels: Labels) -> list[Chapter]:
    """Part a document at its headings, and read what stands under each."""
    starts = [at for at, read in enumerate(stream) if read.block.kind == "heading"]
    bounds = [(None, 0), *((at, at + 1) for at in starts)]
    pairs = [
        (stream[head] if head is not None else None, tuple(stream[start:end]))
        for (head, start), end in zip(bounds, [*starts, len(stream)], strict=True)
    ]
    pairs = [(head, body) for head, body in pairs if head is not None or body]
    lists = _first_list(pairs)
    contents = next((at for at, (_, body) in enumerate(pairs) if is_contents(body)), -1)
    front, found = True, list[Chapter]()
    for at, (head, body) in enumerate(pairs):
        front = front and at < max(lists, contents)
        before = UNDER_TITLE if head is None or head.block.level < FIRST_LEVEL else BEFORE_CONTENTS
        where = AMONG_LISTS if not front else before if at < contents else BEFORE_LISTS
        parts = tuple(read_body(body, labels, where))
        found.append(Chapter(head, body, parts))
        front = front and sum(isinstance(part, Entry) for part in parts) <= SEVERAL
    return found


def _first_list(pairs: Sequence[tuple[Read | None, tuple[Read, ...]]]) -> int:
    """Return the number of the first chapter that may hold a list: behind the title, where deeper headings follow it."""
    levels = [head.block.level if head is not None else 0 for head, _ in pairs]
    top = min((level for level in levels if level), default=0)
    first = next((at for at, level in enumerate(levels) if level > top), -1)
    if not 0 < first <= _TITLES:
        first = 1 if levels[:1] == [0] else 0
    return first if any(read.targets for _, body in pairs[first:] for read in body) else 0


def _stops(chapters: Sequence[Chapter]) -> list[int]:
    """Return for each chapter where the deeper ones behind it end."""
    stops, around = [len(chapters)] * len(chapters), list[int]()
    for at, chapter in enumerate(chapters):
        while around and chapters[around[-1]].level >= chapter.level:
            stops[around.pop()] = at
        around.append(at)
    return stops


def _card(chapters: Sequence[Chapter], head: Head, labels: Labels) -> Iterator[Entry | Skip]:
    """Yield the entry that a heading names; deeper headings belong to it only where its link stands under one of them."""
    first = chapters[0]
    if first.head is None:
        return
    reads = [first.head, *first.body]
    said = 1
    if not any(head.link is link for read in reads for link in read.targets):
        second = chapters[1]
        reads += [*([second.head] if second.head is not None else []), *second.body]
        said = 2
    said_of_it = (read for read in reads if read.block.kind != "header" or read.targets or read.skips)
    told = [read for read in said_of_it if read.block.passage.text or read.block.passage.links]
    yield from joined(told, [head], labels)
    for chapter in chapters[said:]:
        for read in ([chapter.head] if chapter.head is not None else []) + list(chapter.body):
            yield from read.skips
            yield from (Skip(link.url, link.line, "prose") for link in read.targets)


def _chapter(chapter: Chapter, path: _Path) -> Iterator[Section | Entry | Skip]:
    """Yield a heading that names no entry, and what stands under it."""
    head = chapter.head
    contents = is_contents(chapter.body)
    if head is not None:
        path.close(chapter.level)
        yield path.enter(Section(chapter.level, head.block.passage), not contents or path.is_title(chapter))
        yield from head.skips
        yield from (Skip(link.url, link.line, "heading") for link in head.targets)
    entries = [part for part in chapter.parts if isinstance(part, Entry)]
    for part in path.place(chapter.parts):
        if contents and len(entries) < SEVERAL and isinstance(part, Entry) and not _described(part):
            # A table of contents may lead to another page of the list; one that holds the list itself has more.
            yield from (Skip(url, line, "contents") for url, line in _links(part))
        else:
            yield part


def _described(entry: Entry) -> bool:
    return any(map(str.isalpha, entry.passage.text[entry.body :]))


def _links(entry: Entry) -> Iterator[tuple[str, int]]:
    yield entry.url, entry.line
    yield from ((link.url, link.line) for link in entry.links)
