"""The names in a description: the known ones, those that links and capitals widen, and those that only a cue makes known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..mentions import Mention
from ..names import fold
from ..survey import Item
from ..titles import PERSON, is_person
from ..vocabulary import Name, Vocabulary
from .cues import JOINT, SMALL_WORD, Found, find_cue
from .reading import Reading

_PROPER = re.compile(
    r"(?<![\w./-])(?:[a-z][\w-]*\.(?:js|jl|rs|py|io)|lib(?!r|er)[a-z0-9]{3,})(?![\w-])"
    r"|(?<![\w.])[A-Z][\w+#.'’-]*\w(?: (?:[A-Z][\w+#.'’-]*\w|\d+(?:\.\d+)*))*"
)
_EXTENSION = re.compile(r"(?: (?:[A-Z][a-z][\w+#]*|UI|DB)){1,3}(?![\w'’])")
_AFTER_BY = re.compile(rf"(?:\b[Bb]y|\band|&|,)\s+({PERSON.pattern})")
_POSSESSED = re.compile(r"['’]s?$")
_LAST_WORD = re.compile(r"[\w-]+$")
_CAMEL = re.compile(r"[A-Z][a-z]+\w*[A-Z]\w*|lib(?!r|er)[a-z0-9]{3,}|[\w-]+\.(?:js|jl|rs|py|io)")
_NAME_ALONE = re.compile(r"[A-Z][a-z][\w.+]*(?: [A-Z][a-z][\w.+]*)?(?<![a-rt]s)#?")
"""What can be a name by itself behind a cue: one or two words that are no abbreviation and no plural."""
_MAKER = re.compile(r"[A-Z][a-z][\w.&+-]*(?: [A-Z][\w.&+-]*){0,2}")
_ARTICLES = ("a", "an", "the")
_SURE = 0.95
"""How sure a cue of several words must be to make a name of any capitals behind it."""
_IN_SMALL = re.compile(r"\bin (go|golang|[a-z]{4,}|c)(?=\s*(?:[.,;)]|$))")
_OF = re.compile(r" (?:of|for|in) [A-Z]")
_NEXT_WORD = re.compile(r" ([a-z]+)")
_JOINED = re.compile(r"-(\w+)")
_ARTICLE = re.compile(r"\b[Aa]n?\s+$")


_ROW_MATE = re.compile(
    rf"{JOINT}`?(?P<name>[\w.+#'-]*\w(?: [\w.+#'-]*\w){{0,2}})`?(?=(?P<on>{JOINT})|\s*(?:[.;)\n]\s|[.;)]?$))",
    re.IGNORECASE,
)
"""A further item of a row of names, up to the next joint or the end of the clause."""


def names_described(reading: Reading, begin: int) -> list[Mention]:
    """Return the names in an item's description from an offset on, but its own, in reading order."""
    item = reading.item
    text = item.entry.passage.text
    common, endings = reading.survey.names.common, reading.vocabulary.words["name endings"]
    known = list[Mention]()
    people = [
        found.span(1) for found in _AFTER_BY.finditer(text, begin) if is_person(found[1], common, reading.vocabulary)
    ]
    for mention in reading.body_names():
        if mention.name.ordinary and any(start <= mention.start and mention.end < end for start, end in people):
            continue  # Julia Silge is no language
        if mention.start < begin or _is_own(mention, reading):
            continue
        if any(
            link.start <= mention.start
            and mention.end <= link.end
            and text[link.start : link.end] != text[mention.start : mention.end]
            and _like_a_name(text[link.start : link.end])
            for link in item.entry.links
        ):
            continue
        if known and known[-1].end + 1 == mention.start and text[mention.start : mention.end].lower() in endings:
            continue  # the JS of "Leaflet JS" is no JavaScript
        longer = _extended(mention, reading)
        if text.startswith(f" ({item.thing.name})", longer.end):
            continue  # "Oracle SQL Developer Command Line (SQLcl)" spells out the item's own name
        known.append(longer)
    known += _small_languages(reading, known)
    known += _coined(reading, known)
    return sorted([*known, *_row_mates(reading, known)])


def _is_own(mention: Mention, reading: Reading) -> bool:
    """Whether a name is the item's own, or the initials of its name in brackets."""
    item = reading.item
    if f"n:{fold(mention.name.label)}" == item.thing.key:
        return True
    text = item.entry.passage.text
    said = text[mention.start : mention.end]
    if not said.isupper() or text[mention.start - 1 : mention.start] != "(":
        return False
    return said == "".join(word[0] for word in re.split(r"[\s-]+", item.thing.name) if word).upper()


