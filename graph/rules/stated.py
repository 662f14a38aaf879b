"""What structured lists state in fields of their own: a landscape item's organisation, a bookmark's date."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Claim, Evidence
from ..names import fold
from ..titles import is_person
from .reading import Reading, coined, named

_MADE = ("atlas:developedBy", "atlas:createdBy", "atlas:publishedBy", "atlas:usedBy")


def stated(reading: Reading) -> Iterator[Claim]:
    """Each field that a structured list gives its entry is a claim as it stands."""
    item = reading.item
    for fact in item.entry.facts:
        evidence = Evidence(item.source, item.entry.line, fact.quote, "field", 0.98)
        if fact.predicate == "atlas:implementedIn":
            language = reading.vocabulary.names.get(fold(fact.value))
            if item.entity and language is not None and language.cls == "atlas:Language":
                yield Claim(item.thing, fact.predicate, named(language, fact.value), evidence)
        elif fact.predicate == "atlas:createdBy" and is_person(
            fact.value, reading.survey.names.common, reading.vocabulary
        ):
            predicate = "atlas:developedBy" if item.entity else fact.predicate
            yield Claim(item.thing, predicate, coined(fact.value, "atlas:Person", reading.vocabulary), evidence)
        elif fact.predicate in _MADE:
            predicate = fact.predicate if item.entity else "atlas:publishedBy"
            yield Claim(item.thing, predicate, coined(fact.value, "atlas:Vendor", reading.vocabulary), evidence)
        elif not (fact.predicate == "dcterms:date" and item.entity):
            yield Claim(item.thing, fact.predicate, fact.value, evidence)
