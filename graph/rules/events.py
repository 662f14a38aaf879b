"""At which event a thing was presented: its title, its description, its address or its account says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..headings import GENRE, TOPIC
from ..model import Claim, Evidence, Thing
from ..names import clean, fold
from ..titles import EVENT, PERSON, SEASON, YEAR, Span, event_in_host, event_in_url
from ..urls import owner_key
from .operators import account
from .reading import Reading

STAGED = ("atlas:Talk", "atlas:Slides", "atlas:Paper", "atlas:Article", "atlas:Podcast")
"""Kinds of what can be presented somewhere."""

_EVENT_BEHIND = re.compile(
    r"(?P<said>\b(?:[Pp]resented|[Gg]iven|[Hh]eld|[Dd]elivered|[Rr]ecorded)|\b(?:[Tt]alks?|[Kk]eynote|[Ss]ession|[Ll]ecture|[Pp]resentation"
    rf"|[Ww]orkshop|[Tt]utorial|[Vv]ideo|[Ss]lides)|\b[Bb]y {PERSON.pattern}(?=,| at))"
    rf"(?: (?:at|from)(?: the)?|,|(?<=[Tt]alk) for) (?P<event>{EVENT.pattern})"
)
_EVENT_OPENS = re.compile(
    r"\W*(?P<event>(?:[A-Z]{3,}x?|[A-Z][A-Za-z]+C[Oo][Nn])(?: \d{1,2})?) (?:[Tt]alk|[Kk]eynote)\b"
)
"""An event without a year in front of what was given there: "ABC talk"."""
_EVENT_ENTITLES = re.compile(
    rf"\W*(?P<event>{EVENT.pattern}) "
    r"(?:[Ss]ession|[Tt]alk|[Kk]eynote|[Ww]orkshop|[Pp]resentation|[Ll]ecture|[Tt]utorial|[Pp]anel): "
)
"""An event and what was given there in front of a title: "FooConf 2020 Keynote: ..."."""
_LEADS = re.compile(
    rf"\W*(?P<event>{EVENT.pattern}|[A-Z][\w+&/]*(?: [A-Z][\w+&/]*){{0,3}}(?:,| -) {YEAR.pattern})(?::| [-–—|]) "
)
"""An event with which the description of what was given there begins: "FooConf 2020: On Weaving Kites - Ada Fern"."""
_EVENT_BEFORE = re.compile(rf"(?P<event>{EVENT.pattern}) (?:session|talk|keynote|workshop|presentation|lecture)\b")
_EVENT_ENDS = re.compile(rf"(?<!look)(?<!glance)(?<!peek)\sat (?:the )?(?P<event>{EVENT.pattern})[\s.)]*$")
"""An event with which the description of what was given ends: "On weaving kites at FooConf 2020"."""
_SPEAKER_BEHIND = re.compile(rf"\s\({PERSON.pattern}(?:(?:, | and | & ){PERSON.pattern})*\)[\s.]*$")
"""Who spoke at an event, in brackets behind it."""
_HANDLE = re.compile(r"(?P<name>[A-Za-z]+)[-_]?(?P<year>(?:19|20)\d\d)?")
_LABELLED = re.compile(
    rf"\W*[\[(](?:(?P<before>{YEAR.pattern}), (?P<event>[^\]\[(),\d]+)"
    rf"|(?P<other>[^\]\[(),\d]+),? (?P<behind>{YEAR.pattern}))[\])]\W*"
)
"""An event and its year in brackets in front of what was given there: "[2012, FooConf] Title"."""
_IN_FRONT = re.compile(rf"\W*(?P<event>{EVENT.pattern})\W*")
_IN_BRACKETS = re.compile(rf"[(\[]\W*(?P<event>{EVENT.pattern})\W*[)\]]")
_SIGLUM = re.compile(r"[A-Z]{3,}\w*|[A-Z]\w*[a-z][A-Z]\w*")
"""A name in the form that events have, where it is a single word: ABC, FooConf."""
_SHORT = 4
"""Up to how many letters the word at the end of an event's name is written to the rest: PyCon, FooConf."""
_BEGUN = re.compile(r"(?<![\w:])[a-z]{2,4}:$")
"""How the name of an event may begin in front of its first capital: re:Kite 2018."""
_PARTED = re.compile(r"(?:,| -) (?=(?:19|20)\d\d$)")
"""What may part an event's name from its year: "FooConf - 2020"."""
_PRESENTED = ("presented", "given", "held", "delivered", "recorded")
_GIVEN = ("atlas:Talk", "atlas:Slides")
"""Kinds of what is nothing but given somewhere."""
_GATHERED = (*_GIVEN, "atlas:Paper")
"""Kinds of which the address may tell where they were presented."""
_REMARK = re.compile(r"\s\([^()]*\)\s*$")
"""What a heading adds in brackets: "ROSCon 2018 (slides only)"."""
_GATHERING = re.compile(r"\w*(?:[a-z]C[Oo][Nn]|[A-Z]Con|[Cc]onf|[a-z]Camp|[a-z]Days?|[a-z]Fest|[a-z]Summit)")
"""How a single word is written that events are called by: PyCon, ROSCon, FooConf, DevDays."""
_NEXT_EVENT = re.compile(rf"(?:,| and|, and) (?P<event>{EVENT.pattern})")