def _extended(mention: Mention, reading: Reading) -> Mention:
    """Return the longer name that capitals behind a known one make: Tekton Pipelines, .NET Standard, Apache Foo.

    Not behind a language, nor where the next word is one that every tool has (a cluster, a plugin).
    """
    text, vocabulary = reading.item.entry.passage.text, reading.vocabulary
    brand = mention.name.cls == "atlas:Vendor" and text[mention.start : mention.end].lower() in vocabulary.brands
    if not (mention.name.cls == "atlas:Tool" or brand):
        return mention
    further = _EXTENSION.match(text, mention.end)
    if further is None or (not brand and _opens(text, reading.item.body, mention.start)):
        return mention
    end = mention.end + len(further[0])
    joined = _JOINED.match(text, end)
    if joined is not None and joined[1].lower() not in vocabulary.words["compounds"]:
        return mention  # "Ansible Ad-Hoc"
    if any(mention.end < other.start < end for other in reading.names):
        return mention  # another name begins there: Amazon AWS CloudWatch
    words = further[0].lower().split()
    if _names_what_all_have(text, end, words, vocabulary) or words[-1] in reading.kinds or _OF.match(text, end):
        return mention
    if _title_case(text, reading.item.body, mention.start):
        return mention
    longer = Mention(mention.start, end, Name("atlas:Vendor", text[mention.start : end], (), False))
    made = find_cue(text, longer, reading.item.body, reading.item.thing.cls, vocabulary)
    by = made is not None and made.direct and re.search(r"\b(?:by|at)\b", text[made.start : mention.start])
    if made is not None and by and made.cue.coins == "atlas:Vendor":
        return longer  # "by PostgreSQL Experts"
    longer = longer._replace(name=longer.name._replace(cls="atlas:Tool"))
    bare = _is_plural(further[0], reading) and (
        find_cue(text, longer, reading.item.body, reading.item.thing.cls, vocabulary) is None
    )
    return mention if bare else longer  # "a collection of Ansible Playbooks"


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


def _opens(text: str, begin: int, start: int) -> bool:
    """Whether a name opens a description, where a capital behind it may be no more than the beginning of a title."""
    return not any(map(str.isalnum, text[begin:start]))


def _title_case(text: str, begin: int, start: int) -> bool:
    """Whether the sentence around a name has capitals everywhere, so that capitals tell nothing."""
    sentence = text[max(text.rfind(". ", begin, start) + 1, begin) : start + 80].split(". ")[0]
    words = re.findall(r"[A-Za-z]{4,}", sentence)
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) > 0.7 * len(words)


