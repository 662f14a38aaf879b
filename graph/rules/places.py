"""What an item's place and links say: its topic, the entity it stands under, its pages, its date."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import lru_cache

from ..headings import ENTITY, TITLE, TOPIC, Heading
from ..model import Claim, Entry, Evidence, Thing
from ..names import clean, fold
from ..own_pages import is_pictured
from ..parse.fields import ADDRESSES
from ..parse.links import label
from ..urls import canonical, split
from ..vocabulary import Name, Vocabulary
from .operators import is_shared
from .reading import Reading, coined, named

_PATH_DATE = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?:/(0[1-9]|[12]\d|3[01]))?(?=/|$)")
_MONTHS = dict(
    zip(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), range(1, 13), strict=True)
)
_MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_TEXT_DATE = re.compile(
    rf"\b(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))\b"
    rf"|\b(?:(?P<day>{_DAY})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})|(?P<month2>{_MONTH})\.?(?:\s+(?P<day2>{_DAY})(?:st|nd|rd|th)?)?)"
    rf"\.?,?\s+(?P<year>(?:19|20)\d\d)\b"
)
_MADE_WITH = re.compile(
    r"(?:(?!(?:alternatives?|for|in|is|not|of|to|with)\b)[\w/&-]+ ){0,3}?"
    r"(?:(?:built|made|written|developed|created) (?:with|in|using|on|upon)|powered by"
    r"|(?:apps|applications|games|products|projects|sites|tools|websites) using)"
    r" (?P<name>\S+(?: \S+){0,2})",
    re.IGNORECASE,
)
_MADE = {"atlas:Language": "atlas:implementedIn", "atlas:Tool": "atlas:basedOn"}
"""What a heading says of the tools under it that names what all of them are made with, by the class of that."""
_ADD_ONS = r"(?i:plug-?ins?|extensions|add-?ons|integrations)"
_MADE_FOR = re.compile(
    rf"(?P<name>[A-Z.]\S*(?: [A-Z]\S*){{0,2}}?)(?: (?:native|community|third-party|useful|popular))? {_ADD_ONS}"
    rf"|{_ADD_ONS} for (?P<host>[A-Z.]\S*(?: [A-Z]\S*){{0,2}})"
)
"""A heading that says of the tools under it for what they are made."""
_DENIED = re.compile(
    r"\b(?:without|no|not|alternatives?(?: to)?|instead of|replaces|unlike|than)\b[^.;]*$", re.IGNORECASE
)
_LONGEST_LEAD = 60
"""How many characters before a name are looked at for what denies it."""
_SHORT = re.compile(r"(\S.*\S)\s+\(([\w/&-]{2,8})\)")
MADE_FOR = "made for heading"
"""The rule that reads what a heading says its tools are made for: what their texts say of the same two is said beside it."""
_SMALL = frozenset({"a", "an", "and", "as", "for", "in", "of", "on", "the", "to", "with"})
_BRACKET_YEAR = re.compile(r"[(\[`,]\s*((?:19|20)\d\d)\s*[)\]`]?\s*$")


def topic_thing(heading: Heading, vocabulary: Vocabulary) -> Thing:
    """Return the topic that a heading names, in whichever of its names, without a short form in brackets behind it."""
    name = _without_initials(heading.name, vocabulary)
    key = fold(name)
    return Thing(f"t:{vocabulary.topics.get(key, key)}", "atlas:Topic", name)


def _without_initials(name: str, vocabulary: Vocabulary) -> str:
    """Return a topic's name without its short form in brackets behind it: "Text to Speech (TTS)"."""
    found = _SHORT.fullmatch(name) if name.endswith(")") else None
    if found is None:
        return name
    long, short = fold(found[1]), fold(found[2])
    words = re.findall(r"[^\W_]+", found[1])
    initials = {"".join(word[0] for word in words), "".join(word[0] for word in words if word.lower() not in _SMALL)}
    if short.removesuffix("s") in map(fold, initials) or vocabulary.topics.get(long, long) == vocabulary.topics.get(
        short
    ):
        return found[1]
    return name


def entity_thing(heading: Heading, spelling: str = "") -> Thing:
    """Return the entity that a heading names."""
    return Thing(f"n:{fold(heading.name)}", heading.cls, heading.name, spelling, known=True)


