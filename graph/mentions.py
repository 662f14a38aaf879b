"""Names in text: where a passage names a thing that the lexicon knows or a list defines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from .name_places import ENDED, begins_or_small, in_place_of_a_name, is_initial, within_capitals
from .names import fold, with_other_dots
from .small_words import Common
from .spans import Spans
from .vocabulary import Name, Vocabulary

_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_PLURAL = re.compile(r"[^sui]s$")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_PURE = re.compile(r"\b(?:pure|non)-$", re.IGNORECASE)
_LONGEST_PURE = 8
"""How many characters before a name it stands within, with what is before it."""
_PARTS = re.compile(r"[^\W\d_]+")
_DOMAIN = re.compile(r"\.(?:com|io|org|net|dev|ai|app)(?![\w-]|\.\w)")
_IN_CAPITALS = re.compile(r"[A-Z][a-z]+(?: [A-Z][A-Za-z]*)+")
_VERSION = re.compile(r"(?:[1-9]|[12]\d)(?:\.(?:x|\d{1,2}))?(?![\w+#-]|\.\w|/\d)")
"""A version's number that is glued to a name."""
_GLUED = ("_", "@", "#", "$", ".", "-", "/")
_FOLLOWING_WORD = re.compile(r"[A-Za-z]+")
_LONG = 4
"""How many letters a language's name has, at the least, that is a word too, to be told by the version behind it: Swift3.0."""


_NO_SUBJECTS: Mapping[str, frozenset[str]] = {}
_NOTHING_CALLED: Mapping[str, Mapping[str, Name]] = {}

_NOWHERE = Spans(())


class Mention(NamedTuple):
    """A name in a text."""

    start: int
    end: int
    name: Name
    by_link: bool = False
    """Whether only the link tells which name it is, and the words need not spell it."""


