"""From lists that were read to claims, each with its evidence: the rules applied to every item and heading."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from .headings import ENTITY, TITLE, TOPIC
from .homonyms import as_meant, meant
from .items import Item, titled
from .mentions import Mention
from .model import Claim, Evidence, Thing
from .names import fold
from .relations import holds
from .rules import RULES, Reading
from .rules.houses import heading_makers
from .rules.places import MADE_FOR, entity_thing, topic_thing
from .rules.stated import tells
from .spans import Spans
from .survey import Listing, Survey
from .vocabulary import Vocabulary

_LOOSE = frozenset({"atlas:mentions", "atlas:relatedTo"})
"""Relations that are stated only where no closer one is."""

_NO_CLOSER = _LOOSE | {"atlas:publishedBy", "atlas:inTopic"}

_OF_NAMES = frozenset({"part of the name", MADE_FOR})
"""Rules that read relations from parts of names and from headings: what the description says of the same two is said beside it."""

_OF_OWNERS = frozenset({"owner", "brand"})
"""Rules that read makers from URLs and names: a description that names the maker's product says something else."""

_WORD = re.compile(r"\w+")
_HYPHEN = re.compile("[-_]")

_NEARER = frozenset({"atlas:about", "atlas:createdBy", "atlas:publishedBy"})
"""Relations that say more of a resource than that its description names a thing."""


def describe(listing: Listing, found: Survey, vocabulary: Vocabulary) -> Iterator[Thing | Claim]:
    """Yield the things that one list lists, and what it says of them."""
    can_hold = cache(lambda predicate, subjects, objects: holds(predicate, subjects, objects, vocabulary))
    for said in _headings(listing, vocabulary):
        yield as_meant(said, listing.own) if isinstance(said, Claim) else meant(said, listing.own)
    yield from _subjects(listing, vocabulary)
    named = [_names(item, found, vocabulary) for item in listing.items]
    entries = Counter(label for names in named for label in {name.name.label for name in names})
    often = frozenset(label for label, count in entries.items() if count > 1)
    parts = _shared_parts(listing.items)
    for item, names in zip(listing.items, named, strict=True):
        yield item.thing
        called = () if item.title.span is not None else tuple(found.finder.find(item.title.name, item.source))
        reading = Reading(item, names, called, vocabulary, found, often, parts[item.entry.path])
        claims = [claim for rule in RULES for claim in rule(reading) if can_hold(*_classes(claim))]
        meaning = [as_meant(claim, listing.own) for claim in claims] if found.apart else claims
        yield from _closest(meaning, item, vocabulary.words["platform"])


def _shared_parts(items: Sequence[Item]) -> Mapping[tuple[int, ...], frozenset[str]]:
    """Return by section the folded parts that the names of several of its entries have: babel-bramble, bramble-kite."""
    parts: dict[tuple[int, ...], Counter[str]] = defaultdict(Counter)
    for item in items:
        parts[item.entry.path].update({fold(part) for part in _HYPHEN.split(item.title.name)})
    return {path: frozenset(part for part, count in met.items() if count > 1) for path, met in parts.items()}


