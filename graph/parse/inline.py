"""Visible text gathered piece by piece into a `Passage`, with bare links found and broken ones mended."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple, TypeVar

from ..model import Link, Mark, Passage

_BARE_URL = re.compile(r"(?<![\w/:.@=\"'])(?:https?://|www\.(?=[\w-]+\.))[^\s<>\"`|\\]+", re.IGNORECASE)
"""GitHub's extended autolinks (GFM 6.9): a scheme or ``www.`` at the beginning of a word, up to white space or ``<``."""

_BROKEN_LINK = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,300}?)(?:\]\s{0,2}[\[(]|\((?=https?://))\s{0,9}"
    r"(?P<url>(?:https?://|www\.)[^\s\[\]()<>]++)\s{0,9}[\])]"
)
"""``[words][http://...]``, ``[words] (http://...)``, ``[words(http://...)``: a link whose author slipped."""

_STARS = re.compile(
    r"[^\S\n]*(?:\(\s?(?:(?:⭐️?|🌟|★|:star:)\s?~?\d[\d.,]{0,9}\s?[kKmM]?\+?|~?\d[\d.,]{0,9}\s?[kKmM]?\+?\s?(?:⭐️?|🌟|★|:star:))\s?\)"
    r"|(?:⭐️?|🌟|★|:star:)\s?\d[\d.,]{0,9}[kKmM]?\+?(?![\w/]))"
)
"""How many stars a repository has, as tools that keep lists write it: ``(⭐1.2k)``."""

_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_ODD = re.compile(r"  |[^\S ]|[\u200b\ufeff]")
"""Space that is not one space: more of it, a line's end, or one that does not break or has no width."""
_BEGIN = attrgetter("start")
_LONGEST_BREAK = 1 << 60
_Item = TypeVar("_Item", Link, Mark)


class Piece(NamedTuple):
    """Text as it stands between two tags, and where in the source it begins."""

    text: str
    start: int


def words(text: str, start: int) -> list[Piece]:
    """Split text at its white space runs; each run becomes one space, or one newline where it holds one.

    How many stars a tool counted is left out.

    >>> words("a  b", 10)
    [Piece(text='a', start=10), Piece(text=' ', start=11), Piece(text='b', start=13)]
    >>> words("a\\u00a0b", 0)
    [Piece(text='a', start=0), Piece(text=' ', start=1), Piece(text='b', start=2)]
    >>> words("Dagster (⭐1.2k)", 0)
    [Piece(text='Dagster', start=0)]
    """
    if (not text.isascii() and ("⭐" in text or "★" in text or "🌟" in text)) or ":star:" in text:
        return [word for piece in _without_stars(text, start) for word in _words(*piece)]
    return _words(text, start)


def _words(text: str, start: int) -> list[Piece]:
    if _ODD.search(text) is None:
        return [Piece(text, start)] if text else []
    pieces, at = [], 0
    for space in _SPACE.finditer(text):
        if space.start() > at:
            pieces.append(Piece(text[at : space.start()], start + at))
        pieces.append(Piece("\n" if "\n" in space[0] else " ", start + space.start()))
        at = space.end()
    if at < len(text):
        pieces.append(Piece(text[at:], start + at))
    return pieces


def _without_stars(text: str, start: int) -> Iterator[Piece]:
    at = 0
    for stars in _STARS.finditer(text):
        if stars.start() > at:
            yield Piece(text[at : stars.start()], start + at)
        at = stars.end()
    if at < len(text):
        yield Piece(text[at:], start + at)


def trim_url(url: str) -> str:
    """Cut what a reader would not count as part of a bare URL (GFM 6.9): closing punctuation, an unopened bracket.

    >>> trim_url("https://a.b/c_(d)).")
    'https://a.b/c_(d)'
    """
    surplus = {closing: url.count(closing) - url.count(opening) for opening, closing in ("()", "[]", "{}")}
    end = len(url)
    while end:
        last = url[end - 1]
        if last in surplus:
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
        elif last not in "?!.,:*_~'\";":
            break
        end -= 1
    return url[:end]


def mend(passage: Passage) -> Passage:
    """Find the broken links and the bare URLs of a passage and make links of them."""
    if "[" in passage.text:
        passage = _mend_brackets(passage)
    if "http" in passage.text or "www." in passage.text:
        passage = _bare_links(passage)
    return passage


def _taken(passage: Passage) -> list[tuple[int, int]]:
    """Return the stretches of text that are links already, or code."""
    code = [(mark.start, mark.end) for mark in passage.marks if mark.tag == "code"]
    return [(link.start, link.end) for link in passage.links] + code


def _bare_links(passage: Passage) -> Passage:
    free = _Free(_taken(passage))
    found = []
    lines = _Lines(passage)
    for bare in _BARE_URL.finditer(passage.text):
        url = trim_url(bare[0])
        start, end = bare.start(), bare.start() + len(url)
        if len(url) > len("https://") and free(start, end):
            target = url if url.lower().startswith("http") else f"http://{url}"
            found.append(Link(target, start, end, lines.at(start)))
    return passage._replace(links=tuple(sorted((*passage.links, *found), key=_place))) if found else passage


def _mend_brackets(passage: Passage) -> Passage:
    links, cuts = [], []
    free = _Free(_taken(passage))
    lines = _Lines(passage)
    for broken in _BROKEN_LINK.finditer(passage.text):
        start, end = broken.span("words")
        if free(*broken.span()):
            links.append(Link(broken["url"], start, end, lines.at(start)))
            cuts += [(broken.start(), start), (end, broken.end())]
    if not links:
        return passage
    return cut(passage._replace(links=tuple(sorted((*passage.links, *links), key=_place))), cuts)


class _Free:
    """Tells whether a stretch of text touches none of those that are taken."""

    def __init__(self, taken: Sequence[tuple[int, int]]) -> None:
        ordered = sorted(span for span in taken if span[1] > span[0])
        self.starts = [start for start, _ in ordered]
        self.reach = list(accumulate((end for _, end in ordered), max))

    def __call__(self, start: int, end: int) -> bool:
        before = bisect_right(self.starts, end - 1)
        return before == 0 or self.reach[before - 1] <= start


class _Lines:
    """Tells the lines of places in a passage that are asked for from first to last."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.line, self.offset = passage.line, 0

    def at(self, position: int) -> int:
        offset = max(self.passage.offset(position), self.offset)
        self.line += self.passage.raw.count("\n", self.offset, offset)
        self.offset = offset
        return self.line


def cut(passage: Passage, ranges: Sequence[tuple[int, int]]) -> Passage:
    """Return the passage without some ranges of its text; the ranges are sorted and don't overlap."""
    starts = [start for start, _ in ranges]
    gone = [0, *accumulate(end - start for start, end in ranges)]

    def shifted(position: int) -> int:
        before = bisect_right(starts, position - 1)
        inside = max(ranges[before - 1][1] - position, 0) if before else 0
        return position - gone[before] + inside

    kept, at = [], 0
    for start, end in ranges:
        kept.append(passage.text[at:start])
        at = end
    kept.append(passage.text[at:])
    resume = [(end, passage.offset(end)) for _, end in ranges]
    runs = {shifted(start): offset for start, offset in sorted([*passage.runs, *resume])}
    return passage._replace(
        text="".join(kept),
        runs=tuple(sorted(runs.items())),
        links=tuple(link._replace(start=shifted(link.start), end=shifted(link.end)) for link in passage.links),
        marks=tuple(mark._replace(start=shifted(mark.start), end=shifted(mark.end)) for mark in passage.marks),
    )


def join(parts: Sequence[tuple[Passage, int]], source: str) -> tuple[Passage, list[int]]:
    """Join passages of one text, each with its offset in it, to one passage whose parts stand on lines of their own.

    The second value is how far each part was moved; a mark stands where each further part begins.
    """
    first, start = parts[0]
    runs, links, marks = list[tuple[int, int]](), list[Link](), list[Mark]()
    texts, shifts, at = list[str](), list[int](), 0
    for passage, offset in parts:
        runs += [(at + place, offset - start + raw) for place, raw in passage.runs]
        links += [moved(link, at) for link in passage.links]
        marks += [Mark("li", at, at)] if at else []
        marks += [mark._replace(start=mark.start + at, end=mark.end + at) for mark in passage.marks]
        texts.append(passage.text)
        shifts.append(at)
        at += len(passage.text) + 1
    end = max(offset + len(passage.raw) for passage, offset in parts)
    text = "\n".join(texts)
    return Passage(text, tuple(links), tuple(marks), source[start:end], tuple(runs), first.line), shifts


def moved(link: Link, by: int) -> Link:
    """Return a link that stands further on in the text."""
    return link._replace(start=link.start + by, end=link.end + by)


def within(link: Link, start: int, end: int) -> Link:
    """Return a link as it stands in a stretch of the text."""
    return _pull((link,), start, max(end, start))[0]


def part(passage: Passage, start: int, end: int) -> Passage:
    """Return a stretch of a passage as a passage of its own."""
    first = max(bisect_right(passage.runs, (start, _LONGEST_BREAK)) - 1, 0)
    last = bisect_right(passage.runs, (end, -1))
    return passage._replace(
        text=passage.text[start:end],
        runs=tuple((max(at - start, 0), offset + max(start - at, 0)) for at, offset in passage.runs[first:last]),
        links=_pull(_between(passage.links, start, max(end, start + 1)), start, end),
        marks=_pull(_between(passage.marks, start, end), start, end),
    )


def _between(items: tuple[_Item, ...], start: int, end: int) -> tuple[_Item, ...]:
    """Return the links or marks that begin in a stretch of text; both are sorted."""
    return items[bisect_left(items, start, key=_BEGIN) : bisect_left(items, end, key=_BEGIN)]


def compose(pieces: Sequence[Piece], links: Sequence[Link], marks: Sequence[Mark], source: str, line: int) -> Passage:
    """Join pieces of text into one passage; white space at its ends goes, and with it what points there.

    ``source`` is the whole list; ``line`` the line on which the first piece stands.
    """
    start = pieces[0].start if pieces else 0
    end = pieces[-1].start + max(len(pieces[-1].text), 1) if pieces else 0
    texts: list[str] = []
    runs: list[tuple[int, int]] = []
    at = 0
    for said, place in pieces:
        texts.append(said)
        runs.append((at, place - start))
        at += len(said)
    text = "".join(texts)
    whole = Passage(text, _ordered(links), _ordered(marks), source[start:end], tuple(runs), line)
    lead, tail = _lead(text), len(text.rstrip())
    if lead == 0 and tail == len(text):
        return whole
    if lead >= tail:
        return whole._replace(text="", runs=(), links=_pull(whole.links, 0, 0), marks=_pull(whole.marks, 0, 0))
    return whole._replace(
        text=text[lead:tail],
        runs=tuple((max(at - lead, 0), offset + max(lead - at, 0)) for at, offset in _from(runs, lead)),
        links=_pull(whole.links, lead, tail),
        marks=_pull(whole.marks, lead, tail),
    )


def _ordered(items: Sequence[_Item]) -> tuple[_Item, ...]:
    return tuple(sorted(items, key=_place)) if len(items) > 1 else tuple(items)


def _lead(text: str) -> int:
    """Return how many characters of white space a text begins with."""
    return len(text) - len(text.lstrip())


def _from(runs: Sequence[tuple[int, int]], lead: int) -> Iterator[tuple[int, int]]:
    """Drop the runs that end before the first kept character."""
    for number, run in enumerate(runs):
        if (runs[number + 1][0] if number + 1 < len(runs) else _LONGEST_BREAK) > lead:
            yield run


def _pull(items: tuple[_Item, ...], lead: int, tail: int) -> tuple[_Item, ...]:
    return tuple(
        item._replace(start=min(max(item.start, lead), tail) - lead, end=min(max(item.end, lead), tail) - lead)
        for item in items
    )


def _place(item: Link | Mark) -> tuple[int, int]:
    return item.start, item.end