def _coined(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield names that only a cue makes known: linked words, or a capitalised phrase behind a cue of several words."""
    item, vocabulary = reading.item, reading.vocabulary
    text = item.entry.passage.text
    linked = [(link.start, link.end) for link in item.entry.links if link.start >= item.body and link.end > link.start]
    proper = [_without_cue(found, vocabulary) for found in _PROPER.finditer(text, item.body)]
    taken = [(mention.start, mention.end) for mention in mentions]
    for number, (start, end) in enumerate((*linked, *proper)):
        if number >= len(linked) and not _after_cue(text, start, vocabulary):
            continue  # as most capitals do
        words = text[start:end]
        if any(start < upper and lower < end for lower, upper in taken) or words.casefold() in vocabulary.roles:
            continue
        if words.casefold() in vocabulary.words["idea"] or words.casefold() in vocabulary.words["legal form"]:
            continue
        if len(words) > 50 or words.startswith(("http:", "https:", "www.")) or not any(map(str.isalpha, words)):
            continue
        if number >= len(linked) and (words.isupper() or _ARTICLE.search(text[max(start - 4, 0) : start])):
            continue
        found = _coining_cue(text, Mention(start, end, Name("", words, (), False)), item, vocabulary)
        said = text[found.start : start].strip() if found is not None else ""
        if found is not None and found.cue.coins == "atlas:Vendor" and text[:start].rstrip().endswith(","):
            continue  # where the maker is, or another clause: "by the Alder Institute, Potsdam"
        if found is not None and _makes_known(found, words, said, number < len(linked), reading):
            taken.append((start, end))
            yield Mention(start, end, Name(_class_of(words, found, reading), words.removeprefix("@"), (), False))
        elif number < len(linked) and item.entity and _like_a_name(words):
            taken.append((start, end))
            yield Mention(start, end, Name("atlas:Tool", words, (), False))


def _small_languages(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the languages that end a clause with a small letter: "cryptography in rust"."""
    text, names = reading.item.entry.passage.text, reading.vocabulary.names
    for found in _IN_SMALL.finditer(text, reading.item.body):
        name = names.get(found[1])
        taken = any(mention.start < found.end(1) and found.start(1) < mention.end for mention in mentions)
        if name is not None and name.cls == "atlas:Language" and name.ordinary and not taken:
            yield Mention(*found.span(1), name)


def _row_mates(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the names that stand in one row with a known tool that a cue relates: "based on koa + egg + vue"."""
    item, vocabulary = reading.item, reading.vocabulary
    text = item.entry.passage.text
    ends = {mention.start: mention.end for mention in mentions}
    for mention in mentions:
        if mention.name.cls != "atlas:Tool" or find_cue(text, mention, item.body, item.thing.cls, vocabulary) is None:
            continue
        at, waiting = mention.end, list[Mention]()
        while mate := _ROW_MATE.match(text, at):
            start, at = mate.span("name")
            if start in ends:
                yield from waiting
                waiting, at = [], ends[start]
                continue
            found = Mention(start, at, Name("atlas:Tool", mate["name"], (), False))
            if any(start < end and begin < at for begin, end in ends.items()) or not _row_name(mate["name"], reading):
                break
            if mate["name"].isalpha() and mate["name"].islower():
                waiting.append(found)  # a name if the row goes on to a known one
            else:
                yield found


def _row_name(words: str, reading: Reading) -> bool:
    """Whether an item of a row of names can be a name itself: it holds a word that is no common one, and is spelt as a name."""
    said = re.split(r"[\s'-]+", words.lower())
    plain = reading.survey.names.common | reading.vocabulary.words["idea"]
    strange = any(word not in plain and len(word) > 1 and not word.isdigit() for word in said)
    spelt = " " not in words or all(word[0].isupper() or not word[0].isalpha() for word in words.split())
    return strange and words.lower() not in plain and spelt


def _after_cue(text: str, start: int, vocabulary: Vocabulary) -> bool:
    """Whether what stands right before a phrase can be the end of a cue that makes names known, or of a row."""
    lead = text[max(start - 24, 0) : start].rstrip("\"'“‘(`*_ ")
    if lead[-1:] in ",/&+":
        return True
    last = _LAST_WORD.search(lead) if lead[-1].isalnum() or lead[-1] in "_-" else None
    return last is not None and last[0].lower() in vocabulary.coining


def _without_cue(found: re.Match[str], vocabulary: Vocabulary) -> tuple[int, int]:
    """Return where a capitalised phrase stands, without a cue that begins its sentence ("By Tom Okafor") or a possessive."""
    words = _POSSESSED.sub("", found[0])
    first, _, rest = words.partition(" ")
    start = found.start() + (len(words) - len(rest) if rest and first.lower() in vocabulary.before else 0)
    return start, found.start() + len(words)


def _makes_known(found: Found, words: str, said: str, linked: bool, reading: Reading) -> bool:
    """Whether a cue makes a name of some words: linked ones, or those that can be nothing but a name."""
    if found.cue.coins == "atlas:Person":
        return _is_person(words, reading) or (linked and (words.startswith("@") or _like_a_name(words)))
    if linked:
        return True
    common = all(word.lower() in reading.survey.names.common for word in words.split())
    text = reading.item.entry.passage.text
    alone = (
        text[max(found.start - 2, 0) : found.start].rstrip()[-1:] in ("(", ".", "") or found.start == reading.item.body
    )
    if words[0].islower() and found.cue.coins not in ("", "atlas:Tool"):
        return False  # what a library provides, no firm does
    if found.direct and _CAMEL.fullmatch(words):
        return words.lower() not in reading.vocabulary.words["plain"]
    by = said.lower() == "by" and (alone or " " in words)
    by = by or (said.lower() == "from" and _comes_from(text, found, words, reading))
    several = (
        found.cue.confidence >= _SURE and len([word for word in said.lower().split() if word not in _ARTICLES]) > 1
    )
    alike = (
        found.cue.coins == "atlas:Tool"
        and _NAME_ALONE.fullmatch(words) is not None
        and not _title_case(text, reading.item.body, found.start)
    )
    return found.direct and (several or by or alike) and not common


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
    return "atlas:Person" if cls == "atlas:Vendor" and _is_person(words, reading) else cls


def _is_person(words: str, reading: Reading) -> bool:
    """Whether all of some words can be a person's name."""
    whole = PERSON.fullmatch(words) is not None
    return whole and is_person(words, reading.survey.names.common, reading.vocabulary)


def _like_a_name(words: str) -> bool:
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
