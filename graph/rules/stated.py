"""What structured lists state in fields of their own: a landscape item's organisation, a bookmark's date."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Claim, Evidence
from .reading import Reading, coined

_MADE = ("atlas:developedBy", "atlas:createdBy", "atlas:publishedBy", "atlas:usedBy")


def stated(reading: Reading) -> Iterator[Claim]:
    """Each field that a structured list gives its entry is a claim as it stands."""
    item = reading.item
    for fact in item.entry.facts:
        evidence = Evidence(item.source, item.entry.line, fact.quote, "field", 0.98)
        if fact.predicate in _MADE:
            predicate = fact.predicate if item.entity else "atlas:publishedBy"
            yield Claim(item.thing, predicate, coined(fact.value, "atlas:Vendor", reading.vocabulary), evidence)
        else:
            yield Claim(item.thing, fact.predicate, fact.value, evidence)
