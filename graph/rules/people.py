"""Who speaks, writes and makes, and where: people, their organisations, events."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence

from ..model import Claim, Link, Thing
from ..names import fold
from ..parse.links import label
from ..spans import meets
from ..titles import EVENT, HONOURS, MONTH, PERSON, Span, authors, byline, is_person, says_how
from ..urls import owner_key, owner_label, split
from ..vocabulary import Vocabulary
from .credits import housed, publishes
from .cues import NEXT_NAME, POSSESSED
from .denials import is_done_to
from .events import STAGED, event_in_front, is_called, presented
from .operators import account, is_shared
from .reading import Reading, coined, is_organisation, unlabelled
from .tokens import DASHES

_WRITTEN = (*STAGED, "atlas:Book", "atlas:Course", "atlas:Tutorial", "atlas:Documentation", "atlas:CodeExample")
"""Kinds of which a description that is nothing but names says who made them."""
_CREDITED = re.compile(r"(?:(?:written )?by|authors?:)\s+", re.IGNORECASE)
_AFTER_NAMES = re.compile(
    r"(?:,?\s*(?:et al\.?|and others))?(?:,\s+(?P<event>[^,.()\[\]]{3,60}))?[\s.,;|-]*(?:[(\[]+[^()\[\]]*[)\]]+[\s.,;|-]*)*"
)
"""What may follow names that are all of a description: an event, brackets."""
_IMPRINT = re.compile(r"\W*(?:(?:[A-Z][\w'’&.-]*)(?: [A-Z&][\w'’&.-]*){0,3}, )?(?:19|20)\d\d, (?=[A-ZÀ-ÖØ-Þ])")
"""A book's publisher and year, in front of its authors."""
_TITLED = re.compile(rf"{HONOURS}(?=[A-ZÀ-ÖØ-Þ])")
_MONTH = rf"{MONTH}\.?"
_DAY = re.compile(
    rf"(?:{_MONTH} (?:\d{{1,2}}(?:st|nd|rd|th)?(?:-\d{{1,2}})?,? )?|\d{{1,2}}\.? {_MONTH},? )?(?:19|20)\d\d"
    r"|(?:19|20)\d\d-\d\d(?:-\d\d)?"
)
_PART = re.compile(r"[^\s–—-](?:(?!\s[–—-]\s)[^\n])*")
"""What stands between the dashes of a description."""
_EVENT_NAME = re.compile(r"[A-Z][\w.:+&'’-]*(?: (?:(?:of|for|and|on|de|&) )?[A-Z0-9][\w.:+&'’-]*){0,6}")
_BEGINS = re.compile(r"[\s:–—-]*(?:[Bb]y\s+)?")
_SPOKEN = ("atlas:Talk", "atlas:Slides", "atlas:Podcast")
"""Kinds of which a bracket behind a name says for whom somebody speaks."""
_FIGURED = re.compile(r"\d+(?: [A-Z][\w&]+){2,}")
"""A name with a figure in front, but 45 Minutes."""
_SHORTEST = 3
"""How many capitals are an organisation's at least: HD is none."""
_FOR = re.compile(r"\s*\((?P<name>[^()\[\]\n]{2,60})\)")
_TOLD = re.compile(r"\s+[-–—]\s")
"""What divides who speaks from what of."""
_BEHALF = re.compile(
    r",\s+(?P<name>[A-Z][\w&.-]*(?: (?:of |for |and |& )?[A-Z][\w&.-]*){0,4})(?=\s*(?:,|\.|$)|\s+at\s)"
)
_AT = re.compile(
    r"\s*,?\s+(?:at\s+(?:the\s+)?|@\s*)(?P<name>[A-Z0-9][\w.+&'’-]*(?: (?:[A-Z0-9'’]|conf\b)[\w.+&'’-]*){0,5})"
)
_STAGE_SIGN = re.compile(r"\w @ ?(?=[A-Z])")
"""What stands between who speaks and the event: "Ada Fern @ FooConf"."""
_GUEST = re.compile(r"(?:(?:special )?guests?|hosts?) ", re.IGNORECASE)
"""What somebody is called who speaks beside others."""
_WORD_OF_MAKER = r"(?:[A-Z]\.|[A-Z0-9][\w&+-]*(?:\.\w+)*)"
_CREDIT_BEHIND = re.compile(
    rf"(?:\s*\[(?:19|20)\d\d\])?(?P<dash>\s*[-–—:](?=\s))?,?\s*[Bb]y (?:the )?{HONOURS}"
    rf"(?P<name>@?(?!(?:Prof(?:essor)?|Dr|Mrs?|Ms|Sir)\b)(?=[A-Z][\w.&+-]){_WORD_OF_MAKER}(?: (?:of )?{_WORD_OF_MAKER}){{0,4}})"
    r"(?=\s*(?:[(\[,;|]|(?<! [A-Z])\.|$|\s[-–—]\s))"
)
_OWNS = re.compile(r"\W*(?:(?:An?|The) )?@?(?P<name>[\w-]+?(?:\.\w+)?)(?:['’]s|(?<=s)['’]) (?=[\w-])")
_SIGNED = re.compile(r"\b[Bb]y @?(?P<name>[\w-]+)\.?\s*$")
_BY_LAST = re.compile(
    r"(?<!ranslated )(?:\bby|(?<![A-Za-z,] )\bBy) (?:the )?(?P<name>[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3})(?: team)?[.\s]*$"
)
_BY_ACCOUNT = re.compile(
    r"(?:(?<=[.!?] )|(?<=[-–—:] ))(?:Created|Made|Built|Developed|Designed|Maintained|Written|Curated|Compiled)"
    r" by @(?P<name>[\w-]+)"
    r"|(?<=\s)(?:by|By) @(?P<last>[\w-]+)(?=[.\s]*$)"
)
_CREDIT = re.compile(r"\s[Bb]y (?:the )?(?P<name>@?[\w.&-]+(?: [A-Z][\w.&-]*){0,3})(?: team)?$")


