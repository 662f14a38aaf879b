"""Names of entries: what a reader would call each, and who and what else its title names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .headings import words
from .letters import CAPITALS, SMALLS
from .model import Entry
from .names import clean, fold, in_full, one_slip, spaced
from .own_pages import tenant
from .title_marks import mark
from .urls import owner_label, page_words, split
from .vocabulary import Vocabulary

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—―|]+\s+|\s*[–—]\s*")
_TAIL = re.compile(r"\s*[(\[]([^()\[\]]{2,80})[)\]]?\s*$")
_YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)"
YEAR = re.compile(_YEAR)
"""What every event's name ends with."""
EVENT = re.compile(
    rf"(?<!\w)(?:[A-Z][\w.:+&]*(?:[ -]|/[A-Z](?:[ -]|(?=['’])))(?:[+&] )?){{1,5}}(?:[A-Z][\w.]*\s)?{_YEAR}(?!\w)"
    r"|(?<!\w)[A-Z]\w*(?:[Cc]onf|[Cc]on|[Ss]ummit|[Cc]amp|[Dd]ays?|[Ff]est)20\d\d(?!\w)"
)
_PARTICLE = "van|von|de|der|den|del|della|des|di|da|du|dos|la|le|bin|al|el|ter"
_PARTICLES = frozenset(_PARTICLE.split("|"))
"""Small words within people's names, whatever else they mean: Ada van der Fern."""
_FURTHER = rf"[{CAPITALS}][{SMALLS}'’-]+(?:[{CAPITALS}][{SMALLS}]+)?"
_PERSON_WORD = rf"(?=[A-Z]){_FURTHER}"
"""The first of a person's names: with a capital of English, for as any may a noun of another language begin a title."""
PERSON = re.compile(
    rf"{_PERSON_WORD}(?: [A-Z]\.)?(?: (?:{_PARTICLE}))*(?: {_FURTHER}){{1,2}}(?: (?:{_PARTICLE}) {_FURTHER})?"
)
SURNAME = re.compile(rf"(?: (?:{_PARTICLE}))+ {_PERSON_WORD}")
"""How a person's name goes on behind the given ones: de Fern."""
HONOURS = r"(?:(?:Prof(?:essor)?|Dr|Mrs?|Ms|Sir)\b\.?\s+)*"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
"""The name of a month, in English and with a capital, whole or cut short."""
SEASON = re.compile(
    rf"(?:(?:Early|Late|Mid|Spring|Summer|Fall|Autumn|Winter|Version|Part|Edition|Q[1-4]|{MONTH})[ -])+\S+$"
)
"""What a year can follow without being an event's."""
_NAME_WORD = rf"[{CAPITALS}А-Я][\w'’-]*[{SMALLS}а-я][\w'’-]*"
_LONE_INITIALS = r"[B-HJ-TVW](?: [A-Z])?(?=(?: [A-Z][a-z]+){1,2}(?:[,;]| and | & ))"
_AUTHOR = re.compile(
    rf"(?:{_NAME_WORD}|[A-Z]{{2}}(?= [A-Z][a-z])|{_LONE_INITIALS}|(?:[A-Z]\.[ -]?){{1,5}})"
    rf"(?: (?:{_NAME_WORD}|(?:[A-Z]\.){{2,}}|[A-Z]\b\.?|[\"“][^\"”\n]{{2,30}}[\"”]|(?:{_PARTICLE})\b))"
    rf"{{0,4}}(?<=[\w”\"])(?<! (?:of|an))"
)
"""A person's name as books have them, with initials and nicknames."""
_NO_PERSON = re.compile(r"[a-z](?:Con|Conf|Fest|Camp|Days)\b")
"""What only events are called like: PromCon."""
_NO_SURNAMES = ("genre", "event", "organisation suffix", "organisation", "profession", "filler")
"""The kinds of words that are part of no person's name."""
_ROMANCE = re.compile(r" (?:d[aeiu]|del|des|dos|el|l[ae]) ")
"""What joins nouns, too, in a title that is not English: it is no name for that alone."""
_SURNAME = re.compile(r"(?:[A-Z]{1,3}|[A-Z][\w'’-]*[a-z]) [A-Z][a-z]+")
_NEXT_AUTHOR = re.compile(rf"[*†‡]?\s*(?:,|;|&|\band\b|,\s*and\b)\s*(?=[{CAPITALS}А-Я])")
_BY = re.compile(rf"(?P<cut>,?\s+)by\s+{HONOURS}(?=[{CAPITALS}])", re.IGNORECASE)
_DONE = re.compile(r"(?:\w+ed|written|made|built|run|given|told|drawn|taken|side|step)$", re.IGNORECASE)
"""What stands before a "by" that does not name an author: "powered by"."""
_NEAR = 80
"""How many characters before a "by" are looked at for that."""
_JOINT = re.compile(r"\s*(?:,|&|and)\s*")
"""What stands between the speakers of a talk."""
_BYLINE_END = re.compile(r"(?:,?\s+et al\.?)?,?\s*(?:[(\[]?(?:19|20)\d\d[)\]]?)?\s*")
_MAKER = re.compile(r"[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,2}")
_EVENT_WORD = r"[A-Z]{2,}[A-Za-z]*|[A-Z][A-Za-z]*(?:[Cc]onf|[Cc]on|[Ss]ummit|[Cc]amp|[Dd]ays?|[Ff]est|[Mm]eetup)"
_EVENT_FILE = re.compile(
    rf"(?P<year>20\d\d)[-_ ]?(?P<name>{_EVENT_WORD})(?![a-z])|(?<![A-Za-z])(?P<name2>{_EVENT_WORD})[-_ ]?(?P<year2>20\d\d)"
)
_EVENT_HOST = re.compile(r"([a-z]{3,})-?((?:19|20)\d\d)")
_PHRASE = 2
"""A path of so many spaces says what a page is about: "Deploying a pipeline", on a site that the list calls but by its name."""
_QUOTED = re.compile(r"[\"“”]([^\"“”]+?)[.,]?[\"“”]")
_QUOTES = ('"', "“", "”")
_SHORT_YEAR = re.compile(r"\b([A-Za-z]{3,})([12]\d)\b")
_LONGER_NAME = re.compile(
    r"(?:[A-Z][\w+#.]*)(?:[ -][A-Z0-9][\w+#.]*){1,3}(?=\s+(?:is|are|was|provides|helps|an?|the|lets|offers|allows)\b|\s*[,–—-]\s)"
)
_SPOKEN = ("atlas:Talk", "atlas:Slides", "atlas:Podcast", "atlas:Book", "atlas:Paper")
"""Kinds whose titles name speakers and authors without a word about it."""
TOLD = ("atlas:Talk", "atlas:Slides")
"""Those that people tell themselves; a book may begin with whom it is about."""
_TELLER = re.compile(rf"(?P<name>{PERSON.pattern}(?:(?:, | and | & ){PERSON.pattern}){{0,3}}):\s+")
_PLACE = re.compile(r"in (?P<place>[A-ZÀ-ÖØ-Þ][\w'’-]+(?:,? [A-ZÀ-ÖØ-Þ][\w'’.-]+){0,3})")
_SURNAMES_BY_FORM = re.compile(r"(?:mc|o['’])[a-z]{3,}")
"""Words that are surnames whoever is called so: McAllister."""


