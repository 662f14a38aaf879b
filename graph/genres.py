"""Headings that name no subject: kinds of items, years, languages, letters, sorting orders, praise, sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from .vocabulary import Vocabulary

_NUMBER = re.compile(
    r"(?:19|20)\d\d(?:s|[-–/](?:19|20)?\d\d)?|\d+(?:st|nd|rd|th)|v\d+|v?\d+(?:\.\d+)+(?:\.x)?|\d+\.x|\d0s"
)
_LETTER = re.compile(r"[A-Z#](?:\s?[-–—/&,]\s?[A-Z])*|0\s?[-–]\s?9|\d|[#*]", re.IGNORECASE)
_LETTERS = 5
"""How many headings of a row must be a letter for them to be an index."""

_SORTED = re.compile(r"(?:sorted |grouped |listed |ordered )?by\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[?!…]$|\w{4}\.$|[a-z]{4}[.?!…]+ +[A-Z]")
"""The end of a sentence: of the last, or of one before another."""
_LONG, _TOO_LONG = 4, 10
"""How many words a sentence has at least; and from how many on a heading without a comma is one, stop or none."""

_PHRASE = 3


def is_genre(said: Sequence[str], vocabulary: Vocabulary, tongues: Set[str] = frozenset()) -> bool:
    """Whether a heading consists of words for kinds of items, and of others that name no subject.

    ``tongues`` are the languages that people speak, where they are none either: French is a subject in a list on grammar.
    """
    if " ".join(said) in vocabulary.words["topic"]:
        return False
    idle = [vocabulary.words["genre"], vocabulary.hints["inHeading"].keys(), vocabulary.words["list title"], tongues]
    if len(said) > 1 and not tongues.isdisjoint(said):
        idle.append(vocabulary.words["beside a tongue"])
    if any(_NUMBER.fullmatch(word) for word in said):
        idle.append(vocabulary.words["dating"])
    at = 0
    while at < len(said):
        phrases = ((size, " ".join(said[at : at + size])) for size in range(_PHRASE, 0, -1))
        size = next((size for size, phrase in phrases if any(phrase in words for words in idle)), 0)
        if size == 0 and not (_NUMBER.fullmatch(said[at]) or (len(said) == 1 and said[at].isdigit())):
            return False
        at += max(size, 1)
    return True


def sorts(text: str, said: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a heading says by what things are sorted: "By platform", "Libraries by language"."""
    at = said.index("by") if "by" in said else -1
    return at == 0 or _SORTED.match(text) is not None or (at > 0 and is_genre(said[:at], vocabulary))


def is_sentence(text: str, said: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a heading speaks to its reader, and names nothing: "What is this?", "Tools that you need every day."."""
    if len(said) < 2:
        return False
    if said[0] in vocabulary.words["address"] or (len(said) >= _LONG and _SENTENCE_END.search(text)):
        return True
    return len(said) >= _TOO_LONG and "," not in text and "/" not in text


def index_letters(row: Sequence[str]) -> bool:
    """Whether the headings of a row are the letters of an index.

    >>> index_letters(["A", "B", "C", "D-F", "G"]), index_letters(["C", "C++", "D", "Go", "R"])
    (True, False)
    """
    return sum(_LETTER.fullmatch(text) is not None for text in row) >= max(_LETTERS, len(row) * 0.8)
