"""Names in text: where a passage names a thing that the lexicon knows or a list defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from .names import fold
from .vocabulary import Name, Vocabulary

_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_FOLLOWING_WORD = re.compile(r"[A-Za-z]+")


class Mention(NamedTuple):
    """A name in a text."""

    start: int
    end: int
    name: Name


class Finder:
    """All names at once, in one pass over a text (Aho and Corasick 1975)."""

    def __init__(self, names: Iterable[Name], compounds: frozenset[str]) -> None:
        spellings: dict[str, dict[str, Name]] = {}
        for name in names:
            for spelling in (name.label, *name.aliases):
                spellings.setdefault(spelling.translate(_LOWER), {}).setdefault(spelling, name)
        self._patterns = sorted(pattern for pattern in spellings if pattern.strip())
        self._spellings = [spellings[pattern] for pattern in self._patterns]
        self._automaton = AhoCorasick(self._patterns)
        self._compounds = compounds

    def find(self, text: str, without: str = "") -> list[Mention]:
        """Return the names in a text, none inside another, in reading order; one label can be left out, to see what is in it."""
        found: list[Mention] = []
        urls = [url.span() for url in _URL.finditer(text)] if "http" in text or "www." in text else []
        for number, start, end in self._automaton.find_matches_as_indexes(text.translate(_LOWER), overlapping=True):
            name = self._name(text, number, start, end)
            if name is not None and name.label != without and not any(lower <= start < upper for lower, upper in urls):
                found.append(Mention(start, end, name))
        found.sort(key=lambda mention: (mention.start, -mention.end))
        kept: list[Mention] = []
        for mention in found:
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def _name(self, text: str, number: int, start: int, end: int) -> Name | None:
        if not self._whole(text, start, end):
            return None
        spelling, names = text[start:end], self._spellings[number]
        exact = names.get(spelling)
        if exact is not None:
            return exact
        distinct = not spelling.replace(" ", "").isalpha() or _INNER_CAPITAL.search(spelling)
        words = spelling.split()
        if len(words) > 1 and not spelling.islower() and any(word[0].islower() for word in words):
            return None  # "API platform": the words, not the product that bears them
        return next((name for name in names.values() if distinct or not name.ordinary), None)

    def _whole(self, text: str, start: int, end: int) -> bool:
        """Whether the words at ``start`` to ``end`` stand alone, not as a part of a longer word."""
        before, after = text[start - 1 : start], text[end : end + 1]
        if (
            before.isalnum()
            or before in ("_", "@", "#", "$")
            or (before in ("-", ".") and text[start - 2 : start - 1].isalnum())
        ):
            return False
        if after.isalnum() or after in ("_", "+", "#"):
            return False
        following = text[end + 1 : end + 2]
        if after == "." and following.isalnum():
            return False
        if after == "-" and following.isalnum():
            word = _FOLLOWING_WORD.match(text, end + 1)
            return word is not None and word[0].lower() in self._compounds
        return True


def defined_names(entities: Sequence[tuple[str, str, str]], vocabulary: Vocabulary) -> dict[str, Name]:
    """Return the names that lists define, by folded spelling, from triples of name, class and another spelling (or nothing).

    A name that the lexicon knows stays the lexicon's. A single plain word counts as a name only where it is spelt exactly.
    """
    spellings: dict[str, dict[str, int]] = {}
    classes: dict[str, dict[str, int]] = {}
    for name, cls, _ in entities:
        key = fold(name)
        if len(key) < 2 or key in vocabulary.names or len(name) > 60:
            continue
        counts = spellings.setdefault(key, {})
        counts[name] = counts.get(name, 0) + 1
        votes = classes.setdefault(key, {})
        votes[cls] = votes.get(cls, 0) + 1
    found = {}
    for key, counts in sorted(spellings.items()):
        label = max(counts, key=lambda spelling: (counts[spelling], not spelling.islower(), spelling))
        cls = max(classes[key], key=lambda vote: (classes[key][vote], vote))
        plain = all(word.isalpha() and (word.islower() or word[1:].islower()) for word in label.split())
        found[key] = Name(cls, label, tuple(sorted(set(counts) - {label})), ordinary=plain)
    for name, _, spelling in sorted(entities):
        target = vocabulary.names.get(fold(name)) or found.get(fold(name))
        if spelling and target is not None and fold(spelling) not in vocabulary.names:
            found.setdefault(fold(spelling), target._replace(aliases=tuple(sorted({*target.aliases, spelling}))))
    return found


def finder(vocabulary: Vocabulary, defined: Mapping[str, Name]) -> Finder:
    """Return the finder for everything that the lexicon knows and the lists define."""
    return Finder((*vocabulary.names.values(), *defined.values()), vocabulary.words["compounds"])


def inside(mentions: Iterable[Mention], start: int, end: int) -> Iterator[Mention]:
    """Yield the mentions between two offsets."""
    return (mention for mention in mentions if start <= mention.start and mention.end <= end)