class Span(NamedTuple):
    """A stretch of a passage's text."""

    start: int
    end: int


class Title(NamedTuple):
    """An entry's title taken apart."""

    name: str
    span: Span | None
    """Where the name stands in the passage's text; None where it is made from the URL."""
    spelling: str
    """The words that the list links, where they are another spelling of the name; else empty."""
    people: tuple[tuple[Span, Span | None], ...] = ()
    """Authors and speakers, each with an affiliation where the title gives one."""
    event: Span | None = None
    bracket: Span | None = None
    """What stands in brackets behind the name."""


def read_title(entry: Entry, vocabulary: Vocabulary) -> Title:
    """Return an entry's name without looking at its kind: from its words, or from its URL where it has no words."""
    text = entry.passage.text
    ends = _before_byline(entry, vocabulary)
    behind = mark(text, entry.title[0], ends, vocabulary)
    ends = behind.start() if behind else ends
    raw = clean(text[entry.title[0] : ends])
    quoted = _QUOTED.fullmatch(raw) if raw[:1] in _QUOTES else None
    raw = quoted[1] if quoted else raw
    if not raw or (" " not in raw and _URL.fullmatch(raw)):
        return Title(from_url(entry.url, vocabulary), None, "")
    known, site = vocabulary.names.get(fold(raw)), split(entry.url)
    own = known is not None and known.cls == "atlas:Vendor" and fold(owner_label(site.host)) == fold(raw)
    page = from_url(entry.url, vocabulary) if own and len(site.path) > 2 else ""
    if page.count(" ") >= _PHRASE and ":" not in page:
        return Title(page, None, raw)
    longer = _LONGER_NAME.match(text, entry.body)
    if longer and fold(longer[0]).startswith(fold(raw)) and fold(longer[0]) != fold(raw):
        return Title(longer[0], Span(*longer.span()), raw)
    start = text.find(raw, entry.title[0]) if raw in text[entry.title[0] : ends] else -1
    span = Span(start, start + len(raw)) if start >= 0 else Span(entry.title[0], ends)
    if len(raw) > 4 and " " not in raw:
        named = _site_name(entry.url, vocabulary)
        if len(named) > 4 and one_slip(fold(raw), fold(named)):
            return Title(named if not named.islower() or raw.islower() else named.capitalize(), span, raw)
    return Title(raw, span, "")


