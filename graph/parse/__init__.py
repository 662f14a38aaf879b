"""Documents read as lists: one parser a media type, one kind of result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..errors import InputError
from ..model import Document, Entry, Section, Skip
from . import markdown
from .blocks import blocks
from .markup import Event, tags
from .outline import outline

MARKUP: dict[str, Callable[[str], Iterable[Event]]] = {
    "text/markdown": markdown.events,
    "text/html": tags,
}
"""How each textual format becomes one stream of markup."""


def parse(document: Document, roles: Mapping[str, str]) -> Iterator[Section | Entry | Skip]:
    """Yield the sections and entries of a document, and the links that are neither, in reading order.

    ``roles`` maps the words of a link that names a part of an entry ("docs", "source") to the part's role. Raises
    `InputError` for a media type that no parser reads; odd input yields fewer entries, never an exception.
    """
    markup = MARKUP.get(document.media_type)
    if markup is None:
        raise InputError(f"{document.source}: no parser reads {document.media_type}")
    return outline(blocks(document.text, markup(document.text)), roles)
