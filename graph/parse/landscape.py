"""The landscape of the Cloud Native Computing Foundation and its kin: ``landscape.yml``, and YAML lists of links like it.

The parts of its items are read as those of JSON objects are; a landscape says besides by its Crunchbase address whose product
an item is. YAML is read as a stream of events, so no tag makes an object and no alias is expanded (a chain of aliases would
otherwise grow without bound).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Document, Entry, Fact, Section, Skip
from .records import NO_KEY, Branch, outline
from .fields import Field

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML allows in no text (YAML 1.2, 5.1)."""
_ORGANISATION = re.compile(r"https?://(?:www\.)?crunchbase\.com/organization/([a-z0-9-]+)/?", re.IGNORECASE)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def parse(document: Document) -> Iterator[Section | Entry | Skip]:
    """Yield the categories of a landscape as sections, and its items with the organisation that each belongs to."""
    for part in outline(document.text, tree(document.text)):
        yield _with_maker(part) if isinstance(part, Entry) else part


def _with_maker(entry: Entry) -> Entry:
    if any(fact.predicate == "atlas:developedBy" for fact in entry.facts):
        return entry
    for link in entry.links:
        organisation = _ORGANISATION.fullmatch(link.url)
        if organisation is not None:
            slug = re.sub(r"-(?:\d+|[0-9a-f]*\d[0-9a-f]*)$", "", organisation[1])
            name = " ".join(word.capitalize() for word in slug.split("-") if word)
            return entry._replace(facts=(*entry.facts, Fact("atlas:developedBy", name, link.url)))
    return entry


def tree(text: str) -> Branch:
    """Return the documents of a YAML text as the members of one array; of a text that goes wrong, what comes before."""
    # Only who reads YAML pays for loading the library.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    root = Branch(array=True)
    stack, keys = [root], [NO_KEY]
    anchors: dict[str, Field] = {}
    try:
        for event in yaml.parse(_UNPRINTABLE.sub(" ", text), Loader=loader):
            value: Field | Branch | None = None
            if isinstance(event, yaml.ScalarEvent):
                value = Field("", event.value, event.start_mark.index, event.end_mark.index)
                if event.anchor:
                    anchors[event.anchor] = value
            elif isinstance(event, yaml.AliasEvent):
                value = anchors.get(event.anchor, NO_KEY)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                value = Branch(isinstance(event, yaml.SequenceStartEvent))
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                stack.pop()
                keys.pop()
            if value is not None:
                _add(stack, keys, value)
    except yaml.YAMLError:
        pass  # a text that goes wrong half-way has still listed its first half
    return root
