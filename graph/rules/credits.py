"""Who made a resource, where no cue of the lexicon can say it: citations, rows of authors, possessives, professions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim, Thing
from ..names import fold
from ..titles import EVENT, HONOURS, PERSON, TOLD, Span, authors, is_person
from ..urls import split
from ..vocabulary import Vocabulary
from .cues import NEXT_NAME, POSSESSED, SMALL_WORD
from .guards import POSSESSES
from .operators import account
from .reading import Reading, coined, is_organisation

_BY_ROW = re.compile(rf"(?:^|(?<=[\s(]))(?P<by>[Bb]y)\s+{HONOURS}(?=[A-ZÀ-ÖØ-Þ])")
_ROW_END = re.compile(
    r"\s*(?:[.,;:()\[\]|]|$|[-–—]\s|(?:at|from|of|on|in|about|covering|for|that|which|who|to|with|is)\b)"
)
_TITLE_END = re.compile(r"\s*(?:[.,;:()\[\]|]|$|[-–—]\s|(?:at|from|and)\b|on [A-Z]\w+\s*(?:$|[|)\]]|[-–—]\s))")
_BY = " by "
_DONE_BY = re.compile(
    r"(?:\b[a-z]\w*(?:ed|en|one)|\b(?:Used|Inspired|Powered|Backed|Funded|Sponsored|Supported|Recommended|Loved)) $"
)
"""What says that a "by" tells who does something to a thing, or to another one; "Written by" begins a sentence of its own."""
_NO_NAME = re.compile(r"@| at |et al")
"""What is an account, a person with a place, or a citation."""
_NEAR = 80
"""How many characters before a "by" its last word is looked for."""
_LAST_WORD = re.compile(r"(\w+)[\s(]*$")
_OPENING_OWNER = re.compile(
    r"\W*(?P<name>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,2})(?:['’]s|(?<=s)['’]) (?P<rest>[A-Za-z][^.,;:()]{2,60})"
)
_LAST_OWNER = re.compile(
    rf"(?:(?<=[!?.|–—] )|(?<= - ))(?P<name>{PERSON.pattern})['’]s (?P<work>[\w-]+(?: [\w-]+)?)$"
    rf"|(?<![\w-])(?P<noun>[\w-]+) from (?P<source>{PERSON.pattern})$"
)
_SIGNED_IN_BRACKETS = re.compile(r"\s\((?=[A-ZÀ-ÖØ-Þ])(?P<names>[^()\[\]\n]{5,80})\)[\s.]*$")
"""Brackets with which a description ends."""
_SIGNED_BEHIND = re.compile(r"\s\((?=[A-ZÀ-ÖØ-Þ])(?P<names>[^()\[\]\n]{5,80})\)(?=\s[-–—]\s|:\s)")
"""Brackets between the title of what somebody tells and what is said of it."""
_PERSON_BEFORE = re.compile(rf"(?<!\w){PERSON.pattern}$")
_SEVERAL_SENTENCES = re.compile(r"[a-z)][.!?] +[A-Z]")
_OWN_TALK = re.compile(
    rf"(?:^|(?<=[.!?] )|(?<=[-–—:] ))(?P<name>{PERSON.pattern})['’]s? "
    r"(?:[\w-]+ )?(?:talk|presentation|keynote|lecture|session|workshop)\b"
)
"""Whose talk it is, where a sentence begins with it."""
_WORD = re.compile(r"[\w-]+")
_PLAIN_REST = re.compile(r"[a-z]|[A-Z]{2,4}\b")
"""How what an organisation has goes on, where it is no name: "Domino's Pizza" is one."""
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w&'’+-]*(?:\.\w+)*"
_NAME = rf"{_CAPITAL}(?: (?:(?:of|for|and|de|the) ){{0,2}}{_CAPITAL}){{0,5}}"
_PROPER = re.compile(rf"{_CAPITAL}(?: (?:(?:of|for|de) )?{_CAPITAL}){{0,5}}")
_EMPLOYER = re.compile(
    r"(?P<aside>\s*\(|, (?:(?:[Aa]ssociate |[Aa]ssistant )?[Pp]rofessor,? )?)?"
    r"(?P<post>(?(aside)|,?)(?: [-–—] (?=an? |the )|\s*)"
    r"(?:(?:an?|the|is|currently|and) ){0,3}(?:[\w-]+ ){0,4}?(?:at|of|from) (?:the )?)?"
    rf"(?P<name>{_NAME})"
)
_OPENING = 90
"""Characters within which a description says who somebody is."""
_NOT_ROLE = re.compile(
    r"[.;:]\s|\b(?:for|with|to|in|on|of|from|by|or|using|that|which|your|into|as|like|is|are|interview)\b",
    re.IGNORECASE,
)
_HOUSE = re.compile(rf"\s*\((?:[Pp]ublished by )?(?P<house>{_NAME})(?:,? (?:19|20)\d\d)?\)")
"""What stands in brackets behind the authors of a book."""
_OF_SEVERAL = re.compile(r"[A-Z][\w'’]*[a-z][\w'’]*[ -](?:& |and )?[A-Z][\w'’]*[a-z]")
_FORMERLY = re.compile(r"\b(?:former|formerly|ex|late|previously)\b", re.IGNORECASE)
_NOUN_FROM = re.compile(
    r"\W*(?P<before>(?:[\w-]+,? ){0,6}?)(?P<noun>[\w-]+) from (?:the (?:people|team|folks) (?:at|behind|of) )?",
    re.IGNORECASE,
)
_SENTENCE_BY = re.compile(
    r"(?:(?<=[.!?] )|(?<=[-–—:] )|(?<![\s\S]))(?:Originally )?(?:Developed|Produced|Maintained|Created|Made|Built|Curated|Compiled"
    r"|Run|Recorded|Offered|Provided|Hosted|A project) (?:by|at) "
)
_ARTICLE = re.compile(r"[Tt]he ")


_SIGNED_KINDS = (
    "atlas:Talk",
    "atlas:Slides",
    "atlas:Paper",
    "atlas:Article",
    "atlas:Podcast",
    "atlas:Book",
    "atlas:Course",
    "atlas:Tutorial",
)
"""Kinds of which brackets behind them may say who made them."""


def _person(reading: Reading, start: int, end: int, name: str = "") -> Thing:
    return coined(name or reading.item.entry.passage.text[start:end], "atlas:Person", reading.vocabulary)


def _has(name: str, words: frozenset[str]) -> bool:
    return any(word.lower() in words for word in _WORD.findall(name))


def by_rows(reading: Reading) -> Iterator[Claim]:
    """Names in a row behind a "by" made the resource: "by Dr. Jane Doe, A. Roe and Bo Fern at the Acme Institute"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    if item.entity or item.cls == "atlas:Event":
        return
    for by in _BY_ROW.finditer(text, item.entry.title[0]) if "by" in text or "By" in text else ():
        before = _LAST_WORD.search(text, max(item.entry.title[0], by.start() - _NEAR), by.start())
        if before is not None and _names_no_author(before[1].lower(), vocabulary):
            continue
        names, end = authors(text, by.end(), len(text), reading.survey.names.common, vocabulary)
        ends = _TITLE_END if by.start() < item.entry.title[1] else _ROW_END
        if not names or not ends.match(text, end):
            continue
        for name in names:
            evidence = reading.evidence("author", 0.9, *name)
            yield Claim(item.thing, "atlas:createdBy", _person(reading, *name), evidence)
        yield from housed(reading, end)
        yield from _affiliated(reading, names, end)


