"""What stands beside an entry: the fields of structured lists and tables, tags, and marks that a legend explains."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ..facts import role, told
from ..model import ASIDE, MARK, QUALIFIER, TAG, Claim, Evidence, Fact
from ..names import clean, fold
from ..parse.fields import ADDRESSES, is_url
from ..title_marks import mark
from ..titles import is_person
from ..vocabulary import Name, Vocabulary
from .events import STAGED, event
from .places import calendar_date
from .reading import Reading, coined, named

_CONFIDENCE = {"tag": 0.9, "legend": 0.9, "field": 0.98}
_RULES = {TAG: "tag", ASIDE: "tag", QUALIFIER: "tag", MARK: "legend"}
_LOOSE = (ASIDE, QUALIFIER)
"""What only looks like a tag: it states nothing that the lexicon does not know."""
_LISTED = re.compile(r"\s*(?:[,;|\n]|\s/\s|\s&\s|\band\b)\s*")
"""What stands between several values of one field."""
_SLASH = re.compile(r"\s*/\s*")
_DATE = re.compile(r"((?:19|20)\d\d)(?:[-/.](0[1-9]|1[0-2])(?:[-/.](0[1-9]|[12]\d|3[01]))?)?(?=$|[T ])")
_WITH_VERSION = re.compile(r"(?<=[A-Za-z]) ?\d[\d.]*$")
_LONGEST = 80
_NOTHING = frozenset({"", "na", "none", "unknown", "various", "yes", "no", "other", "others", "tbd", "any", "all"})
"""What people write where a field has no value, folded."""
_LICENSED = ("atlas:Book", "atlas:CodeExample", "atlas:Dataset", "atlas:List")
"""What a tag may name the licence of, beside tools: of a course, MIT is the school."""

_Read = Callable[[Reading, Fact, Evidence], Iterator[Claim]]


def stated(reading: Reading) -> Iterator[Claim]:
    """Each field, tag and mark beside an entry is a claim as it stands, where the lexicon knows what it says."""
    for fact in reading.item.entry.facts:
        rule = _RULES.get(fact.field, "field")
        evidence = Evidence(reading.item.source, reading.item.entry.line, fact.quote, rule, _CONFIDENCE[rule])
        if rule != "field":
            yield from _tag(reading, fact, evidence)
            continue
        read = _READERS.get(role(fact.field, reading.vocabulary))
        if read is not None and fold(fact.value) not in _NOTHING:
            yield from read(reading, fact, evidence)
    yield from _marked(reading)


def _marked(reading: Reading) -> Iterator[Claim]:
    """A mark at the end of the title says what a tag would: "Tidewheel (paid)"."""
    entry = reading.item.entry
    found = mark(entry.passage.text, *entry.title, reading.vocabulary)
    if found is not None:
        span = found.span("said")
        fact = Fact(QUALIFIER, found["said"].strip(), entry.passage.quote(*span), span)
        evidence = Evidence(reading.item.source, entry.line, fact.quote, "tag", _CONFIDENCE["tag"])
        yield from _tag(reading, fact, evidence)


def tells(fact: Fact, vocabulary: Vocabulary) -> bool:
    """Whether what stands beside an entry says by itself what it has to do with it: a tag, a mark, a field with a role."""
    if fact.field == QUALIFIER:
        return told(fact.value, vocabulary) is not None
    return fact.field in (TAG, ASIDE, MARK) or bool(role(fact.field, vocabulary))


def _is_tool(reading: Reading) -> bool:
    return reading.vocabulary.is_a(reading.item.cls, "atlas:Tool")


def _told(reading: Reading, tag: str) -> tuple[str, str] | None:
    return told(tag, reading.vocabulary)


def _pieces(reading: Reading, text: str) -> Iterator[str]:
    """Yield the values of a field that names one thing or several."""
    if _told(reading, text) is not None:
        yield text
        return
    for piece in _LISTED.split(text):
        parts = _SLASH.split(piece) if _told(reading, piece) is None else [piece]
        known = len(parts) > 1 and any(_told(reading, part) is not None for part in parts)
        yield from (part.strip() for part in (parts if known else [piece]) if fold(part) not in _NOTHING)


def _tag(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    """A tag names a licence or a language, or is a keyword; what only looks like one has to be known."""
    item = reading.item
    values = [fact.value] if fact.field == MARK else _pieces(reading, fact.value)
    said_of = [(value, _told(reading, value)) for value in values]
    coded = _is_tool(reading) and any(known and known[0] == "atlas:implementedIn" for _, known in said_of)
    for value, known in said_of:
        if known is None and coded and (tool := _framework(reading, value)) is not None:
            hosts = tool.label in reading.vocabulary.words["container platform"]
            predicate = "atlas:runsOn" if hosts else "atlas:basedOn"
            yield Claim(item.thing, predicate, named(tool, value), evidence._replace(rule="beside a language"))
            continue
        if known is None and fact.field in _LOOSE:
            continue
        predicate, said = known or ("schema:keywords", value)
        if predicate == "atlas:implementedIn" and _is_tool(reading):
            yield Claim(item.thing, predicate, named(reading.vocabulary.names[fold(value)], value), evidence)
        elif predicate == "dcterms:license" and (_is_tool(reading) or item.cls in _LICENSED):
            yield Claim(item.thing, predicate, said, evidence)
        elif predicate == "schema:keywords" or fact.field not in _LOOSE:
            word = said if predicate == "schema:keywords" else value
            yield from _keyword(reading, word, evidence)


def _framework(reading: Reading, value: str) -> Name | None:
    """Return the tool that a value beside a language's names, with its version or without: of (Python, Bramble3) Bramble."""
    names, words = reading.vocabulary.names, reading.vocabulary.words
    tool = names.get(fold(value)) or names.get(fold(_WITH_VERSION.sub("", value)))
    beside = (words["framework"], words["container platform"])
    return tool if tool is not None and any(tool.label in kind for kind in beside) else None


