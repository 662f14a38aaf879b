"""Where people work: what a person's entry says that somebody is, and at which organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..model import Claim
from ..names import fold
from ..titles import EVENT
from ..vocabulary import Vocabulary
from .cues import POSSESSED
from .events import is_called
from .reading import Reading, coined, is_organisation

_WORD_OF_NAME = r"[A-Z0-9][\w&'’+-]*(?:\.\w+)*"
_NAME = rf"{_WORD_OF_NAME}(?: (?:(?:of|for|&) )?{_WORD_OF_NAME}){{0,5}}"
_PLACE = re.compile(rf"(?<=[\w/&)]) (?P<joint>at|@|with|for|of) (?:the )?(?P<name>{_NAME}|@\w{{2,30}})")
"""What stands behind what somebody is: "engineer at Acme"."""
_NEXT = re.compile(rf"(?P<joint>,? and |, | & )(?:the )?(?P<name>{_NAME})(?=\s*(?:[,.;()]|and |& |in |$))")
"""A further one of a row of names."""
_CLAUSE = re.compile(r"[.;!?]\s|,\s|\s[-–—|]\s")
_PAST = re.compile(
    r"\b(?:former|formerly|ex|previously|late|past|retired|future|not|was|worked|studied|once)\b", re.IGNORECASE
)
_WORDS = re.compile(r"[a-z][a-z-]*[a-z]")
_HEADS = frozenset({"ceo", "cto", "cofounder", "co-founder", "founder", "chairman", "owner", "president"})
"""Whose "of" names an organisation: a director may be of engineering."""
_STAGED = frozenset({"speaker", "organizer", "organiser", "co-organizer", "co-organiser", "talk", "talks", "winner"})
"""Behind what an "at" names where something was held."""
_SHORT = 5
"""How many words in front of a known organisation say what somebody is there, whatever they are."""
_INNER = re.compile(r"[a-z][A-Z]| ")
_FAR = 300
"""Within how many characters of its beginning a description says what somebody is."""


class _Said(NamedTuple):
    """What stands in front of an organisation's name."""

    clause: str
    words: tuple[str, ...]
    joint: str


def employed(reading: Reading) -> Iterator[Claim]:
    """A person's entry may say where they work: "Ada Fern: Senior engineer at Acme", "CEO of Acme"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    if item.cls != "atlas:Person":
        return
    for found in _PLACE.finditer(text, item.body, item.body + _FAR):
        said = _said(text, item.body, found.start(), found["joint"])
        if _PAST.search(said.clause):
            continue
        if found["name"].startswith("@"):
            yield from _by_account(reading, found, said)
            continue
        if not _is_place(found["name"], said, vocabulary):
            continue
        for start, name in _row(text, found, said):
            if start == found.start("name") or _is_place(name, said, vocabulary):
                yield _works_at(reading, name, (start, start + len(name)))


def _by_account(reading: Reading, found: re.Match[str], said: _Said) -> Iterator[Claim]:
    """State that somebody works where a known organisation's account stands for it: "Engineer at @acme"."""
    owner = reading.vocabulary.handles.get(fold(found["name"]))
    if owner is not None and said.joint != "with" and _is_place(owner, said, reading.vocabulary):
        yield _works_at(reading, owner, found.span("name"))


def _works_at(reading: Reading, name: str, span: tuple[int, int]) -> Claim:
    """Return that the item's person belongs to an organisation, which a stretch of the text names."""
    employer = coined(name, "atlas:Vendor", reading.vocabulary)
    return Claim(reading.item.thing, "atlas:affiliatedWith", employer, reading.evidence("employer", 0.85, *span))


def _said(text: str, begin: int, end: int, joint: str) -> _Said:
    """Return what a clause says in front of an organisation's name."""
    at = max((pause.end() for pause in _CLAUSE.finditer(text, begin, end)), default=begin)
    clause = text[at:end]
    return _Said(clause, tuple(_WORDS.findall(clause.lower())), joint)


def _row(text: str, first: re.Match[str], said: _Said) -> Iterator[tuple[int, str]]:
    """Yield the names of a row; a comma behind where one works is followed by something else."""
    found: re.Match[str] | None = first
    while found is not None:
        yield found.start("name"), POSSESSED.sub("", found["name"])
        found = _NEXT.match(text, found.end())
        if found is not None and found["joint"] == ", " and said.joint != "of":
            return


def _is_place(name: str, said: _Said, vocabulary: Vocabulary) -> bool:
    """Whether a name behind what somebody is can be an organisation's that they belong to."""
    if (
        EVENT.match(name)
        or is_called(name, vocabulary.words["event"])
        or is_called(name, vocabulary.words["profession"])
    ):
        return False
    does = not vocabulary.words["profession"].isdisjoint(said.words)
    last = said.words[-1] if said.words else ""
    known = vocabulary.names.get(fold(name))
    organised = is_organisation(name, vocabulary)
    if said.joint in ("at", "@"):
        short = 0 < len(said.words) <= _SHORT and said.clause.strip()[:1].isupper() and organised
        return _STAGED.isdisjoint(said.words[-1:]) and (does or short)
    if said.joint == "of":
        return last in _HEADS and (organised or known is None)
    if last not in vocabulary.words["profession"]:
        return False
    strange = known is None and name.lower() not in vocabulary.words["plain"] and _INNER.search(name) is not None
    return organised or (said.joint == "with" and strange)