def events(reading: Reading) -> Iterator[Claim]:
    """A talk was given at the event that its title, its description or its address gives."""
    item, text = reading.item, reading.item.entry.passage.text
    span = item.title.event if item.cls in STAGED else None
    span = span if span is not None and not SEASON.match(text[slice(*span)]) else None
    rest = _SPEAKER_BEHIND.sub("", text[item.body :]) if item.cls in STAGED else ""
    said = EVENT.fullmatch(rest.strip(" -–—:().\n"))
    if span is not None:
        yield presented(reading, Span(*span), "event in title", 0.9)
        return
    if said is not None and _is_occasion(
        said[0].rpartition(" ")[0], bool(rest.strip()) and rest != text[item.body :], reading
    ):
        start = text.index(said[0], item.body)
        yield presented(reading, Span(start, start + len(said[0])), "event in text", 0.85)
        return
    labelled = _labelled(reading) or _published(reading)
    if labelled is not None:
        yield labelled
        return
    told = list(_events_told(reading))
    yield from (presented(reading, span, "event in text", 0.85) for span in told)
    if told or item.cls not in _GATHERED:
        return
    if headed := _event_above(reading):
        yield headed
        return
    name = event_in_url(item.entry.url)
    if name and (item.cls != "atlas:Paper" or event_in_host(item.entry.url)):
        evidence = reading.url_evidence("event in file name", 0.8, item.entry.url)
        yield Claim(item.thing, "atlas:presentedAt", event(name), evidence)
    elif held := event_of_account(
        account(item.entry.url, reading.vocabulary), reading.vocabulary.words["event ending"]
    ):
        evidence = reading.url_evidence("event by its account", 0.8, item.entry.url)
        yield Claim(item.thing, "atlas:presentedAt", event(held), evidence)


def event_of_account(handle: str, endings: frozenset[str]) -> str:
    """Return the event that an account is called after, or nothing: by one of the words that such names end with.

    Behind a small letter that word has a capital, or a year follows it.

    >>> endings = frozenset({"con", "summit"})
    >>> [event_of_account(handle, endings) for handle in ("TideSummit", "tidecon2017", "TideCon", "falcon")]
    ['Tide Summit', 'Tidecon 2017', 'TideCon', '']
    """
    found = _HANDLE.fullmatch(handle)
    if found is None:
        return ""
    name, year = found["name"], found["year"]
    last = re.search(r"(?<=[a-z])[A-Z][a-z]+$", name)
    if last is not None and last[0].lower() in endings:
        said = f"{name[: last.start()]} {last[0]}" if len(last[0]) > _SHORT else name
    elif year and any(name.lower().endswith(one) and len(name) > len(one) for one in endings):
        said = name.capitalize() if name.islower() else name
    else:
        return ""
    return f"{said} {year}" if year else said


def event_in_front(reading: Reading) -> Span | None:
    """Return where the event stands with which a description begins: "FooConf 2020: On Weaving Kites"."""
    found = _LEADS.match(reading.item.entry.passage.text, reading.item.body)
    if found is None:
        return None
    name = found["event"].rpartition(" ")[0]
    held = _is_held(found["event"], reading) or (_SIGLUM.fullmatch(name) and _can_be_held(name, reading))
    return Span(*found.span("event")) if held else None


def _event_above(reading: Reading) -> Claim | None:
    """Return that a thing was presented at the event that its section's heading is called after: "ROSCon 2022"."""
    heading = reading.item.headings[-1] if reading.item.headings else None
    if heading is None or heading.role not in (GENRE, TOPIC):
        return None
    found = EVENT.fullmatch(_REMARK.sub("", heading.section.passage.text).strip())
    if found is None or not _is_held(found[0], reading):
        return None
    evidence = Evidence(
        reading.item.source, reading.item.entry.line, heading.section.passage.raw, "event heading", 0.85
    )
    return Claim(reading.item.thing, "atlas:presentedAt", event(clean(found[0])), evidence)


def _is_held(said: str, reading: Reading) -> bool:
    """Whether a name and a year are an event's: by its words, or by how it is written, FooCon; no season's and no tool's."""
    name, _, year = _PARTED.sub(" ", said).rpartition(" ")
    called = is_called(name, reading.vocabulary.words["event"]) or any(map(_GATHERING.fullmatch, name.split()))
    return called and not SEASON.match(f"{name} {year}") and not _is_a_tool(name, reading)


