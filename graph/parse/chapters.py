"""The blocks under one heading read as entries, groups of entries, and links that are neither."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

from ..model import Entry, Link, Section, Skip
from . import own_names
from .blocks import Block
from .columns import Row, properties
from .entries import Head, begins_with_link, entries, group_name, introduces, is_sentence, item_heads, paragraph_heads
from .grid import is_record, read_table
from .inline import join, moved, part, within
from .item_facts import stated_by, stated_in
from .links import Labels, label, shows_address
from .pairs import LONGEST_TITLE, described_names, is_bold
from .reads import Read, ends_of, table_end

BOLD_LEVEL = 7
ITEM_LEVEL = 10
"""Headings are levels 1 to 6; bold lines and summaries stand below them, items that only gather others below those."""

AMONG_LISTS, BEFORE_LISTS, BEFORE_CONTENTS, UNDER_TITLE = (
    "among lists",
    "before lists",
    "before contents",
    "under title",
)
"""Where a body stands: what stands before all lists introduces the list itself, the more so with a table of contents behind
it, and most where it stands right under the list's title."""

_LONGEST_GROUP = 160
_FEW = 8
_REPEATED = 3
_OPENER = re.compile(r"[\W_]*(?:click|expand|show|toggle|details|more|view|see|open)\b", re.IGNORECASE)
"""How a summary begins that says how to open it, not what is inside."""


class Close(NamedTuple):
    """The end of every group of a level or a deeper one."""

    level: int


Part = Section | Entry | Skip | Close


def read_body(body: Sequence[Read], labels: Labels, where: str) -> Iterator[Part]:
    """Yield what stands under one heading, in reading order; entries and groups have no path yet.

    ``where`` says where the body stands, with respect to the lists and their table of contents.
    """
    return _Reader(body, labels, where).parts()