def _before_byline(entry: Entry, vocabulary: Vocabulary) -> int:
    """Return where an entry's name ends: before its author, where what is left names nothing else.

    "Spark by Jane Doe" is no other name of Spark; one word is a name of its own where the address has it too.
    """
    text, (start, end) = entry.passage.text, entry.title
    cut, _ = byline(text, start, end, vocabulary.words["plain"], vocabulary)
    if cut == end:
        return end
    left = clean(text[start:cut])
    named = fold(left) not in vocabulary.names and (" " in left or fold(left) in fold(entry.url))
    return cut if named else end


def _site_name(url: str, vocabulary: Vocabulary) -> str:
    """Return the name that a home page or a repository gives its thing."""
    site = split(url)
    if vocabulary.keeps_code(site.host) and len(site.path) >= 2:
        return site.path[1]
    return owner_label(site.host)


def authors(text: str, start: int, end: int, common: frozenset[str], vocabulary: Vocabulary) -> tuple[list[Span], int]:
    """Return the people whose names follow one another in a text, and where the last name ends."""
    found: list[Span] = []
    at, last = start, start
    while person := _AUTHOR.match(text, at, end):
        if " " not in person[0] or not (
            is_person(in_full(person[0]), common, vocabulary)
            or (_SURNAME.fullmatch(person[0]) and _beside_a_person(text, person, end, bool(found), common, vocabulary))
        ):
            break
        found.append(Span(*person.span()))
        last = person.end()
        joint = _NEXT_AUTHOR.match(text, last, end)
        if joint is None:
            break
        at = joint.end()
    return found, last


def _beside_a_person(
    text: str, author: re.Match[str], end: int, joined: bool, common: frozenset[str], vocabulary: Vocabulary
) -> bool:
    """Whether a name whose last word is an ordinary one stands in a row with a person's: "JD Long & Ada Fern"."""
    said = words(author[0])
    if len(said) < 2 or not is_person(said[0], common, vocabulary) or _is_no_surname(said[-1], vocabulary):
        return False
    joint = _NEXT_AUTHOR.match(text, author.end(), end)
    behind = _AUTHOR.match(text, joint.end(), end) if joint else None
    return joined or (behind is not None and " " in behind[0] and is_person(in_full(behind[0]), common, vocabulary))