def _labelled(reading: Reading) -> Claim | None:
    """Return that an item was presented at the event that stands with its year in brackets in front of the title."""
    entry = reading.item.entry
    found = _LABELLED.fullmatch(entry.passage.text, 0, entry.title[0]) if entry.title[0] else None
    if found is None or reading.item.cls not in _GATHERED:
        return None
    name, year = found["event"] or found["other"], found["before"] or found["behind"]
    called = " " in name and is_called(name, reading.vocabulary.words["event"])
    if not (called or (_SIGLUM.fullmatch(name) and _can_be_held(name, reading))):
        return None
    start, end = (found.span(group) for group in (("before", "event") if found["event"] else ("other", "behind")))
    evidence = reading.evidence("event in front", 0.85, start[0], end[1])
    return Claim(reading.item.thing, "atlas:presentedAt", event(f"{name} {year}"), evidence)


def _published(reading: Reading) -> Claim | None:
    """Return that a paper was presented at the occasion that stands in front of its title, or in brackets behind it."""
    item, text = reading.item, reading.item.entry.passage.text
    start, end = item.entry.title
    if item.cls not in _GATHERED:
        return None
    found = _IN_FRONT.fullmatch(text, 0, start)
    found = found or (_IN_BRACKETS.search(text, end) if item.cls == "atlas:Paper" else None)
    name = found["event"].rpartition(" ")[0] if found is not None else ""
    held = _SIGLUM.fullmatch(name) or (is_called(name, reading.vocabulary.words["event"]) if " " in name else None)
    if found is None or not held or SEASON.match(found["event"]) or _is_a_tool(name, reading):
        return None
    return presented(reading, Span(*found.span("event")), "occasion of a paper", 0.85)


def _is_a_tool(name: str, reading: Reading) -> bool:
    known = reading.vocabulary.names.get(fold(name))
    return known is not None and reading.vocabulary.is_a(known.cls, "atlas:Tool")


def _can_be_held(name: str, reading: Reading) -> bool:
    """Whether a single word in capitals can be an event's: no format, no word, no known name but its own site."""
    vocabulary, said = reading.vocabulary, name.lower()
    if said in vocabulary.roles or any(said in vocabulary.words[kind] for kind in ("plain", "tongue", "idea")):
        return False
    return fold(name) not in vocabulary.names or fold(name) == owner_key(reading.item.entry.url)


def _is_occasion(name: str, spoken: bool, reading: Reading) -> bool:
    """Whether a name in front of a year is an event's, by its words; or, before a speaker in brackets, any single strange one."""
    if is_called(name, reading.vocabulary.words["event"]):
        return True
    return spoken and " " not in name and fold(name) not in reading.vocabulary.names


def presented(reading: Reading, span: Span, rule: str, confidence: float) -> Claim:
    """State that an item was presented at the event that a stretch of its text names."""
    text = reading.item.entry.passage.text
    begun = _BEGUN.search(text, 0, span.start)
    span = Span(begun.start(), span.end) if begun is not None else span
    name = _PARTED.sub(" ", clean(text[span.start : span.end]).rstrip("."))
    return Claim(reading.item.thing, "atlas:presentedAt", event(name), reading.evidence(rule, confidence, *span))


def _events_told(reading: Reading) -> Iterator[Span]:
    """Yield the events at which a description says that something was presented: "presented at Foo 2018 and Bar 2019"."""
    item, text = reading.item, reading.item.entry.passage.text
    if item.entity or item.cls == "atlas:Event":
        return
    opens = _EVENT_OPENS.match(text, item.body) if item.cls in _GIVEN else None
    if opens is not None and fold(opens["event"]) not in reading.vocabulary.names:
        yield Span(*opens.span("event"))
    leads = event_in_front(reading) if item.cls in _GIVEN else None
    if leads is not None:
        yield leads
    entitles = _EVENT_ENTITLES.match(text, *item.entry.title) if item.cls in STAGED else None
    if entitles is not None:
        yield Span(*entitles.span("event"))
    if not YEAR.search(text, item.body):
        return
    ends = _EVENT_ENDS.finditer(text, item.body) if item.cls in _GIVEN else ()
    for found in (*_EVENT_BEHIND.finditer(text, item.body), *_EVENT_BEFORE.finditer(text, item.body), *ends):
        if item.cls not in STAGED and found.groupdict().get("said", "").lower() not in _PRESENTED:
            continue
        further: re.Match[str] | None = found
        while further is not None and not SEASON.match(further["event"]):
            yield Span(*further.span("event"))
            further = _NEXT_EVENT.match(text, further.end("event"))


def event(name: str) -> Thing:
    """Return the event of a name."""
    return Thing(f"e:{fold(name)}", "atlas:Event", name)


def is_called(name: str, words: frozenset[str]) -> bool:
    """Whether a name holds one of some words: those that events have tell an event, those of other things tell those."""
    return any(word.lower() in words for word in name.split())
