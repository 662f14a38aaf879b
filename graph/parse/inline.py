"""Visible text gathered piece by piece into a `Passage`, with bare links found and broken ones mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from ..model import Link, Mark, Passage

_BARE_URL = re.compile(r"(?<![\w/:.@=\"'])(?:https?://|www\.(?=[\w-]+\.))[^\s<>\"`|\\]+", re.IGNORECASE)
"""GitHub's extended autolinks (GFM 6.9): a scheme or ``www.`` at the beginning of a word, up to white space or ``<``."""

_BROKEN_LINK = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,300}?)(?:\]\s{0,2}[\[(]|\((?=https?://))\s*(?P<url>https?://[^\s\[\]()<>]+|www\.[^\s\[\]()<>]+)\s*[\])]"
)
"""``[words][http://...]``, ``[words] (http://...)``, ``[words(http://...)``: a link whose author slipped."""

_SPACE = re.compile(r"\s+")
_Item = TypeVar("_Item", Link, Mark)


class Piece(NamedTuple):
    """Text as it stands between two tags, and where in the source it begins."""

    text: str
    start: int


def words(text: str, start: int) -> list[Piece]:
    """Split text at its white space runs; each run becomes one space, or one newline where it holds one.

    >>> words("a  b", 10)
    [Piece(text='a', start=10), Piece(text=' ', start=11), Piece(text='b', start=13)]
    """
    if "  " not in text and "\n" not in text and "\t" not in text and "\r" not in text:
        return [Piece(text, start)]
    pieces, at = [], 0
    for space in _SPACE.finditer(text):
        if space.start() > at:
            pieces.append(Piece(text[at : space.start()], start + at))
        pieces.append(Piece("\n" if "\n" in space[0] else " ", start + space.start()))
        at = space.end()
    if at < len(text):
        pieces.append(Piece(text[at:], start + at))
    return pieces


def trim_url(url: str) -> str:
    """Cut what a reader would not count as part of a bare URL (GFM 6.9): closing punctuation, an unopened bracket.

    >>> trim_url("https://a.b/c_(d)).")
    'https://a.b/c_(d)'
    """
    while url:
        last = url[-1]
        if last in "?!.,:*_~'\";" or (last in ")]}" and url.count(last) > url.count("([{"[")]}".index(last)])):
            url = url[:-1]
        else:
            break
    return url


def mend(passage: Passage) -> Passage:
    """Find the bare URLs and the broken links of a passage and make links of them."""
    if "[" in passage.text:
        passage = _mend_brackets(passage)
    if "http" not in passage.text and "www." not in passage.text:
        return passage
    taken = [(link.start, link.end) for link in passage.links]
    taken += [(mark.start, mark.end) for mark in passage.marks if mark.tag == "code"]
    found = []
    for bare in _BARE_URL.finditer(passage.text):
        url = trim_url(bare[0])
        start, end = bare.start(), bare.start() + len(url)
        if len(url) > len("https://") and not any(start < upper and lower < end for lower, upper in taken):
            target = url if url.lower().startswith("http") else f"http://{url}"
            found.append(Link(target, start, end, passage.line_at(start)))
    return passage._replace(links=tuple(sorted((*passage.links, *found), key=_place))) if found else passage


def _mend_brackets(passage: Passage) -> Passage:
    links, cuts = [], []
    for broken in _BROKEN_LINK.finditer(passage.text):
        start, end = broken.span("words")
        if any(
            link.start < broken.end() and broken.start() < link.end and link.end > link.start for link in passage.links
        ):
            continue
        links.append(Link(broken["url"], start, end, passage.line_at(start)))
        cuts += [(broken.start(), start), (end, broken.end())]
    if not links:
        return passage
    mended = passage._replace(links=tuple(sorted((*passage.links, *links), key=_place)))
    return cut(mended, cuts)


def cut(passage: Passage, ranges: Sequence[tuple[int, int]]) -> Passage:
    """Return the passage without some ranges of its text; the ranges are sorted and don't overlap."""

    def shifted(position: int) -> int:
        return position - sum(min(position, end) - start for start, end in ranges if start < position)

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


def compose(pieces: Sequence[Piece], links: Sequence[Link], marks: Sequence[Mark], source: str, line: int) -> Passage:
    """Join pieces of text into one passage; white space at its ends goes, and with it what points there.

    ``source`` is the whole list; ``line`` the line on which the first piece stands.
    """
    text = "".join(piece.text for piece in pieces)
    start = pieces[0].start if pieces else 0
    end = pieces[-1].start + max(len(pieces[-1].text), 1) if pieces else 0
    runs, at = [], 0
    for piece in pieces:
        runs.append((at, piece.start - start))
        at += len(piece.text)
    whole = Passage(
        text, tuple(sorted(links, key=_place)), tuple(sorted(marks, key=_place)), source[start:end], tuple(runs), line
    )
    lead, tail = len(text) - len(text.lstrip()), len(text.rstrip())
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


def _from(runs: Sequence[tuple[int, int]], lead: int) -> list[tuple[int, int]]:
    """Drop the runs that end before the first kept character."""
    after = [at for at, _ in runs[1:]] + [1 << 60]
    return [run for run, end in zip(runs, after, strict=True) if end > lead]


def _pull(items: tuple[_Item, ...], lead: int, tail: int) -> tuple[_Item, ...]:
    return tuple(
        item._replace(start=min(max(item.start, lead), tail) - lead, end=min(max(item.end, lead), tail) - lead)
        for item in items
    )


def _place(item: Link | Mark) -> tuple[int, int]:
    return item.start, item.end
