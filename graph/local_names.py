"""Names that only the lists that define them use: elsewhere the same letters are as likely to be something else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from .names import fold, sewn_from

if TYPE_CHECKING:
    from .mentions import Definition
    from .vocabulary import Name

_ABBREVIATION = 4
"""So many capitals or fewer stand for too many things: in texts of other lists such a name was wrong three times in four."""

_AGREED = 3
"""Where so many lists have an entry of a name, it is as well known as a name of the lexicon."""

_OFTEN = 3
"""How often the words of a sewn name stand apart in texts before they count as a phrase: some are its own descriptions."""


def local_names(
    names: Mapping[str, Name], definitions: Iterable[Definition], texts: Iterable[str], dating: Set[str]
) -> dict[str, frozenset[str]]:
    """Return by label the lists that define names which other lists do not mean: abbreviations, dates, phrases sewn together.

    Names come by their folded spelling, texts are descriptions, `dating` are months and other words of dates. A name of
    several lists is one of all.
    """
    sources: dict[str, set[str]] = defaultdict(set)
    for one in definitions:
        sources[fold(one.name)].add(one.source)
    own = {name.label: sources[key] for key, name in names.items() if key == fold(name.label)}
    own = {label: lists for label, lists in own.items() if 0 < len(lists) < _AGREED}
    found = {label for label in own if is_abbreviation(label) or is_date(label, dating)} | sewn_phrases(own, texts)
    return {label: frozenset(own[label]) for label in sorted(found)}


def is_abbreviation(name: str) -> bool:
    """Whether a name is a few capitals and nothing else.

    >>> is_abbreviation("KISS"), is_abbreviation("FFmpeg"), is_abbreviation("ELMAH"), is_abbreviation("C3D")
    (True, False, False, False)
    """
    return len(name) <= _ABBREVIATION and name.isascii() and name.isalpha() and name.isupper()


def is_date(name: str, dating: Set[str]) -> bool:
    """Whether a name is nothing but words of dates and numbers.

    >>> is_date("Jan", {"jan"}), is_date("October 30", {"october"}), is_date("Jan Server", {"jan"})
    (True, True, False)
    """
    return all(word in dating or word.isdecimal() for word in name.lower().split())


def sewn_phrases(names: Iterable[str], texts: Iterable[str]) -> set[str]:
    """Return the names whose words texts use apart and in small letters, as no name is.

    >>> sewn_phrases(["EventBus", "RocketChat"], ["An event bus, another event bus", "the event bus of rocket chat"])
    {'EventBus'}
    """
    phrases = {" ".join(words).lower(): name for name in names if len(words := sewn_from(name)) > 1}
    counts = Counter(_found(phrases, texts))
    return {phrases[phrase] for phrase, count in counts.items() if count >= _OFTEN}


def _found(phrases: Iterable[str], texts: Iterable[str]) -> Iterable[str]:
    """Yield the phrases that stand in texts as whole words, each as often as it does."""
    patterns = sorted(phrases)
    search: Callable[..., list[tuple[int, int, int]]] = AhoCorasick(patterns).find_matches_as_indexes
    for text in texts:
        for number, start, end in search(text, overlapping=True):
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                yield patterns[number]