def by_linked(reading: Reading) -> Iterator[Claim]:
    """Linked names behind the "by" with which a description ends made the thing, whatever stands before: "Bramble-like, by Ada"."""
    item, text = reading.item, reading.item.entry.passage.text
    if item.cls in ("atlas:Vendor", "atlas:Person", "atlas:Event"):
        return
    links = [link for link in item.entry.links if link.end > link.start]
    signed = [at for at, link in enumerate(links) if text.endswith(_BY, max(item.body - 1, 0), link.start)]
    if not signed:
        return
    links = links[signed[-1] :]
    begin = links[0].start - len(_BY) + 1
    if _DONE_BY.search(text, max(item.body, begin - _NEAR), begin):
        return
    ends = [*(link.start for link in links[1:]), len(text)]
    between = [text[link.end : end].strip(" .\n") for link, end in zip(links, ends, strict=True)]
    if between[-1] or not all(each in (",", "and", ", and", "&") for each in between[:-1]):
        return
    for link in links:
        said = text[link.start : link.end].removesuffix(" team")
        known = reading.vocabulary.names.get(fold(said))
        if _NO_NAME.search(said) or (known is not None and known.cls != "atlas:Vendor" and not known.maker):
            continue
        own = ([*map(fold, split(link.url).path)], [fold(account(link.url, reading.vocabulary))])
        if said.islower() and [fold(said)] not in own:
            continue  # a small word is a name where it is an account, or a site
        maker = coined(said, "atlas:Person" if reading.is_person(said) else "atlas:Vendor", reading.vocabulary)
        yield Claim(item.thing, reading.made_by, maker, reading.evidence("by a linked name", 0.9, begin, link.end))