class Finder:
    """All names at once, in one pass over a text (Aho and Corasick 1975)."""

    def __init__(
        self,
        names: Iterable[Name],
        local: Mapping[str, frozenset[str]],
        words: Mapping[str, frozenset[str]],
        unsaid: frozenset[str] = frozenset(),
        listed: frozenset[str] = frozenset(),
        subjects: Mapping[str, frozenset[str]] = _NO_SUBJECTS,
        called: Mapping[str, Mapping[str, Name]] = _NOTHING_CALLED,
    ) -> None:
        spellings: dict[str, dict[str, Name]] = {}
        for name in {id(name): name for name in names}.values():  # one stands there for each of its spellings
            for spelling in (name.label, *name.aliases):
                if spelling in unsaid and name.label not in subjects:
                    continue
                spellings.setdefault(spelling.translate(_LOWER), {}).setdefault(spelling, name)
        for spelling in chain.from_iterable(called.values()):
            spellings.setdefault(spelling.translate(_LOWER), {})
        for table in [*spellings.values()]:
            for spelling, name in [*table.items()]:
                for other, meant in _written_otherwise(spelling, name, listed, words["plain"]):
                    spellings.setdefault(other.translate(_LOWER), {other: meant})
        self._brands = {
            pattern
            for pattern, table in spellings.items()
            for name in table.values()
            if " " not in pattern and name.label not in listed and (name.cls == "atlas:Vendor" or name.maker)
        }
        self._numbered: dict[str, set[str]] = defaultdict(set)
        for pattern, table in spellings.items():
            if pattern[-1:].isdecimal():
                self._numbered[fold(pattern)].update(name.label for name in table.values())
        self._patterns = sorted(pattern for pattern in spellings if pattern.strip())
        self._spellings = [spellings[pattern] for pattern in self._patterns]
        self._automaton = AhoCorasick(self._patterns)
        self._called = called
        self._local = local
        self._listed = listed
        self._subjects = subjects
        self._unsaid = unsaid
        self._compounds = words["compounds"]
        self._seldom = words["seldom words"]
        self._nouns = words["software noun"] | words["instances"] | words["of languages"]

    def find(self, text: str, source: str, without: str = "") -> list[Mention]:
        """Return the names in a text of a list, none inside another, in reading order.

        One label can be left out, to see what is in it.
        """
        found: list[tuple[int, int, bool, Mention]] = []
        urls = Spans(url.span() for url in _URL.finditer(text)) if "http" in text or "www." in text else _NOWHERE
        small = text.lower() if text.isascii() else text.translate(_LOWER)
        bounded = f"{text} "  # a space behind the last character, and so, at -1, before the first
        matches = self._automaton.find_matches_as_indexes(small, overlapping=True)
        # Most are a part of a word: that is told here, without a call.
        apart = [
            one
            for one in matches
            if not bounded[one[1] - 1].isalnum() and (not bounded[one[2]].isalnum() or bounded[one[2]].isdecimal())
        ]
        own = self._called.get(source, {})
        for number, start, end in apart:
            if not bounded[end].isdecimal():
                short = self._called_here(own, text, start, end) if own else None
                name = short if short and self._whole(text, start, end) else self._name(text, number, start, end)
            else:
                version = _VERSION.match(text, end)
                name = self._versioned(text, number, start, end) if version is not None else None
                if version is None or name is None or self._is_another(name, text[start : version.end()]):
                    continue
                end = version.end()
            if name is None or name.label == without or source not in self._local.get(name.label, (source,)):
                continue
            if self._is_no_name(name, text, start, end, source in self._subjects.get(name.label, ())):
                continue
            if not urls.hold(start, start + 1):
                domain = _DOMAIN.match(text, end)
                ended = domain.end() if domain else end
                found.append((start, -ended, domain is not None, Mention(start, ended, name)))
        found.sort(key=lambda one: one[:3])  # the longest first; a Bramble.io that is listed is not Bramble's
        kept: list[Mention] = []
        for *_, mention in found:
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def _called_here(self, own: Mapping[str, Name], text: str, start: int, end: int) -> Name | None:
        """Return what a list means by words that it uses for its subject; small ones only where a name can stand."""
        name = own.get(text[start:end])
        small = name is not None and text[start:end].islower()
        return None if small and not in_place_of_a_name(text, start, end, self._nouns) else name

    def _versioned(self, text: str, number: int, start: int, end: int) -> Name | None:
        """Return the well-known tool or language whose version's number is glued to its name: Vue3 is Vue."""
        if end - start < 2 or text[start - 1 : start] in _GLUED or not text[end - 1].isalpha():
            return None
        said = text[start:end]
        name = self._spelt(said, self._spellings[number])
        if name is None or name.label in self._listed:
            return None
        if name.ordinary and (
            name.cls != "atlas:Language" or len(said) < _LONG or said not in (name.label, *name.aliases)
        ):
            return None
        return name if name.cls in ("atlas:Tool", "atlas:Language") else None

    def _is_another(self, name: Name, numbered: str) -> bool:
        """Whether a name with a number is another thing's: D3 is no version of D, but Vue3 is one of Vue."""
        return name.label not in self._numbered.get(fold(numbered), (name.label,))

    def _is_no_name(self, name: Name, text: str, start: int, end: int, subject: bool) -> bool:
        """Whether words that can be a name are none here; of the list's subject as it is spelt they are always one."""
        if text[start:end] in self._unsaid and not (subject and text[start:end] == name.label):
            return True
        if subject:
            return False
        if name.ordinary and name.cls != "atlas:Language" and text[end : end + 1] == "-":
            said = text[start:end]  # "Node-based editor" names no Node.js
            return said.islower() or (said.lower() not in self._seldom and begins_or_small(text, start))
        # "Security" of the "Security Response Center"
        return name.ordinary and name.label in self._local and within_capitals(text, start, end)

    def _name(self, text: str, number: int, start: int, end: int) -> Name | None:
        if not self._whole(text, start, end):
            return None
        names = self._spellings[number]
        return self._spelt(text[start:end], names) or (
            self._branded(text[start:end], names) if ENDED.match(text, end) else None
        )

    def _spelt(self, spelling: str, names: Mapping[str, Name]) -> Name | None:
        """Return the name that words are, as they are spelt."""
        exact = names.get(spelling)
        if exact is not None:
            return exact
        if spelling.isupper() and spelling.isalpha() and all(name.label.islower() for name in names.values()):
            return None  # ECDSA, the algorithm, is not what a package of that name is
        distinct = not spelling.replace(" ", "").isalpha() or _INNER_CAPITAL.search(spelling)
        words = spelling.split()
        if len(words) > 1 and not spelling.islower() and any(word[0].islower() for word in words):
            return None  # "API platform": the words, not the product that bears them
        mixed = _INNER_CAPITAL.search(spelling) is not None
        others = (name for name in names.values() if not (mixed and name.label == spelling.upper()))  # DoS is not DOS
        return next((name for name in others if distinct or not self._ordinary(name, words)), None)

    def _branded(self, spelling: str, names: Mapping[str, Name]) -> Name | None:
        """Return the product whose maker's name some words begin with, though the rest is written small: Google docs."""
        first, _, rest = spelling.partition(" ")
        if not rest.islower() or first.islower() or first.lower() not in self._brands:
            return None
        return next((name for name in names.values() if not name.ordinary and name.label not in self._listed), None)

    def _ordinary(self, name: Name, words: Sequence[str]) -> bool:
        """Whether words are a name only where they are spelt like it; several words are so only if no lexicon knows them."""
        return name.ordinary and (len(words) == 1 or name.label in self._listed)

    def _whole(self, text: str, start: int, end: int) -> bool:
        """Whether words that no letter or digit touches stand alone, not as a part of a longer word."""
        before, after = text[start - 1 : start], text[end : end + 1]
        joined = after == "+" and end - start > 1 and text[end + 1 : end + 2].isupper()  # Bramble+Alder are two
        if before in ("_", "@", "#", "$") or (after in ("_", "+", "#") and not joined):
            return False
        if end - start == 1 and ("&" in (before, after) or is_initial(text, start, end)):
            return False  # R&D and John D. Example name no language
        if (
            before in ("-", ".")
            and text[start - 2 : start - 1].isalnum()
            and not _PURE.search(text, max(start - _LONGEST_PURE, 0), start)
        ):
            return False
        following = text[end + 1 : end + 2]
        if after == "." and following.isalnum():
            return _DOMAIN.match(text, end) is not None  # Salesforce.com is Salesforce
        if after == "-" and following.isalnum():
            word = _FOLLOWING_WORD.match(text, end + 1)
            return word is not None and word[0].lower() in self._compounds
        return True


