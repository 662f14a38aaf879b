"""The names in a description: the known ones, those that capitals widen, those in a row with them, and coined ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from ..mentions import Mention
from ..names import fold
from ..parse.links import label
from ..references import is_opened
from ..spans import around, meets
from ..titles import PERSON, is_person
from ..urls import split
from ..vocabulary import Name, Vocabulary
from .coining import coined_names, like_a_name, title_case
from .cues import find_cue, opens_with
from .found import CLOSED
from .reading import Reading
from .row_names import row_mates
from .tokens import is_first

_EXTENSION = re.compile(r"(?: (?:[A-Z][a-z][\w+#]*|UI|DB)){1,3}(?![\w'’])")
_AFTER_BY = re.compile(rf"[Bba&,](?:(?<=[&,])|(?<=\b[Bb])y|(?<=\ba)nd)\s+({PERSON.pattern})")
_IN_SMALL = re.compile(r"\bin (?:[A-Z][\w+#]*(?: [A-Z]\w*)? (?:and|&) )?(go|golang|[a-z]{4,}|c)(?=\s*(?:[.,;)]|$))")
_SMALL_IN_FRONT = re.compile(r"(?<![\w-])([a-z]{2,})(?= ([a-z]+(?: [a-z]+){0,2}))")
_SMALL_AT_END = re.compile(rf"(?<=[a-z,&+] )[a-z]{{3,}}(?={CLOSED.pattern})")
_DETERMINED = re.compile(r"\b(?:an?|the|th[ei]se?|th[ai][ts]|your|my|our|its|their|each|every|any|some|no)\s+$")
_WORD_BEFORE = re.compile(r"([A-Za-z]+)[\s`\"'*_(\[]*$")
_ROW_BEFORE = re.compile(r"(?:,|,? and| or| &| \+) $")
_RELATING = frozenset(
    {"atlas:integratesWith", "atlas:basedOn", "atlas:runsOn", "atlas:implementedIn", "atlas:alternativeTo"}
)
_SURE = 0.8
"""How sure a cue is at least behind which a small word is a name."""
_OF = re.compile(r" (?:of|for|in) [A-Z]")
_NEXT_WORD = re.compile(r" ([a-z]+)")
_RESTATED = frozenset({"framework", "library", "engine", "language", "project"})
"""What a list may add to the name of its subject."""
_KINDS = frozenset({"database", "databases", "db", "dbms", "dbs", "rdbms"})
"""What a name may be followed by that says what it is, and makes no longer one: PostgreSQL Databases."""
_LAYERS = (" UI", " DB")
"""Words that before another noun say which part of a thing it is about: Bramble UI tests."""
_FIGURE = re.compile(r" \d+(?![\w.])")
_JOINED = re.compile(r"-(\w+)")
_QUOTES = ('"', "“")
_QUOTE_ENDS = re.compile(r"[^\"”“]*[\w)][\"”]")
_DOMAINS = frozenset({"ai", "io", "com", "org", "net", "dev", "app"})
_PATH = re.compile(r"/[a-z0-9]")
"""How an address goes on behind its host."""
_PLAIN_CAPITAL = re.compile(r"[A-Z]?[a-z]+")
"""A word as it stands at the beginning of any sentence."""


def _is_of_a_person(mention: Mention, person: tuple[int, int], reading: Reading) -> bool:
    """Whether a name is but a part of that of somebody who is said to have made the thing."""
    start, end = person
    if mention.name.ordinary:
        return start <= mention.start and mention.end < end
    text = reading.item.entry.passage.text
    by = not reading.item.entity or text[start - 3 : start - 1].lower() == "by"
    return start < mention.start < end and by


def names_described(reading: Reading, begin: int) -> list[Mention]:
    """Return the names in an item's description from an offset on, but its own, in reading order."""
    item = reading.item
    text = item.entry.passage.text
    common = reading.survey.names.common
    known = list[Mention]()
    people = [
        found.span(1) for found in _AFTER_BY.finditer(text, begin) if is_person(found[1], common, reading.vocabulary)
    ]
    starts = [start for start, _ in people]
    for mention in reading.body_names():
        last = bisect_right(starts, mention.start) - 1
        if last >= 0 and _is_of_a_person(mention, people[last], reading):
            continue  # Julia Silge is no language, Jane McAfee no firm
        if mention.start < begin or _is_own(mention, reading):
            continue
        if _PATH.match(text, mention.end) and text[mention.start : mention.end] in reading.vocabulary.sites:
            continue  # the host of an address: github.com/acme/bramble
        if _is_a_label(mention, reading):
            continue
        link = around(item.entry.links, mention.start, mention.end)
        if (
            link is not None
            and (link.start, link.end) != (mention.start, mention.end)
            and like_a_name(text[link.start : link.end])
        ):
            continue
        if known and ends_name(known[-1], mention, text, reading.vocabulary):
            continue
        longer = _extended(mention, reading)
        if text.startswith(f" ({item.thing.name})", longer.end):
            continue  # "Oracle SQL Developer Command Line (SQLcl)" spells out the item's own name
        known.append(longer)
    known += _small_languages(reading, known)
    known += _small_names(reading, known)
    known += (
        name for name in coined_names(reading, known) if not _is_quoted(name, text) and not _is_own(name, reading)
    )
    return sorted([*known, *row_mates(reading, known)])