def housed(reading: Reading, end: int) -> Iterator[Claim]:
    """State the house that published a book, in brackets behind its authors: "by Jane Doe (Alder & Finch)"."""
    text, vocabulary = reading.item.entry.passage.text, reading.vocabulary
    found = _HOUSE.match(text, end) if reading.item.cls == "atlas:Book" else None
    if found is None:
        return
    name = found["house"]
    known = vocabulary.names.get(fold(name))
    strange = known is None and not is_organisation(name, vocabulary)  # authors are at an Institute of Ferns
    if publishes(name, vocabulary) or (strange and _may_publish(name, reading)):
        evidence = reading.evidence("publisher", 0.85, *found.span("house"))
        yield Claim(reading.item.thing, "atlas:publishedBy", coined(name, "atlas:Vendor", vocabulary), evidence)


def _may_publish(name: str, reading: Reading) -> bool:
    """Whether an unknown name in brackets can be a house's: of several words, none of them plain as in "Second Edition"."""
    plain = reading.survey.names.common | reading.vocabulary.words["plain"] | reading.vocabulary.words["no employer"]
    several = _OF_SEVERAL.match(name) is not None
    return several and not any(
        word.lower() in plain or fold(word) in reading.vocabulary.names
        for word in _WORD.findall(name.replace("-", " "))
    )


