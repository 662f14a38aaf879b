"""The noun that a phrase turns on: "a small library for blogs" is a library, "Places to Find Papers" are places."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from typing import TypeVar

from .headings import words

_PAUSE = re.compile(
    r"[,;:()\[\]–—|/&\s.!?](?:(?<=[,;:()\[\]–—|/&])|(?<=[.!?])\s|(?<=\s)(?:[-+]|[Aa][Nn][Dd]|[Oo][Rr])\s)"
)  # what it can begin with comes first, so that it is tried nowhere else
"""Where a phrase may end and the next begin: behind each of several adjectives, of several nouns, of a name."""

_ONE_WORD = re.compile(r"\W*\w+")
_COPULAS = frozenset({"is", "are", "was", "isn't", "s"})

_ARTICLES = frozenset({"a", "an", "the"})

_SPEAKERS = frozenset({"we", "i", "you", "who", "that"})

_Value = TypeVar("_Value")


def singular(word: str) -> str:
    """Return a plural noun's singular, and any other word as it is.

    >>> singular("libraries"), singular("tutorials"), singular("class")
    ('library', 'tutorial', 'class')
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def is_gerund(word: str, verbs: Container[str]) -> bool:
    """Whether a word is the gerund of a verb that is known to say what something does: editing photos, generating icons.

    >>> is_gerund("editing", {"edit"}), is_gerund("making", {"make"}), is_gerund("string", {"sting"})
    (True, True, False)
    """
    stem = word.removesuffix("ing")
    return stem != word and any(verb in verbs for verb in (stem, f"{stem}e", stem[:-1]))


def turning(text: str, table: Mapping[str, _Value], behind: Set[str], holders: Set[str]) -> _Value | None:
    """Return what a table has for the noun that a description turns on; None where that noun is none of the table's.

    A pause behind a single word divides adjectives, one behind several ends the noun that counts.
    ``behind`` holds the words that stand behind a noun and say more of it, ``holders`` the nouns whose "of" says what is
    held: a series of talks is talks.

    >>> turning("A fast, small library for books", {"library": 1, "books": 2}, frozenset({"for"}), frozenset())
    1
    >>> turning("Brambles is a series of books", {"books": 2}, frozenset({"of"}), frozenset({"series"}))
    2
    """
    for number, phrase in enumerate(_parted(text)):
        said = words(phrase)
        if number and len(said) == 1:  # one of a row of subjects
            continue
        begun = 1 if said[:1] and said[0] in _ARTICLES else 0
        held = ""
        for at, word in enumerate(said):
            if word in _COPULAS:
                begun = at + 1
            elif word == "of" and at > begun:
                if (found := table.get(f"{said[at - 1]} of")) is not None:
                    return found
                if said[at - 1] not in holders:
                    return _held(held, said[begun:at], table)
                begun, held = at + 1, f"{said[at - 1]} of"
            elif word in behind and (at or word not in _SPEAKERS):
                return _held(held, said[begun:at], table)
        if (found := _held(held, said[begun:], table)) is not None or len(said) > begun + 1:
            return found
    return None


def _parted(text: str) -> Iterator[str]:
    """Yield the phrases between pauses, one after the other: mostly the first tells enough."""
    at = 0
    for pause in _PAUSE.finditer(text):
        if pause[0] == "/" and not at and pause.start() and _ONE_WORD.fullmatch(text, at, pause.start()):
            continue  # a blog/photo platform is a platform
        yield text[at : pause.start()]
        at = pause.end()
    yield text[at:]


def _held(holder: str, said: Sequence[str], table: Mapping[str, _Value]) -> _Value | None:
    """Return what a table has for the last words of a phrase, with the noun that holds them: a collection of links."""
    found = table.get(f"{holder} {said[-1]}") if holder and said else None
    return noun(said, table) if found is None else found


def noun(said: Sequence[str], table: Mapping[str, _Value]) -> _Value | None:
    """Return what a table has for the last words of a phrase, the most words first, in the plural or in the singular."""
    found = ending(said, table)
    return ending([*said[:-1], singular(said[-1])], table) if found is None and said else found


def ending(said: Sequence[str], table: Mapping[str, _Value]) -> _Value | None:
    """Return what a table has for the last words of a phrase, the most words first."""
    for size in range(min(3, len(said)), 0, -1):
        if (found := table.get(" ".join(said[-size:]) if size > 1 else said[-1])) is not None:
            return found
    return None


def heads(name: str, behind: Set[str], holders: Set[str]) -> Iterator[list[str]]:
    """Yield the phrases that a heading joins, each without what is said of its noun: what the noun is ends each.

    >>> list(heads("Tools for Testing and Debugging", frozenset({"for"}), frozenset()))
    [['tools'], ['debugging']]
    """
    for phrase in _PAUSE.split(name):
        said = words(phrase)
        begun = 0
        for at, word in enumerate(said):
            if word == "of" and at > begun and singular(said[at - 1]) in holders:
                begun = at + 1
            elif word in behind:
                said = said[:at]
                break
        if said[begun:]:
            yield said[begun:]
