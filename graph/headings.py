"""What a heading is: an entity, a topic, a genre, the list's title, or housekeeping."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from .genres import index_letters, is_gathering, is_genre, is_sentence, of_subject, sorts
from .institutions import institution
from .list_titles import is_list_title, subject_of
from .model import Section
from .names import clean, fold
from .vocabulary import Name, Vocabulary

LISTS = "atlas:List"
"""The class of what stands under a heading of contents that are all of a list."""
ENTITY, TOPIC, GENRE, TITLE, HOUSEKEEPING = "entity", "topic", "genre", "title", "housekeeping"

_WORD = re.compile(r"[^\W_]+(?:[-'’+#.][^\W_]+)*[+#]*")
_ASCII_WORD = re.compile("[a-z0-9]+(?:[-'+#.][a-z0-9]+)*[+#]*")
_NUMBER = re.compile(
    r"^\s*(?:§\s*)?(?:\d+(?:\.\d+)*[.)]?|[IVX]+\.)\s+(?=\S)|^(?i:part|chapter|section|step|week|unit|level|lesson|module|day|phase|stage)\s+\d+\s*[:.–-]\s*(?=\S)"
)
_COUNT = re.compile(
    r"\s*\((?:\W*\d+(?: \w+)?\W*"
    r"|[^()]*\b(?:top|toc|contents|index|menu|a\s?[-–]\s?z|alphabetical|alphabetically|sorted|ordered)\b[^()]*)\)",
    re.IGNORECASE,
)
_ROW, _MORE, _MANY = 4, 2, 6
"""How many headings of a row must be known entities, and how many times the subjects in it, for the others to be some too;
and how many for those that are plain words."""

_FEW = 2
"""How many headings of a row must be kinds of items, for platforms to be some too."""

_ABSTRACT = re.compile(r"(?:[ts]ion|ity|ing|ology|ment|ness|ics|ism|graphy|ance|ence|ship|-to)s?$")
"""How English names subjects, and seldom products."""

_JOINT = re.compile(r"\s+(?:and|&|/|\+)\s+|\s*[,/]\s*", re.IGNORECASE)
_VERSION = re.compile(r"(\S.*?)\s+v?\d{1,2}(?:\.(?:\d+|x))*\+?")
_BRACKETS = re.compile(r"\(([^()]*)\)")


class Heading(NamedTuple):
    """A section with its role."""

    section: Section
    role: str
    name: str
    """What the heading names: the topic, the entity, the list's subject; its words where it names none."""
    cls: str = ""
    """The class of the entity; of a genre, that of what stands there where nothing but the heading's place tells it."""
    twice: bool = False
    """Whether the list has the same topic in parts on different topics, so that it alone does not tell in which."""

    @property
    def line(self) -> int:
        """The line that the heading stands on."""
        return self.section.line


def words(text: str) -> list[str]:
    """Return the words of a text in lower case.

    >>> words("Data Versioning & Validation (C++)")
    ['data', 'versioning', 'validation', 'c++']
    """
    return [*_words(text)]


@lru_cache(maxsize=1 << 12)  # one title, one description, one heading is asked for by several readers in turn
def _words(text: str) -> tuple[str, ...]:
    if text.isascii():  # the lower case of other letters may have other places
        return tuple(_ASCII_WORD.findall(text.lower()))
    return tuple([word.lower() for word in _WORD.findall(text)])


@lru_cache(maxsize=1 << 15)
def title_of(text: str) -> str:
    """Return a heading's words without emoji, numbering and what stands in brackets behind them.

    >>> title_of("2.1 Airflow (Apache, Originally AirBnb)")
    'Airflow'
    """
    return _unnumbered(_BRACKETS.sub(" ", clean(text))) or clean(text)


def _unnumbered(text: str) -> str:
    """Return a heading without its number and without a count in brackets behind it."""
    return clean(_COUNT.sub("", _NUMBER.sub("", text)))


def read_headings(
    sections: Sequence[Section], used: Set[int], vocabulary: Vocabulary, defined: Callable[[str], Name | None]
) -> dict[int, Heading]:
    """Give each heading of a list its role, by line.

    ``used`` holds the lines of the headings that stand above an entry: nothing is under the others, so they name nothing.
    ``defined`` gives the name that the list itself defines by a folded spelling.
    """
    found: dict[int, Heading] = {}
    titles = _titles(sections, used, vocabulary)
    letters, inside = _letters(sections), _inside(sections, used, vocabulary)
    held = used | _kept_places(sections, used, inside)
    for section in sections:
        above = [found[key] for key in section.path]
        heading = _heading(section, above, titles, vocabulary, defined, section.key in inside)
        if section.key in letters and heading.role in (TOPIC, ENTITY):
            heading = Heading(section, GENRE, title_of(section.passage.text))
        if section.key not in held and heading.role != TITLE:
            heading = heading._replace(role=HOUSEKEEPING)
        found[section.key] = heading
    found = _index_alone(found, used, vocabulary)
    beside = _beside_kinds(_beside_subjects(found, vocabulary), vocabulary)
    return _told_apart(_like_their_rows(beside, vocabulary))


