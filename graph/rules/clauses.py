"""What the words around a name say of it: each cue of the lexicon is a relation between two names.

A description speaks of its item unless a clause names another subject: in "run a Kafka cluster on Kubernetes" it is Kafka that
runs. Names in a row ("PyTorch, TensorFlow and JAX") share the cue of the first. What denies, compares or hopes
leaves a name merely mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from ..homonyms import linked
from ..items import Item
from ..mentions import Mention, inside
from ..model import Claim, Evidence, Thing
from ..names import fold
from ..personal import is_given
from ..short_names import with_account
from ..spans import around
from ..titles import PERSON, is_person
from ..urls import owner_key
from ..vocabulary import Cue, Vocabulary
from .cues import LONGER, find_cue, modifies
from .denials import is_done_to
from .found import Found
from .guards import POSSESSES, fits, fits_itself, is_no_tool, of_people, suits
from .media import is_medium
from .naming import ends_name, is_spelt_so, names_described
from .openings import goes_on, is_subject, is_verb, is_word_of_a_title, opens_sentence
from .reading import Reading, coined, named
from .rows import BETWEEN, found_in_front
from .tokens import DASHES, TOKEN, is_first

_OF_THE_NEAREST = frozenset({"atlas:runsOn", "atlas:partOf"})
"""Relations that hold of the tool right before the cue, not of the item."""

_FROM = re.compile(r" \((?:[^()]* )?from (?:the )?")
"""How a bracket behind a tool's name goes on until its maker's: "Bramble (a parser from Acme)"."""
_INSTRUMENT = (" with ", " via ")
"""What stands before a tool that something else is done with."""
_AUTHOR = re.compile(rf"(?:\b(?:[Bb]y|[Ww]ith|[Mm]eet) |\bw/ ?)({PERSON.pattern})")
_DONE = re.compile(r"(?:ed|en) by $")
"""What a "by" stands behind that says what a thing is made with: "Powered by"."""
_NEAR = 60
"""How many characters before a name its "by" and a person's other names stand, at the most."""
_REACH = 500
"""How many characters a cue's words and its row of names have at most; in 314 lists no quote of one has 400."""


def described(reading: Reading) -> Iterator[Claim]:
    """Each name in an item's description stands in the relation that its cue states, or is mentioned."""
    mentions = names_described(reading, reading.item.body)
    yield from _clauses(reading, mentions, reading.item.body)
    yield from _owned(reading, mentions)


def _owned(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Claim]:
    """Whose a tool is that a description names, its maker's name before it says: "based on Acme's Brambledb"."""
    text, vocabulary = reading.item.entry.passage.text, reading.vocabulary
    for left, right in pairwise(mentions):
        between = text[left.end : right.start]
        if between not in POSSESSES or not (left.name.cls == "atlas:Vendor" or left.name.maker):
            continue
        if modifies(text, right.end, vocabulary) or LONGER.match(text, right.end):
            continue  # "Acme's Brambledb backups", "Acme's Bramble Profiler"
        if vocabulary.is_a(right.name.cls, "atlas:Tool") and fold(right.name.label) != reading.item.folded:
            evidence = reading.evidence("whose it is", 0.8, left.start, right.end)
            tool = _at_link(reading.thing(right, ""), right, reading)
            yield Claim(tool, "atlas:developedBy", coined(left.name.label, "atlas:Vendor", vocabulary), evidence)


class Clause(NamedTuple):
    """A name with what the clause around it speaks of and says."""

    mention: Mention
    subject: Thing
    found: Found | None
    joined: bool
    """Whether the name stands in a row with the one before it."""
    first: Mention
    """The first name of the row."""


