"""How answers are shown: an aligned table for people, Markdown for documents, and the formats for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

import click

from ..errors import UsageError
from .terminal import standard_output

if TYPE_CHECKING:
    import pyoxigraph as ox

    from ..query.results import Row

ROW_FORMATS = ("table", "csv", "tsv", "json", "xml", "md")
GRAPH_FORMATS = ("turtle", "ntriples", "jsonld")
ENOUGH = 1000
"""Rows after which a table on a terminal ends, unless it is told to go on."""

Columns = Callable[[Sequence[str], "Iterable[Row]", Mapping[str, str]], tuple[Sequence[str], Iterable[Sequence[str]]]]
"""What turns the variables and rows of an answer into the columns and cells of a table for people."""


class Shape(NamedTuple):
    """What of an answer is shown, and how."""

    form: str = ""
    """One of `ROW_FORMATS` or `GRAPH_FORMATS`; empty for the one that suits the query."""
    limit: int | None = None
    """The most rows or triples."""
    timeout: float | None = None
    """Seconds."""


def show(query: str, store: ox.Store, prefixes: Mapping[str, str], shape: Shape, columns: Columns | None = None) -> int:
    """Ask a query and print the answer; return how many rows, triples or truth values there were."""
    from ..query.limits import within

    shown = 0  # and so it stays where the reader goes away
    with standard_output():
        shown = within(shape.timeout, lambda: _answer(store, query, prefixes, shape, columns or cells))
    if shape.limit is not None and shown == shape.limit:
        click.echo(f"linkatlas: the first {shown:,}; there may be more (--limit)", err=True)
    if not shown:
        _tell_strangers(query)
    return shown


def _tell_strangers(query: str) -> None:
    """Say which terms of a query without an answer the ontology does not have: a slip of the pen asks for nothing."""
    from ..query.faults import strangers
    from ..query.naming import terms

    for name, near in strangers(query, terms()):
        hint = f"; did you mean {near}?" if near else ""
        click.echo(f"linkatlas: {name} is no term of the ontology{hint}", err=True)


def cells(
    names: Sequence[str], rows: Iterable[Row], prefixes: Mapping[str, str]
) -> tuple[Sequence[str], Iterable[Sequence[str]]]:
    """Return an answer as text: IRIs shortened, literals as they read, nothing where nothing is bound."""
    import pyoxigraph as ox

    from ..query.prefixes import shortened
    from ..query.results import plain

    def cell(term: object) -> str:
        return shortened(term.value, prefixes) if isinstance(term, ox.NamedNode) else plain(term)  # type: ignore[arg-type]

    return names, ([cell(term) for term in row] for row in rows)


def _answer(store: ox.Store, query: str, prefixes: Mapping[str, str], shape: Shape, columns: Columns) -> int:
    import pyoxigraph as ox

    from ..query import results
    from ..query.evaluate import evaluate

    found = evaluate(store, query, prefixes)
    rowwise = not isinstance(found, ox.QueryTriples)
    form = shape.form or ("table" if rowwise else "turtle")
    if form not in (ROW_FORMATS if rowwise else GRAPH_FORMATS):
        kind, formats = ("SELECT or ASK", ROW_FORMATS) if rowwise else ("CONSTRUCT or DESCRIBE", GRAPH_FORMATS)
        raise UsageError(f"the answer of a {kind} is no {form}: --format takes {', '.join(formats)}")
    if isinstance(found, ox.QueryTriples):
        triples = list(islice(found, shape.limit))
        results.write_graph(triples, results.GRAPH_FORMATS[form], sys.stdout.buffer, prefixes)
        return len(triples)
    if isinstance(found, ox.QueryBoolean):
        writer = results.ROW_FORMATS.get(form, results.ROW_FORMATS["csv"])
        _write([writer.boolean(bool(found))])
        return 1
    rows = _Counted(islice(found, shape.limit))
    names = results.variables(found)
    if form in results.ROW_FORMATS:
        _write(results.ROW_FORMATS[form].rows(names, rows))
    elif form == "md":
        _write(markdown(*columns(names, rows, prefixes)))
    else:
        table(*columns(names, rows, prefixes), sys.stdout)
    return rows.count


class _Counted:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.count = 0
        self._rows = iter(rows)

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> Row:
        row = next(self._rows)
        self.count += 1
        return row


def _write(pieces: Iterable[str]) -> None:
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode("utf-8", "replace"))


def for_people(
    names: Sequence[str], rows: Iterable[Row], prefixes: Mapping[str, str]
) -> tuple[Sequence[str], Iterable[Sequence[str]]]:
    """Return the answer of a question of the gallery as people read it.

    A thing goes by its label (``?tool`` by ``?toolLabel``), with its address beside it where that is a web page; a quote
    and its line become what is said and where.
    """
    headings, cells_ = cells(names, rows, prefixes)
    table = list(cells_)
    kept = [at for at, name in enumerate(headings) if not (name.endswith("Label") and name[:-5] in headings)]
    labels = {at: headings.index(f"{headings[at]}Label") for at in kept if f"{headings[at]}Label" in headings}
    pages = {at for at in labels if any(row[at].startswith("<http") for row in table)}
    titles = []
    for at in kept:
        titles += [_TITLES.get(headings[at], _spaced(headings[at]))] + ["address"] * (at in pages)
    lists = prefixes.get("list", "")

    def shown(row: Sequence[str]) -> list[str]:
        made = []
        for at in kept:
            made.append((row[labels[at]] or row[at]) if at in labels else _place(row[at], lists))
            if at in pages:
                made.append(row[at].strip("<>") if row[at].startswith("<http") else "")
        return made

    return titles, [shown(row) for row in table]


_TITLES = {"quote": "said", "line": "where", "otherLine": "where"}


def _spaced(name: str) -> str:
    """Return the name of a variable as words.

    >>> _spaced("inCommon")
    'in common'
    """
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)


def _place(text: str, lists: str) -> str:
    """Return the line of a list as an editor has it, any other text as it is.

    >>> _place("<https://e/list/tools/a.md#L12>", "https://e/list/"), _place("<https://e/b.md#L7>", ""), _place("x", "")
    ('tools/a.md:12', 'e/b.md:7', 'x')
    """
    page, hash_, line = text.strip("<>").rpartition("#L")
    if not hash_ or not line.isdigit():
        return text
    return f"{page.removeprefix(lists).removeprefix('https://').removeprefix('http://')}:{line}"


def markdown(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    r"""Yield the lines of a Markdown table; what would be markup in a cell is escaped.

    >>> print("".join(markdown(["a"], [["x|y <b>"], ["[z](u)\n1"]])), end="")
    | a |
    | --- |
    | x\|y \<b> |
    | \[z](u) 1 |
    """
    yield f"| {' | '.join(map(_escaped, names))} |\n"
    yield f"|{' --- |' * len(names)}\n"
    for row in rows:
        yield f"| {' | '.join(map(_escaped, row))} |\n"


def _escaped(text: str) -> str:
    from ..summary import printable

    return "".join(f"\\{letter}" if letter in "\\`*_[<|" else letter for letter in printable(text))


def table(names: Sequence[str], rows: Iterable[Sequence[str]], out: TextIO) -> None:
    """Print an aligned table: as wide as it needs, but no wider than a terminal that it is printed on."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    from ..summary import printable

    grid = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for name in names:
        grid.add_column(Text(printable(name)), overflow="fold")
    for row in rows:
        grid.add_row(*(Text(printable(text)) for text in row))
    console = Console(file=out, soft_wrap=False, highlight=False, emoji=False, markup=False)
    if not out.isatty():
        wide = Console(file=out, width=1_000_000)
        console.width = max(1, Measurement.get(wide, wide.options, grid).maximum)
    with console.capture() as lines:
        console.print(grid)
    # Rich fills every line to the full width of the table.
    click.echo("\n".join(line.rstrip() for line in lines.get().splitlines()), file=out, color=True)