def _names(item: Item, found: Survey, vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """Return the names in an item's text, but those in a field or a tag that says by itself what they have to do with it."""
    telling = Spans(fact.span for fact in item.entry.facts if tells(fact, vocabulary))
    return tuple(
        name
        for name in found.finder.find(item.entry.passage.text, item.source)
        if not telling.hold(name.start, name.end)
    )


def _classes(claim: Claim) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return what says whether a claim can hold: its property, and the class of either end; a literal has none."""
    return claim.predicate, (claim.subject.cls,), () if isinstance(claim.object, str) else (claim.object.cls,)


def _closest(claims: list[Claim], item: Item, systems: frozenset[str]) -> Iterator[Claim]:
    """Leave out what a closer relation between the same two things says better, and what no relation can hold between."""
    close = {
        (claim.subject.key, key)
        for claim in claims
        if claim.predicate not in _NO_CLOSER and isinstance(claim.object, Thing)
        for key in _said_closely(claim.object, claim.evidence.rule)
    }
    near = {
        claim.object.key
        for claim in claims
        if claim.subject is item.thing and claim.predicate in _NEARER and isinstance(claim.object, Thing)
    }
    run_on = {
        (claim.subject.key, claim.object.key)
        for claim in claims
        if claim.predicate == "atlas:runsOn" and isinstance(claim.object, Thing) and claim.object.name in systems
    }
    surnames = _words_of_authors(claims, item)
    for claim in claims:
        if isinstance(claim.object, Thing):
            pair = (claim.subject.key, claim.object.key)
            if claim.subject.key == claim.object.key or (claim.predicate in _LOOSE and pair in close):
                continue
            if claim.predicate == "atlas:integratesWith" and pair in run_on:
                continue  # "for Mac, Windows, and Linux" says no more of the two
            if claim.predicate == "atlas:mentions" and not item.entity and claim.object.key in near:
                continue
            if claim.predicate == "atlas:mentions" and claim.evidence.quote in surnames:
                continue  # by Ada Jackson, which does not name the library
        yield claim


def _words_of_authors(claims: Sequence[Claim], item: Item) -> frozenset[str]:
    """Return the words that stand in an entry as parts of its authors' names alone."""
    text = item.entry.passage.text
    makers = (
        claim.object for claim in claims if claim.predicate == "atlas:createdBy" and isinstance(claim.object, Thing)
    )
    authors = {maker.name for maker in makers if maker.cls == "atlas:Person"}
    theirs = Counter(word for author in authors if author in text for word in _WORD.findall(author))
    if not theirs:
        return frozenset()
    written = Counter(_WORD.findall(text))
    return frozenset(word for word, times in theirs.items() if written[word] <= times)


def _said_closely(thing: Thing, rule: str) -> tuple[str, ...]:
    """Return the keys of what a relation to a thing makes needless to mention; a product's maker counts as the product."""
    if rule in _OF_NAMES:
        return ()
    if rule in _OF_OWNERS:
        return (thing.key,)
    return (f"n:{thing.key[2:]}", thing.key)


def _subjects(listing: Listing, vocabulary: Vocabulary) -> Iterator[Thing]:
    """Yield the known tool that a list is about with the short name that the list has for it: SaltStack, Salt."""
    for heading in listing.headings:
        known = vocabulary.names.get(fold(heading.name)) if heading.role == TITLE else None
        for name in listing.subjects:
            if known is not None and fold(name) != fold(heading.name) and fold(heading.name).startswith(fold(name)):
                yield Thing(f"n:{fold(known.label)}", known.cls, known.label, name, known=True)


def _headings(listing: Listing, vocabulary: Vocabulary) -> Iterator[Thing | Claim]:
    """Yield the topics and entities that a list's headings name, and what the headings say of them."""
    by_line = {heading.section.key: heading for heading in listing.headings}
    source = listing.document.source
    titles = [heading for heading in listing.headings if heading.role == TITLE]
    for heading in listing.headings:
        evidence = Evidence(source, heading.line, heading.section.passage.raw, "heading", 0.95)
        if heading.role in (TOPIC, TITLE):
            topic = topic_thing(heading, vocabulary)
            yield topic if topic.name == heading.name else topic._replace(spelling=heading.name)
            around = titled([by_line[line] for line in heading.section.path], titles)
            above = [topic_thing(other, vocabulary) for other in reversed(around) if other.role in (TOPIC, TITLE)]
            if above and topic.key not in {broader.key for broader in above}:
                yield Claim(topic, "skos:broader", above[0], evidence)
        elif heading.role == ENTITY:
            text = heading.section.passage.text
            entity = entity_thing(heading)
            yield entity
            yield from heading_makers(
                text, entity, evidence._replace(rule="heading bracket", confidence=0.9), vocabulary
            )
