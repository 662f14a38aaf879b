"""Names that only a phrase makes known: linked words, capitals behind a cue, capitals before a noun such as plugin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..items import Item
from ..mentions import Mention
from ..model import Link
from ..names import fold
from ..spans import Spans
from ..titles import PERSON, SURNAME
from ..urls import canonical, owner_key, split
from ..vocabulary import Name, Vocabulary
from .cues import POSSESSED, SMALL_WORD, find_cue
from .found import CLOSED, Found
from .guards import POSSESSIVE
from .reading import Reading

_PROPER = re.compile(
    r"(?<![\w./-])(?:[a-z][\w-]*+\.(?:js|jl|rs|py|io)|lib(?!r|er)[a-z0-9]{3,})(?![\w-])"
    r"|(?<![\w.])[A-Z][\w+#.'’-]*\w(?: (?:[A-Z][\w+#.'’-]*\w|\d+(?:\.\d+)*|[A-Z]\.(?= [A-Z][a-z])))*"
)
_HYPHENED = re.compile(r"(?<![\w./@-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?![\w/-])")
_ONE = (
    r" (?:(?:the )?(?:abandoned|defunct|discontinued|now-defunct|original|unmaintained) )?"
    r"(?P<name>@?[a-z][a-z0-9]*+(?:[./_-][A-Za-z0-9]+)*+)"
    r"(?=[.,;)\n]|$| (?:and|for|in|made|or|so|that|to|using|which|with|written)\b)"
)
"""A single word that is spelt small, where it is all that is named: a fork of brambled that ..."""
_CODE = ("`", "<code>")
_NO_NAME = re.compile(r"[a-z]+(?:ed|ing|ity|ly|ness|ship|tion|[a-z](?<!s)s)|mine")
"""How words end that are done, are like something, or are several; a name that ends so is known, or stands in code."""
_WHOSE = re.compile(r"[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*['’]s$")
_OWNED = re.compile(r"(\S+(?: \S+)??)['’]s (?=[A-Z])")
_LAST_WORD = re.compile(r"[\w-]+$")
_CAMEL = re.compile(r"[A-Z][a-z]+\w*[A-Z]\w*|lib(?!r|er)[a-z0-9]{3,}|[\w-]+\.(?:js|jl|rs|py|io)")
_NAME_ALONE = re.compile(r"[A-Z][a-z][\w.+]*(?: [A-Z][a-z][\w.+]*)?(?<![a-rt]s)#?")
"""What can be a name by itself behind a cue: one or two words that are no abbreviation and no plural."""
_SINGLE = re.compile(r"[A-Z][a-z]{2}[\w.+]*(?<![a-rt]s)#?")
_MAKER = re.compile(r"[A-Z][a-z][\w.&+-]*(?: [A-Z][\w.&+-]*){0,2}")
_ARTICLES = ("a", "an", "the")
_CALLED = 4
"""How many letters a site's name has at least by which somebody can be told."""
_SENTENCE = 400
"""How many characters of a sentence before a name are looked at."""
_SURE = 0.95
"""How sure a cue of several words must be to make a name of any capitals behind it."""
_PLAIN = 0.85
"""How sure a cue must be to make a name of one that more words follow."""
_QUALIFIED = re.compile(
    r"-(?:aware|based|centric|derived|driven|first|friendly|inspired|like|native|only|oriented|powered|ready|related|style)$|^cross-"
)
"""How a word ends that says of what sort the next one is: the Bramble-inspired theme."""
_NOUN = re.compile(r" ([a-z]+)")
_AS_A_SERVICE = re.compile(r"[A-Z][a-z]?aaS")
_CLAUSE = re.compile(r"[A-Z]\w+ly [A-Z]\w+ing\b|.*\b(?:Your|Our|My|Their)\b")
"""What is a clause in spite of its capitals: "by Simply Pasting Your Notes"."""
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")
_ARTICLE = re.compile(r"\b[Aa]n?\s+$")
_IN_BRACKETS = re.compile(r" \([^()]+\)$")