def _index_alone(found: Mapping[int, Heading], used: Set[int], vocabulary: Vocabulary) -> dict[int, Heading]:
    """Make genres of the headings of a list's contents where nothing else holds entries: the list is kept on other pages."""
    if any(found[key].role not in (TITLE, HOUSEKEEPING) for key in used):
        return {**found}
    return {
        key: each._replace(role=GENRE, cls=LISTS) if key in used and _is_contents(each.name, vocabulary) else each
        for key, each in found.items()
    }


def _beside_subjects(found: Mapping[int, Heading], vocabulary: Vocabulary) -> dict[int, Heading]:
    """Make topics of the headings that name a medium and stand beside subjects: Audio, Video, Voice."""
    medium = vocabulary.words["medium"]
    named = {
        each.section.key: each._replace(role=TOPIC)
        for row in _rows(found.values())
        for at, each in enumerate(row)
        if each.role == GENRE and each.name.lower() in medium
        if any(beside.role == TOPIC for beside in row[max(at - 1, 0) : at + 2])
    }
    return {key: named.get(key, heading) for key, heading in found.items()}


def _beside_kinds(found: Mapping[int, Heading], vocabulary: Vocabulary) -> dict[int, Heading]:
    """Make genres of the platforms on which people gather, where they stand among kinds of items: nothing there is about them."""
    shared = (
        rule.operator for host, rule in vocabulary.sites.items() if rule.account is not None and host.count(".") == 1
    )
    platforms = frozenset(shared)
    named: dict[int, Heading] = {}
    for row in _rows(found.values()):
        alike = [each for each in row if each.role == ENTITY and each.name in platforms]
        kinds = sum(each.role == GENRE for each in row)
        subjects = sum(each.role in (TOPIC, ENTITY) for each in row) - len(alike)
        above = [found[key].role for key in row[0].section.path[-1:]]
        if kinds >= max(subjects, _FEW) or (above == [GENRE] and not subjects):
            named |= {each.section.key: each._replace(role=GENRE, cls="") for each in alike}
    return {key: named.get(key, heading) for key, heading in found.items()}


def _told_apart(found: Mapping[int, Heading]) -> dict[int, Heading]:
    """Mark the topics that a list has in more than one place of its tree: "Amsterdam" under "Bakeries" and "Restaurants"."""
    places: dict[str, set[str]] = defaultdict(set)
    for heading in found.values():
        if heading.role == TOPIC:
            above = (found[key] for key in reversed(heading.section.path) if found[key].role in (TOPIC, TITLE))
            places[fold(heading.name)].add(fold(next((each.name for each in above), "")))
    return {
        key: heading._replace(twice=heading.role == TOPIC and len(places[fold(heading.name)]) > 1)
        for key, heading in found.items()
    }


def _kept_places(sections: Sequence[Section], used: Set[int], inside: Set[int]) -> set[int]:
    """Return the headings that nothing stands under yet, though there are entries under others of their row.

    At the top of a list they are kept between such others only: what a list says of itself stands before or behind them.
    """
    rows = {(section.path, section.level) for section in sections if section.key in used}
    return {
        each.key
        for each in sections
        if (each.level > 2 and each.path and (each.path, each.level) in rows) or (each.level > 1 and each.key in inside)
    }


def _inside(sections: Sequence[Section], used: Set[int], vocabulary: Vocabulary) -> set[int]:
    """Return the headings that stand between others of their row that have entries under them, and are no housekeeping."""
    full = used - {each.key for each in sections if _is_housekeeping(title_of(each.passage.text), vocabulary)}
    keys = ([each.key for each in row] for row in _rows_of(sections))
    held = ((row, [key for key in row if key in full]) for row in keys)
    return {key for row, ends in held if ends for key in row if ends[0] < key < ends[-1]}


def _rows_of(sections: Iterable[Section]) -> Collection[list[Section]]:
    """Return the headings that stand beside each other: of one level, under the same headings."""
    rows: dict[tuple[tuple[int, ...], int], list[Section]] = defaultdict(list)
    for section in sections:
        rows[section.path, section.level].append(section)
    return rows.values()


def _rows(headings: Collection[Heading]) -> Iterator[list[Heading]]:
    """Yield the rows of some headings that have been read."""
    found = {heading.section.key: heading for heading in headings}
    for row in _rows_of(heading.section for heading in headings):
        yield [found[section.key] for section in row]


