"""Which headings name an entry each, and which gather several: found from the headings of one level together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from ..model import Entry, Link, Passage
from .chapters import Part
from .entries import Head, item_heads, trimmed
from .links import OWN_PAGES, Labels, is_address, label, shows_address
from .reads import Read

SEVERAL = 3
"""So many headings of one level with nothing but one thing under them are the names of entries."""
FIRST_LEVEL = 2
"""Headings above this level are titles of the list, or of its parts."""
_FEW = 6
"""What names an entry has no more links under it."""
_RARE = 8
"""One link that leads elsewhere among so many that scroll within the page makes a table of contents no list."""
_ORDINAL = re.compile(r"\d{1,3}[.)]\s+(?=\w)")
"""The number in front of a heading."""


class Chapter(NamedTuple):
    """A heading and what stands under it, up to the next heading."""

    head: Read | None
    body: tuple[Read, ...]
    parts: tuple[Part, ...]

    @property
    def level(self) -> int:
        """The heading's level; 0 where there is no heading."""
        return self.head.block.level if self.head is not None else 0

    @property
    def links(self) -> int:
        """How many links under the heading could be entries'."""
        return sum(len(read.targets) for read in self.body)


def is_contents(body: Sequence[Read]) -> bool:
    """Whether next to nothing but links within the page stands under a heading."""
    anchors = sum(skip.reason == "anchor" for read in body for skip in read.skips)
    return anchors > 1 and sum(len(read.targets) for read in body) * _RARE <= anchors


def named_by_headings(chapters: Sequence[Chapter], stops: Sequence[int], labels: Labels) -> dict[int, Head]:
    """Find the headings that name an entry each, by their numbers; several of one level do, or none."""
    named = [0, *accumulate(_named(chapter, labels) for chapter in chapters)]
    worded = [0, *accumulate(_worded(chapter, labels) for chapter in chapters)]
    begun = [0, *accumulate(_begun(chapter) for chapter in chapters)]
    linked, praised, bare, alike = (dict[int, Head]() for _ in range(4))
    others, single, gathering = Counter[int](), Counter[int](), Counter[int]()
    for at in range(len(chapters) - 1, -1, -1):
        chapter, stop = chapters[at], stops[at]
        if chapter.head is None or chapter.level < FIRST_LEVEL or is_contents(chapter.body):
            continue
        if chapter.head.targets:
            heads = item_heads(chapter.head.block.passage, chapter.head.targets, labels)
            if heads and named[stop] == named[at]:
                linked[at] = heads[0]
            elif heads and begun[stop] == begun[at]:
                praised[at] = heads[0]
            else:
                others[chapter.level] += 1
            continue
        head = _bare(chapters, at, stop, alike, labels)
        other = max(worded[stop] - worded[at], named[stop] - named[at])
        if head is not None and other <= 1:
            alike[at] = head
            single[chapter.level] += not chapter.links
            if other == 0:
                bare[at] = head
        elif not chapter.links:
            gathering[chapter.level] += sum(below in alike for below in range(at + 1, stop)) > 1
    gathers = {
        at for at in alike if not chapters[at].links and gathering[chapters[at].level] >= single[chapters[at].level]
    }
    alike = {at: head for at, head in alike.items() if at not in gathers}  # others of these levels gather entries
    levels = {chapters[at].level for at in _frequent(chapters, bare, gathers, Counter())}
    among = _among_groups(chapters, stops, alike, (worded, named), labels)
    cards = {at: head for at, head in alike.items() if chapters[at].level in levels and at not in among}
    titles = Counter(_title(chapters[at], head) for at, head in linked.items())
    linked = {at: head for at, head in linked.items() if titles[_title(chapters[at], head)] < SEVERAL}
    linked = _frequent(chapters, linked, set(), others)
    levels = {chapters[at].level for at in linked}
    return linked | {at: head for at, head in praised.items() if chapters[at].level in levels} | cards


def _among_groups(
    chapters: Sequence[Chapter],
    stops: Sequence[int],
    alike: Mapping[int, Head],
    counts: Iterable[Sequence[int]],
    labels: Labels,
) -> set[int]:
    """Find the headings over one link each that stand beside others over several: a conference with but its programme.

    ``counts`` are running sums of entries by chapter. A heading over its own home page, or over a description, names an
    entry wherever it stands.
    """
    above, around = list[int](), list[int]()
    for at in range(len(chapters)):
        while around and stops[around[-1]] <= at:
            around.pop()
        above.append(around[-1] if around else -1)
        around.append(at)
    single = Counter(above[at] for at in alike)
    many = {at for count in counts for at, stop in enumerate(stops) if count[stop] - count[at] > 1}
    several = Counter(above[at] for at in many.difference(alike))
    beside = (at for at in alike if single[above[at]] < SEVERAL * several[above[at]])
    return {at for at in beside if not _has_own_page(chapters[at], labels)}