def _clauses(reading: Reading, mentions: Sequence[Mention], begin: int) -> Iterator[Claim]:
    text = reading.item.entry.passage.text
    clauses: list[Clause] = []
    for mention in mentions:
        before = clauses[-1] if clauses else None
        joined = before is not None and bool(BETWEEN.fullmatch(text, before.mention.end, mention.start))
        if before is not None and joined and text[before.mention.end : mention.start].strip() == ",":
            joined = not modifies(text, mention.end, reading.vocabulary)  # ", Git stash tracking" begins something else
        clauses.append(_clause(reading, mention, before, joined, begin))
    # "Spark UI / Spark History Server replacement": the cue behind serves both.
    for at in range(len(clauses) - 2, -1, -1):
        left, right = clauses[at], clauses[at + 1]
        if left.found is not None or not right.joined or right.found is None or right.found.direct:
            continue
        if right.found.end - left.mention.start <= _REACH:
            shared = _shared(reading, left, right, begin)
            clauses[at] = left._replace(found=shared and shared._replace(start=left.mention.start))
    owners = {left for left, right in pairwise(mentions) if text[left.end : right.start] in POSSESSES}
    for mention, subject, cue, _, _ in clauses:
        used = cue is not None and cue.direct and cue.cue.property == "atlas:basedOn"
        found = cue if not (used and mention in owners) else None  # "uses Acme's Brambledb"
        own = reading.item.thing.known and fold(mention.name.label) == fold(reading.item.title.name)
        if own or is_no_tool(text, mention, reading.vocabulary):
            continue  # known in full, and named in short
        opens = (
            mention.name.ordinary
            and not is_spelt_so(text[mention.start : mention.end], mention.name)
            and opens_sentence(text, mention.start, begin)
            and not is_subject(mention, reading.item)
        )
        known = fold(mention.name.label) in reading.vocabulary.names
        if opens and not (known and (found is not None or goes_on(text, mention, reading))):
            continue
        if opens and is_verb(text, mention, reading.vocabulary):
            continue
        if found is None or found.cue.property != "atlas:mentions" or not reading.is_stray(mention, text):
            yield from _state(reading, subject, mention, found)


def _shared(reading: Reading, left: Clause, right: Clause, begin: int) -> Found | None:
    """Return what the cue behind a row says of a name in front of the last; of a language something else than of a tool."""
    vocabulary = reading.vocabulary
    if right.found is not None and fits(right.found.cue, left.subject.cls, left.mention.name.cls, vocabulary):
        return right.found
    reaching = left.mention._replace(end=right.mention.end)
    found = find_cue(reading.item.entry.passage.text, reaching, begin, left.subject.cls, vocabulary)
    return found if found is not None and not found.direct else None


def _clause(reading: Reading, mention: Mention, before: Clause | None, joined: bool, begin: int) -> Clause:
    """Read what is said of one name; in a row it shares subject and cue of the name before it."""
    text, vocabulary = reading.item.entry.passage.text, reading.vocabulary
    if before is not None and joined:
        shared = before.found
        if mention.end - (shared.start if shared is not None else before.first.start) > _REACH:
            return Clause(mention, before.subject, None, True, before.first)
        if shared is not None and fits_itself(shared.cue, before.subject.cls, mention, vocabulary):
            return Clause(mention, before.subject, shared._replace(end=mention.end), True, before.first)
        found = find_cue(text, mention, begin, before.subject.cls, vocabulary)
        found = found or found_in_front(text, mention, before.first, begin, before.subject.cls, vocabulary)
        return Clause(mention, before.subject, found, True, before.first)
    free = before.mention if before is not None and (before.found is None or before.joined) else None
    if before is not None and _came_from(text, before.mention, mention):
        subject = _at_link(named(before.mention.name), before.mention, reading)
    else:
        subject = _subject(reading, free, mention, begin)
    if before is not None and subject is not reading.item.thing:
        begin = before.mention.end
    return Clause(mention, subject, find_cue(text, mention, begin, subject.cls, vocabulary), False, mention)


def _state(reading: Reading, subject: Thing, mention: Mention, found: Found | None) -> Iterator[Claim]:
    text = reading.item.entry.passage.text
    if _speaks_of_itself(mention, reading.item):
        return
    target = reading.thing(mention, text[mention.start : mention.end])
    if (
        found is not None
        and mention.name.maker
        and not fits(found.cue, subject.cls, mention.name.cls, reading.vocabulary)
    ):
        target = coined(mention.name.label, "atlas:Vendor", reading.vocabulary)
    link = around(reading.item.entry.links, mention.start, mention.end)
    if link is not None and mention.name.cls == "atlas:Vendor":
        target = target._replace(urls=(link.url,))
    target = _at_link(target, mention, reading)
    own = subject.key == reading.item.thing.key
    if found is not None:
        evidence = reading.evidence(
            found.cue.name, found.cue.confidence, min(found.start, mention.start), max(found.end, mention.end)
        )
        yield (
            Claim(target, found.cue.property, subject, evidence)
            if found.cue.inverse
            else Claim(subject, found.cue.property, target, evidence)
        )
    role = reading.vocabulary.roles.get(text[mention.start : mention.end].casefold())
    if (
        found is None
        and role == "atlas:repository"
        and (link is not None or text.rfind("(", 0, mention.start) > text.rfind(")", 0, mention.start))
    ):
        return  # where the code lies: (C++, BSD, GitHub)
    if mention.name.cls == "atlas:Person":
        return
    if (
        (found is None or not own)
        and len(text[mention.start : mention.end]) > 1
        and not reading.is_stray(mention, text)
    ):
        yield Claim(
            reading.item.thing, "atlas:mentions", target, reading.evidence("mention", 0.85, mention.start, mention.end)
        )


