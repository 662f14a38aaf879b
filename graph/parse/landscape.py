"""The landscape of the Cloud Native Computing Foundation and its kin: ``landscape.yml``, and YAML lists of links like it.

The parts of its items are read as those of JSON objects are; a landscape says besides by its Crunchbase address whose product
an item is. YAML is read as a stream of events, so no tag makes an object and no alias is expanded (a chain of aliases would
otherwise grow without bound).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..model import Document, Entry, Fact, Section, Skip
from .fields import WEB_URL, Field, Lines, is_url
from .inline import trim_url
from .records import NO_KEY, Branch, outline

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML allows in no text (YAML 1.2, 5.1)."""
_ORGANISATION = re.compile(r"https?://(?:www\.)?crunchbase\.com/organization/([a-z0-9-]+)/?", re.IGNORECASE)
_DEPTH = 200
"""No list nests so deep; the library takes quadratic time for brackets in brackets."""
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def parse(document: Document, roles: Mapping[str, str]) -> Iterator[Section | Entry | Skip]:
    """Yield the categories of a landscape as sections, and its items with the organisation that each belongs to.

    ``roles`` maps the names of fields to what they say.
    """
    root, end = tree(document.text)
    for part in outline(document.text, root):
        yield _with_maker(part, roles) if isinstance(part, Entry) else part
    lines = Lines(document.text)
    for url in WEB_URL.finditer(document.text, end):
        yield Skip(trim_url(url[0]), lines.at(url.start()), "broken")


def _with_maker(entry: Entry, roles: Mapping[str, str]) -> Entry:
    if any(roles.get(fact.field) == "atlas:developedBy" and not is_url(fact.value) for fact in entry.facts):
        return entry
    for link in entry.links:
        organisation = _ORGANISATION.fullmatch(link.url)
        if organisation is not None:
            slug = re.sub(r"-(?:\d+|[0-9a-f]*\d[0-9a-f]*)$", "", organisation[1])
            name = " ".join(word.capitalize() for word in slug.split("-") if word)
            return entry._replace(facts=(*entry.facts, Fact("organization", name, link.url)))
    return entry


def tree(text: str) -> tuple[Branch, int]:
    """Return the documents of a YAML text as the members of one array, and the place up to which it can be read."""
    # Only who reads YAML pays for loading the library.
    import yaml

    builder = _Builder()
    end = 0
    try:
        for event in yaml.parse(_UNPRINTABLE.sub(" ", text), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            start, stop = (mark.index if mark is not None else end for mark in (event.start_mark, event.end_mark))
            if isinstance(event, yaml.ScalarEvent):
                null = not event.style and event.value in _NULLS
                builder.scalar("" if null else event.value, start, stop, event.anchor)
            elif isinstance(event, yaml.AliasEvent):
                builder.add(builder.anchors.get(event.anchor or "", NO_KEY))
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                builder.open(isinstance(event, yaml.SequenceStartEvent))
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                builder.close()
            if len(builder.stack) > _DEPTH:
                return builder.stack[0], end
            end = stop
    except yaml.YAMLError:
        # A text that goes wrong half-way has still listed its first half.
        return builder.stack[0], end
    return builder.stack[0], len(text)


class _Builder:
    """The branches that are open, innermost last, each with the key that still waits for its value."""

    def __init__(self) -> None:
        self.stack = [Branch(array=True)]
        self.keys: list[Field | None] = [None]
        self.anchors: dict[str, Field] = {}

    def scalar(self, text: str, start: int, end: int, anchor: str | None) -> None:
        value = Field("", text, start, end)
        if anchor:
            self.anchors[anchor] = value
        self.add(value)

    def add(self, value: Field | Branch) -> None:
        if self.stack[-1].array:
            self.stack[-1].members.append((NO_KEY, value))
        elif self.keys[-1] is None:
            # A key that is no scalar has no words, but may hold links.
            self.keys[-1] = value if isinstance(value, Field) else NO_KEY
            if isinstance(value, Branch):
                self.stack[-1].members.append((NO_KEY, value))
        else:
            self.stack[-1].members.append((self.keys[-1], value))
            self.keys[-1] = None

    def open(self, array: bool) -> None:
        branch = Branch(array)
        self.add(branch)
        self.stack.append(branch)
        self.keys.append(None)

    def close(self) -> None:
        if len(self.stack) > 1:
            self.stack.pop()
            self.keys.pop()
