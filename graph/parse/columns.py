"""The columns of a table with a header: which one names its rows, which ones describe them, and what the others state.

A reader takes a column of sentences, or one that is called a description, for what is said of a row; a short cell is a fact
that the head of its column explains.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..model import Fact, Link, Passage
from .blocks import Block
from .fields import ABOUT, ADDRESSES, SEE_ALSO, key_words, rank
from .links import Labels, is_address

_NAMES = re.compile(
    r"(?:\w+ )?(?:name|title|project|tool|library|package|plugin|app|application|software|service|product|resource"
    r"|book|course|paper|repository|repo|link|website|model|dataset|framework|site|company|organi[sz]ation|talk|video|article)s?",
    re.IGNORECASE,
)
"""What heads the column of names, where several columns hold links."""

_HALF = 0.5
_SENTENCE = 40
_ASIDES = frozenset({"note", "notes", "comment", "comments", "info", "details", "links"})
"""Columns that say something beside the description; where they hold sentences, they are a part of it."""
_GATHERED = 2
"""So many links in most cells of a column make its cells lists of their own."""


class Row(NamedTuple):
    """A row with those of its links that could be entries'."""

    block: Block
    targets: tuple[Link, ...]


def spans(row: Row) -> list[tuple[int, int]]:
    """Return where the cells of a row stand; what stands before its first cell belongs to that cell."""
    cells = (0, *row.block.cells[1:])
    ends = [*cells[1:], len(row.block.passage.text) + 1]
    return list(zip(cells, ends, strict=True))


def texts(row: Row) -> list[tuple[int, str]]:
    """The numbers and words of the cells that say anything."""
    return [(number, words) for number, words in enumerate(titles(row)) if words]


def titles(row: Row) -> list[str]:
    """Return the words of all cells."""
    text = row.block.passage.text
    return [text[start:end].strip() for start, end in spans(row)]


def by_cell(row: Row) -> Iterator[tuple[int, tuple[int, int], list[Link]]]:
    """Yield each cell's number, place and links."""
    at = 0
    for number, (start, end) in enumerate(spans(row)):
        held = []
        while at < len(row.targets) and row.targets[at].start < end:
            held.append(row.targets[at])
            at += 1
        yield number, (start, end), held


def linked(row: Row) -> set[int]:
    """Return the numbers of the cells that hold links."""
    return {number for number, _, held in by_cell(row) if held}


def naming(rows: Sequence[Row], labels: Labels, heads: Sequence[str]) -> int:
    """Return the column that names the rows: the one with a name's heading, or the first that mostly holds links or words."""
    named: dict[int, int] = {}
    worded: dict[int, int] = {}
    for row in rows:
        for number, _, held in by_cell(row):
            named[number] = named.get(number, 0) + (bool(held) and not labels(row.block.passage, held[0]))
        for number, said in texts(row):
            worded[number] = worded.get(number, 0) + any(map(str.isalpha, said))
    enough = max(1, len(rows) * _HALF)
    first = next((number for number in sorted(worded) if worded[number] >= enough), 0)
    titled = [number for number, title in enumerate(heads) if _NAMES.fullmatch(title)]
    called = next((number for number in titled if worded.get(number, 0) >= enough), None)
    for columns in ([number for number in titled if named.get(number)], sorted(named)):
        found = next((number for number in columns if named.get(number, 0) >= enough), None)
        if found is not None:
            if called is not None and called < found and found not in titled and not _names_them(rows, found):
                return called
            return first if found not in titled and first < found and _is_prose(rows, found, first) else found
    return first if called is None else called


def _names_them(rows: Sequence[Row], column: int) -> bool:
    """Whether most cells of a column are nothing but a link, each with other words: these are names, not what "Android" opens."""
    said = {
        words
        for row in rows
        for (number, _, held), words in zip(by_cell(row), titles(row), strict=True)
        if number == column and len(held) == 1
        if words == row.block.passage.text[held[0].start : held[0].end].strip()
    }
    return 2 * len(said) > len(rows)


def _is_prose(rows: Sequence[Row], column: int, name: int) -> bool:
    """Whether a column holds sentences, and another one what may be names: short words that differ from row to row."""
    cells = [dict(texts(row)) for row in rows]
    said = [len(row.get(column, "")) for row in cells]
    names = [row.get(name, "") for row in cells]
    return (
        sum(said) > _SENTENCE * len(said)
        and sum(map(len, names)) < _SENTENCE * len(names)
        and len(set(names)) * 2 > len(names)
    )


