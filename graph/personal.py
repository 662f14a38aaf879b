"""Who an entry can be: what people are called like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .headings import words
from .names import fold
from .nouns import ending, heads, singular
from .titles import PERSON, is_person
from .urls import Site
from .vocabulary import Hint, Vocabulary

_BRACKETS = re.compile(r"\([^()]*\)")
_PERSONAL = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž](?=[\w'’-]*[a-zà-öø-ÿā-ž])[\w'’-]*+|(?:[A-Z]\.-?)+|[A-Z]\b)"
"""A word that is tried in one way only: a long title of words with capitals would take milliseconds otherwise."""
_SMALL = r"(?:van|von|de|der|den|del|di|da|du|la|le|bin|al|el|dos|ter)"
_CALLED = re.compile(rf"(?:{_SMALL} )*{_PERSONAL}(?:,? (?:{_PERSONAL}|{_SMALL})){{1,4}}")
"""What a person can be called: two names or more, with initials and small words, the last one perhaps first."""
_DEGREE = re.compile(r",? (?:Ph\.?D|M\.?D|M\.?Sc|Esq|Jr|Sr)\b\.?$")
INVERTED = re.compile(r"[A-Z][\w'’-]+, (?:[A-Z][\w'’-]+|[A-Z]\.)(?: (?:[A-Z][\w'’-]+|[A-Z]\.))?")
"""A name as registers have it: Example, Ada B."""
_PERSON = "atlas:Person"
_SENTENCE = re.compile(r"[.!?]\s+")
_SENTENCES = 3
"""In how many sentences a description comes to say what somebody is."""
_LONGEST = 6
"""How many words say what somebody is, at most."""
_SHORT = 2
"""How many segments the path of a page has that a person is listed by, at most, where nothing says what they are."""
_THEIRS = 0.35
"""How much of what a heading says of people speaks for a page of theirs, where an entry is called like none."""
_SIGNED = re.compile(
    rf"[^\w(]*(?!By\b)(?P<who>{PERSON.pattern}(?:(?:, and |, | and | & ){PERSON.pattern})*)(?: \([^()]*\))?[\s.]*"
)
_LONGEST_SIGNED = 200
"""How many characters the names of people who wrote something take at the most."""
_HOMES = frozenset({"faculty", "homes", "members", "people", "staff"})
"""Where a site keeps the pages of its people."""
_COMMON = ("genre", "work", "event", "organisation suffix", "organisation", "profession")
"""The kinds of words that are part of no person's name."""