def _titles(sections: Sequence[Section], used: Set[int], vocabulary: Vocabulary) -> dict[int, str]:
    """Return the subject of the list by each heading that is its title; further in, those that only say the title again."""
    top = min((section.level for section in sections), default=0)
    alone = sum(section.level == top for section in sections) == 1
    full = [section for section in sections if section.level == top and section.key in used]
    found: dict[int, str] = {}
    marked, open_ = False, True
    for section in sections:
        text = title_of(section.passage.text)
        caption, subject = is_list_title(section.passage.text), subject_of(text, vocabulary)
        again = fold(subject) in map(fold, found.values()) and (open_ or section.key in used)
        title = open_ and (
            (caption and used.isdisjoint(found) and (section.level == top or _alike(subject, found.values())))
            or (alone and section.level == top)
        )
        if open_ and not title and section.level == top and not _is_a_part(text, vocabulary):
            opens = not found and section is sections[0] and section.level == 1 and section.key not in used
            title = opens or (full == [section] and (not marked or _alike(subject, found.values())))
        if title or (again and fold(subject) != fold(text)):
            found[section.key] = subject
            marked = marked or caption
        open_ = open_ and (title or again or section.key not in used)
    return _settled(found, sections, used, vocabulary)


def _is_a_part(text: str, vocabulary: Vocabulary) -> bool:
    said = words(text)
    return _is_housekeeping(text, vocabulary) or _names_no_subject(text, said, (), vocabulary)


def _alike(subject: str, others: Collection[str]) -> bool:
    """Whether a subject has a word of another or goes on with it, as Vue.js does with Vue; also where there is no other."""
    said, key = set(words(subject)), fold(subject)
    return not others or any(said & set(words(other)) or key.startswith(fold(other)) for other in others)


def _settled(
    titles: dict[int, str], sections: Sequence[Section], used: Set[int], vocabulary: Vocabulary
) -> dict[int, str]:
    """Give the titles that nothing stands under the subject of the one that entries stand under: the list's only subject."""
    main = next((key for key in titles if key in used), 0)
    first = next(iter(titles), main)
    if not main or first == main:
        return titles
    short, long = words(titles[first]), words(titles[main])
    idle = vocabulary.words["genre"] | vocabulary.words["list title"] | vocabulary.hints["inHeading"].keys()
    goes_on = len(long) > len(short) > 0 == len(set(short) - set(long)) and idle.issuperset(set(long) - set(short))
    marked = any(section.key == main and is_list_title(section.passage.text) for section in sections)
    subject = titles[first] if goes_on and not marked else titles[main]
    return {key: subject if key == main or key not in used else name for key, name in titles.items()}


def _like_their_rows(found: Mapping[int, Heading], vocabulary: Vocabulary) -> dict[int, Heading]:
    """Make entities of the headings that nobody knows in rows of names: Slack, Telegram, Fleep."""
    named: dict[int, Heading] = {}
    for row in _rows([heading for heading in found.values() if heading.role in (TOPIC, ENTITY)]):
        known = [
            each for each in row if each.role == ENTITY and each.cls != "atlas:Language"
        ]  # the lexicon knows the languages
        if len(known) < _ROW:
            continue
        cls = max(Counter(each.cls for each in known).items(), key=lambda one: one[::-1])[0]
        unknown = [each for each in row if each.role == TOPIC and _spelt_as_a_name(each.name, vocabulary)]
        plain = {each.section.key: each for each in unknown if words(each.name)[-1] in vocabulary.words["plain"]}
        subjects = (
            sum(each.role == TOPIC for each in row) - len(unknown) + sum(" " in each.name for each in plain.values())
        )
        alike = [each for each in unknown if each.section.key not in plain] if len(known) >= _MORE * subjects else []
        if len(known) >= max(_MANY, _MORE * (subjects + len(plain))):
            alike += [each for each in plain.values() if len(words(each.name)) == 1]
        named |= {each.section.key: each._replace(role=ENTITY, cls=cls) for each in alike}
    return {key: named.get(key, heading) for key, heading in found.items()}


