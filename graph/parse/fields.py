"""What structured lists have in common: fields with names, and what each says of an entry.

A table's columns, the keys of a JSON object and the attributes of an outline are read alike: by the words that people
use for them (`KINDS`), and, where no word tells, by what stands in them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..model import Entry, Fact, Link, Passage, Section, Skip
from .inline import Piece, compose, mend, trim_url, words


class Field(NamedTuple):
    """One value, with its name and the characters of the source that it was read from."""

    key: str
    """In words: ``homepage url``."""
    text: str
    start: int
    end: int


NAME, URL, ABOUT, SECTION, SUBSECTION, IMAGE = "name", "url", "about", "section", "subsection", "image"

KINDS = {
    NAME: "name title tool project product resource item label text library framework package software app application repo"
    " service entry company organization organisation vendor",
    URL: "html url link uri href website homepage site web webpage permalink address page urls links feed",
    ABOUT: "description about summary extended desc abstract notes note details tagline blurb excerpt comment comments info",
    SECTION: "category section topic group categories folder area theme subject chapter heading",
    SUBSECTION: "subcategory subsection subtopic subgroup subcategories",
    IMAGE: "logo image icon avatar thumbnail cover screenshot picture img photo favicon banner badge iconuri",
    "atlas:repository": "repository repo github gitlab source code sourcecode git",
    "atlas:documentation": "docs documentation doc manual wiki",
    "atlas:homepage": "homepage website site home",
}
"""What people call the fields that make an entry, by what the field is; within one kind the better word stands first."""

ADDRESSES = ("atlas:homepage", "atlas:repository", "atlas:documentation")
SEE_ALSO = "rdfs:seeAlso"
"""What a link or a field says that only opens more of the same."""
_WORDS = {kind: tuple(word.replace("-", " ") for word in said.split()) for kind, said in KINDS.items()}
_LINK_ENDS = (" url", " link", " uri", " href", " page", " links", " urls")
WEB_URL = re.compile(r"https?://[^\s<>\"`|\\]+", re.IGNORECASE)
_BARE_HOST = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}(?::\d+)?(?:/\S*)?", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}:\S+", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST_VALUE = 200
"""No name, date or tag is longer."""
_DEEPEST = 32
"""Sections deeper than this stand beside one another: no list needs more, and each would repeat all those around it."""
_PARTS = re.compile(r"(?P<sign>[&<>\"'\\])|[^&<>\"'\\]+")
"""The signs of a word that a source may escape, and what stands between them."""
_ESCAPED = 8
"""How many characters an escaped sign takes at the most, as ``&quot;`` does."""
_FAR = 2000
"""So many characters between two fields make a quote of both with all between them too long."""


def key_words(name: str) -> str:
    """Return a field's name in words.

    >>> key_words("homepageURL"), key_words("repo_url"), key_words(" Sub-Category ")
    ('homepage url', 'repo url', 'sub category')
    """
    spaced = _CAMEL.sub(" ", name[:80])
    return " ".join(re.sub(r"[\W_]+", " ", spaced).lower().split())


@lru_cache(maxsize=4096)
def rank(key: str, kind: str) -> int | None:
    """Return how well a field's name says that it is of a kind, 0 best, or None where it does not.

    >>> rank("repo url", "atlas:repository"), rank("website", "url"), rank("name", "url")
    (1, 5, None)
    """
    known = _WORDS[kind]
    if key in known:
        return known.index(key)
    for end in _LINK_ENDS:
        stem = key.removesuffix(end)
        if stem != key and kind not in (NAME, ABOUT, SECTION, SUBSECTION) and stem in known:
            return known.index(stem)
    joined = key.replace(" ", "")
    return known.index(joined) if joined in known else None


def is_url(text: str) -> bool:
    """Whether a value is a web address and nothing else."""
    return WEB_URL.fullmatch(text.strip()) is not None


def address(field: Field) -> str:
    """Return the address that a field meant for one holds, with the scheme that its author left out; empty for none.

    >>> address(Field("website", "flyte.org/docs", 0, 14)), address(Field("url", "see below", 0, 9))
    ('http://flyte.org/docs', '')
    """
    text = "".join(field.text.split("\n")).strip()
    if is_url(text) or _OTHER_SCHEME.fullmatch(text):
        return text
    return f"http://{text}" if _BARE_HOST.fullmatch(text) else ""


class Lines:
    """The lines of a text, by offset."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def at(self, offset: int) -> int:
        """Return the line on which a character stands."""
        return bisect_right(self.starts, offset)


