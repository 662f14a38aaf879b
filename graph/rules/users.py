"""Who uses what, where a resource tells how or why: "How Alder Bakery uses Kafka and Redis"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..mentions import Mention
from ..model import Claim, Thing
from ..personal import is_given
from ..titles import HONOURS
from .cues import POSSESSED, modifies
from .reading import Reading, coined

_WORD = r"[A-Z][\w&.'’-]*"
_WHO = rf"\b(?:[Hh]ow|[Ww]hy) (?P<name>{_WORD}(?: {_WORD}){{0,3}}?) "
_OPENS = re.compile(r"(?:how|why) ", re.IGNORECASE)
_JOINT = re.compile(r",? and |, | & ")
_NO_NAME = re.compile(r"(?:n['’]t|ly)$")
"""How words end that say whether or in which way something is done: "Why Alder Bakery Finally Moved to Docker"."""
_NOBODY = re.compile(r"(?:ics|ware)$")
"""How fields of work and kinds of software end."""
_HONOURED = re.compile(rf"{HONOURS}(?<=\s)")


def used_by(reading: Reading) -> Iterator[Claim]:
    """What a resource tells how or why an organisation uses it, is used by that organisation, be it known or not."""
    item, text = reading.item, reading.item.entry.passage.text
    if item.entity or item.title.span is None or not _OPENS.search(text):
        return
    for found in _telling(reading.vocabulary.words["using"]).finditer(text, item.entry.title[0]):
        start, end = found.span("name")
        tools = list(_in_a_row(reading, found.end()))
        user = _user(found, reading) if tools else None
        if user is None:
            continue
        if reading.name_at(start) is None:
            told = "atlas:about" if end <= item.entry.title[1] else "atlas:mentions"
            yield Claim(item.thing, told, user, reading.evidence("user", 0.85, start, end))
        for tool in tools:
            evidence = reading.evidence("told of its use", 0.85, found.start(), tool.end)
            yield Claim(reading.thing(tool, text[tool.start : tool.end]), "atlas:usedBy", user, evidence)


@lru_cache(maxsize=8)
def _telling(verbs: frozenset[str]) -> re.Pattern[str]:
    said = "|".join(map(re.escape, sorted(verbs, key=lambda verb: (-len(verb), verb))))
    return re.compile(rf"{_WHO}(?:(?:has|have|is|are) )?(?P<verb>(?i:{said})) (?i:(?:the|an?|their|its|our) )?")


def _in_a_row(reading: Reading, start: int) -> Iterator[Mention]:
    """Yield the tools that are named from a place on: one, or several in a row; not what only says of which kind a noun is."""
    text, mention = reading.item.entry.passage.text, reading.name_at(start)
    while mention is not None and reading.vocabulary.is_a(mention.name.cls, "atlas:Tool"):
        if not modifies(text, mention.end, reading.vocabulary):
            yield mention
        joint = _JOINT.match(text, mention.end)
        mention = reading.name_at(joint.end()) if joint is not None else None


def _user(found: re.Match[str], reading: Reading) -> Thing | None:
    """Return the organisation that stands where users do: no tool, nobody in person, no plain word.

    One plain word is a name where it has a capital and the verb has none: "How Segment uses Kafka", but "How Teams Use Kafka".
    """
    name, vocabulary = POSSESSED.sub("", found["name"]), reading.vocabulary
    known = reading.name_at(found.start("name"))
    if known is not None:
        whole = known.end == found.start("name") + len(name)
        return reading.maker(known.name.label) if whole and known.name.cls == "atlas:Vendor" else None
    said = [word.lower().strip(".") for word in name.split()]
    if _NO_NAME.search(said[-1]) or not vocabulary.words["nobody"].isdisjoint(said):
        return None
    if is_given(said[0], vocabulary) or _NOBODY.search(said[-1]) or _HONOURED.match(name):
        return None  # "How Grace Hopper Used Tides"
    alone, one = len(said) == 1, found["verb"].split()[0].lower().endswith("s")
    if alone and not (one or found["verb"].lower().endswith(" to")):
        return None  # "How SREs use Prometheus"
    called = alone and one and found["verb"].islower() and not name.isupper()
    idle = vocabulary.words["idea"] if called else reading.survey.names.common | vocabulary.words["plain"]
    return None if any(word in idle for word in said) else coined(name, "atlas:Vendor", vocabulary)
