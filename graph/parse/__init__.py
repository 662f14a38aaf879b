"""Documents read as lists: one parser a media type, one kind of result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..errors import InputError
from ..model import Document, Entry, Section, Skip
from . import bookmarks, html, landscape, markdown, opml, records, rst, table
from .blocks import blocks
from .outline import outline

Roles = Mapping[str, str]
Parts = Iterator[Section | Entry | Skip]


def _markdown(document: Document, roles: Roles) -> Parts:
    return outline(blocks(document.text, markdown.events(document.text)), roles)


def _fields(read: Callable[[Document], Parts]) -> Callable[[Document, Roles], Parts]:
    """Make a parser of one for a format whose fields have names, so that no words need to tell what they are."""
    return lambda document, _: read(document)


PARSERS: dict[str, Callable[[Document, Roles], Parts]] = {
    "text/markdown": _markdown,
    "text/html": html.parse,
    "text/x-rst": rst.parse,
    "application/x-mozilla-bookmarks": _fields(bookmarks.parse),
    "text/x-opml": _fields(opml.parse),
    "text/csv": table.parse,
    "text/tab-separated-values": table.parse,
    "application/json": _fields(records.parse),
    "application/jsonl": _fields(records.parse),
    "application/yaml": landscape.parse,
}
"""The formats that are read, by media type."""


def parse(document: Document, roles: Roles) -> Parts:
    """Yield the sections and entries of a document, and the links that are neither, in reading order.

    ``roles`` maps the words of a link that opens a part of an entry, or of a field beside it ("docs", "author"), to what
    they say of it. Raises
    `InputError` for a media type that no parser reads; odd input yields fewer entries, never an exception.
    """
    read = PARSERS.get(document.media_type)
    if read is None:
        raise InputError(f"{document.source}: no parser reads {document.media_type}")
    return read(document, roles)