def people(reading: Reading) -> Iterator[Claim]:
    """The people named beside a title made the resource; the organisation behind them is theirs."""
    for person, organisation in reading.item.title.people:
        yield from by(reading, person, organisation, "author in title")


def by(reading: Reading, person: tuple[int, int], organisation: tuple[int, int] | None, rule: str) -> Iterator[Claim]:
    """State that a person made a resource, and whom the person belongs to."""
    text = reading.item.entry.passage.text
    thing = Thing(f"n:{fold(text[slice(*person)])}", "atlas:Person", text[slice(*person)])
    yield Claim(reading.item.thing, "atlas:createdBy", thing, reading.evidence(rule, 0.9, *person))
    if organisation is not None:
        employer = coined(text[slice(*organisation)], "atlas:Vendor", reading.vocabulary)
        evidence = reading.evidence("affiliation", 0.9, person[0], organisation[1])
        yield Claim(thing, "atlas:affiliatedWith", employer, evidence)


def speakers(reading: Reading) -> Iterator[Claim]:
    """A description that begins with people names who speaks: "Grace Pine, Acme Labs at GopherCon 2019"."""
    item, vocabulary = reading.item, reading.vocabulary
    text = item.entry.passage.text
    alone = list(_names_with_employers(reading)) or list(_names_alone(reading)) or list(_in_parts(reading))
    alone = alone or list(_behind_an_event(reading))
    yield from alone
    if item.cls not in STAGED or item.title.people or alone:
        return
    found = list(in_a_row(reading, _told_from(text, item.body), len(text)))
    if not found:
        return
    end = found[-1][1]
    behalf = _BEHALF.match(text, end)
    behalf = behalf if behalf and _is_employer(behalf["name"], vocabulary) else None
    at = behalf.end() if behalf else end
    stage = _AT.match(text, at)
    following = text[end:].removeprefix("'s").removeprefix("’s").split(maxsplit=1)[:1]
    told = item.cls in _SPOKEN and _TOLD.match(text, end)
    held = text.startswith(", ", end) and EVENT.match(text, end + 2)
    speaks = not following or following[0].rstrip(".,") in vocabulary.words["speaking"]
    if not (behalf or stage or told or held or speaks):
        return
    for span in found:
        yield from by(reading, span, behalf.span("name") if behalf and len(found) == 1 else None, "speaker")
    if stage is not None and (EVENT.fullmatch(stage["name"]) or is_called(stage["name"], vocabulary.words["event"])):
        yield presented(reading, Span(*stage.span("name")), "event in text", 0.85)


def _behind_an_event(reading: Reading) -> Iterator[Claim]:
    """Read who spoke at the end of a description that begins with an event: "FooConf 2020: On Weaving Kites - Ada Fern"."""
    item, text = reading.item, reading.item.entry.passage.text
    leads = event_in_front(reading) if item.cls in STAGED and not item.title.people else None
    last = max(text.rfind(dash, leads.end) for dash in DASHES) if leads is not None else -1
    if last < 0:
        return
    names, end = authors(text, last + len(DASHES[0]), len(text), reading.survey.names.common, reading.vocabulary)
    rest = _AFTER_NAMES.fullmatch(unlabelled(reading, end), end) if names else None
    if rest is None:
        return
    behind = rest["event"] or ""
    home = rest.span("event") if behind and _is_employer(behind, reading.vocabulary) else None
    for name in names:
        yield from by(reading, name, home if len(names) == 1 else None, "speaker")


