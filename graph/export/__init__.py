"""The formats that a build can be written in, one module each.

`EXPORTERS` is the whole extension point: a further format is a module with a function ``write(build, vocabulary, out)``
and a line in the table. A format's module is imported when it is written, so that a build without the HTML view never
loads the view's libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from io import TextIOWrapper
from typing import BinaryIO, NamedTuple, TextIO

from ..model import Build
from ..vocabulary import Vocabulary

Write = Callable[[Build, Vocabulary, BinaryIO], None]
"""Writes a whole build to an open binary file, which it leaves open."""


class Exporter(NamedTuple):
    """One format of the output."""

    filename: str
    title: str
    """What the file is for, in a few words for people."""
    write: Write
    effort: int = 100
    """About how long it takes to write, in hundredths of the time for ``graph.ttl``."""


@contextmanager
def utf8(out: BinaryIO) -> Iterator[TextIO]:
    r"""Give a text view of a binary file: UTF-8, lines ended by ``\n``; the file stays open.

    A lone surrogate, which UTF-8 cannot hold, is written as a question mark.

    >>> from io import BytesIO
    >>> file = BytesIO()
    >>> with utf8(file) as text: _ = text.write("é\ud800\n")
    >>> file.getvalue()
    b'\xc3\xa9?\n'
    """
    text = TextIOWrapper(out, encoding="utf-8", errors="replace", newline="\n")
    try:
        yield text
    finally:
        text.detach()  # flushes, and keeps `out` from being closed with its wrapper


def _late(module: str, function: str = "write") -> Write:
    def write(build: Build, vocabulary: Vocabulary, out: BinaryIO) -> None:
        getattr(import_module(f".{module}", __package__), function)(build, vocabulary, out)

    return write


EXPORTERS: dict[str, Exporter] = {
    "turtle": Exporter("graph.ttl", "the facts, as RDF", _late("turtle")),
    "evidence": Exporter("evidence.ttl", "why each fact is there, as RDF", _late("evidence"), 120),
    "html": Exporter("graph.html", "the graph to look at, in any browser", _late("html"), 300),
    "graphml": Exporter("graph.graphml", "the network, for Gephi, yEd and networkx", _late("graphml"), 95),
    "nodes": Exporter("nodes.csv", "one row a node", _late("tables", "write_nodes"), 30),
    "statements": Exporter(
        "statements.csv", "one row for each time the list says it", _late("tables", "write_statements"), 80
    ),
    "report": Exporter("report.json", "what was read, and what became of every link", _late("report"), 35),
}
"""Every format by the name that ``--format`` takes, in the order in which they are written and listed."""

WITH_SPARQL: dict[str, Exporter] = EXPORTERS | {
    "html": EXPORTERS["html"]._replace(write=_late("html", "write_with_sparql")),
}
"""The same formats, but ``graph.html`` answers SPARQL in the browser."""