def _is_no_surname(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is part of no person's name."""
    return any(word in vocabulary.words[kind] for kind in _NO_SURNAMES)


def byline(text: str, start: int, end: int, common: frozenset[str], vocabulary: Vocabulary) -> tuple[int, list[Span]]:
    """Return where a title ends before its authors, "Title by Jane Doe, John Roe, 2012", and their names; else its end.

    A single word may be made by an organisation too: "Tidewheel by Acme".
    """
    if "by" not in text[start:end].lower():  # in nearly all titles
        return end, []
    for by in reversed(list(_BY.finditer(text, start, end))):
        before = text[max(start, by.start() - _NEAR) : by.start()]
        if _DONE.search(before) or not before.strip():
            continue
        people, last = authors(text, by.end(), end, common, vocabulary)
        if people and _BYLINE_END.fullmatch(text, last, end):
            return by.start(), people
        maker = _MAKER.fullmatch(text, by.end(), end)
        if maker is None or " " in before.strip() or "by" not in by[0]:
            continue
        known = vocabulary.names.get(fold(maker[0]))
        strange = not any(word.lower() in common for word in maker[0].split())
        if (known is None and strange) or (known is not None and (known.cls == "atlas:Vendor" or known.maker)):
            return by.start(), []
    return end, []


def from_url(url: str, vocabulary: Vocabulary) -> str:
    """Return a name for a page from its path, or from its site where the path tells nothing."""
    site = split(url)
    said = [segment for segment in page_words(url) if segment.lower() not in vocabulary.words["idle pages"]]
    if vocabulary.keeps_code(site.host) and len(site.path) >= 2:
        said = [site.path[1]]
    if not said or (len(site.path) <= 1 and not page_words(url)):
        return spaced(tenant(site.host, vocabulary) or owner_label(site.host))
    name = said[-1]
    if " " not in name and len(said) > 1 and len(page_words(url)) > 1:
        name = f"{said[-2]}: {name}"
    name = _SHORT_YEAR.sub(lambda found: f"{found[1]} 20{found[2]}", name)
    for known in _known(name, vocabulary):
        name = re.sub(rf"\b{re.escape(known)}\b", vocabulary.names[fold(known)].label, name, flags=re.IGNORECASE)
    return name if any(map(str.isupper, name[:2])) else name[:1].upper() + name[1:]


def _known(name: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the single words of a name that the lexicon knows how to spell."""
    for word in dict.fromkeys(words(name)):
        found = vocabulary.names.get(fold(word))
        if found is not None and not found.ordinary and fold(found.label) == fold(word):
            yield word


def take_apart(title: Title, text: str, cls: str, common: frozenset[str], vocabulary: Vocabulary) -> Title:
    """Find the people, the event and the bracket in the title of something to read or watch.

    ``common`` holds the words that the lists write small: no part of a person's name.
    """
    if title.span is None:
        return title
    start, end = title.span
    event, bracket = None, None
    bracketed = "(" in text[start:end] or "[" in text[start:end]
    tail = _TAIL.search(text, start, end) if bracketed else None
    if tail is not None and tail.start() > start:
        inside = Span(*tail.span(1))
        if EVENT.fullmatch(tail[1].strip(), 0):
            event, end = None if SEASON.match(tail[1].strip()) else inside, tail.start()
        elif fold(tail[1]) in vocabulary.names:
            bracket, end = inside, tail.start()
    segments = _segments(text, start, end, cls in TOLD)
    people: list[tuple[Span, Span | None]] = []
    kept = list(segments)
    for segment in segments:
        if len(kept) == 1:
            break
        found_event, found_people = _who(text, segment, common, vocabulary)
        if found_event or (found_people and (cls in _SPOKEN or any(org for _, org in found_people))):
            kept.remove(segment)
            people += found_people
            event = event or found_event
    span = Span(kept[0].start, kept[-1].end)
    name = clean(text[span.start : span.end])
    left = vocabulary.names.get(fold(name))
    if len(kept) < len(segments) and left is not None and left.cls == "atlas:Vendor":
        span, name = Span(start, end), clean(text[start:end])  # of "Acme - FooConf 2020" Acme alone is no title
    return title._replace(name=name or title.name, span=span, people=tuple(people), event=event, bracket=bracket)


def _segments(text: str, start: int, end: int, told: bool) -> list[Span]:
    """Return what stands between the dashes of a title, and who tells it, in front of a colon: "Ada Fern: On Kites"."""
    teller = _TELLER.match(text, start, end) if told else None
    found = [Span(start, teller.end("name"))] if teller else []
    at = teller.end() if teller else start
    for dash in _DASH.finditer(text, start, end):
        if text[at : dash.start()].strip():
            found.append(Span(at, dash.start()))
        at = dash.end()
    if text[at:end].strip():
        found.append(Span(at, end))
    return found


def _who(
    text: str, segment: Span, common: frozenset[str], vocabulary: Vocabulary
) -> tuple[Span | None, list[tuple[Span, Span | None]]]:
    """Read a segment that holds nothing but an event, people and their affiliation; else find neither."""
    at = segment.start
    event = None
    found = EVENT.match(text, at, segment.end)
    if found is not None:
        event, at = Span(*found.span()), found.end()
        while at < segment.end and text[at] in " ,:":
            at += 1
    people: list[tuple[Span, Span | None]] = []
    while at < segment.end:
        person = PERSON.match(text, at, segment.end)
        if person is None or _ROMANCE.search(person[0]) or not is_person(person[0], common, vocabulary):
            break
        people.append((Span(*person.span()), None))
        at = person.end()
        joint = _JOINT.match(text, at, segment.end)
        if joint is None:
            break
        at = joint.end()
    rest = text[at : segment.end].strip(" ,()")
    if event and not people and _is_place(rest, vocabulary):
        return event, []
    if people and rest and fold(rest) in vocabulary.names:
        org = Span(text.index(rest, at), text.index(rest, at) + len(rest))
        return event, [(person, org) for person, _ in people]
    return (event, people) if not rest else (None, [])


def _is_place(rest: str, vocabulary: Vocabulary) -> bool:
    """Whether what follows an event says where it was: "in Uppsala", not "in Practice"."""
    found = _PLACE.fullmatch(rest)
    return found is not None and any(word.lower() not in vocabulary.words["plain"] for word in words(found["place"]))


def is_person(name: str, common: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Whether two or three capitalised words can be a person's name: none of them is a known or a general word."""
    if fold(name) in vocabulary.names or words(name)[0] in vocabulary.introduces or _NO_PERSON.search(name):
        return False
    if says_how(name, common):
        return False
    first, *further = words(name)
    given = first in vocabulary.words["given name"]
    family = (
        first in vocabulary.words["first name"] and len(further) == 1 and further[0] not in vocabulary.words["trade"]
    )
    said = (*(() if given else (first,)), *(word for word in further if word not in _PARTICLES))
    for word in dict.fromkeys(part for each in said for part in (each, *each.split("-"))):
        known = vocabulary.names.get(fold(word))
        if (
            _is_no_surname(word, vocabulary)
            or (word in common and not (family and word == further[0]))
            or word in vocabulary.hints["inTitle"]
            or word in vocabulary.hints["inDescription"]
        ):
            return False
        if known is not None and not known.ordinary and not _SURNAMES_BY_FORM.fullmatch(word):
            return False
    return True


def says_how(name: str, common: frozenset[str]) -> bool:
    """Whether words behind a "by" say how a thing is done, not who made it: "by Conditioning Networks"."""
    first = name.split()[0].lower() if name.split() else ""
    stem = first.removesuffix("ing")
    return stem != first and not common.isdisjoint((first, stem, f"{stem}e"))


def event_in_url(url: str) -> str:
    """Return the event that a file's name gives, or nothing.

    >>> event_in_url("https://a.b/Conference%20Slides/2019_ODSCwest_MLOps.pdf")
    'ODSC west 2019'
    """
    path = split(url).path
    found = _EVENT_FILE.search(path[-1]) if path else None
    if found is None:
        return event_in_host(url)
    name, year = found["name"] or found["name2"], found["year"] or found["year2"]
    return f"{re.sub(r'(?<=[A-Z]{2})(?=[a-z]{3})', ' ', name)} {year}"


def event_in_host(url: str) -> str:
    """Return the event whose own site an address is in, with its year, or nothing.

    >>> event_in_host("https://www.acme2019.com/papers/1.pdf"), event_in_host("https://2018.acmeconf.org/talks")
    ('ACME 2019', 'Acmeconf 2018')
    """
    site = split(url)
    label, first = owner_label(site.host), site.host.split(".")[0]
    found = _EVENT_HOST.fullmatch(label) or _EVENT_HOST.fullmatch(f"{label}{first}")
    if found is None:
        return ""
    return f"{found[1].upper() if len(found[1]) <= 4 else found[1].capitalize()} {found[2]}"