def _keyword(reading: Reading, word: str, evidence: Evidence) -> Iterator[Claim]:
    word = clean(word.rstrip(" /").lstrip(" #/"))
    if 0 < len(word) <= _LONGEST and any(map(str.isalnum, word)) and reading.item.cls != "atlas:Person":
        yield Claim(reading.item.thing, "schema:keywords", word, evidence)


def _keywords(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    for value in re.split(r"[,;|\n]", fact.value):
        yield from _keyword(reading, value, evidence)


def _licence(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    for value in _pieces(reading, fact.value):
        predicate, said = _told(reading, value) or ("", "")
        if predicate == "dcterms:license" and reading.item.cls not in ("atlas:Vendor", "atlas:Person"):
            yield Claim(reading.item.thing, predicate, said, evidence)
        elif not is_url(value):
            yield from _keyword(reading, said if predicate == "schema:keywords" else value, evidence)


def _language(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    for value in _pieces(reading, fact.value):
        language = reading.vocabulary.names.get(fold(value))
        if _is_tool(reading) and language is not None and language.cls == "atlas:Language":
            yield Claim(reading.item.thing, "atlas:implementedIn", named(language, value), evidence)
        else:
            yield from _keyword(reading, value, evidence)


def _platform(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    for value in (part.strip() for piece in _LISTED.split(fact.value) for part in _SLASH.split(piece)):
        platform = reading.vocabulary.names.get(fold(value))
        if platform is not None and _is_tool(reading) and reading.vocabulary.is_a(platform.cls, "atlas:Tool"):
            yield Claim(reading.item.thing, "atlas:runsOn", named(platform, value), evidence)
        elif fold(value) not in _NOTHING:
            yield from _keyword(reading, value, evidence)


def _maker(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    people = _people(fact.value, reading.is_person)
    if people is None or reading.item.cls in ("atlas:Vendor", "atlas:Person") or is_url(fact.value):
        yield from _publisher(reading, fact, evidence)
    else:
        yield from _made_by(reading, people, evidence)


def _publisher(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    value = fact.value
    if is_url(value) or len(value) > _LONGEST or not any(map(str.isalpha, value)):
        return
    if reading.item.cls not in ("atlas:Vendor", "atlas:Person"):
        predicate = "atlas:developedBy" if _is_tool(reading) else "atlas:publishedBy"
        yield Claim(reading.item.thing, predicate, coined(value, "atlas:Vendor", reading.vocabulary), evidence)


def _author(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    item = reading.item
    if item.cls in ("atlas:Vendor", "atlas:Person"):
        return
    common, vocabulary = reading.survey.names.common, reading.vocabulary
    people = _people(fact.value, lambda name: is_person(name, common, vocabulary))
    yield from _maker(reading, fact, evidence) if people is None else _made_by(reading, people, evidence)


def _people(value: str, is_one: Callable[[str], bool]) -> list[str] | None:
    """Return the people whom a value names; None where it names something else."""
    people = [name.strip() for name in _LISTED.split(value) if name.strip()]
    return people if all(map(is_one, people)) else None


def _made_by(reading: Reading, people: Iterable[str], evidence: Evidence) -> Iterator[Claim]:
    for name in people:
        yield Claim(reading.item.thing, reading.made_by, coined(name, "atlas:Person", reading.vocabulary), evidence)


def _date(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    date = _DATE.match(fact.value)
    if date is not None and not reading.item.entity:
        yield Claim(reading.item.thing, "dcterms:date", calendar_date(*date.groups()), evidence)


def _event(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    if reading.item.cls in STAGED and not is_url(fact.value) and len(fact.value) <= _LONGEST:
        yield Claim(reading.item.thing, "atlas:presentedAt", event(fact.value), evidence)


def _address(reading: Reading, fact: Fact, evidence: Evidence) -> Iterator[Claim]:
    if is_url(fact.value) and reading.item.cls != "atlas:Person":
        predicate = role(fact.field, reading.vocabulary)
        yield Claim(reading.item.thing, predicate, fact.value, evidence)


_READERS: dict[str, _Read] = {
    "atlas:developedBy": _maker,
    "atlas:createdBy": _author,
    "atlas:publishedBy": _publisher,
    "atlas:implementedIn": _language,
    "atlas:runsOn": _platform,
    "atlas:presentedAt": _event,
    "dcterms:date": _date,
    "dcterms:license": _licence,
    "schema:keywords": _keywords,
    **dict.fromkeys(ADDRESSES, _address),
}
"""How the fields of each property are read."""