def in_topic(reading: Reading) -> Iterator[Claim]:
    """An item is in the topic of the nearest topic heading above it, and of the next where that one stands in several parts.

    What the list as a whole is about it is in only where nothing closer is said.
    """
    filed = False
    for heading in reversed(reading.item.headings):
        if heading.role == TOPIC or (heading.role == TITLE and not filed):
            filed = True
            yield Claim(
                reading.item.thing,
                "atlas:inTopic",
                topic_thing(heading, reading.vocabulary),
                _heading_evidence(reading, heading, "topic heading", 0.95),
            )
            if not heading.twice:
                return


def under_entity(reading: Reading) -> Iterator[Claim]:
    """What stands under an entity's heading, or under a topic's there, is about it; a tool is related to it, a person is of it."""
    item = reading.item
    sure = 0.9
    for heading in reversed(item.headings):
        if heading.role == TITLE:
            return
        if heading.role == TOPIC:
            sure = 0.85
        if heading.role == ENTITY:
            target = entity_thing(heading)
            employs = item.cls == "atlas:Person" and _employs(heading, reading.vocabulary)
            if not employs and not item.entity and _is_medium(heading, item.entry.url, reading.vocabulary):
                return
            if employs or (target.key != f"n:{item.folded}" and item.cls not in ("atlas:Vendor", "atlas:Person")):
                predicate = "atlas:affiliatedWith" if employs else "atlas:relatedTo" if item.entity else "atlas:about"
                yield Claim(item.thing, predicate, target, _heading_evidence(reading, heading, "entity heading", sure))
            return


def made_with_heading(reading: Reading) -> Iterator[Claim]:
    """A tool under "Built with Bramble" is written in that language, or based on that tool."""
    item = reading.item
    for heading in reversed(item.headings if item.cls == "atlas:Tool" else ()):
        key = _made_with(heading.section.passage.text)
        name = reading.known(key) if key else None
        if name is not None and name.cls in _MADE and key != item.folded and not _is_in_another(name, reading):
            yield Claim(
                item.thing, _MADE[name.cls], named(name), _heading_evidence(reading, heading, "made with heading", 0.85)
            )
            return


def made_for_heading(reading: Reading) -> Iterator[Claim]:
    """A tool under "Bramble plugins" works with Bramble, be that known, or a part of the names of several tools there.

    What the tool's own text says against it wins.
    """
    item, vocabulary = reading.item, reading.vocabulary
    heading = item.headings[-1] if item.headings and item.cls == "atlas:Tool" else None
    host = _made_for(heading.section.passage.text) if heading is not None and heading.role != TITLE else ""
    if heading is None or not host:
        return
    key = fold(host)
    name = reading.known(key)
    if name is None and key in reading.parts and _can_be_host(host, reading):
        target = coined(host, "atlas:Tool", vocabulary)
    elif name is not None and name.cls == "atlas:Tool" and (not name.ordinary or host in (name.label, *name.aliases)):
        target = named(name)
    else:
        return
    said = (mention.start for mention in reading.body_names() if fold(mention.name.label) == fold(target.name))
    text = item.entry.passage.text
    if key != item.folded and not any(_DENIED.search(text, max(at - _LONGEST_LEAD, 0), at) for at in said):
        yield Claim(item.thing, "atlas:integratesWith", target, _heading_evidence(reading, heading, MADE_FOR, 0.85))


@lru_cache(maxsize=1 << 12)  # a heading is asked for each tool under it
def _made_for(heading: str) -> str:
    """Return for what a heading says that things are made, or nothing.

    >>> [_made_for(text) for text in ("Bramble plugins", "Plugins for Bramble", "Bramble without plugins")]
    ['Bramble', 'Bramble', '']
    """
    said = _MADE_FOR.fullmatch(clean(heading))
    return (said["name"] or said["host"]) if said is not None else ""


def _can_be_host(host: str, reading: Reading) -> bool:
    """Whether a word can be the name of something that has plugins: no plain word, no abbreviation, no idea."""
    words = reading.vocabulary.words
    return host.isalpha() and not host.isupper() and not any(host.lower() in words[kind] for kind in ("plain", "idea"))


@lru_cache(maxsize=1 << 12)  # a heading is asked for each tool under it
def _made_with(heading: str) -> str:
    """Return the folded name of what a heading says that things are made with, or nothing.

    >>> [_made_with(text) for text in ("Projects Using Bramble.js", "Not Made with Bramble")]
    ['bramblejs', '']
    """
    said = _MADE_WITH.fullmatch(heading.strip())
    return fold(said["name"]) if said is not None else ""


