"""Who made or published a thing, by brackets and names behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..items import BRACKET
from ..model import Claim, Evidence, Thing
from ..names import clean, fold
from ..urls import owner_key, split
from ..vocabulary import Name, Vocabulary
from .operators import account, site_rule
from .reading import Reading, coined, is_organisation

_HEADING_BRACKET = re.compile(r"\(([^()]+)\)\s*$")
_BY = re.compile(r"^(?:by|from|originally|formerly|originally by|originally from|created by|made by)\s+", re.IGNORECASE)
_PROPER = re.compile(r"(?:[A-Z][\w&.'’+-]*)(?: (?:of|for|and|&|de) [A-Z][\w&.'’+-]*| [A-Z][\w&.'’+-]*){0,4}")
_WORD_ALONE = r"[A-Z][\w&'’+-]*(?:\.\w+)*"
_NAME_ALONE = re.compile(
    rf"(?<=[:–—-]\s)(?P<name>(?!(?:By|From|See)\b){_WORD_ALONE}(?: (?:(?:of|for|and|&) )?{_WORD_ALONE}){{0,4}})"
    r"(?:\s*\([^()]*\))?[\s.]*"
)
_PUBLISHED = ("atlas:Article", "atlas:Book", "atlas:Course", "atlas:Documentation", "atlas:Paper", "atlas:Tutorial")
"""Kinds of which a description that is nothing but an organisation's name says who published them."""


def bracketed(reading: Reading) -> Iterator[Claim]:
    """An organisation in brackets behind the name made or published it: "(OReilly, June 2019)"."""
    item, vocabulary = reading.item, reading.vocabulary
    text = item.entry.passage.text
    spans = [item.title.bracket] if item.title.bracket else []
    behind = BRACKET.match(text, item.title.span.end) if item.title.span else None
    if behind is not None:
        spans.append(behind.span(1))  # type: ignore[arg-type]
    for start, end in spans:
        parts = [_BY.sub("", part.strip()) for part in text[start:end].split(",")]
        for name in parts:
            known = vocabulary.names.get(fold(name))
            if known is not None and _says_where(known, name, start, reading):
                continue
            spelt = name in text[start:end] and not name[:1].islower()
            said = known is None and spelt and is_organisation(name, vocabulary)
            if said or (known is not None and (known.cls == "atlas:Vendor" or known.maker)):
                predicate = "atlas:developedBy" if item.entity else "atlas:publishedBy"
                if item.cls != "atlas:Vendor":
                    maker = coined(name, "atlas:Vendor", vocabulary)
                    yield Claim(item.thing, predicate, maker, reading.evidence("bracket", 0.9, start, end))


def _says_where(known: Name, said: str, start: int, reading: Reading) -> bool:
    """Whether a known name in brackets says where a thing is, or what it is of, and not whose: "([Chirp](…))", "(docker)"."""
    vocabulary, entry = reading.vocabulary, reading.item.entry
    rule = site_rule(split(entry.url).host, vocabulary)
    if known.cls != "atlas:Vendor" and said.islower():
        return True
    if rule is not None and rule.operator == known.label and account(entry.url, vocabulary):
        return True  # the account is the publisher
    behind = (link for link in entry.links if link.start >= start)
    linked = [link.url for link in behind if entry.passage.text[link.start : link.end] == said]
    rules = (site_rule(split(url).host, vocabulary) for url in linked)
    return any(known.cls != "atlas:Vendor" or (one is not None and one.account is not None) for one in rules)


def house_alone(reading: Reading) -> Iterator[Claim]:
    """A description that is nothing but an organisation's name says who published the resource: "Alder Institute (PDF)"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    found = _NAME_ALONE.fullmatch(text, item.body) if item.cls in _PUBLISHED else None
    if found is None or reading.is_person(found["name"]) or fold(found["name"]) == fold(item.title.name):
        return
    own = fold(found["name"]) == owner_key(item.entry.url)
    if own or is_organisation(found["name"], vocabulary):
        house = coined(found["name"], "atlas:Vendor", vocabulary)
        yield Claim(item.thing, "atlas:publishedBy", house, reading.evidence("publisher", 0.85, *found.span("name")))


def heading_makers(text: str, subject: Thing, evidence: Evidence, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The brackets behind an entity in a heading name its makers: "Airflow (Apache, Originally AirBnb)"."""
    found = _HEADING_BRACKET.search(clean(text))
    if found is None or subject.cls not in ("atlas:Tool", "atlas:Language"):
        return
    for part in re.split(r"\s*(?:,|;|/|\band\b|&)\s*", found[1]):
        name = _BY.sub("", part.strip())
        known = vocabulary.names.get(fold(name))
        if known is not None and known.cls not in ("atlas:Vendor", "atlas:Person") and not known.maker:
            continue
        if known is not None or _PROPER.fullmatch(name):
            yield Claim(subject, "atlas:developedBy", coined(name, "atlas:Vendor", vocabulary), evidence)