def _written_otherwise(
    spelling: str, name: Name, listed: frozenset[str], plain: frozenset[str]
) -> Iterator[tuple[str, Name]]:
    """Yield how else a name is written: Kite.js as KiteJS; Kite Router, if it is well known, as KiteRouter and Kite-Router.

    Plain words that name a tool do so only where capitals show how they are sewn: HomeHelp, but neither homehelp nor Home-Help.
    """
    if other := with_other_dots(spelling):
        yield other, name
    if " " not in spelling or name.ordinary or name.label in listed:
        return
    words_only = plain.issuperset(spelling.lower().split())
    if _IN_CAPITALS.fullmatch(spelling) and not (words_only and name.cls == "atlas:Vendor"):
        yield spelling.replace(" ", ""), name._replace(ordinary=words_only)
    if not words_only:
        yield spelling.replace(" ", "-"), name


class Definition(NamedTuple):
    """One place that gives an entity its name."""

    name: str
    cls: str
    spelling: str
    """Another spelling that stands there, or nothing."""
    source: str


class Defined(NamedTuple):
    """The names that the lists of a build define."""

    names: Mapping[str, Name]
    """By folded spelling."""
    local: Mapping[str, frozenset[str]]
    """By label, for names that are also plain words: the lists that define them, and that alone use them as names."""
    common: frozenset[str]
    """The words that the lexicon or these descriptions write in lower case: no names by themselves."""
    bare: frozenset[str]
    """Those of them that never have an article, and so can be names that are spelt small."""
    nouns: frozenset[str] = frozenset()
    """Words that stand, if only once, as a noun with its article: "in your menubar"."""
    subjects: Mapping[str, frozenset[str]] = _NO_SUBJECTS
    """By label, for what whole lists are about: those lists. There it is a name among capitals too, and spelt small."""
    at_home: frozenset[str] = frozenset()
    """The folded names that an entry has at their own site, or at a repository that is called so."""

    def get(self, key: str, source: str) -> Name | None:
        """Return the name that a folded spelling stands for in one list."""
        name = self.names.get(key)
        return name if name is not None and source in self.local.get(name.label, (source,)) else None


_LONGEST = 60
"""How many characters a name has at the most."""


