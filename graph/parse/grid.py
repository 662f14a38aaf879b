"""Tables read as entries: an entry a row, named by one column, or an entry a cell where the cells are cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..model import Entry, Link
from .columns import (
    Columns,
    Row,
    by_cell,
    describing,
    fields_of,
    gathering,
    linked,
    naming,
    spans,
    stated,
    texts,
    titles,
)
from .entries import Head, entries, item_heads, trimmed
from .inline import part, within
from .links import Labels


def is_record(rows: Sequence[Row]) -> bool:
    """Whether a table has columns with names: what its first row says of them is words, not links."""
    head = rows[0]
    return head.block.kind == "header" and not head.targets and len(texts(head)) > 1


def read_table(rows: Sequence[Row], labels: Labels) -> Iterator[Entry | Link]:
    """Yield the entries of a table, and the links that belong to none of them."""
    if is_record(rows):
        yield from rows[0].targets
        yield from _records(rows[0], rows[1:], labels)
        return
    column = naming(rows, labels, [])
    plain = all(linked(row) <= {column} for row in rows)
    for row in rows:
        yield from _record(row, column, labels) if plain and len(row.block.cells) > 1 else _cards(row, labels)


def _records(head: Row, rows: Sequence[Row], labels: Labels) -> Iterator[Entry | Link]:
    """Read the rows below a header: an entry each, or the entries that a cell of each row lists."""
    listing = gathering(rows, labels)
    if listing is not None:
        here = Counter(link.url for row in rows for link in row.targets)
        again = frozenset(url for url, count in here.items() if labels.linked[url] > count)
        for row in rows:
            yield from _gathered(row, listing, again, labels)
        return
    column = naming(rows, labels, titles(head))
    fields = fields_of(head, column)
    columns = Columns(fields, column, describing(rows, fields, column, labels.roles))
    for row in rows:
        said = tuple(stated(row, columns, labels))
        for found in _record(row, column, labels):
            yield found._replace(facts=said) if isinstance(found, Entry) else found


def _gathered(row: Row, listing: int, again: frozenset[str], labels: Labels) -> Iterator[Entry | Link]:
    """Read the links of one cell as an entry each; what stands elsewhere in the list too is only found again here."""
    passage = row.block.passage
    for number, _, held in by_cell(row):
        for link in held:
            if number != listing or labels(passage, link) or link.url in again:
                yield link
            else:
                shown = within(link, link.start, link.end)
                name = part(passage, link.start, link.end)
                yield from entries(name, item_heads(name, [shown], labels), [shown], labels)


def _record(row: Row, column: int, labels: Labels) -> Iterator[Entry | Link]:
    """Read a row as one entry, named by one of its cells."""
    passage = row.block.passage
    cell = next(((span, held) for number, span, held in by_cell(row) if number == column), None)
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
    places = spans(row)
    for number, words in texts(row):
        if number < column and not labels.know(words):
            begin = row.block.passage.text.index(words, places[number][0])
            return head._replace(title=trimmed(row.block.passage.text, begin, begin + len(words)))
    return head


def _cards(row: Row, labels: Labels) -> Iterator[Entry | Link]:
    """Read a row as one entry a cell."""
    text = row.block.passage.text
    for _, (start, end), held in by_cell(row):
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