class _Reader:
    """One body, and which of its items were taken into the entries around them."""

    def __init__(self, body: Sequence[Read], labels: Labels, where: str) -> None:
        self.body, self.labels, self.where = body, labels, where
        self.front = front = where != AMONG_LISTS
        self.stops = ends_of(body)
        self.held = [0, *accumulate(len(read.targets) for read in body)]
        self.loose = not front and _is_loose(body, labels)
        self.stated = [read.block.kind == "item" and stated_by(read.block.passage, labels) is not None for read in body]
        """Which of the blocks are items that state a property of the entry around them or before them."""
        self.absorbed: set[int] = set()
        self.named = described_names(body, labels) if not front else {}
        """The heads of entries that a paragraph names and the next one describes, by the paragraph's number."""
        pictures = sum(
            labels.is_picture(read.block.passage, read.targets[0])
            for read in body
            if read.block.kind == "paragraph" and read.targets
        )
        self.shown = not front and pictures >= _REPEATED
        """Whether paragraphs that are nothing but a picture with a link are entries: several of them stand together."""

    def parts(self) -> Iterator[Part]:
        at = 0
        while at < len(self.body):
            read = self.body[at]
            if read.block.kind in ("row", "header"):
                stop = table_end(self.body, at)
                yield from self.table(self.body[at:stop])
                at = stop
                continue
            if read.block.kind == "item":
                yield from self.item(at)
            elif read.block.kind == "summary" and read.targets:
                yield from self.summary(at)
            elif at in self.named:
                yield from self.entry(read, [self.named[at]], [at + 1])
            elif at not in self.absorbed:
                yield from self.plain(at)
            at += 1

    def plain(self, at: int) -> Iterator[Part]:
        """Read a block that is neither an item nor a row."""
        block, targets, _ = read = self.body[at]
        if block.kind == "end":
            yield Close(ITEM_LEVEL + block.level + 1)
        elif block.kind == "close":
            yield Close(_summary_level(block))
        elif block.kind == "summary" and not targets:
            yield Close(_summary_level(block))
            yield from read.skips
            if block.passage.text and not _OPENER.match(block.passage.text):
                yield Section(_summary_level(block), block.passage)
        elif block.kind == "paragraph" and self.is_title(at):
            yield Close(BOLD_LEVEL)
            yield from read.skips
            yield Section(BOLD_LEVEL, block.passage)
        else:
            heads: list[Head] = []
            if block.kind == "paragraph" and targets:
                heads = paragraph_heads(block.passage, targets, self.labels, self.loose)
            if (len(heads) > 1 and _leads_about(read)) or (heads and self.front and not self.introduces(block, heads)):
                heads = []
            if len(heads) == 1 and not self.shown and self.labels.is_picture(block.passage, heads[0].link):
                heads = []
            yield from (
                self.lines(read, heads) if len(heads) > 1 and block.kind == "paragraph" else self.entries(read, heads)
            )

    def entries(self, read: Read, heads: Sequence[Head]) -> Iterator[Entry | Skip]:
        """Yield the entries of a block; without any, its links are prose."""
        yield from read.skips
        if heads:
            yield from entries(read.block.passage, heads, read.targets, self.labels)
        elif read.targets:
            reason = "navigation" if read.block.kind == "paragraph" and _only_links(read) else "prose"
            yield from (Skip(link.url, link.line, reason) for link in read.targets)

    def lines(self, read: Read, heads: Sequence[Head]) -> Iterator[Entry | Skip]:
        """Yield the entries of a paragraph; those that begin lines of their own have them to themselves."""
        text, passage = read.block.passage.text, read.block.passage
        breaks = [0, *(found.end() for found in re.finditer("\n", text))]
        starts = [breaks[bisect_right(breaks, head.title[0]) - 1] for head in heads]
        if len(set(starts)) < len(starts):
            yield from self.entries(read, heads)
            return
        yield from read.skips
        bounds = [0, *starts[1:], len(text) + 1]
        at = 0
        for head, (start, end) in zip(heads, pairwise(bounds), strict=True):
            own = []
            while at < len(read.targets) and read.targets[at].start < end:
                own.append(within(read.targets[at], start, end - 1))
                at += 1
            line = part(passage, start, end - 1)
            first = next(link for link in own if link.start + start == head.link.start)
            title = (head.title[0] - start, min(head.title[1] - start, len(line.text)))
            yield from entries(line, [Head(first, title, min(head.after - start, len(line.text)))], own, self.labels)

    def summary(self, at: int) -> Iterator[Part]:
        """Read a summary that names an entry, with those of the details that only open its parts."""
        read = self.body[at]
        heads = item_heads(read.block.passage, read.targets, self.labels)
        end = at + 1
        while end < len(self.body) and self.body[end].block.kind == "paragraph" and end - at <= _FEW:
            end += 1
        yield from self.entry(read, heads, range(at + 1, end)) if heads else self.entries(read, [])

    def introduces(self, block: Block, heads: Sequence[Head]) -> bool:
        """Whether a paragraph before all lists is one of theirs: it names one thing and describes it."""
        return len(heads) == 1 and introduces(block.passage, heads[0])

    def is_title(self, at: int) -> bool:
        """Whether a paragraph is all bold and short, and stands where a heading would."""
        passage = self.body[at].block.passage
        return is_bold(passage) and not any(link.url for link in passage.links)

    def table(self, rows: Sequence[Read]) -> Iterator[Part]:
        plain = [Row(read.block, read.targets) for read in rows]
        for read in rows:
            yield from read.skips
        if self.front and not is_record(plain):
            yield from (Skip(link.url, link.line, "navigation") for read in rows for link in read.targets)
            return
        if rows[0].block.table in self.labels.properties:
            yield from (Skip(link.url, link.line, "prose") for read in rows for link in read.targets)
            return
        for found in read_table(plain, self.labels):
            yield Skip(found.url, found.line, "prose") if isinstance(found, Link) else found

    def item(self, at: int) -> Iterator[Part]:
        """Read an item with what is nested in it."""
        block, targets, skips = read = self.body[at]
        yield Close(ITEM_LEVEL + block.level)
        if at in self.absorbed:
            return
        stop = self.stops[at]
        heads = item_heads(block.passage, targets, self.labels)
        if heads and self.where in (BEFORE_CONTENTS, UNDER_TITLE):
            named = begins_with_link(block.passage, targets, self.labels)
            heads = heads if named and (self.where == BEFORE_CONTENTS or self.introduces(block, heads)) else []
        if heads:
            yield from self.entry(read, heads, self.said_of_it(at, stop))
            return
        below = self.held[stop] - self.held[at + 1]
        text = block.passage.text
        gathers = not targets and below > 0 and bool(text)
        nested = range(at + 1, stop)
        name = group_name(text)
        single = text[:name] if below == 1 else ""  # "Fold", and below it its address
        if (
            gathers
            and name <= _LONGEST_GROUP
            and len(nested) <= _FEW
            and all(self.is_part(number, single) for number in nested)
        ):
            yield from self.named_by_its_words(at, stop, name)
            return
        yield from skips
        yield from (Skip(link.url, link.line, "prose") for link in targets)
        if gathers and len(text) <= LONGEST_TITLE:
            yield Section(ITEM_LEVEL + block.level, block.passage)

    def said_of_it(self, at: int, stop: int) -> list[int]:
        """Return which of the blocks nested in an entry only say more of it: plain words, and links to its parts."""
        found, number = [], at + 1
        titled = self.titled(at, stop) if number < stop else ()
        while number < stop:
            if self.body[number].block.kind == "item":
                nested = range(number, self.stops[number])
                if len(nested) > _FEW or not all(map(self.says_more, nested)) or number in titled:
                    number = nested.stop
                    continue
            if self.says_more(number) and number not in self.absorbed:
                found.append(number)
            number += 1
        found += self.stated_behind(at, stop)
        return [number for number in found if self.body[number].block.kind not in ("end", "close")]

    def stated_behind(self, at: int, stop: int) -> Iterator[int]:
        """Yield the items right behind an entry, beside it, that state properties of it: "Maintainer: Ada"."""
        level = self.body[at].block.level
        return takewhile(
            lambda number: self.body[number].block.level == level and self.states_alone(number),
            range(stop, len(self.body)),
        )

    def states_alone(self, number: int) -> bool:
        """Whether an item states a property, is no other entry's yet, and holds neither items nor a link that names something."""
        passage = self.body[number].block.passage
        return (
            self.stated[number]
            and number not in self.absorbed
            and self.stops[number] == number + 1
            and all(self.labels(passage, link) for link in passage.links)
        )

    def titled(self, at: int, stop: int) -> set[int]:
        """Return the nested items named like a label that are entries like most beside them: "Notebook - Keeps notes"."""
        named = 0
        labelled: set[int] = set()
        for number in range(at + 1, stop):
            block, targets, _ = self.body[number]
            if block.kind == "item" and targets and block.level == self.body[at].block.level + 1:
                heads = item_heads(block.passage, targets, self.labels)
                if heads and introduces(block.passage, heads[0]) and heads[0].title[0] >= heads[0].link.start:
                    if self.labels.know(block.passage.text[slice(*heads[0].title)]):
                        labelled.add(number)
                    else:
                        named += 1
        return labelled if named > max(2, len(labelled)) else set()

    def says_more(self, number: int) -> bool:
        block, targets, _ = self.body[number]
        if block.kind in ("rest", "end", "close"):
            return True
        if block.kind != "item":
            return False
        if self.stated[number]:
            return True
        heads = item_heads(block.passage, targets, self.labels)
        return not targets or not heads or (len(heads) == 1 and is_sentence(block.passage, heads[0], self.labels))

    def is_part(self, number: int, name: str) -> bool:
        """Whether a nested block is an item whose links are but labels of parts, or the only one, that of what is named."""
        block, targets, _ = self.body[number]
        if block.kind in ("end", "close"):
            return True
        if block.kind != "item" or not targets:
            return block.kind == "item"
        said = label(block.passage.text[: targets[0].start])
        if name and shows_address(block.passage, targets[0]) and own_names.is_called(name, targets[0].url):
            return True
        several = len(targets) > 1 and all(self.labels(block.passage, link) for link in targets)
        return several or said in self.labels.roles or all(self.labels.part(block.passage, link) for link in targets)

    def entry(self, read: Read, heads: Sequence[Head], more: Sequence[int]) -> Iterator[Part]:
        """Yield the entries of a block, the last one with what nested items say of it."""
        if not more:
            yield from self.entries(read, heads)
            return
        reads = [read, *(self.body[number] for number in more)]
        self.absorbed.update(more)
        yield from joined(reads, heads, self.labels)

    def named_by_its_words(self, at: int, stop: int, name: int) -> Iterator[Part]:
        """Read an item without a link whose nested items open its parts: they are one entry."""
        numbers = [number for number in range(at, stop) if self.body[number].block.kind == "item"]
        self.absorbed.update(numbers[1:])
        reads = [self.body[number] for number in numbers]
        link = next(link for read in reads for link in read.targets)
        yield from joined(reads, [Head(link, (0, name), name)], self.labels)