def defined_names(found: Sequence[Definition], said: Common, vocabulary: Vocabulary) -> Defined:
    """Return the names that lists define. A name that the lexicon knows stays the lexicon's.

    A name of common words counts as one only where it is spelt exactly, and only in the lists that define it; so does one
    that is spelt small, in any spelling.
    """
    spellings: dict[str, dict[str, int]] = defaultdict(dict)
    classes: dict[str, dict[str, int]] = defaultdict(dict)
    sources: dict[str, set[str]] = defaultdict(set)
    ideas = {fold(idea) for idea in vocabulary.words["idea"]}
    common, bare = vocabulary.words["plain"] | said.words, said.bare - vocabulary.words["plain"]
    for one in found:
        key = fold(one.name)
        if key not in ideas and _can_be_defined(key, one.name, vocabulary):
            spelt, voted = spellings[key], classes[key]
            spelt[one.name] = spelt.get(one.name, 0) + 1
            voted[one.cls] = voted.get(one.cls, 0) + 1
            sources[key].add(one.source)
    names, local = {}, {}
    for key, counts in sorted(spellings.items()):
        label = max(counts, key=lambda spelling: (counts[spelling], not spelling.islower(), spelling))
        cls = max(classes[key], key=lambda vote: (classes[key][vote], vote))
        words = label.split()
        plain = all(word.isalpha() and (word.islower() or word[1:].islower()) for word in words)
        parts = [part.lower() for part in _PARTS.findall(label)]
        small = plain and label in bare and not _PLURAL.search(label)  # agenix
        # "getopt" in a text is no word beside GetOpt
        words_only = common if plain and not small else vocabulary.words["plain"]
        ordinary = bool(parts) and all(part in words_only or part in ideas or len(part) == 1 for part in parts)
        joined = {"".join(words)} if len(words) > 1 and all(word[:1].isupper() for word in words) else set()
        names[key] = Name(cls, label, tuple(sorted((set(counts) | joined) - {label})), ordinary)
        if (
            key.isdigit()
            or (ordinary and not _INNER_CAPITAL.search(label))
            or (plain and label.islower() and not small)
        ):
            local[label] = frozenset(sources[key])
    return Defined({**names, **_short_for(found, names, common, vocabulary)}, local, common, bare, said.nouns)


def _short_for(
    found: Sequence[Definition], names: Mapping[str, Name], common: frozenset[str], vocabulary: Vocabulary
) -> dict[str, Name]:
    """Return the names for which entries have another spelling, by that; a common word is no name in other texts."""
    shorter: dict[str, Name] = {}
    for one in sorted(
        one for one in found if one.spelling and (one.spelling.isupper() or one.spelling.lower() not in common)
    ):
        target = vocabulary.names.get(fold(one.name)) or names.get(fold(one.name)) or shorter.get(fold(one.name))
        key = fold(one.spelling)
        if target is not None and key not in vocabulary.names and key not in names:
            aliases = tuple(sorted({*target.aliases, one.spelling}))
            shorter.setdefault(key, target._replace(aliases=aliases))
    return shorter


def _can_be_defined(key: str, name: str, vocabulary: Vocabulary) -> bool:
    """Whether an entry's title can be a name that nobody knows yet: a GitHub repository is something at GitHub."""
    if len(key) < 2 or len(name) > _LONGEST or key in vocabulary.names:
        return False
    whose, _, kept = name.rpartition(" ")
    return kept.lower() not in vocabulary.words["kept at"] or fold(whose) not in vocabulary.names


def finder(vocabulary: Vocabulary, defined: Defined, called: Mapping[str, Mapping[str, Name]]) -> Finder:
    """Return the finder for everything that the lexicon knows and the lists define.

    ``called`` has by list what it calls its subject for short, whatever else bears that name elsewhere.
    """
    spellings = {spelling for name in defined.names.values() for spelling in (name.label, *name.aliases)}
    named = {name.label for name in defined.names.values()}
    bare = defined.bare.intersection(named)
    small = frozenset(
        spelling
        for spelling in spellings
        if spelling.islower()
        and spelling not in bare
        and not _has_a_name(spelling, vocabulary)
        and all(word in defined.common or word in defined.nouns for word in re.split(r"[\s-]", spelling))
    )
    names = (*vocabulary.names.values(), *defined.names.values())
    listed = frozenset(named) - {name.label for name in vocabulary.names.values()}
    return Finder(names, defined.local, vocabulary.words, small, listed, defined.subjects, called)


def _has_a_name(spelling: str, vocabulary: Vocabulary) -> bool:
    """Whether one of some words with hyphens is a known name that is no plain word: bramble-cli."""
    parts = spelling.split("-")
    if len(parts) == 1 or parts[-1] in vocabulary.words["compounds"]:
        return False
    return any(fold(part) in vocabulary.names and part not in vocabulary.words["plain"] for part in parts)


def inside(mentions: Iterable[Mention], start: int, end: int) -> Iterator[Mention]:
    """Yield the mentions between two offsets."""
    return (mention for mention in mentions if start <= mention.start and mention.end <= end)
