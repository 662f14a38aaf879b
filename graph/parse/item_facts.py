"""Items of a list that state a property of the entry around them, or before them: "Maintainer: Ada Fern"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from ..model import Fact, Link, Passage
from .fields import key_words
from .links import Labels

_PROPERTIES = frozenset(
    {
        "atlas:developedBy",
        "atlas:createdBy",
        "atlas:publishedBy",
        "atlas:implementedIn",
        "atlas:runsOn",
        "dcterms:license",
        "dcterms:date",
    }
)
"""What items state so; the names of events and keywords are told in too many other ways."""
_STATED = re.compile(r"[^\w\n]*(?P<field>[A-Za-z][A-Za-z ()]{1,30}):\s+(?P<value>[A-Z0-9@][^\n;!?()\[\]]{0,79})")
_SENTENCE = re.compile(r"[a-z]\. |\s[-–—]\s")
_JOINT = re.compile(r"\s*(?:,|&|/|\band\b)?\s*(?:and\s+)?")
"""What stands between several values that are links."""


class Stated(NamedTuple):
    """A property that an item states."""

    field: str
    begin: int
    """Where in the item's text the value stands."""
    end: int


def stated_by(item: Passage, labels: Labels) -> Stated | None:
    """Return the property that an item consists of; None where it says something else.

    Links are values only where nothing but links is; those behind a value that only open parts of something, as icons do, say
    no more of it.
    """
    end, links = len(item.text), [link for link in item.links if link.end > link.start]
    while links and labels(item, links[-1]):
        end = links.pop().start
    found = _STATED.match(item.text, 0, end)
    if found is None or labels.roles.get(key_words(found["field"])) not in _PROPERTIES:
        return None
    value = found["value"].rstrip(" \t.,:|·•-–—")
    begin, stop = found.start("value"), found.start("value") + len(value)
    whole = not any(map(str.isalnum, item.text[stop:end])) and _SENTENCE.search(value) is None
    return (
        Stated(key_words(found["field"]), begin, stop) if whole and _are_values(item.text, links, begin, stop) else None
    )


def _are_values(text: str, links: list[Link], begin: int, end: int) -> bool:
    """Whether the links of a value are all of it."""
    if not links:
        return True
    edges = [begin, *(at for link in links for at in (link.start, link.end)), end]
    return all(
        _JOINT.fullmatch(text, left, right) is not None for left, right in [*pairwise(edges)][::2] if left <= right
    )


def stated_in(items: Iterable[tuple[Passage, int]], passage: Passage, labels: Labels) -> Iterator[Fact]:
    """Yield what items state that belong to an entry, each with how far its text was moved in the entry's passage."""
    for item, shift in items:
        if (said := stated_by(item, labels)) is not None:
            begin, end = shift + said.begin, shift + said.end
            span = (shift, shift + len(item.text))
            yield Fact(said.field, passage.text[begin:end], passage.quote(begin, end), span)