def describing(rows: Sequence[Row], fields: Sequence[str], name: int, roles: Mapping[str, str]) -> frozenset[int]:
    """Return the columns that describe the rows: those called so, and those of sentences."""
    lengths: dict[int, list[int]] = {}
    for row in rows:
        for number, said in texts(row):
            lengths.setdefault(number, []).append(len(said))
    found = set()
    for number, sizes in lengths.items():
        field = fields[number] if number < len(fields) else ""
        called = rank(field, ABOUT) is not None and field not in _ASIDES
        prose = (
            roles.get(field, SEE_ALSO) == SEE_ALSO
            and sum(sizes) >= _SENTENCE * len(sizes)
            and len(sizes) >= _HALF * len(rows)
        )
        if number != name and (called or prose):
            found.add(number)
    return frozenset(found)


def gathering(rows: Sequence[Row], labels: Labels) -> int | None:
    """Return the column whose cells list what the cells before them only sort: those hold no link, these mostly several."""
    counts, sorting = Counter[int](), set[int]()
    for row in rows:
        words = dict(texts(row))
        for number, _, held in by_cell(row):
            worded = [link.end - link.start for link in held if not labels(row.block.passage, link)]
            counts[number] += len(worded) >= _GATHERED and 2 * sum(worded) >= len(words.get(number, ""))
        sorting |= words.keys()
    number = max(counts, key=lambda column: (counts[column], -column), default=0)
    sorting -= set().union(*map(linked, rows))
    return number if counts[number] > max(1, _HALF * len(rows)) and any(column < number for column in sorting) else None


class Columns(NamedTuple):
    """What the columns of a table are."""

    fields: Sequence[str]
    """What each is called, in words."""
    name: int
    about: frozenset[int]


def stated(row: Row, columns: Columns, labels: Labels) -> Iterator[Fact]:
    """Yield what the cells beside name and description state: a licence, a language, where its pages are, how long it is.

    A cell that only says the name or the address again states nothing, nor do the labels of links; it has no field.
    """
    passage, cells = row.block.passage, titles(row)
    name = cells[columns.name].casefold() if columns.name < len(cells) else ""
    for number, (start, _), held in by_cell(row):
        words = cells[number]
        repeats = _repeats(words, name, row, held, labels)
        if number == columns.name or (words and number in columns.about and not repeats):
            continue
        field = columns.fields[number] if number < len(columns.fields) else ""
        begin = passage.text.index(words, start)
        span = (begin, begin + len(words))
        if labels.roles.get(field) in ADDRESSES and len(held) == 1:
            yield Fact(field, held[0].url, passage.quote(*span) or held[0].url, span)
        elif any(map(str.isalnum, words)):
            yield Fact("" if repeats else field, words, passage.quote(*span), span)


def properties(rows: Sequence[tuple[Row, int]], passage: Passage, labels: Labels) -> Iterator[Fact]:
    """Yield what the rows of a table of properties and values state, each with how far its text was moved in a passage.

    The field has its name with it in the passage, so that neither is taken for a description.
    """
    for row, shift in rows:
        field, value = titles(row)
        begin = passage.text.index(value, shift + row.block.cells[1])
        span = (shift + row.block.passage.text.index(field), begin + len(value))
        known = key_words(field)
        if labels.roles.get(known) in ADDRESSES and len(row.targets) == 1:
            yield Fact(known, row.targets[0].url, passage.quote(begin, span[1]) or row.targets[0].url, span)
        elif any(map(str.isalnum, value)) and key_words(value) != known:
            yield Fact("" if is_address(value) else known, value, passage.quote(begin, span[1]), span)


def _repeats(words: str, name: str, row: Row, held: Sequence[Link], labels: Labels) -> bool:
    """Whether a cell says nothing new: the name, an address, its host, or what its link is for."""
    said = words.casefold()
    if said == name or is_address(words):
        return True
    if held:
        begin, end = held[0].start, held[-1].end
        around = row.block.passage.text[begin:end].strip()
        return around == words and (len(held) > 1 or labels(row.block.passage, held[0]))
    host = said.removeprefix("www.").rstrip("/")
    return "." in host and " " not in host and any(f"{host}/" in f"{link.url.casefold()}/" for link in row.targets)


def fields_of(head: Row, name: int) -> list[str]:
    """Return what the columns are called; the one of names is called nothing."""
    return [key_words(title) if number != name else "" for number, title in enumerate(titles(head))]