def publishes(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name is that of a house which publishes what others write: no author belongs to it for that."""
    return any(word.strip(".,").lower() in vocabulary.words["publishing"] for word in name.split())


def _names_no_author(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a "by" behind a word names no author: "reviewed by", "used by"; but "written by"."""
    credits = any(cue.property == "atlas:createdBy" for cue in vocabulary.before.get(f"{word} by", ()))
    return word.endswith("ed") and not credits


def _affiliated(reading: Reading, names: list[Span], end: int) -> Iterator[Claim]:
    """What stands behind people says whom they belong to: "Jane Doe (Acme Labs)", "Jane Doe, Professor at Acme"."""
    text, vocabulary = reading.item.entry.passage.text, reading.vocabulary
    found = _EMPLOYER.match(text, end)
    if found is None or not (found["aside"] or found["post"]) or EVENT.match(text, found.start("name")):
        return
    said = POSSESSED.sub("", found["name"])
    publisher = reading.item.cls == "atlas:Book" or _has(said, vocabulary.words["publishing"])
    publisher = publisher or _has(said, vocabulary.words["no employer"])
    if publisher or _FORMERLY.search(found["post"] or "") or not is_organisation(said, vocabulary):
        return
    employer = coined(said, "atlas:Vendor", vocabulary)
    for name in names if not found["post"] else names[-1:]:
        evidence = reading.evidence("affiliation", 0.9, name.start, found.start("name") + len(said))
        yield Claim(_person(reading, *name), "atlas:affiliatedWith", employer, evidence)


def possessed(reading: Reading) -> Iterator[Claim]:
    """Whose thing it is, a description may begin with: "Jane Doe's map of rivers", "Acmesoft's official SDK"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    if item.cls in ("atlas:Vendor", "atlas:Person", "atlas:Event"):
        return
    if item.cls in ("atlas:Talk", "atlas:Slides"):
        for talk in _OWN_TALK.finditer(text, item.body):
            if reading.is_person(talk["name"]):
                span = talk.span("name")
                yield Claim(
                    item.thing, "atlas:createdBy", _person(reading, *span), reading.evidence("possessive", 0.85, *span)
                )
    for span in _owners_in_title(reading):
        evidence = reading.evidence("possessive in title", 0.85, *span)
        yield Claim(item.thing, "atlas:createdBy", _person(reading, *span), evidence)
    nouns = vocabulary.words["software noun"] | vocabulary.words["ware"] if item.entity else vocabulary.words["work"]
    owner = _OPENING_OWNER.match(text, item.body)
    if owner is None or not _is_work(owner["rest"], nouns):
        return
    name, span = owner["name"], owner.span("name")
    strange = vocabulary.names.get(fold(name)) is None and not _common(name, reading)
    if reading.is_person(name) or (not item.entity and _is_owner(name, reading)):
        yield Claim(item.thing, reading.made_by, _person(reading, *span), reading.evidence("possessive", 0.85, *span))
    elif (
        item.entity
        and strange
        and _PLAIN_REST.match(owner["rest"])
        and " " not in name
        and fold(name) != fold(item.thing.name)
    ):
        maker = reading.maker(name)
        if maker.cls == "atlas:Vendor":
            yield Claim(item.thing, "atlas:developedBy", maker, reading.evidence("possessive", 0.75, *span))


def _owners_in_title(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield whose work a title says that this is, at its beginning, or as all of its last part: "Kites! Ada Fern's Blog"."""
    item, text, works = reading.item, reading.item.entry.passage.text, reading.vocabulary.words["work"]
    if item.entity or item.cls == "atlas:Paper":
        return
    start, end = item.entry.title
    first = _OPENING_OWNER.match(text, start, end)
    if first is not None and _is_work(first["rest"], works) and _is_owner(first["name"], reading):
        yield first.span("name")
    last = _LAST_OWNER.search(text, start, end)
    if last is not None and _is_work(last["work"] or last["noun"], works):
        who = "name" if last["work"] else "source"
        if reading.is_person(last[who]):
            yield last.span(who)


def _is_work(rest: str, nouns: frozenset[str]) -> bool:
    """Whether what somebody is said to have is a work, by one of the nouns before the next small word."""
    return any(word.lower() in nouns for word in _WORD.findall(SMALL_WORD.split(rest, maxsplit=1)[0]))


def _is_owner(name: str, reading: Reading) -> bool:
    """Whether who has a blog or a book can be a person: by a name without plain words, that begins with no common one.

    The other words may be common ones, as where a list's subject is called after somebody.
    """
    first = name.split()[0].lower()
    ordinary = first in reading.survey.names.common and first not in reading.vocabulary.words["given name"]
    return (
        PERSON.fullmatch(name) is not None
        and not ordinary
        and is_person(name, reading.vocabulary.words["plain"], reading.vocabulary)
    )


def bracketed_authors(reading: Reading) -> Iterator[Claim]:
    """People in brackets at the end of a title or of a short description made the thing: "FooConf 2017 (Ada Fern)"."""
    item, text = reading.item, reading.item.entry.passage.text
    if item.cls not in _SIGNED_KINDS or item.title.people or ")" not in text:
        return
    start, end = item.entry.title
    titled = _SIGNED_IN_BRACKETS.search(text[:end], start)
    ending = None if _SEVERAL_SENTENCES.search(text, item.body) else _SIGNED_IN_BRACKETS.search(text, item.body)
    behind = _SIGNED_BEHIND.match(text, end) if item.cls in TOLD else None
    for found in filter(None, (titled, ending, behind)):
        names, last = authors(text, *found.span("names"), reading.survey.names.common, reading.vocabulary)
        person = _PERSON_BEFORE.search(text[: found.start()])
        if person is not None and reading.is_person(person[0]):
            continue  # of whose house the brackets are: "Ada Fern (Alder Finch)"
        if names and last == found.end("names"):
            for name in names:
                evidence = reading.evidence("author in brackets", 0.85, *name)
                yield Claim(item.thing, "atlas:createdBy", _person(reading, *name), evidence)
            return


def _common(name: str, reading: Reading) -> bool:
    """Whether a word of a name is one that the lists write small."""
    common = (reading.survey.names.common, reading.vocabulary.words["plain"])
    return any(word.lower() in each for word in _WORD.findall(name) for each in common)


def professed(reading: Reading) -> Iterator[Claim]:
    """A description may begin with what somebody is: "Noted botanist Ada Fern explains ...", "... Ada Fern's blog"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    if item.entity or item.cls == "atlas:Event":
        return
    for person in PERSON.finditer(text, item.body, item.body + _OPENING):
        before = text[item.body : person.start()]
        role = _WORD.findall(before)[-1:]
        if not role or role[0].lower() not in vocabulary.words["profession"] or _NOT_ROLE.search(before):
            continue
        name = POSSESSED.sub("", person[0])
        end = person.start() + len(name)
        if _acts(text, end, vocabulary) and is_person(name, reading.survey.names.common, vocabulary):
            evidence = reading.evidence("profession", 0.85, person.start(), end)
            yield Claim(item.thing, "atlas:createdBy", _person(reading, person.start(), end), evidence)
            return


def _acts(text: str, end: int, vocabulary: Vocabulary) -> bool:
    """Whether what stands behind a person is what one tells, or a work of theirs."""
    if text.startswith(POSSESSES, end):
        works = _WORD.findall(SMALL_WORD.split(text[end + 3 : end + 60], maxsplit=1)[0])
        return any(word.lower() in vocabulary.words["work"] for word in works)
    said = _WORD.match(text, end + 1)
    return said is not None and said[0] in vocabulary.words["speaking"] - {"on", "at", "of", "from"}


def sourced(reading: Reading) -> Iterator[Claim]:
    """Whom a resource comes from, by its noun or at a sentence's beginning: "Podcast from Acme", "Produced by Acme"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    if item.entity:
        return
    opening = _NOUN_FROM.match(text, item.body)
    if opening is not None and (
        opening["noun"].lower() not in vocabulary.words["work"] or SMALL_WORD.search(opening["before"])
    ):
        opening = None
    by = _SENTENCE_BY.finditer(text, item.body) if " by " in text or " at " in text else ()
    for found in filter(None, (opening, *by)):
        for span in _sources(reading, found.end()):
            name = text[slice(*span)]
            maker = _person(reading, *span) if reading.is_person(name) else coined(name, "atlas:Vendor", vocabulary)
            yield Claim(item.thing, "atlas:createdBy", maker, reading.evidence("source", 0.85, *span))


def _sources(reading: Reading, start: int) -> Iterator[tuple[int, int]]:
    """Yield the makers in a row: linked words, known organisations, people, names with a word that organisations have."""
    text, vocabulary = reading.item.entry.passage.text, reading.vocabulary
    linked = {link.start: link.end for link in reading.item.entry.links}
    at: int | None = start
    while at is not None:
        article = _ARTICLE.match(text, at)
        at = article.end() if article else at
        name = _PROPER.match(text, at)
        end = linked.get(at) or (at + len(POSSESSED.sub("", name[0]).rstrip(".,")) if name is not None else at)
        said = text[at:end].strip().rstrip(".,")
        if not said[:1].isupper() or "'s " in said or "’s " in said or said.lower() in vocabulary.roles:
            return
        if EVENT.match(text, at) or not (at in linked or _is_source(text[at:end], reading)):
            return
        yield at, at + len(said)
        joint = NEXT_NAME.match(text, end)
        at = joint.end() if joint else None


def _is_source(name: str, reading: Reading) -> bool:
    return reading.is_person(name) or is_organisation(name, reading.vocabulary)