def is_named_as_a_person(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a title is two or three capitalised words that are no words of other things: what a person's name looks like."""
    bare = _BRACKETS.sub("", name).strip()
    if PERSON.fullmatch(bare) is None:
        return False
    other = (vocabulary.words["plain"], vocabulary.hints["inTitle"], vocabulary.names)
    return not any(word in each for word in (fold(bare), *words(bare), *map(fold, words(bare))) for each in other)


def is_given(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is a name that people are given, be it an ordinary word as well.

    >>> from linkatlas.vocabulary import load
    >>> [is_given(word, load()) for word in ("Peter", "Mark", "Bramble")]
    [True, True, False]
    """
    return word.lower() in vocabulary.words["given name"] or word.lower() in vocabulary.words["first name"]


def can_be_a_person(name: str, site: Site, vocabulary: Vocabulary) -> bool:
    """Whether a title under a heading for people can name one, by its form and its words, or by an account of that name."""
    bare = _DEGREE.sub("", " ".join(_BRACKETS.sub(" ", name).split()))
    if bare.startswith("@") or INVERTED.fullmatch(bare) or (" " not in bare and len(site.path) == 1):
        return True
    if _CALLED.fullmatch(bare) is None:
        return False
    said = [word for word in words(bare) if len(word) > 1]
    plain = sum(word in vocabulary.words["plain"] for word in said)
    both = {*said, *map(singular, said)}
    common = (*(vocabulary.words[each] for each in _COMMON), vocabulary.hints["inTitle"].keys())
    return (plain < 2 or plain < len(said) - 1) and all(each.isdisjoint(both) for each in common)


def is_somebody(name: str, site: Site, text: str, above: Sequence[Hint], vocabulary: Vocabulary) -> bool:
    """Whether a title with the form of a person's name is one: its description says what somebody is, or it stands under people.

    What is called like its page is no person: acme/pip-wren.
    """
    bare = " ".join(_BRACKETS.sub(" ", name).split())
    if _CALLED.fullmatch(bare) is None or (len(site.path) > 1 and fold(site.path[-1]) == fold(bare)):
        return False
    said = words(bare)
    if not vocabulary.hints["describedAs"].keys().isdisjoint(said):
        return False  # Loom Dashboard
    if not says_who(text, vocabulary):
        plain = said[-1] in vocabulary.words["plain"]
        if plain or len(site.path) > _SHORT or all(hint.cls != _PERSON for hint in above):
            return False
    return can_be_a_person(name, site, vocabulary)


def is_signed(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a description is nothing but the names of people, with whom they belong to in brackets.

    >>> from linkatlas.vocabulary import load
    >>> [is_signed(text, load()) for text in ("Pip Wren, Jay Fernside (Acme Works).", "By Pip Wren.", "Pip Wren rows boats")]
    [True, False, False]
    """
    found = _SIGNED.fullmatch(text) if len(text) <= _LONGEST_SIGNED else None
    return found is not None and all(is_person(one, frozenset(), vocabulary) for one in PERSON.findall(found["who"]))


def says_who(text: str, vocabulary: Vocabulary) -> bool:
    """Whether one of the first sentences of a description turns on a word for people: "Rows boats. Engineer at Acme"."""
    behind, holders = vocabulary.words["behind a noun"], vocabulary.words["holders"]
    for sentence in _SENTENCE.split(text.strip(" -–—:"), maxsplit=_SENTENCES)[:_SENTENCES]:
        said = next(heads(sentence, behind, holders), [])
        found = ending(said, vocabulary.hints["describedAs"]) if len(said) <= _LONGEST else None
        if found and any(hint.cls == _PERSON for hint in found):
            return True
    return False


def of_headings(
    name: str, site: Site, hints: Sequence[Hint], other: Sequence[str], vocabulary: Vocabulary
) -> Iterator[Hint]:
    """Yield what the headings say of an entry: whatever stands under people and is not called like one is a page of theirs."""
    people = all(hint.cls != "atlas:Person" for hint in hints) or can_be_a_person(name, site, vocabulary)
    for hint in hints:
        if hint.cls not in other:
            yield (
                hint
                if people or hint.cls != "atlas:Person"
                else Hint(hint.name, "atlas:Website", hint.weight * _THEIRS)
            )


def of_account(site: Site, hints: list[Hint], shapes: Mapping[str, tuple[Hint, ...]]) -> list[Hint]:
    """Return what a host says of an entry that is called like a person: on a social network it is an account of theirs."""
    if all(hint.cls != "atlas:Community" for hint in hints):
        return hints
    return [*shapes.get("account of a person", ())] if len(site.path) == 1 else []


def own_sites(person: str) -> frozenset[str]:
    """Return what people call their sites, folded.

    >>> sorted(own_sites("Pip Q. Wren"))
    ['pipqwren', 'pipwren', 'pqwren', 'pwren', 'wren', 'wrenp', 'wrenpip']
    """
    said = [key for word in person.split() if (key := fold(word))]
    first, last = said[0], said[-1]
    initials = "".join(word[0] for word in said[:-1])
    return frozenset(
        ("".join(said), first + last, last + first, first[0] + last, last + first[0], initials + last, last)
    )


def is_of_its_owner(name: str, path: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a repository's title is but the name of the person who owns it, and its own name is another: finchwren/ama."""
    if not is_named_as_a_person(name, vocabulary) or fold(path[1]) in fold(name):
        return False
    owner = fold(path[0])
    return owner in own_sites(name) or owner.endswith(fold(name.split()[-1]))


def is_personal(site: Site) -> bool:
    """Whether a page is a person's on somebody's site: ``/~name``, ``/homes/name``."""
    held = len(site.path) > 1 and site.path[0].lower() in _HOMES
    return held or any(segment.startswith("~") for segment in site.path)