def _has_own_page(chapter: Chapter, labels: Labels) -> bool:
    """Whether a label under a heading says that its link opens what the heading names, or a paragraph says what that is."""
    said = (label(read.block.passage.text[link.start : link.end]) for read in chapter.body for link in read.targets)
    told = any(read.block.kind == "paragraph" and not read.block.passage.links for read in chapter.body)
    return told or not chapter.links or any(labels.roles.get(words) in OWN_PAGES for words in said)


def _title(chapter: Chapter, head: Head) -> str:
    return chapter.head.block.passage.text[slice(*head.title)] if chapter.head is not None else ""


def _frequent(
    chapters: Sequence[Chapter], found: Mapping[int, Head], without: Collection[int], others: Counter[int]
) -> dict[int, Head]:
    """Keep the headings, without some, of those levels on which most name an entry."""
    kept = {at: head for at, head in found.items() if at not in without}
    many = Counter(chapters[at].level for at in kept)
    return {
        at: head
        for at, head in kept.items()
        if many[chapters[at].level] >= max(SEVERAL, 2 * others[chapters[at].level])
    }


def _bare(chapters: Sequence[Chapter], at: int, stop: int, bare: Mapping[int, Head], labels: Labels) -> Head | None:
    """Return the head of a chapter whose heading names what its only links open, or None."""
    head = chapters[at].head
    if head is None:
        return None
    text = head.block.passage.text
    ordinal = _ORDINAL.match(text)
    title = trimmed(text, ordinal.end() if ordinal is not None else 0, len(text.rstrip(": ")))
    if not any(map(str.isalpha, text[slice(*title)])):
        return None  # a year holds entries, and names none
    if chapters[at].links and stop == at + 1:
        pairs = [(read.block.passage, link) for read in chapters[at].body for link in read.targets]
        own = (link for passage, link in pairs if labels(passage, link) or _is_described(chapters[at], passage, link))
        link = next(own, None) if len(pairs) <= _FEW else None
        return Head(link, title, len(text)) if link is not None else None
    if not chapters[at].links and stop == at + 2 and at + 1 in bare:
        return bare[at + 1]._replace(title=title, after=len(text))
    return None


def _is_described(chapter: Chapter, passage: Passage, link: Link) -> bool:
    """Whether the only link under a heading shows its address, with a paragraph beside it that has none."""
    return (
        chapter.links == 1
        and shows_address(passage, link)
        and any(read.block.kind == "paragraph" and not read.targets for read in chapter.body)
    )


def _named(chapter: Chapter, labels: Labels) -> int:
    """Return how many entries under a heading have names of their own: none, one, or several."""
    names = (part.passage.text[slice(*part.title)] for part in chapter.parts if isinstance(part, Entry))
    alone = chapter.links == 1
    own = (name for name in names if not labels.know(name) and not (alone and is_address(name)))
    return sum(1 for _ in islice(own, SEVERAL))


def _begun(chapter: Chapter) -> int:
    """Return how many entries under a heading begin with their link; others may praise what the heading names: "Uses Bramble"."""
    return sum(1 for part in chapter.parts if isinstance(part, Entry) and _begins(part))


def _begins(entry: Entry) -> bool:
    """Whether nothing but space stands before the title and the first link of a passage; many entries may share one."""
    text, links = entry.passage.text, entry.passage.links
    begin = next((at for at, sign in enumerate(text) if not sign.isspace()), 0)
    return entry.title[0] <= begin and (not links or any(link.start <= begin for link in links))


def _worded(chapter: Chapter, labels: Labels) -> int:
    """Return how many links under a heading say more than which part of an entry they open: none, one, or several."""
    found = (
        link
        for read in chapter.body
        if not (read.block.table and read.block.table in labels.properties)
        for link in read.targets
        if not labels.part(read.block.passage, link)
        and not labels.is_picture(read.block.passage, link)
        and not _is_stated(chapter, read, link, labels)
    )
    return sum(1 for _ in islice(found, SEVERAL))


def _is_stated(chapter: Chapter, read: Read, link: Link, labels: Labels) -> bool:
    """Whether a link shows its address alone, behind a label ("Website: https://kites.example") or as all that is linked."""
    passage = read.block.passage
    lead = label(passage.text[passage.text.rfind("\n", 0, link.start) + 1 : link.start])
    stated = shows_address(passage, link) and lead in labels.roles
    return stated or (not lead and read.block.kind == "paragraph" and _is_described(chapter, passage, link))
