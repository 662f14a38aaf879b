"""Who speaks and writes, and where: people, their organisations, events."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Claim, Thing
from ..names import clean, fold
from ..titles import event_in_url
from .reading import Reading, coined

STAGED = ("atlas:Talk", "atlas:Slides", "atlas:Paper", "atlas:Article", "atlas:Podcast")


def people(reading: Reading) -> Iterator[Claim]:
    """The people named beside a title made the resource; the organisation behind them is theirs."""
    item = reading.item
    text = item.entry.passage.text
    for person, organisation in item.title.people:
        thing = Thing(f"n:{fold(text[person.start : person.end])}", "atlas:Person", text[person.start : person.end])
        yield Claim(item.thing, "atlas:createdBy", thing, reading.evidence("author in title", 0.9, *person))
        if organisation is not None:
            employer = coined(text[organisation.start : organisation.end], "atlas:Vendor", reading.vocabulary)
            yield Claim(
                thing,
                "atlas:affiliatedWith",
                employer,
                reading.evidence("affiliation", 0.9, person.start, organisation.end),
            )


def events(reading: Reading) -> Iterator[Claim]:
    """A talk was given at the event that its title or its file's name gives."""
    item = reading.item
    if item.cls not in STAGED:
        return
    span = item.title.event
    if span is not None:
        name = clean(item.entry.passage.text[span.start : span.end])
        yield Claim(item.thing, "atlas:presentedAt", event(name), reading.evidence("event in title", 0.9, *span))
    elif item.cls in ("atlas:Talk", "atlas:Slides"):
        name = event_in_url(item.entry.url)
        if name:
            yield Claim(
                item.thing,
                "atlas:presentedAt",
                event(name),
                reading.url_evidence("event in file name", 0.8, item.entry.url),
            )


def event(name: str) -> Thing:
    """Return the event of a name."""
    return Thing(f"e:{fold(name)}", "atlas:Event", name)