def _speaks_of_itself(mention: Mention, item: Item) -> bool:
    """Whether a description begins with the name of its tool: a Volkswagen that detects something is no car maker.

    What a resource is called it never mentions.
    """
    own = fold(mention.name.label) == fold(item.title.name)
    return own and (not item.entity or is_first(item.entry.passage.text, item.entry.body, mention.start))


def _subject(reading: Reading, before: Mention | None, mention: Mention, begin: int) -> Thing:
    """Return what a clause speaks of: the tool right before the cue, with nothing but an instance word between, or the item."""
    item, vocabulary = reading.item, reading.vocabulary
    text = item.entry.passage.text
    if before is None or before.name.cls != "atlas:Tool" or before.start < begin or reading.is_stray(before, text):
        return item.thing
    if text.startswith(",", before.end) or text[max(begin, before.start - 6) : before.start].endswith(_INSTRUMENT):
        return item.thing  # "on top of Vulkan, part of Mesa", "runs sites with Docker on your Mac"
    between = [token.lower() for token in TOKEN.findall(text[before.end : mention.start])]
    while between and between[0] in vocabulary.words["instances"]:
        between = between[1:]
    while between and between[-1] in vocabulary.words["filler"]:
        between = between[:-1]
    cues = vocabulary.before.get(" ".join(between), ())
    if any(
        cue.property in _OF_THE_NEAREST and fits(cue, before.name.cls, mention.name.cls, vocabulary) for cue in cues
    ):
        return _at_link(named(before.name), before, reading)
    return item.thing


def _at_link(thing: Thing, mention: Mention, reading: Reading) -> Thing:
    """Return what a mention means, which a link beside it tells where several things have the name."""
    if thing.key not in reading.survey.apart:
        return thing
    link = around(reading.item.entry.links, mention.start, mention.end)
    said = reading.item.entry.passage.text[mention.start : mention.end]
    return thing if link is None else linked(thing, said, link.url, reading.survey.apart, reading.vocabulary)


def _came_from(text: str, tool: Mention, maker: Mention) -> bool:
    """Whether a bracket behind a tool's name says who made that: "it uses Bramble (a parser from Acme)"."""
    kinds = tool.name.cls, maker.name.cls
    return kinds == ("atlas:Tool", "atlas:Vendor") and _FROM.fullmatch(text, tool.end, maker.start) is not None


def titled(reading: Reading) -> Iterator[Claim]:
    """What a resource's title names it is about; a cue between two names of a title relates them."""
    item = reading.item
    account, _ = with_account(item.title.name)
    every = reading.title_names()
    ending = {right for left, right in pairwise(every) if ends_name(left, right, item.name_text, reading.vocabulary)}
    names = [
        mention
        for mention in every
        if mention not in ending
        and fold(mention.name.label) != item.folded
        and item.name_text[mention.start : mention.end] != account
        and not _of_a_person(reading, mention)
        and not reading.is_stray(mention, item.name_text)
        and not is_word_of_a_title(item.name_text, mention, reading)
    ]
    if not item.entity:
        for mention in names:
            opens = mention.name.ordinary and item.name_text[: mention.start].strip() == ""
            if fold(mention.name.label) == fold(item.title.name) or (
                opens and not is_subject(mention, item) and is_verb(item.name_text, mention, reading.vocabulary)
            ):
                continue  # the title is the name of the thing itself, or begins with a verb
            if is_medium(mention.name.label, mention.end, reading) or _is_maker(mention, reading):
                continue
            yield Claim(
                item.thing,
                "atlas:about",
                _thing(reading, mention),
                title_evidence(reading, "title", 0.92, mention.start, mention.end),
            )
        yield from _related(names, reading)
    elif item.cls != "atlas:Vendor" and item.title.span is not None:
        yield from _said_by_a_name(reading)


def _related(names: Sequence[Mention], reading: Reading) -> Iterator[Claim]:
    """What a cue between two names of a title says of them."""
    text, vocabulary = reading.item.name_text, reading.vocabulary
    if _asks(reading.item.title.name, vocabulary):
        return
    for left, right in pairwise(names):
        cue = _between(text[left.end : right.start], left, right, vocabulary)
        if cue is None or of_people(text, right.end, vocabulary):
            continue
        if cue.property == "atlas:basedOn" and left.name.label in vocabulary.words["platform"]:
            continue  # "Creating a Model For Android Using TensorFlow"
        evidence = title_evidence(reading, cue.name, cue.confidence, left.start, right.end)
        yield Claim(_thing(reading, left), cue.property, _thing(reading, right), evidence)


