"""Citations: who wrote a paper, where and when it was published, as bibliographies have it before or behind its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim
from ..names import clean
from ..personal import is_given
from ..references import writers
from ..titles import EVENT, MONTH, Span, is_person
from .cues import POSSESSED
from .events import event, is_called
from .reading import Reading, coined, unlabelled

_FAMILY_FIRST = re.compile(
    r"(?P<family>[A-ZÀ-ÖØ-Þ][\w'’-]+), (?P<given>[A-ZÀ-ÖØ-Þ][\w'’-]*[a-zà-ÿ][\w'’-]*(?: [A-Z]\.)?|(?:[A-Z]\.[ -]?)+)"
    r"(?=\s*(?:[.,;&(]|and\b|$))"
)
_DATED = re.compile(r"[\s\[(*_]*(?:19|20)\d\d[\])*_]*\s*[,.:;]?\s+(?:[-–—|]\s+)?")
"""The year in front of what is cited: "2016, Jane Doe: A Title"."""
_NEXT_CITED = re.compile(r"\s*(?:,\s*(?:and|&)\s+|[,;&]\s*|and\s+)(?=[A-ZÀ-ÖØ-Þ])")
_CITED_END = re.compile(r"(?:,?\s+et al\.?)?[\s.,:;-]*(?:\(?(?:19|20)\d\d[a-z]?\)?[\s.,:;-]*)?[\"“‘'«\[(*_]*\s*")
_VENUE = re.compile(
    r"[\s.,\"”’'»]*(?:In:? )?(?P<venue>[A-Z][^.,()\[\]\n]{1,70}?)[.,]?\s+\(?(?P<year>(?:19|20)\d\d)\)?[\s.,|\[\]()]*$"
)
_YEAR = r"(?:19|20)\d\d"
_CITED_BEHIND = re.compile(
    r"(?P<others>,?\s*(?:et al\.?|and others))?"
    r"(?:(?:[,.]|\s?\|)\s+(?:[Ii]n:? )?(?P<venue>[A-Za-z][^,.()\[\]|\n]{1,80}?(?:\s?\([A-Z]{2,}\))?))??"
    rf"(?:,?\s+(?P<year>{_YEAR}))?(?:,\s+(?:{MONTH}\.?\s+)?{_YEAR})?[\s.,|]*(?:$|\n|\(|\[|: )"
)
"""What follows the authors behind a title: others, where it was published, its year, and when it was first to be read."""
_SIGLUM = re.compile(r"[A-Z]{2,}[\w*-]*|[A-Z]\w*[a-z][A-Z]\w*")
"""What conferences are called for short."""
_WRITTEN = ("atlas:Paper", "atlas:Article", "atlas:Book", "atlas:Slides", "atlas:Tutorial", "atlas:Documentation")


def cited(reading: Reading) -> Iterator[Claim]:
    """What stands before a title is its authors, as in a bibliography: "Doe, Jane, and John Roe. "Title." Venue. 2021."."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    start, end = item.entry.title
    if item.entity or not text[:start].strip():
        return
    year = _DATED.match(text, 0, start)
    names, at = _cited_authors(reading, year.end() if year is not None else 0, start)
    formal = len(names) > 1 or any(name for _, name in names) or text[:start].rstrip()[-1:] in '"“)'
    given = any(is_given(text[slice(*span)].split()[0], vocabulary) for span, _ in names)
    formal = formal or (year is not None and (given or item.cls == "atlas:Book")) or text.startswith(" et al", at)
    formal = formal or (given and ":" not in text[at:start])
    if not names or not formal or not _CITED_END.fullmatch(text, at, start):
        return
    for span, name in names:
        evidence = reading.evidence("author before title", 0.9, *span)
        yield Claim(
            item.thing, "atlas:createdBy", coined(name or text[slice(*span)], "atlas:Person", vocabulary), evidence
        )
    venue = _VENUE.match(unlabelled(reading, end), end)
    if venue is not None and _is_occasion(venue["venue"], vocabulary.words["event"], vocabulary.words["periodical"]):
        where = event(f"{clean(venue['venue'])} {venue['year']}")
        evidence = reading.evidence("venue of a citation", 0.85, venue.start("venue"), venue.end("year"))
        yield Claim(item.thing, "atlas:presentedAt", where, evidence)


def _cited_authors(reading: Reading, begin: int, end: int) -> tuple[list[tuple[Span, str]], int]:
    """Return the authors between two offsets, each with the name in its usual order, and where the last one ends.

    Of one who is cited with others it is enough to have the family name: "Doe et al".
    """
    text, common, vocabulary = reading.item.entry.passage.text, reading.survey.names.common, reading.vocabulary
    found: list[tuple[Span, str]] = []
    at = last = end - len(text[begin:end].lstrip())
    while at < end:
        turned = _FAMILY_FIRST.match(text, at, end)
        name = f"{turned['given'].strip()} {turned['family']}" if turned else ""
        if turned is not None and _may_be_cited(name, reading):
            found.append((Span(*turned.span()), name))
            last = turned.end()
        else:
            plain, last_plain = writers(text, at, end, common, vocabulary)
            if not plain:
                break
            if POSSESSED.search(text[slice(*plain[-1])]):
                return [], at
            found += [(span, "") for span in plain]
            last = last_plain
        joint = _NEXT_CITED.match(text, last, end)
        if joint is None:
            break
        at = joint.end()
    return found, last


def _may_be_cited(name: str, reading: Reading) -> bool:
    full = " ".join(word for word in name.split() if not word.endswith("."))
    return is_person(full, reading.survey.names.common, reading.vocabulary)


def cited_behind(reading: Reading) -> Iterator[Claim]:
    """What stands behind a title is its authors, where it was published and when: "Title", Jane Doe, Bo Roe, FooConf, 2021."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    if item.cls not in _WRITTEN or item.title.people:
        return
    names, end = writers(text, item.body, len(text), reading.survey.names.common, vocabulary)
    while names and is_called(text[slice(*names[-1])], vocabulary.words["periodical"]):
        names = names[:-1]  # "Jane Doe, River Science, 2021"
        end = names[-1].end if names else end
    written = len(names) > 1 or (bool(names) and not _is_set_off(names[0], reading))
    behind = _CITED_BEHIND.match(unlabelled(reading, end), end) if written else None
    if behind is None or not (behind["others"] or behind["year"] or EVENT.fullmatch(behind["venue"] or "")):
        return
    for name in names:
        author = coined(text[slice(*name)], "atlas:Person", vocabulary)
        yield Claim(item.thing, "atlas:createdBy", author, reading.evidence("author", 0.9, *name))
    venue, year = behind["venue"], behind["year"]
    if venue and _is_occasion(venue, vocabulary.words["event"], vocabulary.words["periodical"]):
        where = event(clean(f"{venue} {year}" if year else venue))
        evidence = reading.evidence(
            "venue of a citation", 0.85, behind.start("venue"), behind.end("year" if year else "venue")
        )
        yield Claim(item.thing, "atlas:presentedAt", where, evidence)


def _is_set_off(name: Span, reading: Reading) -> bool:
    """Whether a name is emphasized, as a journal or a house is where no more authors stand beside it."""
    return any(mark.start <= name.start < mark.end for mark in reading.item.entry.passage.marks)


def _is_occasion(venue: str, events: frozenset[str], periodicals: frozenset[str]) -> bool:
    """Whether a paper's place is one where people met: by a word that events have, or in capitals as no journal is."""
    if is_called(venue, periodicals) or " at " in venue:
        return False
    return is_called(venue, events) or EVENT.fullmatch(venue) is not None or _SIGLUM.fullmatch(venue) is not None
