"""Tables of links as comma-, semicolon- or tab-separated values (RFC 4180 and what spreadsheets make of it).

The header says what each column holds; where it uses no known word, the columns' contents do. A category column opens sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..model import Document, Entry, Section, Skip
from .fields import (
    ABOUT,
    NAME,
    SECTION,
    SUBSECTION,
    URL,
    Field,
    Lines,
    Sections,
    address,
    best,
    entries,
    is_url,
    key_words,
    rank,
)

_COMMAS = ",;\t|"
_SAMPLE = 50
"""So many rows show what a column without a known name holds."""


def parse(document: Document, roles: Mapping[str, str]) -> Iterator[Section | Entry | Skip]:
    """Yield what the rows of a table list, and the sections that its category columns name.

    ``roles`` maps the names of columns that say something of an entry to what they say: none of them names it.
    """
    text = document.text
    start = 1 if text.startswith("\ufeff") else 0
    comma = "\t" if document.media_type == "text/tab-separated-values" else _comma(text[start:].partition("\n")[0])
    table = rows(text, comma, start)
    first = list(_take(table, _SAMPLE))
    if not first:
        return
    headed = not any(is_url(cell.text) for cell in first[0])
    header = [key_words(cell.text) for cell in first[0]] if headed else [""] * len(first[0])
    keys = _keys(header, first[1:] if headed else first, roles)
    lines = Lines(text)
    sections = Sections(text, lines)
    for row in _chain(first[1:] if headed else first, table):
        fields = [cell._replace(key=keys[at] if at < len(keys) else "") for at, cell in enumerate(row)]
        path: tuple[int, ...] = ()
        for kind in (SECTION, SUBSECTION):
            category = best(fields, kind)
            if category is not None and not is_url(category.text):
                opened, path = sections.open(category, path)
                yield from opened
        yield from entries(text, fields, path, lines)


def _take(table: Iterator[list[Field]], count: int) -> Iterator[list[Field]]:
    for _, row in zip(range(count), table, strict=False):
        yield row


def _chain(first: Sequence[list[Field]], rest: Iterator[list[Field]]) -> Iterator[list[Field]]:
    yield from first
    yield from rest


def _comma(header: str) -> str:
    """Return the separator of a table: the one that its header holds most often outside quotes."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_COMMAS, key=bare.count)


def rows(text: str, comma: str, start: int = 0) -> Iterator[list[Field]]:
    r"""Yield the rows of a table that are not blank, each cell with its place; a quoted cell without its quotes.

    >>> [[cell.text for cell in row] for row in rows('a,"b ""c""\nd"\r\n\ne,f', ",")]
    [['a', 'b "c"\nd'], ['e', 'f']]
    """
    plain = re.compile(rf"[^{re.escape(comma)}\r\n]*+")
    row: list[Field] = []
    at, last_quote = start, text.rfind('"')
    while at <= len(text):
        if text.startswith('"', at) and at < last_quote:
            end = _closing(text, at + 1)
            row.append(Field("", text[at + 1 : end].replace('""', '"'), at + 1, end))
            at = plain.match(text, end + 1).end() if end < len(text) else end  # type: ignore[union-attr]
        else:
            end = plain.match(text, at).end()  # type: ignore[union-attr]
            row.append(Field("", text[at:end], at, end))
            at = end
        if not text.startswith(comma, at):
            if any(cell.text.strip() for cell in row):
                yield row
            row = []
            if text.startswith("\r\n", at):
                at += 1
        at += 1


def _closing(text: str, at: int) -> int:
    """Return where the quoted cell whose content begins at ``at`` ends; the text's end where its quote never closes."""
    while True:
        at = text.find('"', at)
        if at < 0:
            return len(text)
        if not text.startswith('""', at):
            return at
        at += 2


def _keys(header: Sequence[str], sample: Sequence[Sequence[Field]], roles: Mapping[str, str]) -> list[str]:
    """Return the columns' names, with the kind of those that only their content tells."""
    keys = list(header)
    columns = [[row[at] for row in sample if at < len(row) and row[at].text.strip()] for at in range(len(keys))]
    if not any(
        rank(key, URL) is not None and any(map(address, column)) for key, column in zip(keys, columns, strict=True)
    ):
        linked = [sum(is_url(cell.text) for cell in column) for column in columns]
        if any(linked):
            keys[linked.index(max(linked))] = URL
    unknown = [at for at, key in enumerate(keys) if key not in roles and _unknown(key) and _wordy(columns[at])]
    if unknown and all(rank(key, NAME) is None for key in keys):
        keys[unknown.pop(0)] = NAME
    if unknown and all(rank(key, ABOUT) is None for key in keys):
        longest = max(unknown, key=lambda at: sum(len(cell.text) for cell in columns[at]))
        if any(" " in cell.text for cell in columns[longest]):
            keys[longest] = "description"
    return keys


def _unknown(key: str) -> bool:
    return all(rank(key, kind) is None for kind in (NAME, URL, ABOUT, SECTION, SUBSECTION))


def _wordy(column: Sequence[Field]) -> bool:
    """Whether a column holds words, not addresses or figures."""
    worded = sum(bool(re.search(r"[^\W\d_]{2}", cell.text)) and not is_url(cell.text) for cell in column)
    return 2 * worded > len(column)
