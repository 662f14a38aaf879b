"""Names that stand in one row with known ones: "based on koa + egg + vue", "for Bramble, Sedge and Oxlip"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..mentions import Mention
from ..spans import meets
from ..vocabulary import Name
from .coining import title_case
from .cues import JOINT, find_cue
from .reading import Reading

_MATE = re.compile(
    rf"(?: \d+)?{JOINT}`?(?P<name>[\w.+#'-]{{0,60}}\w(?: [\w.+#'-]{{0,60}}\w){{0,2}})`?(?=(?:{JOINT})|\s*(?:[.;)\n]\s|[.;)]?$))",
    re.IGNORECASE,
)
"""A further part of a row of names, up to the next joint or the end of the clause."""
_LEADING = re.compile(rf"(?<![\w./@#-])(?P<name>\w[\w.+#-]*\w){JOINT}$", re.IGNORECASE)
"""A word before a name of a row."""
_LONG = 40
"""How many characters a name and its joint have at most."""
_JOINT = re.compile(rf"(?: \d+)?{JOINT}", re.IGNORECASE)
_APART = re.compile(r"[\s'-]+")
_CAMEL = re.compile(r"(?=.*[a-z])(?!(?:[a-z]+-)+[A-Z]|[A-Z]{2,}s$|Mc[A-Z])[\w.+#-]*[a-z0-9][A-Z][\w.+#-]*")
"""What can be nothing but a name: it has a capital within."""
_CAPITALS = re.compile(r"(?=.*[a-z])[A-Z][\w.+#-]*(?: (?:[A-Z][\w.+#-]*|\d+))*")
"""What is spelt as a name, and as no abbreviation, which as often is an idea's or a format's."""

_SEVERAL = 3
"""So many known names tell a row by themselves, whatever the words around it are spelt like."""


class Part(NamedTuple):
    """A part of a row: a known name, or words that may be one."""

    start: int
    end: int
    known: Mention | None


def row_mates(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the names that only the row tells in which they stand.

    Behind a tool that a cue relates, all that can be a name is one. In any other row the known names are those that tell:
    two of them, or one where the word can be nothing else.
    """
    text = reading.item.entry.passage.text
    for row in _rows(mentions, reading):
        first = next((at for at, part in enumerate(row) if part.known and _is_related(part.known, reading)), None)
        if first is not None:
            yield from _related(row[first:], text)
        else:
            yield from _told_by_company(row, text, _in_capitals(row, text, reading.item.body), reading)


def _rows(mentions: Sequence[Mention], reading: Reading) -> Iterator[list[Part]]:
    """Yield the rows that begin with a known name and hold words that may be names."""
    text = reading.item.entry.passage.text
    ordered = sorted(mentions)
    known = {mention.start: mention for mention in ordered}
    done = -1
    for mention in ordered:
        if mention.start < done:
            continue
        row, at = [Part(mention.start, mention.end, mention)], mention.end
        while (part := _next(text, at, known, ordered, reading)) is not None:
            row.append(part)
            at = part.end
        if sum(part.known is not None for part in row) > 1:
            row = [*_ahead(mention, ordered, reading), *row]
        done = at
        if any(part.known is None for part in row):
            yield row


def _next(
    text: str, at: int, known: Mapping[int, Mention], ordered: Sequence[Mention], reading: Reading
) -> Part | None:
    """Return the part of a row behind the one that ends at a place; a known name may be followed by more of the sentence."""
    joint = _JOINT.match(text, at)
    named = known.get(joint.end()) if joint is not None else None
    if named is not None:
        return Part(named.start, named.end, named)
    mate = _MATE.match(text, at) if joint is not None else None
    if mate is None or meets(ordered, *mate.span("name")) or not _row_name(mate["name"], reading):
        return None
    return Part(*mate.span("name"), None)


def _ahead(mention: Mention, ordered: Sequence[Mention], reading: Reading) -> list[Part]:
    """Return what stands before the first known name of a row that has several, where it can be nothing but names."""
    text, start = reading.item.entry.passage.text, mention.start
    ahead = list[Part]()
    while found := _LEADING.search(text, max(start - _LONG, reading.item.body), start):
        begin, end = found.span("name")
        if not _CAMEL.fullmatch(found["name"]) or meets(ordered, begin, end) or not _row_name(found["name"], reading):
            break
        ahead.append(Part(begin, end, None))
        start = begin
    return ahead[::-1]


def _in_capitals(row: Sequence[Part], text: str, body: int) -> bool:
    """Whether the sentence around a row has capitals everywhere; of a row with several known names only what is around it."""
    several = sum(part.known is not None for part in row) >= _SEVERAL
    return title_case(text, body, row[0].start, row[-1].end if several else 0)


def _is_related(mention: Mention, reading: Reading) -> bool:
    """Whether a cue relates a known tool to the item."""
    item = reading.item
    return mention.name.cls == "atlas:Tool" and bool(
        find_cue(item.entry.passage.text, mention, item.body, item.thing.cls, reading.vocabulary)
    )


def _related(row: Sequence[Part], text: str) -> Iterator[Mention]:
    """Yield what stands in a row behind a tool that a cue relates; a small word only where the row goes on to a known name."""
    waiting = list[Mention]()
    for part in row:
        if part.known is not None:
            yield from waiting
            waiting = []
            continue
        words = text[part.start : part.end]
        mention = Mention(part.start, part.end, Name("atlas:Tool", words, (), False))
        if words.isalpha() and words.islower():
            waiting.append(mention)  # a name if the row goes on to a known one
        else:
            yield mention


def _told_by_company(row: Sequence[Part], text: str, in_capitals: bool, reading: Reading) -> Iterator[Mention]:
    """Yield what is spelt as a name among known names, of the class of the one before it; capitals may be all around."""
    several = sum(part.known is not None for part in row) > 1
    cls = next((part.known.name.cls for part in row if part.known is not None), "")
    for part in row:
        if part.known is not None:
            cls = part.known.name.cls
            continue
        words = text[part.start : part.end]
        spelt = _CAMEL.fullmatch(words) or (several and not in_capitals and _CAPITALS.fullmatch(words))
        if cls in ("atlas:Tool", "atlas:Vendor") and spelt and not reading.is_person(words):
            yield Mention(part.start, part.end, Name(cls, words, (), False))


def _row_name(words: str, reading: Reading) -> bool:
    """Whether a part of a row of names can be a name itself: it holds a word that is no common one, and is spelt as a name."""
    said = _APART.split(words.lower())
    plain = (reading.survey.names.common, reading.vocabulary.words["idea"])
    strange = any(len(word) > 1 and not word.isdigit() and not any(word in each for each in plain) for word in said)
    spelt = " " not in words or all(word[0].isupper() or not word[0].isalpha() for word in words.split())
    return strange and spelt and not any(words.lower() in each for each in plain)
