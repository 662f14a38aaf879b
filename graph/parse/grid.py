"""Tables read as entries: an entry a row, named by one column, or an entry a cell where the cells are cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..model import Entry, Fact, Link
from .blocks import Block
from .entries import Head, entries, item_heads, trimmed
from .fields import ADDRESSES, SEE_ALSO, key_words
from .inline import part, within
from .links import Labels

_NAMES = re.compile(
    r"(?:\w+ )?(?:name|title|project|tool|library|package|plugin|app|application|software|service|product|resource"
    r"|book|course|paper|repository|repo|link|website|model|dataset|framework|site|company|organi[sz]ation|talk|video|article)s?",
    re.IGNORECASE,
)
"""What heads the column of names, where several columns hold links."""

_HALF = 0.5
_SENTENCE = 40


class Row(NamedTuple):
    """A row with those of its links that could be entries'."""

    block: Block
    targets: tuple[Link, ...]


def is_record(rows: Sequence[Row]) -> bool:
    """Whether a table has columns with names: what its first row says of them is words, not links."""
    head = rows[0]
    return head.block.kind == "header" and not head.targets and len(_texts(head)) > 1


def read_table(rows: Sequence[Row], labels: Labels) -> Iterator[Entry | Link]:
    """Yield the entries of a table, and the links that belong to none of them."""
    if is_record(rows):
        yield from rows[0].targets
        body = rows[1:]
        titles = _titles(rows[0])
        column = _name_column(body, labels, titles)
        fields = [key_words(title) if number != column else "" for number, title in enumerate(titles)]
        for row in body:
            said = tuple(_said(row, fields, labels))
            for found in _record(row, column, labels):
                yield found._replace(facts=said) if isinstance(found, Entry) else found
        return
    column = _name_column(rows, labels, [])
    plain = all(_linked_columns(row) <= {column} for row in rows)
    for row in rows:
        yield from _record(row, column, labels) if plain and len(row.block.cells) > 1 else _cards(row, labels)


def _spans(row: Row) -> list[tuple[int, int]]:
    # What stands in a row before its first cell belongs to that cell.
    cells = (0, *row.block.cells[1:])
    ends = [*cells[1:], len(row.block.passage.text) + 1]
    return list(zip(cells, ends, strict=True))


def _texts(row: Row) -> list[tuple[int, str]]:
    """The numbers and words of the cells that say anything."""
    text = row.block.passage.text
    said = ((number, text[start:end].strip()) for number, (start, end) in enumerate(_spans(row)))
    return [(number, words) for number, words in said if words]


def _titles(row: Row) -> list[str]:
    text = row.block.passage.text
    return [text[start:end].strip() for start, end in _spans(row)]


def _by_cell(row: Row) -> Iterator[tuple[int, tuple[int, int], list[Link]]]:
    """Yield each cell's number, place and links."""
    at = 0
    for number, (start, end) in enumerate(_spans(row)):
        held = []
        while at < len(row.targets) and row.targets[at].start < end:
            held.append(row.targets[at])
            at += 1
        yield number, (start, end), held


def _linked_columns(row: Row) -> set[int]:
    return {number for number, _, held in _by_cell(row) if held}


def _name_column(rows: Sequence[Row], labels: Labels, titles: Sequence[str]) -> int:
    """Return the column that names the rows: the one with a name's heading, or the first that mostly holds links or words."""
    named: dict[int, int] = {}
    worded: dict[int, int] = {}
    for row in rows:
        for number, _, held in _by_cell(row):
            named[number] = named.get(number, 0) + (bool(held) and not labels(row.block.passage, held[0]))
        for number, said in _texts(row):
            worded[number] = worded.get(number, 0) + any(map(str.isalpha, said))
    enough = max(1, len(rows) * _HALF)
    first = next((number for number in sorted(worded) if worded[number] >= enough), 0)
    titled = [number for number, title in enumerate(titles) if _NAMES.fullmatch(title)]
    for columns in ([number for number in titled if named.get(number)], sorted(named)):
        found = next((number for number in columns if named.get(number, 0) >= enough), None)
        if found is not None:
            return first if found not in titled and first < found and _is_prose(rows, found, first) else found
    return next((number for number in titled if worded.get(number, 0) >= enough), first)


def _said(row: Row, fields: Sequence[str], labels: Labels) -> Iterator[Fact]:
    """Yield what the cells of a row state whose columns are fields that tell: a licence, a language, where its pages are."""
    passage = row.block.passage
    for number, (start, end), held in _by_cell(row):
        field = fields[number] if number < len(fields) else ""
        words = passage.text[start:end].strip()
        role = labels.roles.get(field, SEE_ALSO)
        begin = passage.text.index(words, start) if words else start
        span = (begin, begin + len(words))
        if role in ADDRESSES and len(held) == 1:
            yield Fact(field, held[0].url, passage.quote(*span) or held[0].url, span)
        elif role not in (*ADDRESSES, SEE_ALSO) and any(map(str.isalnum, words)):
            yield Fact(field, words, passage.quote(*span), span)


def _is_prose(rows: Sequence[Row], column: int, name: int) -> bool:
    """Whether a column holds sentences, and another one what may be names: short words that differ from row to row."""
    cells = [dict(_texts(row)) for row in rows]
    said = [len(row.get(column, "")) for row in cells]
    names = [row.get(name, "") for row in cells]
    return (
        sum(said) > _SENTENCE * len(said)
        and sum(map(len, names)) < _SENTENCE * len(names)
        and len(set(names)) * 2 > len(names)
    )


def _record(row: Row, column: int, labels: Labels) -> Iterator[Entry | Link]:
    """Read a row as one entry, named by one of its cells."""
    passage = row.block.passage
    cell = next(((span, held) for number, span, held in _by_cell(row) if number == column), None)
    if cell is None or not row.targets:
        yield from row.targets
        return
    (start, end), held = cell
    heads = item_heads(passage, held, labels, start)
    words = passage.text[start:end].strip()
    if not heads and any(map(str.isalpha, words)):
        begin = passage.text.index(words, start)
        heads = [Head(row.targets[0], trimmed(passage.text, begin, begin + len(words)), end - 1)]
    if len(heads) == 1 and labels.know(passage.text[slice(*heads[0].title)]):
        heads = [_renamed(row, heads[0], column, labels)]
    if heads:
        yield from entries(passage, heads, row.targets, labels)
    else:
        yield from _cards(row, labels)


def _renamed(row: Row, head: Head, column: int, labels: Labels) -> Head:
    """Return the head of a row whose cell of names holds a label ("Download"), named by the first words of another cell."""
    spans = _spans(row)
    for number, words in _texts(row):
        if number < column and not labels.know(words):
            begin = row.block.passage.text.index(words, spans[number][0])
            return head._replace(title=trimmed(row.block.passage.text, begin, begin + len(words)))
    return head


def _cards(row: Row, labels: Labels) -> Iterator[Entry | Link]:
    """Read a row as one entry a cell."""
    text = row.block.passage.text
    for _, (start, end), held in _by_cell(row):
        if not held:
            continue
        stop = start + len(text[start:end].rstrip())
        cell = part(row.block.passage, start, max(stop, start))
        moved = [within(link, start, stop) for link in held]
        heads = item_heads(cell, moved, labels)
        if heads:
            yield from entries(cell, heads, moved, labels)
        else:
            yield from held
