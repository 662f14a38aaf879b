"""Headings that name no subject: kinds of items, years, languages, letters, sorting orders, praise, sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Set

from .names import fold
from .vocabulary import Vocabulary

_NUMBER = re.compile(
    r"(?:19|20)\d\d(?:s|[-–/](?:19|20)?\d\d)?|\d+(?:st|nd|rd|th)|v\d+|v?\d+(?:\.\d+)+(?:\.x)?|\d+\.x|\d0s"
)
_LETTER = re.compile(r"[A-Z#](?:\s?[-–—/&,]\s?[A-Z])*|0\s?[-–]\s?9|\d|[#*]", re.IGNORECASE)
_LETTERS = 5
"""How many headings of a row must be a letter for them to be an index."""

_SORTED = re.compile(
    r"(?:sorted |grouped |listed |ordered )?by\b|.*, (?:ranked|sorted|ordered|grouped|listed|rated)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[?!…]$|\w{4}\.$|[a-z]{4}[.?!…]+ +[A-Z]")
"""The end of a sentence: of the last, or of one before another."""
_LONG, _TOO_LONG = 4, 10
"""How many words a sentence has at least; and from how many on a heading without a comma is one, stop or none."""

_ADDRESSED = re.compile(r"(?:an? |some )?notes? (?:on|about|from|to)\b|(?:in case|if) (?!of\b)\w+ \w+", re.IGNORECASE)
"""How a heading begins that speaks to its reader: "A note on names", "In case you need help"."""

_PHRASE = 3

_GATHERING = re.compile(
    r"(?:(?:[A-Z][\w&./-]*|and|of|for|in) )+(?:Conference|Symposium|Workshop|Congress)(?: on [A-Z].*|(?<=Symposium))"
    r"|[A-Z][\w-]*[A-Z][\w-]* (?:19|20)\d\d"
)
"""What one event is called: by its kind and its field, or by its initials with a year, CVPR 2018."""


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


def of_subject(said: Sequence[str], subjects: Collection[str], vocabulary: Vocabulary) -> bool:
    """Whether a heading says of the list's own subject which kind of items come: "Kite Videos", "For Kite"."""
    own = {_same(subject, vocabulary) for subject in subjects} - {""}
    for at in range(1, len(said)):
        front, back = said[:at], said[at:]
        if back[-1] in vocabulary.words["subject's kinds"] and _same(" ".join(front), vocabulary) in own:
            return is_genre(back, vocabulary)
        if front[-1] in vocabulary.words["subject joint"] and _same(" ".join(back), vocabulary) in own:
            made = {*vocabulary.words["made of subject"], *vocabulary.words["subject joint"]}
            kinds = [word for word in front if word not in made]
            return not kinds or is_genre(kinds, vocabulary)
    return False


def _same(name: str, vocabulary: Vocabulary) -> str:
    """Return what the spellings of a name have in common: Vue, Vue.js."""
    known = vocabulary.names.get(fold(name))
    return fold(known.label if known is not None else name)


def is_gathering(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a heading names one event: what was given there stands under it."""
    first = text.rpartition(" ")[0]
    return (
        _GATHERING.fullmatch(text) is not None
        and fold(first) not in vocabulary.names
        and first.lower() not in vocabulary.words["idea"]
    )


def sorts(text: str, said: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a heading says by what things are sorted: "By platform", "Libraries by language"."""
    at = said.index("by") if "by" in said else -1
    return at == 0 or _SORTED.match(text) is not None or (at > 0 and is_genre(said[:at], vocabulary))


def is_sentence(text: str, said: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a heading speaks to its reader, and names nothing: "What is this?", "Tools that you need every day."."""
    if len(said) < 2:
        return False
    if text.rstrip().endswith("?") or _ADDRESSED.match(text) or said[0] in vocabulary.words["address"]:
        return True
    if len(said) >= _LONG and _SENTENCE_END.search(text):
        return True
    return len(said) >= _TOO_LONG and "," not in text and "/" not in text


def index_letters(row: Sequence[str]) -> bool:
    """Whether the headings of a row are the letters of an index.

    >>> index_letters(["A", "B", "C", "D-F", "G"]), index_letters(["C", "C++", "D", "Go", "R"])
    (True, False)
    """
    return sum(_LETTER.fullmatch(text) is not None for text in row) >= max(_LETTERS, len(row) * 0.8)
