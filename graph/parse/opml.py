"""OPML: outlines of feeds and links (OPML 2.0), as feed readers and outliners write them.

Read tag by tag, as HTML is: OPML keeps all that it says in attributes, and much of it is not well-formed XML. No entity is
ever expanded but the characters of HTML, so declarations that multiply do nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from ..model import Document, Entry, Section, Skip
from .fields import NAME, Field, Lines, Sections, addresses, entries, is_url
from .html import attributes, tokens
from .markup import Event

_KEYS = {
    "text": NAME,
    "title": "title",
    "htmlurl": "html url",
    "url": "url",
    "xmlurl": "feed",
    "description": "description",
    "_note": "note",
    "author": "author",
    "category": "tags",
}
"""Attributes of an outline (OPML 2.0, "text attribute" and following) and how `fields` knows them."""


def parse(document: Document) -> Iterator[Section | Entry | Skip]:
    """Yield the outlines with an address as entries, and those around others as sections."""
    text = document.text
    events = list(tokens(text))
    lines = Lines(text)
    sections = Sections(text, lines)
    opened, path = _title(events, sections)
    yield from opened
    outlines = [event for event in events if event.kind != "text" and event.value == "outline"]
    around: list[tuple[int, ...]] = []
    for event, following in zip(outlines, [*outlines[1:], None], strict=False):
        if event.kind == "end":
            path = around.pop() if around else path
            continue
        fields = _fields(text, event)
        closed = text.endswith("/>", event.start, event.end)
        holds = not closed and following is not None and following.kind == "start"
        if holds and not any(is_url(field.text) for field in fields):
            yield from (Skip(link.url, link.line, "heading") for link in addresses(fields, (), lines)[0])
        else:
            yield from entries(text, fields, path, lines)
        if not closed:
            around.append(path)
        name = next((field for field in fields if field.key in (NAME, "title") and field.text.strip()), None)
        if holds and name is not None:
            opened, path = sections.open(name, path)
            yield from opened


def _title(events: list[Event], sections: Sections) -> tuple[list[Section], tuple[int, ...]]:
    """Return the section that the title in the head of the outline opens."""
    at = next((at for at, event in enumerate(events) if event.kind == "start" and event.value == "title"), len(events))
    said = list(takewhile(lambda event: event.kind == "text", events[at + 1 :]))
    if not said:
        return [], ()
    return sections.open(Field("", "".join(event.value for event in said), said[0].start, said[-1].end), ())


def _fields(text: str, event: Event) -> list[Field]:
    tag = text[event.start : event.end]
    space = next((at for at, character in enumerate(tag) if character.isspace() or character == "/"), len(tag))
    found = attributes(text, event.start + space, event.end - 1)
    fields = [Field(_KEYS.get(name, ""), value, start, end) for name, value, start, end in found]
    # The text of a feed is often its title again.
    return [field for field in fields if field.text.strip()]
