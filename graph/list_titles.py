"""What a list's title says that the list is about: "Awesome MLOps" and "A curated list of MLOps links" are on MLOps."""

from __future__ import annotations

import re

from .names import fold
from .vocabulary import Vocabulary

_GLUED = re.compile(r"\bawesome(?=[A-Z])", re.IGNORECASE)
_BEFORE = re.compile(r"^[^\w.]+")
_AFTER = re.compile(r"[\s!?:;,.…]+$")
_AWESOME = "awesome"
_FAR = 2
"""How many words may stand before "awesome" and say nothing of the subject: "Absolutely awesome", "The most awesome"."""


def is_list_title(text: str) -> bool:
    """Whether a heading calls itself the title of a list.

    >>> [is_list_title(text) for text in ("Awesome MLOps", "awesome-mlops", "AwesomeMLOps", "A curated list of kites", "Kites")]
    [True, True, True, True, False]
    """
    return _AWESOME in _pieces(text) or re.match(r"(?:an? )?curated list of ", text, re.IGNORECASE) is not None


def subject_of(text: str, vocabulary: Vocabulary) -> str:
    """Return the subject of a list's title, as it is written there; its words where it says nothing else."""
    text = _AFTER.sub("", _BEFORE.sub("", _GLUED.sub("Awesome ", text))) or text
    words = _spread(text.split(), vocabulary)
    at = next((at for at, word in enumerate(words) if word.lower() == _AWESOME), 0)
    if at <= _FAR and at + 1 < len(words):
        words = words[at:]
    words = _told_once(_bared(words, vocabulary))
    kept = _AFTER.sub("", _BEFORE.sub("", " ".join(words)))
    if any(map(str.isupper, kept)) and kept != kept.title():
        return kept
    known = vocabulary.names.get(fold(kept))  # a title made of an address has no capitals of its own: Ios, Php
    if known is not None and fold(known.label) == fold(kept) and any(map(str.isupper, known.label)):
        return known.label
    return kept if any(map(str.isupper, kept)) else kept.title()


def _spread(words: list[str], vocabulary: Vocabulary) -> list[str]:
    """Take the name of a repository apart; other words keep their hyphens: awesome-chip-games, but Awesome CHIP-8."""
    found: list[str] = []
    bare = [word for word in words if word.lower() not in vocabulary.words["list title"]]
    for word in words:
        parts = re.split(r"[-_]+", word)
        slug = len(bare) == 1 and len(parts) > 2 and word.islower()
        found += parts if slug or _AWESOME in map(str.lower, parts) else [word]
    return [word for word in found if word]


def _bared(words: list[str], vocabulary: Vocabulary) -> list[str]:
    """Leave out the words before and behind a subject that only say that this is a list."""
    idle, joins = vocabulary.words["list title"], vocabulary.words["list title joint"]
    begun = False
    while len(words) > 1 and (words[0].lower() in idle or (begun and words[0].lower() in joins)):
        words, begun = words[1:], True
    while len(words) > 1 and words[-1].lower() in idle | vocabulary.words["list title end"]:
        words = words[:-1]
    return words


def _told_once(words: list[str]) -> list[str]:
    """Leave out a repetition, as that of a logo's text behind the name."""
    half = len(words) // 2
    again = [word.casefold() for word in words[half:]]
    return words[:half] if half and [word.casefold() for word in words[:half]] == again else words


def _pieces(text: str) -> list[str]:
    return re.split(r"[\W_]+", _GLUED.sub("awesome ", text).lower())