def _is_maker(mention: Mention, reading: Reading) -> bool:
    """Whether a title says by whom its thing is, not about whom: "Rivers by Acme", "Acme - Rivers", "Acme: Rivers" at Acme's."""
    title, span = reading.item.name_text, reading.item.title.span
    before = title[max(mention.start - _NEAR, 0) : mention.start].lower()
    maker = mention.name.maker and not _DONE.search(before)  # not "Kites Powered by Acme"
    if (mention.name.cls == "atlas:Vendor" or maker) and before.endswith(" by "):
        return not is_done_to(before.removesuffix(" by "), reading.vocabulary)
    if span is None or mention.start != span.start or not title.startswith((": ", *DASHES), mention.end):
        return False
    if mention.name.cls == "atlas:Vendor" and title.startswith(DASHES, mention.end):
        return True
    publishes = mention.name.cls == "atlas:Vendor" or mention.name.maker
    return publishes and fold(mention.name.label) == owner_key(reading.item.entry.url)


def _said_by_a_name(reading: Reading) -> Iterator[Claim]:
    """What a tool's name says of another one: Jenkins Keycloak Login Plugin, a client for Bramble."""
    item, span = reading.item, reading.item.title.span
    if span is None:
        return
    title = item.name_text[: span.end]
    for mention in inside(reading.survey.finder.find(title, item.source, without=item.thing.name), *span):
        found = find_cue(title, mention, span.start, item.thing.cls, reading.vocabulary)
        if found is not None and ((found.cue.only_for and not found.direct) or _says_what_it_is(found)):
            found = None
        found = found or _kind_behind(title, mention, reading)
        if found is not None:
            yield from _state(reading, item.thing, mention, found)


def _says_what_it_is(found: Found) -> bool:
    """Whether a cue in a tool's name is a part of the name: "Self-Hosted Bramble" is Bramble, "Bramble Native" one word."""
    return found.cue.property == ("atlas:alternativeTo" if found.direct else "atlas:runsOn")


def _of_a_person(reading: Reading, mention: Mention) -> bool:
    """Whether a name is but a word of a person's in a title: the Hugo of "by Hugo Example"."""
    text = reading.item.name_text
    authors = (
        found.span(1)
        for found in _AUTHOR.finditer(text, max(mention.start - _NEAR, 0), mention.end + _NEAR)
        if found[0].lower().startswith("by")
        or is_given(found[1].split()[0], reading.vocabulary)  # not "with Flutter Flame"
    )
    people = (span for span, _ in reading.item.title.people)
    return mention.name.cls != "atlas:Person" and any(
        start <= mention.start
        and mention.end <= end
        and (start, end) != (mention.start, mention.end)
        and is_person(
            f"{text[start : mention.start]}{text[mention.end : end]}".strip(),
            reading.survey.names.common,
            reading.vocabulary,
        )
        for start, end in (*authors, *people)
    )


def _kind_behind(title: str, mention: Mention, reading: Reading) -> Found | None:
    """Find the noun of a tool's title that makes it a thing for another tool, however far behind: Jenkins Keycloak Login Plugin."""
    if mention.name.cls == "atlas:Language":
        return None
    words = TOKEN.finditer(title, mention.end, mention.end + _REACH)
    head = [*takewhile(lambda word: word[0].lower() not in ("by", "for", "("), words)][-2:]
    for at in range(len(head)):
        phrase = " ".join(word[0].lower() for word in head[at:])
        for cue in reading.vocabulary.after.get(phrase, ()):
            if cue.property == "atlas:integratesWith" and suits(
                cue, reading.item.thing.cls, mention, reading.vocabulary
            ):
                return Found(cue, mention.start, head[-1].end(), False)
    return None


def _asks(title: str, vocabulary: Vocabulary) -> bool:
    """Whether a title asks, so that it states nothing."""
    return title.rstrip().endswith("?") or title.split(" ")[0].lower() in vocabulary.words["questions"]


def _between(text: str, left: Mention, right: Mention, vocabulary: Vocabulary) -> Cue | None:
    phrase = " ".join(text.lower().split())
    cues = (*vocabulary.between.get(phrase, ()), *vocabulary.before.get(phrase, ()))
    return next((cue for cue in cues if not cue.given and suits(cue, left.name.cls, right, vocabulary)), None)


def _thing(reading: Reading, mention: Mention) -> Thing:
    return reading.thing(mention, reading.item.name_text[mention.start : mention.end])


def title_evidence(reading: Reading, rule: str, confidence: float, start: int, end: int) -> Evidence:
    """Return the evidence that a stretch of an item's name gives, or the whole passage where the URL made the name."""
    return (
        reading.evidence(rule, confidence)
        if reading.item.title.span is None
        else reading.evidence(rule, confidence, start, end)
    )