def joined(reads: Sequence[Read], heads: Sequence[Head], labels: Labels) -> Iterator[Entry | Skip]:
    """Yield the entries that several blocks make together, with what a table of their properties states.

    The heads tell of the first block, or of a link in another.
    """
    passage, shifts = join([(read.block.passage, read.block.start) for read in reads], reads[0].block.source)
    targets, now, pairs = [], {}, [*zip(reads, shifts, strict=True)]
    for read, shift in pairs:
        yield from read.skips
        for link in read.targets:
            now[id(link)] = moved(link, shift)
            targets.append(now[id(link)])
    rows = [
        (Row(read.block, read.targets), shift)
        for read, shift in pairs
        if read.block.kind == "row" and read.block.table in labels.properties
    ]
    items = [(read.block.passage, shift) for read, shift in pairs[1:] if read.block.kind == "item"]
    facts, further = tuple(properties(rows, passage, labels)), tuple(stated_in(items, passage, labels))
    *first, last = entries(passage, [head._replace(link=now[id(head.link)]) for head in heads], targets, labels)
    yield from (entry._replace(facts=facts) if facts else entry for entry in first)
    yield last._replace(facts=(*facts, *further)) if facts or further else last


def _leads_about(read: Read) -> bool:
    """Whether a line of links leads about the list itself: to its own parts and pages."""
    return any(skip.reason == "anchor" for skip in read.skips) or any(
        not link.url.lower().startswith(("http:", "https:")) for link in read.targets
    )


def _only_links(read: Read) -> bool:
    """Whether a block says nothing but what its links say."""
    at, text = 0, read.block.passage.text
    for link in read.block.passage.links:
        if any(map(str.isalpha, text[at : link.start])):
            return False
        at = max(at, link.end)
    return not any(map(str.isalpha, text[at:]))


def _summary_level(block: Block) -> int:
    return BOLD_LEVEL if block.level == 0 else ITEM_LEVEL + block.level


def _is_loose(body: Sequence[Read], labels: Labels) -> bool:
    """Whether this is a list of paragraphs that each begin with a name, run on as they may."""
    paragraphs = [read for read in body if read.block.kind == "paragraph" and read.block.passage.text]
    if any(read.targets for read in body if read.block.kind in ("item", "row")):
        return False
    begun = sum(begins_with_link(read.block.passage, read.targets, labels) for read in paragraphs)
    return begun > 1 and begun * 3 >= len(paragraphs) * 2