def _is_in_another(name: Name, reading: Reading) -> bool:
    """Whether a description names another language than a heading does."""
    said = {mention.name.label for mention in reading.body_names() if mention.name.cls == name.cls == "atlas:Language"}
    return bool(said - {name.label})


def _employs(heading: Heading, vocabulary: Vocabulary) -> bool:
    """Whether people under an organisation's heading are its own, and do not merely have accounts there: Twitter."""
    return heading.cls == "atlas:Vendor" and not is_shared(heading.name, vocabulary)


def _is_medium(heading: Heading, url: str, vocabulary: Vocabulary) -> bool:
    """Whether a heading says where its pages are, not what they are about: channels under YouTube, accounts under Twitter."""
    rule = vocabulary.sites.get(split(url).host)
    return rule is not None and rule.operator == heading.name and is_shared(heading.name, vocabulary)


def _heading_evidence(reading: Reading, heading: Heading, rule: str, confidence: float) -> Evidence:
    return Evidence(reading.item.source, reading.item.entry.line, heading.section.passage.raw, rule, confidence)


def pages(reading: Reading) -> Iterator[Claim]:
    """The links of a tool or a vendor are its home page, its repository or its documentation."""
    item = reading.item
    if not item.entity:
        return
    site = split(item.entry.url)
    if not site.host:
        return
    main = "atlas:repository" if reading.vocabulary.keeps_code(site.host) and len(site.path) >= 2 else "atlas:homepage"
    if (
        item.entry.url.lower().find("/docs") > 0
        or site.host.startswith(("docs.", "doc."))
        or "readthedocs" in site.host
    ):
        main = "atlas:documentation"
    text = item.entry.passage.text
    if not (_is_of_another(item.entry, reading.vocabulary) or is_pictured(item.entry)):
        yield Claim(item.thing, main, item.entry.url, reading.url_evidence("link", 0.95, item.entry.url))
    for link in item.entry.links:
        role = reading.vocabulary.roles.get(text[link.start : link.end].strip("()[]{}*_`'\" .:").casefold(), "")
        if role in ADDRESSES and canonical(link.url) != canonical(item.entry.url):
            yield Claim(item.thing, role, link.url, reading.evidence("link role", 0.9, link.start, link.end))


def _is_of_another(entry: Entry, vocabulary: Vocabulary) -> bool:
    """Whether an entry's link stands in its description, in words of several: they speak of another page than its own."""
    text = entry.passage.text
    own = [link for link in entry.passage.links if link.url == entry.url]
    said = [text[link.start : link.end].casefold() for link in own if link.start >= entry.body]
    return len(own) == len(said) > 0 and all(" " in words and label(words) not in vocabulary.roles for words in said)


def calendar_date(year: str, month: str | int | None = None, day: str | None = None) -> str:
    """Return a date of the calendar as far as it is given; what no month has is left out (ISO 8601).

    >>> calendar_date("2021", 2, "3"), calendar_date("2021", "02", "30"), calendar_date("2021")
    ('2021-02-03', '2021-02', '2021')
    """
    if not month:
        return year
    if day and int(day) <= monthrange(int(year), int(month))[1]:
        return f"{year}-{int(month):02d}-{int(day):02d}"
    return f"{year}-{int(month):02d}"


def dated(reading: Reading) -> Iterator[Claim]:
    """A resource bears the date in its URL's path, or in brackets behind its name."""
    item = reading.item
    if item.entity:
        return
    path = _PATH_DATE.search(item.entry.url)
    if path is not None:
        date = calendar_date(*path.groups())
        yield Claim(item.thing, "dcterms:date", date, reading.url_evidence("date in path", 0.95, item.entry.url))
        return
    text = item.entry.passage.text
    said = _TEXT_DATE.search(text, item.entry.title[1])
    if said is not None:
        month = said["month"] or said["month2"]
        day = said["day"] or said["day2"]
        parts = said["iso"].split("-") if said["iso"] else (said["year"], _MONTHS[month[:3].lower()], day)
        date = calendar_date(*parts)
        yield Claim(item.thing, "dcterms:date", date, reading.evidence("date in text", 0.85, *said.span()))
        return
    year = _BRACKET_YEAR.search(text)
    if year is not None:
        yield Claim(item.thing, "dcterms:date", year[1], reading.evidence("date in text", 0.8, *year.span(1)))