def _spelt_as_a_name(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a heading can be a name: it has no small words, its last is no noun that sorts things, and it is no idea."""
    said = text.split()
    return (
        len(said) <= 3
        and all(word[0].isupper() or not word.islower() for word in said)
        and not any(sign in text for sign in "&/,")
        and not _ABSTRACT.search(text)
        and text.lower() not in vocabulary.words["idea"]
        and said[-1].lower()
        not in (vocabulary.hints["inHeading"].keys() | vocabulary.words["topic"] | vocabulary.words["genre"])
    )


def _heading(
    section: Section,
    above: Sequence[Heading],
    titles: Mapping[int, str],
    vocabulary: Vocabulary,
    defined: Callable[[str], Name | None],
    inside: bool,
) -> Heading:
    text = title_of(section.passage.text)
    said = words(text)
    if section.key in titles:
        subject = titles[section.key]
        return Heading(section, GENRE if subject.lower() in vocabulary.words["list title"] else TITLE, subject)
    between = inside and " ".join(said) in vocabulary.words["also a subject"]  # not the list's own translations
    if _inside_housekeeping(text, above, vocabulary) or (_is_housekeeping(text, vocabulary) and not between):
        return Heading(section, HOUSEKEEPING, text)
    entity = _entity(text, vocabulary, defined)
    if entity is not None and fold(text).removesuffix("s") not in {
        fold(name).removesuffix("s") for name in titles.values()
    }:
        return Heading(section, ENTITY, entity.label, entity.cls)
    subjects = (each.name for each in above if each.role in (TOPIC, TITLE))
    if fold(text) not in vocabulary.topics and (
        _names_no_subject(section.passage.text, said, [*subjects, *titles.values()], vocabulary)
        or of_subject(said, titles.values(), vocabulary)
    ):
        return Heading(section, GENRE, text)
    return Heading(section, TOPIC, _unnumbered(clean(section.passage.text)) or text)


def _names_no_subject(text: str, said: Sequence[str], subjects: Sequence[str], vocabulary: Vocabulary) -> bool:
    of_tongues = any(vocabulary.words["of tongues"].intersection(words(subject)) for subject in subjects)
    tongues = frozenset[str]() if of_tongues else vocabulary.words["tongue"]
    return (
        not said
        or is_genre(said, vocabulary, tongues)
        or sorts(text, said, vocabulary)
        or is_sentence(text, said, vocabulary)
        or is_gathering(title_of(text), vocabulary)
    )


def _letters(sections: Sequence[Section]) -> set[int]:
    """Return the headings that stand in an index of letters."""
    texts = ((row, [title_of(each.passage.text) for each in row]) for row in _rows_of(sections) if len(row) > 2)
    return {
        each.key
        for row, said in texts
        if index_letters(said)
        for each, text in zip(row, said, strict=True)
        if len(text) < 6
    }


def _inside_housekeeping(text: str, above: Sequence[Heading], vocabulary: Vocabulary) -> bool:
    """Whether a heading stands inside one of housekeeping and is some too; one that leads elsewhere holds entries."""
    if not above or above[-1].role != HOUSEKEEPING:
        return False
    return not _is_contents(above[-1].name, vocabulary) and " ".join(words(text)) not in vocabulary.words["elsewhere"]


def _is_housekeeping(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a heading names parts of a list that are about the list: "License and Contributing"."""
    parts = (" ".join(words(part)) for part in _JOINT.split(text))
    return vocabulary.words["housekeeping"].issuperset(parts) or _is_contents(text, vocabulary)


def _is_contents(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a heading names a table of contents, of the list or of a part: "Sails sub-categories"."""
    said = " ".join(words(text))
    contents = vocabulary.words["contents"]
    return said in contents or any(said.endswith(f" {phrase}") for phrase in contents if not phrase.isalpha())


def _entity(text: str, vocabulary: Vocabulary, defined: Callable[[str], Name | None]) -> Name | None:
    """Return the tool or vendor that a heading names, if it names one and nothing more."""
    vague = vocabulary.words["vague"]
    parts = text.split()
    while len(parts) > 1 and parts[0].lower() in vague:
        parts = parts[1:]
    key = fold(" ".join(parts))
    known = vocabulary.names.get(key)
    if known is not None and len(parts) > 1 and known.label != " ".join(parts) and is_genre(words(text), vocabulary):
        known = None  # Good Reads are no Goodreads
    if known is not None and not (known.ordinary and len(parts) != 1 and known.label != " ".join(parts)):
        return known
    version = _VERSION.fullmatch(" ".join(parts))
    whole = vocabulary.names.get(fold(version[1])) if version is not None else None
    if whole is not None and not whole.ordinary and whole.label not in vocabulary.words["idea"]:
        return whole
    if (house := institution(text, vocabulary)) is not None:
        return house
    found = defined(key)
    said = words(text)
    kind = len(said) > 1 and said[-1] in vocabulary.hints["inHeading"] and said[-1].endswith("s")  # CTF Tools
    spelt = found is not None and " ".join(parts).casefold() in {
        each.casefold() for each in (found.label, *found.aliases)
    }
    return (
        found
        if found is not None and spelt and not found.ordinary and not kind and not is_genre(said, vocabulary)
        else None
    )