def in_a_row(reading: Reading, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield where the people stand whose names follow one another: "Ada Fern and guest Bo Fern"."""
    text, at = reading.item.entry.passage.text, begin
    while person := PERSON.match(text, at, stop):
        name = POSSESSED.sub("", person[0])
        if not is_person(name, reading.survey.names.common, reading.vocabulary):
            return
        yield person.start(), person.start() + len(name)
        joint = NEXT_NAME.match(text, person.end(), stop)
        guest = _GUEST.match(text, joint.end(), stop) if joint else None
        at = (guest or joint).end() if joint else stop


def _told_from(text: str, begin: int) -> int:
    """Return where a description begins with who speaks: behind the last dash before an event's sign, if there is one.

    "(37 min) - Ada Fern @ FooConf 2016"
    """
    staged = _STAGE_SIGN.search(text, begin)
    return text.rfind(" - ", begin, staged.start()) + 3 if staged and " - " in text[begin : staged.start()] else begin


def _names_alone(reading: Reading) -> Iterator[Claim]:
    """Read a description that is nothing but people's names, and what brackets add: "Ada Fern, Bo Fern (PDF)"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    begin = None if item.title.people else _names_begin(reading)
    if begin is None:
        return
    names, end = authors(text, begin, len(text), reading.survey.names.common, vocabulary)
    rest = _AFTER_NAMES.fullmatch(unlabelled(reading, end), end) if names else None
    if rest is None:
        return
    behind = rest["event"] or ""
    home = rest.span("event") if " at " not in behind and _is_employer(behind, vocabulary) else None
    beside = publishes(behind, vocabulary) or is_called(behind, vocabulary.words["no employer"])
    if behind and home is None and not beside and not EVENT.fullmatch(behind):
        return
    for name in names:
        if item.entity:
            maker = coined(text[slice(*name)], "atlas:Person", vocabulary)
            yield Claim(item.thing, "atlas:developedBy", maker, reading.evidence("author", 0.9, *name))
        else:
            yield from by(reading, name, home if len(names) == 1 else None, "author")
    yield from housed(reading, end)
    if publishes(behind, vocabulary) and not item.entity:
        evidence = reading.evidence("publisher", 0.85, *rest.span("event"))
        yield Claim(item.thing, "atlas:publishedBy", coined(behind.strip(), "atlas:Vendor", vocabulary), evidence)
    elif behind and home is None and not beside and item.cls in STAGED:
        yield presented(reading, Span(*rest.span("event")), "event in text", 0.85)


def _names_with_employers(reading: Reading) -> Iterator[Claim]:
    """Read a description that is nothing but who speaks or wrote, and for whom: "Ada Fern (Acme Works), Bo Fern"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    spoken = item.cls in _SPOKEN
    if item.cls not in (*_SPOKEN, *_WRITTEN) or item.title.people or not (opening := _BEGINS.match(text, item.body)):
        return
    employs = _may_employ if spoken else _is_employer  # what stands behind authors may be a format, an edition
    found: list[tuple[Span, Span | None]] = []
    at = opening.end()
    while at < len(text):
        names, end = authors(text, at, len(text), reading.survey.names.common, vocabulary)
        if not names:
            return
        home = None
        if bracket := _FOR.match(text, end):
            end = bracket.end()
            home = Span(*bracket.span("name")) if employs(bracket["name"], vocabulary) else None
        found += [*((name, None) for name in names[:-1]), (names[-1], home)]
        joint = NEXT_NAME.match(text, end)
        if joint is None and text[end:].strip(" ."):
            return
        at = joint.end() if joint is not None else len(text)
    if any(home is not None for _, home in found):
        for name, home in found:
            yield from by(reading, name, home, "speaker" if spoken else "author")


def _may_employ(name: str, vocabulary: Vocabulary) -> bool:
    """Whether what stands in brackets behind a speaker can be an organisation: no format, no part, no profession, no event."""
    said = [word.strip(".,").lower() for word in name.split()]
    spelt = _FIGURED.fullmatch(name) or (name[0].isupper() and not any(map(str.isdigit, name)))
    if not spelt or "/" in name or "," in name or is_called(name, vocabulary.words["event"]):
        return False
    idle = (vocabulary.words[kind] for kind in ("no employer", "profession", "tongue"))
    if EVENT.fullmatch(name) or label(name) in vocabulary.roles or any(not kind.isdisjoint(said) for kind in idle):
        return False
    known = vocabulary.names.get(fold(name))
    if known is not None:
        return (known.cls == "atlas:Vendor" or bool(known.maker)) and not is_shared(known.label, vocabulary)
    short = name.isupper() and len(name) < _SHORTEST
    return not short and (len(said) > 1 or said[0] not in vocabulary.words["plain"])


def _names_begin(reading: Reading) -> int | None:
    """Return where the names can begin that are all of an item's description; None where its kind tells that they cannot."""
    item, text = reading.item, reading.item.entry.passage.text
    by, titled = _CREDITED.match(text, item.body), _TITLED.match(text, item.body)
    honoured = titled if titled is not None and titled[0] else None
    written = item.cls in _WRITTEN
    if not written and not (by and item.entity) and not (honoured and item.cls == "atlas:Website"):
        return None
    opening = by or (_IMPRINT.match(text, item.body) if written else None) or honoured
    return opening.end() if opening else item.body


def _in_parts(reading: Reading) -> Iterator[Claim]:
    """Read a description that is an event, a date and a speaker: "FooConf 2015 - April 11, 2015 - Ada Fern"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    if item.cls not in STAGED or item.title.people:
        return
    parts = [Span(*part.span()) for part in _PART.finditer(text, item.body)]
    if not 2 <= len(parts) <= 3:
        return
    name = text[slice(*parts[0])]
    if not _DAY.fullmatch(text[slice(*parts[1])].rstrip(" .")) and not (len(parts) == 3 and EVENT.fullmatch(name)):
        return
    names: list[Span] = []
    if len(parts) == 3:
        names, end = authors(text, *parts[2], reading.survey.names.common, vocabulary)
        if not names or text[end : parts[2].end].strip(" ."):
            return
    for who in names:
        yield from by(reading, who, None, "speaker")
    said = bool(EVENT.fullmatch(name)) or is_called(name, vocabulary.words["event"])
    strange = fold(name) not in vocabulary.names
    if _EVENT_NAME.fullmatch(name) and (said or (names and strange)):
        yield presented(reading, parts[0], "event in text", 0.85)


def _next_link(links: Sequence[Link], start: int) -> int:
    """Return where the first of an item's further links behind an offset begins: no name reaches into its words."""
    return min((link.start for link in links if link.start > start), default=sys.maxsize)


def _is_employer(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name behind a person's is an organisation's: it begins with a known one, or has a word that they have."""
    said = name.split()
    if publishes(name, vocabulary) or any(word.lower() in vocabulary.words["no employer"] for word in said):
        return False
    known = (vocabulary.names.get(fold(" ".join(said[:size]))) for size in range(len(said), 0, -1))
    if any(each.cls == "atlas:Vendor" or each.maker for each in known if each is not None):
        return True
    return any(word.lower().strip(".") in vocabulary.words["organisation suffix"] for word in said)


def credited(reading: Reading) -> Iterator[Claim]:
    """A title that ends with "by" and a name says who made the thing: "Login Plugin by Acme"."""
    item, vocabulary, span = reading.item, reading.vocabulary, reading.item.title.span
    text, common = item.entry.passage.text, reading.survey.names.common
    if item.title.people or item.cls in ("atlas:Vendor", "atlas:Person"):
        return
    written = byline(text, *item.entry.title, common, vocabulary)[1] if span is not None else []
    for name in written:
        maker = coined(text[slice(*name)], "atlas:Person", vocabulary)
        yield Claim(item.thing, reading.made_by, maker, reading.evidence("by in title", 0.85, *name))
    if written or ("by " not in text and "By " not in text):
        return
    found = _CREDIT.search(text, span.start, max(span.end, item.entry.title[1])) if span is not None else None
    found = found or _CREDIT_BEHIND.match(text, item.entry.title[1], _next_link(item.entry.links, item.entry.title[1]))
    if found is None:
        return
    said = found["name"].removeprefix("@")
    known = vocabulary.names.get(fold(said))
    host = split(item.entry.url).host
    handle = account(item.entry.url, vocabulary)
    own = fold(said) in (fold(owner_label(host)), fold(host), fold(handle)) or is_organisation(said, vocabulary)
    idle = said in vocabulary.words["plain"] or (said.isalpha() and not item.entity and item.cls not in _SPOKEN)
    idle = idle and fold(said) not in fold(item.entry.url)
    if known is None and not own and said.islower() and idle and not found["name"].startswith("@"):
        return  # "Kites by moonlight"
    if known is None and not own and all(word.lower() in common for word in said.split()):
        return  # "Learn by Example"
    if " " in said and known is None and not own and says_how(said, common):
        return
    if known is not None and known.cls not in ("atlas:Vendor", "atlas:Person") and not known.maker:
        return
    person = reading.is_person(said)
    if found.groupdict().get("dash") and known is None and " " in said and not (own or person):
        return  # a person of an ordinary name or an organisation
    cls = "atlas:Person" if found["name"].startswith("@") or said.islower() or person else "atlas:Vendor"
    maker = coined(said, cls, vocabulary)
    yield Claim(item.thing, reading.made_by, maker, reading.evidence("by in title", 0.85, *found.span("name")))


def by_accounts(reading: Reading) -> Iterator[Claim]:
    """A sentence that begins, or a description that ends with who made a thing may name an account: "Created by @ada"."""
    item, text = reading.item, reading.item.entry.passage.text
    if item.cls in ("atlas:Vendor", "atlas:Person") or "y @" not in text:
        return
    for found in _BY_ACCOUNT.finditer(text, item.body):
        start, end = found.span("name" if found["name"] else "last")
        done = bool(found["last"]) and is_done_to(text[: found.start()], reading.vocabulary)
        if not done and not meets(item.entry.links, start, end):
            maker = _holder(text[start:end], reading.vocabulary)
            yield Claim(item.thing, reading.made_by, maker, reading.evidence("by an account", 0.85, start, end))


def _holder(handle: str, vocabulary: Vocabulary) -> Thing:
    """Return who has an account: the organisation that the ontology knows it to be of, or a person called so."""
    known = vocabulary.handles.get(fold(handle))
    return coined(known, "atlas:Vendor", vocabulary) if known else coined(handle, "atlas:Person", vocabulary)


def by_its_site(reading: Reading) -> Iterator[Claim]:
    """A description that ends with "by" and who has the site or the account says who made the resource: "A report by Alder"."""
    item, text = reading.item, reading.item.entry.passage.text
    found = _BY_LAST.search(text, item.body) if not item.entity and "y " in text else None
    if found is None:
        return
    if fold(found["name"]) not in (owner_key(item.entry.url), fold(account(item.entry.url, reading.vocabulary))):
        return
    if is_done_to(text[: found.start()], reading.vocabulary):
        return
    cls = "atlas:Person" if reading.is_person(found["name"]) else "atlas:Vendor"
    maker = coined(found["name"], cls, reading.vocabulary)
    yield Claim(item.thing, "atlas:createdBy", maker, reading.evidence("by its site", 0.85, *found.span("name")))


def signed(reading: Reading) -> Iterator[Claim]:
    """A description that ends with "by" and the tool's account, or begins with it as its owner, says who made the tool.

    So does a title that begins with whose site the tool is at: Acme's Login Platform, at login.acme.example.
    """
    item, vocabulary = reading.item, reading.vocabulary
    if item.cls != "atlas:Tool":
        return
    text, handle = item.entry.passage.text, account(item.entry.url, vocabulary)
    said = _SIGNED.search(text, item.body) or _OWNS.match(text, item.body)
    # "Brambledb's official repository", of brambledb/brambledb
    own = fold(item.thing.name) in (fold(handle), fold(handle) * 2)
    if said is not None and handle and fold(handle) == fold(said["name"]) and not own:
        maker = _holder(said["name"], vocabulary)
        yield Claim(item.thing, "atlas:developedBy", maker, reading.evidence("by its account", 0.9, *said.span("name")))
    titled = _OWNS.match(text, *item.entry.title)
    owner = handle or owner_label(split(item.entry.url).host)
    if titled is None or titled["name"].lower() in vocabulary.words["plain"]:
        return  # "Let's Draw"
    known = vocabulary.names.get(fold(titled["name"]))
    makes = known is None or known.cls in ("atlas:Vendor", "atlas:Person") or known.maker
    if makes and owner and fold(owner) == fold(titled["name"]):
        maker = _holder(titled["name"], vocabulary) if handle else coined(titled["name"], "atlas:Vendor", vocabulary)
        yield Claim(item.thing, "atlas:developedBy", maker, reading.evidence("whose it is", 0.9, *titled.span("name")))