def _is_a_label(mention: Mention, reading: Reading) -> bool:
    """Whether a name only says where a link to somebody leads whom no link names: "Ada Fern [Twitter](...)"."""
    entry = reading.item.entry
    said = entry.passage.text[mention.start : mention.end]
    if label(said) not in reading.vocabulary.words["pages of somebody"] or is_opened(entry):
        return False
    return around(entry.passage.links, mention.start, mention.end) is not None


def ends_name(before: Mention, mention: Mention, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a name is but how the one right before it ends: the JS of "Leaflet JS" is no JavaScript."""
    said = text[mention.start : mention.end].lower()
    return text[before.end : mention.start] == " " and said in vocabulary.words["name endings"]


def _is_own(mention: Mention, reading: Reading) -> bool:
    """Whether a name is the item's own, or the initials of its name in brackets."""
    item = reading.item
    text, key, site = item.entry.passage.text, fold(mention.name.label), split(item.entry.url)
    said = text[mention.start : mention.end]
    name, _, domain = said.lower().rpartition(".")
    if key == item.folded or (fold(name) == item.folded and domain in _DOMAINS and key not in reading.vocabulary.names):
        return True  # Bramble.io is Bramble
    coined = key not in reading.vocabulary.names and "/" in item.title.name
    if coined and key == fold(site.path[-1] if len(site.path) == 2 else ""):
        return True  # acme/brambledb is Brambledb
    if not said.isupper() or text[mention.start - 1 : mention.start] != "(":
        return False
    return said == "".join(word[0] for word in re.split(r"[\s-]+", item.thing.name) if word).upper()


def _is_quoted(mention: Mention, text: str) -> bool:
    """Whether a name that only a phrase makes known opens words in quotes that go on behind it: a title, as of a paper."""
    opened = text[mention.start - 1 : mention.start]
    return opened in _QUOTES and _QUOTE_ENDS.match(text, mention.end) is not None


def _extended(mention: Mention, reading: Reading) -> Mention:
    """Return the longer name that capitals behind a known one make: Tekton Pipelines, .NET Standard, Apache Foo.

    Not behind a language, nor where the next word is one that every tool has (a cluster, a plugin).
    """
    text, vocabulary = reading.item.entry.passage.text, reading.vocabulary
    brand = mention.name.cls == "atlas:Vendor" and text[mention.start : mention.end].lower() in vocabulary.brands
    if not (mention.name.cls == "atlas:Tool" or brand):
        return mention
    versioned = text[mention.end - 1].isdecimal() and not mention.name.label[-1].isdecimal()
    link = around(reading.item.entry.links, mention.end - 1, mention.end)
    if versioned or (link is not None and link.end == mention.end):
        return mention  # a linked name ends with its link, another with its version
    further = _EXTENSION.match(text, mention.end)
    if further is None or (not brand and is_first(text, reading.item.body, mention.start)):
        return mention
    end = mention.end + len(further[0])
    if _FIGURE.match(text, end) or (further[0] in _LAYERS and _NEXT_WORD.match(text, end)):
        return mention  # "OWASP Top 10", "Bramble UI tests"
    joined = _JOINED.match(text, end)
    if joined is not None and joined[1].lower() not in vocabulary.words["compounds"]:
        return mention  # "Ansible Ad-Hoc"
    following = bisect_right(reading.names, mention.end, key=attrgetter("start"))
    if any(other.start < end for other in reading.names[following : following + 1]):
        return mention  # another name begins there: Amazon AWS CloudWatch
    words = further[0].lower().split()
    if len(words) == 1 and (words[0] in _KINDS or (words[0] in _RESTATED and _is_subject(mention.name, reading))):
        return mention  # the Bramble Framework, in a list on Bramble
    if _names_what_all_have(text, end, words, vocabulary) or words[-1] in reading.kinds or _OF.match(text, end):
        return mention
    if title_case(text, reading.item.body, mention.start):
        return mention
    longer = Mention(mention.start, end, Name("atlas:Vendor", text[mention.start : end], (), False))
    made = find_cue(text, longer, reading.item.body, reading.item.thing.cls, vocabulary)
    by = made is not None and made.direct and re.search(r"\b(?:by|at)\b", text[made.start : mention.start])
    if made is not None and by and made.cue.coins == "atlas:Vendor":
        return longer  # "by PostgreSQL Experts"
    longer = longer._replace(name=longer.name._replace(cls="atlas:Tool"))
    idle = _is_plural(further[0], reading) or words[-1] in vocabulary.words["plain"]
    bare = idle and (find_cue(text, longer, reading.item.body, reading.item.thing.cls, vocabulary) is None)
    return mention if bare else longer  # "a collection of Ansible Playbooks", "the Substrate Community"


def is_spelt_so(said: str, name: Name) -> bool:
    """Whether a name is spelt as no other word is, so that it is one at the beginning of a sentence too: .NET, macOS."""
    return said in (name.label, *name.aliases) and not all(map(_PLAIN_CAPITAL.fullmatch, said.split()))


def _is_plural(words: str, reading: Reading) -> bool:
    """Whether some words end in the plural of one that the lists write small."""
    last = words.split()[-1].lower()
    return last.endswith("s") and not last.endswith(("us", "ss", "is")) and last in reading.survey.names.common


def _names_what_all_have(text: str, end: int, words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether words behind a name say a thing that every tool has: a cluster, a plugin; but "Spark History Server replacement"."""
    following = _NEXT_WORD.match(text, end)
    if len(words) > 1 and following is not None and following[1] in vocabulary.after:
        return False
    return words[0] in vocabulary.words["instances"] or any(word in vocabulary.after for word in words)


def _small_languages(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the languages spelt small that end a clause, or stand before a noun of software: "in rust", "a go library"."""
    text, names = reading.item.entry.passage.text, reading.vocabulary.names
    begin = reading.item.body
    front = (
        found
        for found in _SMALL_IN_FRONT.finditer(text, begin, begin + 80)
        if found[1] in reading.vocabulary.words["spelt small"]
        and not reading.vocabulary.words["software noun"].isdisjoint(found[2].split())
        and opens_with(text, begin, found.start(1))
    )
    behind: Iterable[re.Match[str]] = _IN_SMALL.finditer(text, begin) if "in " in text else ()
    for found in (*behind, *front):
        name = names.get(found[1]) or names.get(f"{found[1]}language")  # "in C and assembly"
        taken = meets(mentions, *found.span(1))
        if name is not None and name.cls == "atlas:Language" and name.ordinary and not taken:
            yield Mention(*found.span(1), name)


def _small_names(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield well-known names spelt small that end a clause behind a cue, or follow one that does: "for gulp and webpack"."""
    text, names, begin = reading.item.entry.passage.text, reading.vocabulary.names, reading.item.body
    ordered = sorted(mentions, key=attrgetter("start"))
    known = {mention.end: mention for mention in mentions}
    told = set[int]()
    for found in _SMALL_AT_END.finditer(text, begin):
        name = names.get(found[0])
        if name is None or not name.ordinary or not reading.vocabulary.is_a(name.cls, "atlas:Tool"):
            continue
        if found[0] in reading.vocabulary.words["everyday words"] and not _is_subject(name, reading):
            continue
        if meets(ordered, *found.span()):
            continue
        row = _ROW_BEFORE.search(text, max(begin, found.start() - 6), found.start())
        last = row.start() if row is not None else -1
        mention = Mention(*found.span(), name)
        if last in told or _is_told(mention, reading) or (last in known and _is_told(known[last], reading)):
            told.add(mention.end)
            yield mention


def _is_subject(name: Name, reading: Reading) -> bool:
    """Whether a name is that of what the item's whole list is about."""
    return reading.item.source in reading.survey.names.subjects.get(name.label, ())


def _is_told(mention: Mention, reading: Reading) -> bool:
    """Whether a cue that stands right before a name, without an article between, relates what it names to the item."""
    item, text = reading.item, reading.item.entry.passage.text
    if _DETERMINED.search(text, max(item.body, mention.start - 10), mention.start):
        return False
    last = _WORD_BEFORE.search(text, max(item.body, mention.start - 20), mention.start)
    if last is None or last[1].lower() not in reading.vocabulary.closing:
        return False  # "for multiple windows"
    found = find_cue(text, mention, item.body, item.thing.cls, reading.vocabulary)
    return found is not None and found.direct and found.cue.property in _RELATING and found.cue.confidence >= _SURE