def coined_names(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield names that only a cue makes known: linked words, or a capitalised phrase behind a cue of several words."""
    item, vocabulary = reading.item, reading.vocabulary
    text = item.entry.passage.text
    linked = [*_linked(reading), *_in_any_spelling(reading)]
    makers = frozenset(mention.end for mention in mentions if mention.name.cls == "atlas:Vendor" or mention.name.maker)
    proper = [_without_cue(found, makers, vocabulary) for found in _PROPER.finditer(text, item.body)]
    proper += [found.span() for found in _HYPHENED.finditer(text, item.body)] if "-" in text else ()
    taken = {at for mention in mentions for at in range(mention.start, mention.end)}  # every character of them
    taken |= {at for link in item.entry.links if _is_explained(link, reading) for at in range(link.start, link.end)}
    listed = [name for name in _listed_elsewhere(reading) if taken.isdisjoint(range(name.start, name.end))]
    taken |= {at for name in listed for at in range(name.start, name.end)}
    yield from listed
    for number, (start, end) in enumerate((*linked, *proper)):
        before_noun = _before_noun(text, end, vocabulary)
        if number >= len(linked) and not (before_noun or _after_cue(text, start, vocabulary)):
            continue  # as most capitals do
        words = text[start:end]
        if not taken.isdisjoint(range(start, end)) or _is_no_name(words, vocabulary):
            continue
        if len(words) > 50 or words.startswith(("http:", "https:", "www.")) or not any(map(str.isalpha, words)):
            continue
        article = not before_noun and _ARTICLE.search(text[max(start - 4, 0) : start])
        if number >= len(linked) and (words.isupper() or article):
            continue
        found = _coining_cue(text, Mention(start, end, Name("", words, (), False)), item, vocabulary)
        said = text[found.start : start].strip() if found is not None else ""
        if (
            found is not None
            and found.cue.coins == "atlas:Vendor"
            and text[max(start - 3, 0) : start].rstrip().endswith(",")
            and not words.startswith("@")
        ):
            continue  # where the maker is, or another clause: "by the Alder Institute, Potsdam"
        if found is not None and _makes_known(found, words, said, number < len(linked), reading):
            cls = _class_of(words, found, reading)
            further = SURNAME.match(text, end) if cls == "atlas:Person" else None
            end = further.end() if further is not None else end
            taken.update(range(start, end))
            yield Mention(start, end, Name(cls, text[start:end].removeprefix("@"), (), False))
        elif number < len(linked) and item.entity and like_a_name(words) and not _is_generic(words, vocabulary):
            taken.update(range(start, end))
            yield Mention(start, end, Name("atlas:Tool", words, (), False))


def _linked(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where linked words stand behind an item's name, but those of tags: "[MIT]"."""
    item = reading.item
    tags = Spans(fact.span for fact in item.entry.facts)
    for link in item.entry.links:
        if link.start >= item.body and link.end > link.start and not tags.hold(link.start, link.end):
            yield link.start, _before_bracket(item.entry.passage.text, link, reading)


def _listed_elsewhere(reading: Reading) -> Iterator[Mention]:
    """Yield the linked words whose link is the very one of another entry that is a tool: whatever they call it, it is that."""
    item, text, own = reading.item, reading.item.entry.passage.text, canonical(reading.item.entry.url)
    for link in item.entry.links:
        words = text[link.start : link.end]
        thing = reading.survey.listed_at.get(canonical(link.url)) if link.start >= item.body and words.strip() else None
        if thing is None or thing.cls != "atlas:Tool" or canonical(link.url) == own or thing.key == item.thing.key:
            continue
        named = Mention(link.start, link.end, Name(thing.cls, thing.name, (), False), by_link=True)
        cue = _coining_cue(text, named, item, reading.vocabulary)
        made = cue is not None and cue.cue.coins in (
            "atlas:Vendor",
            "atlas:Person",
        )  # "by Bramble", who has a tool of that name
        if words.count(" ") < _CALLED and not made and not _is_no_name(words, reading.vocabulary):
            yield named


def _in_any_spelling(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where words stand that are spelt small, and names for what stands right before them: a fork of brambled."""
    passage, plain = reading.item.entry.passage, reading.vocabulary.words["plain"]
    openings, pattern = _any_spelling(reading.vocabulary.words["any spelling"])
    lower = passage.text.lower()
    if not any(word in lower for word in openings):
        return  # as in most texts
    for one in pattern.finditer(passage.text, reading.item.body):
        coded = passage.raw.endswith(_CODE, 0, passage.offset(one.start("name")))
        common = all(part in plain or len(part) == 1 for part in one["name"].split("-"))
        if coded or not (common or _NO_NAME.fullmatch(one["name"])):
            yield one.span("name")


@lru_cache(maxsize=2)
def _any_spelling(phrases: frozenset[str]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Return the words with which some phrases open, and a pattern for any of them with the single word behind it."""
    openings = sorted({phrase.partition(" ")[0] for phrase in phrases})
    said = "|".join(map(re.escape, sorted(phrases, reverse=True)))
    return tuple(openings), re.compile(rf"(?i:\b(?:{said})){_ONE}")


def _before_bracket(text: str, link: Link, reading: Reading) -> int:
    """Return where linked words end, without what stands in brackets behind a person's name: "Ada Fern (Acme)"."""
    bracket = _IN_BRACKETS.search(text, link.start, link.end)
    named = bracket is not None and reading.is_person(text[link.start : bracket.start()])
    return bracket.start() if bracket is not None and named else link.start + len(text[link.start : link.end].rstrip())


def _is_no_name(words: str, vocabulary: Vocabulary) -> bool:
    """Whether words are a role of links, an idea or several of it (ORMs), a legal form, a tongue, or say whose something is."""
    said = words.casefold()
    if said in vocabulary.roles or _AS_A_SERVICE.fullmatch(words) or _QUALIFIED.search(said) or _CLAUSE.match(words):
        return True
    if said.rpartition(" ")[2] in vocabulary.words["only thought"]:
        return True  # the Paice/Husk Stemming Algorithm
    known = (vocabulary.words[label] for label in ("idea", "legal form", "tongue"))
    return said.endswith(POSSESSIVE) or any(said in each or said.removesuffix("s") in each for each in known)


def _is_explained(link: Link, reading: Reading) -> bool:
    """Whether linked words are explained by an encyclopedia or a standard, so that they are an idea, and made by nobody."""
    hosts = reading.vocabulary.words["explained at"]
    domain = ".".join(split(link.url).host.split(".")[-2:])
    if domain not in hosts or link.start < reading.item.body:
        return False
    text = reading.item.entry.passage.text
    return not text[: link.start].lower().endswith("by ") and not reading.is_person(text[link.start : link.end])


def _is_called_like_its_link(words: str, reading: Reading) -> bool:
    """Whether a linked word that is spelt small is what its link's site is called: "Written by [finch](https://finch.example)"."""
    text = reading.item.entry.passage.text
    sites = (link.url for link in reading.item.entry.links if text[link.start : link.end] == words)
    return len(words) >= _CALLED and any(owner_key(url) == fold(words) for url in sites)


def _is_generic(words: str, vocabulary: Vocabulary) -> bool:
    """Whether linked words are plain ones, beside a known name or alone: GitHub Project."""
    said = words.split()
    plain = [word for word in said if word.lower() in vocabulary.words["plain"]]
    return said[-1] in plain and all(word in plain or fold(word) in vocabulary.names for word in said)


def _after_cue(text: str, start: int, vocabulary: Vocabulary) -> bool:
    """Whether what stands right before a phrase can be the end of a cue that makes names known, or of a row."""
    lead = text[max(start - 40, 0) : start].rstrip('"“‘(`*_ ')
    lead = (_WHOSE.sub("", lead) if lead.endswith(POSSESSIVE) else lead).rstrip("\"'“‘(`*_ ")
    if lead[-1:] in ",/&+":
        return True
    last = _LAST_WORD.search(lead, lead.rfind(" ") + 1) if lead[-1].isalnum() or lead[-1] in "_-" else None
    return last is not None and last[0].lower() in vocabulary.coining


def _before_noun(text: str, end: int, vocabulary: Vocabulary) -> bool:
    """Whether what stands right behind a phrase is a noun that makes it a name: a Hystrix bundle."""
    noun = _NOUN.match(text, end)
    return noun is not None and noun[1] in vocabulary.before_nouns


def _without_cue(found: re.Match[str], makers: frozenset[int], vocabulary: Vocabulary) -> tuple[int, int]:
    """Return where a capitalised phrase stands, without a cue that begins its sentence ("By Tom Okafor") or a possessive.

    A maker before it is not of it either: "Acme's Brambledb".
    """
    words = POSSESSED.sub("", found[0]) if found[0].endswith(("'", "’", "'s", "’s")) else found[0]
    owned = _OWNED.match(words)
    if owned is not None and found.start() + len(owned[1]) in makers:
        return found.start() + owned.end(), found.start() + len(words)
    first, _, rest = words.partition(" ")
    start = found.start() + (len(words) - len(rest) if rest and first.lower() in vocabulary.before else 0)
    return start, found.start() + len(words)


def _makes_known(found: Found, words: str, said: str, linked: bool, reading: Reading) -> bool:
    """Whether a cue makes a name of some words: linked ones, or those that can be nothing but a name."""
    if found.cue.coins == "atlas:Person":
        written = " " in said and _is_called_like_its_link(words, reading)  # not "by" alone
        named = words.startswith("@") or like_a_name(words) or written
        return reading.is_person(words) or (linked and named)
    if linked:
        return True
    if "'s " in words or "’s " in words:
        return False  # "Redox's HL7"
    common = all(word.lower() in reading.survey.names.common for word in words.split())
    text = reading.item.entry.passage.text
    alone = (
        text[max(found.start - 2, 0) : found.start].rstrip()[-1:] in ("(", ".", "") or found.start == reading.item.body
    )
    if words[0].islower() and found.cue.coins not in ("", "atlas:Tool"):
        return False  # what a library provides, no firm does
    if not found.direct:
        if (
            found.cue.property == "atlas:integratesWith"
            and not found.cue.coins
            and title_case(text, reading.item.body, found.start)
        ):
            return False  # "Outlier Detection and Crossfitting library"
        return (
            _SINGLE.fullmatch(words) is not None
            and not common
            and words.lower() not in reading.vocabulary.words["plain"]
        )
    if words[0].islower() and "-" in words:
        return _is_package(text, found, words, reading.vocabulary)
    if _CAMEL.fullmatch(words):
        return words.lower() not in reading.vocabulary.words["plain"]
    by = said.lower() == "by" and (alone or " " in words)
    by = by or (said.lower() == "from" and _comes_from(text, found, words, reading))
    several = (
        found.cue.confidence >= _SURE and len([word for word in said.lower().split() if word not in _ARTICLES]) > 1
    )
    alike = (
        found.cue.coins == "atlas:Tool"
        and (_NAME_ALONE if found.cue.confidence >= _PLAIN else _SINGLE).fullmatch(words) is not None
        and (found.cue.confidence >= _PLAIN or CLOSED.match(text, found.end) is not None)
        and not title_case(text, reading.item.body, found.start)
    )
    return (several or by or alike) and not common


def _is_package(text: str, found: Found, words: str, vocabulary: Vocabulary) -> bool:
    """Whether words with a hyphen are a package's name, and no adjective: "built on bramble-mqtt,"."""
    parts = words.split("-")
    closed = CLOSED.match(text, found.end) is not None or text.startswith(" to ", found.end)
    idle = parts[0] in vocabulary.words["prefixes"] or parts[-1] in vocabulary.words["compounds"]
    strange = any(len(part) > 3 and part not in vocabulary.words["plain"] for part in parts)
    return (
        found.cue.property == "atlas:basedOn" and closed and strange and not (idle or parts[-1].endswith(("ed", "ing")))
    )


def _comes_from(text: str, found: Found, words: str, reading: Reading) -> bool:
    """Whether a description says of a thing by its noun whom it comes from: "an educational game from Brambleworks"."""
    said = text[reading.item.body : found.start]
    nouns = said.lower().split()[-1:]
    return (
        bool(nouns)
        and nouns[0] in reading.vocabulary.words["software noun"]
        and SMALL_WORD.search(said) is None
        and _MAKER.fullmatch(words) is not None
        and not text.startswith(" to ", found.end)
    )


def _class_of(words: str, found: Found, reading: Reading) -> str:
    """Return the class of a name that a cue makes known: a maker with a first and a last name is a person."""
    cls = found.cue.coins or "atlas:Tool"
    if cls == "atlas:Person" and not words.startswith("@") and not PERSON.fullmatch(words):
        return "atlas:Vendor"
    if words.startswith("@") and cls == "atlas:Vendor":
        return "atlas:Person"
    return "atlas:Person" if cls == "atlas:Vendor" and reading.is_person(words) else cls


def like_a_name(words: str) -> bool:
    """Whether linked words can be a name: few, and spelt as names are."""
    said = words.split()
    return len(said) <= 3 and all(word[:1].isupper() or any(map(str.isdigit, word)) for word in said) and len(words) > 1


def _coining_cue(text: str, mention: Mention, item: Item, vocabulary: Vocabulary) -> Found | None:
    for cls in ("atlas:Tool", "atlas:Vendor", "atlas:Person"):
        trial = mention._replace(name=mention.name._replace(cls=cls))
        found = find_cue(text, trial, item.body, item.thing.cls, vocabulary)
        coins = found is not None and (
            found.cue.coins or ("atlas:Tool" if _CAMEL.fullmatch(mention.name.label) else "")
        )
        if found is not None and (coins == cls if found.direct else cls == "atlas:Tool"):
            return found
    return None


def title_case(text: str, begin: int, start: int, end: int = 0) -> bool:
    """Whether the sentence around a name, or around a row of names that ends at `end`, has capitals everywhere.

    Then they tell nothing. A name counts itself, the names of a row do not.
    """
    near = max(begin, start - _SENTENCE)
    behind = max(start, end)
    before = text[max(text.rfind(". ", near, start) + 1, near) : start]
    words = _LONG_WORD.findall(f"{before} {text[behind : behind + 80].split('. ')[0]}")
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) > 0.7 * len(words)