class Sections:
    """The sections of one list: each is opened once, and has a key of its own."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text = text
        self.lines = lines
        self.opened: dict[tuple[tuple[int, ...], str], tuple[int, ...]] = {}
        self.taken: set[int] = set()
        self.spare = len(lines.starts)

    def open(self, field: Field, path: tuple[int, ...]) -> tuple[list[Section], tuple[int, ...]]:
        """Return the section that a field names, where it is a new one, and the path of what stands under it."""
        name = " ".join(field.text.split())
        path = path[: _DEEPEST - 1]
        known = self.opened.get((path, name))
        if known is not None:
            return [], known
        passage = passage_of(self.text, [field], self.lines)
        if not passage.text:
            return [], path
        number = 0
        if passage.line in self.taken:
            # Two sections of one line would be one: the second gets a number that no line has.
            self.spare += 1
            number = self.spare
        self.taken.add(passage.line)
        section = Section(len(path) + 1, passage, path, number)
        self.opened[path, name] = (*path, section.key)
        return [section], (*path, section.key)


def passage_of(source: str, fields: Sequence[Field], lines: Lines) -> Passage:
    """Return the text of some fields, one a line, with the way back to the source.

    Fields that follow one another are quoted with what stands between them, others each for itself.
    """
    parts = [part for part in (_pieces(source, field) for field in fields) if part]
    if not parts:
        return Passage("", (), (), "", (), lines.at(fields[0].start) if fields else 1)
    gaps = [after[0].start - (before[-1].start + len(before[-1].text)) for before, after in pairwise(parts)]
    line = lines.at(parts[0][0].start)
    if all(0 <= gap <= _FAR for gap in gaps):
        pieces = list(parts[0])
        for part in parts[1:]:
            pieces += [Piece("\n", pieces[-1].start + max(len(pieces[-1].text), 1)), *part]
        return compose(pieces, (), (), source, line)
    shown = [compose(part, (), (), source, line) for part in parts]
    text, raw, runs = "", "", []
    for one in shown:
        runs += [(len(text) + at, len(raw) + offset) for at, offset in one.runs]
        text += one.text + "\n"
        raw += one.raw + "\n"
        runs.append((len(text) - 1, len(raw) - 1))
    return Passage(text[:-1], (), (), raw[:-1], tuple(runs[:-1]), line)


def _pieces(source: str, field: Field) -> list[Piece]:
    """Split a value at its white space, and where the source spells it otherwise (escapes, quotes, folded lines)."""
    start, text = field.start, field.text
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    if source.startswith(text, start + lead):
        return words(text, start + lead) if text else []
    pieces, at = list[Piece](), start
    for word in text.split():
        found = source.find(word, at, min(field.end, at + len(word) + 80))
        at = found if found >= 0 else min(at, max(field.end - 1, 0))
        spelt = [Piece(word, at)] if found >= 0 else _escaped(source, word, at, field.end)
        first = spelt[0].start if spelt else at
        if pieces:
            pieces.append(Piece(" ", max(first - 1, pieces[-1].start)))
        pieces += spelt or [Piece(word, at)]
        at = spelt[-1].start + len(spelt[-1].text) if spelt else at + len(word) // 2
    return pieces


def _escaped(source: str, word: str, at: int, end: int) -> list[Piece]:
    """Return the parts of a word in which the source escapes some signs: ``R&amp;D``; nothing where one is not found."""
    found: list[Piece] = []
    for part in _PARTS.finditer(word):
        spellings = (part[0], "&", "\\") if part["sign"] else (part[0],)
        places = [source.find(spelling, at, min(end, at + len(part[0]) + _ESCAPED)) for spelling in spellings]
        start = min((place for place in places if place >= 0), default=None)
        if start is None:
            return []
        found.append(Piece(part[0], start))
        at = start + len(part[0])
    return found


def best(fields: Sequence[Field], kind: str) -> Field | None:
    """Return the filled field that says best by its name that it is of a kind."""
    ranked = [
        (place, at)
        for at, field in enumerate(fields)
        if field.text.strip() and (place := rank(field.key, kind)) is not None
    ]
    return fields[min(ranked)[1]] if ranked else None


def entries(
    source: str, fields: Sequence[Field], path: tuple[int, ...], lines: Lines, fallback: Field | None = None
) -> Iterator[Entry | Skip]:
    """Yield the entry that a record's fields make, and its links that belong to none.

    ``fallback`` names the record where none of its fields does.
    """
    main = main_field(fields)
    url = address(main) if main is not None else ""
    title, about = _title(fields, fallback)
    shown = [field for field in (title or main, about) if field is not None]
    passage = mend(passage_of(source, shown, lines))
    size = min(len(mend(passage_of(source, shown[:1], lines)).text), len(passage.text))
    links = list(passage.links) if title is not None else [link for link in passage.links if link.start >= size]
    parts, skips = addresses(fields, (main, *shown), lines)
    links += parts
    yield from skips
    if main is not None and not url.lower().startswith(("http://", "https://")):
        yield Skip(url, lines.at(main.start), "scheme")
        url = ""
    if not url:
        if not links:
            return
        url = links.pop(0).url
    facts = tuple(_facts(source, [field for field in fields if not any(field is one for one in (main, title, about))]))
    line = passage.line if passage.text else lines.at(fields[0].start)
    yield Entry(passage, (0, size), min(size + 1, len(passage.text)), url, tuple(links), path, line, facts)


def main_field(fields: Sequence[Field]) -> Field | None:
    """Return the field of the link that a record is about."""
    named = [
        (place, at) for at, field in enumerate(fields) if (place := rank(field.key, URL)) is not None and address(field)
    ]
    web = [(place, at) for place, at in named if address(fields[at]).lower().startswith("http")]
    if named:
        return fields[min(web or named)[1]]
    whole = [field for field in fields if is_url(field.text) and rank(field.key, IMAGE) is None]
    return best(whole, "atlas:repository") or best(whole, "atlas:documentation") or (whole[0] if whole else None)


def _title(fields: Sequence[Field], fallback: Field | None) -> tuple[Field | None, Field | None]:
    """Return the fields of a record's name and description."""
    worded = [field for field in fields if not is_url(field.text)]
    title, about = best(worded, NAME), best(worded, ABOUT)
    extended = next((field for field in worded if field.key == "extended"), None)
    if title is None and about is not None and extended is not None and about is not extended:
        return about, extended if extended.text.strip() else None  # bookmarking services call the title a description
    return title or fallback, about


def addresses(fields: Sequence[Field], seen: Sequence[Field | None], lines: Lines) -> tuple[list[Link], list[Skip]]:
    """Return the addresses in a record's other fields: parts of its entry, and pictures."""
    parts, skips = [], []
    for field in fields:
        if any(field is other for other in seen):
            continue
        line = lines.at(field.start)
        found = (
            [field.text.strip()] if is_url(field.text) else [trim_url(bare[0]) for bare in WEB_URL.finditer(field.text)]
        )
        if rank(field.key, IMAGE) is not None:
            skips += [Skip(url, line, "image") for url in found]
        else:
            parts += [Link(url, 0, 0, line) for url in found]
    return parts, skips


def _facts(source: str, fields: Sequence[Field]) -> Iterator[Fact]:
    """Yield what the fields beside a record's name and description state."""
    for field in fields:
        text = " ".join(field.text.split())
        if text and field.key and len(text) <= _LONGEST_VALUE and rank(field.key, IMAGE) is None:
            yield Fact(field.key, text, source[field.start : field.end])
