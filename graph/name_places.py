"""Whether words stand where a name does: among capitals, within a person's name, behind what leads to a name."""

from __future__ import annotations

import re

_CAPITAL_BEFORE = re.compile(r"(?<![\w.])[A-Z][\w'’-]+ $")
_CAPITAL_BEHIND = re.compile(r" [A-Z][a-z]")
_GIVEN = re.compile(r"(?:^|[^\w ] ?|\b(?:[a-z]+|Dr\.?|Prof\.?) )[A-Z][a-z]+ $")
"""A given name that no other capital leads to."""
_LONGEST_GIVEN = 30
_INITIAL = re.compile(r"\. [A-Z][a-z]")
"""What stands behind a person's middle initial."""
_MID_SENTENCE = re.compile(r"[a-z],? $")
"""What stands before a word whose capital no beginning gives: a node-based editor, and a Node-based one, name no Node."""
_LEADS_TO_A_NAME = re.compile(r"\b(?:for|using) $")
_LONGEST_LEAD = 12
_NEXT_WORD = re.compile(r" ([a-z]+)")
ENDED = re.compile(r"\s*(?:$|[^\w\s]|(?:and|or|for|with|to|in|on|as|from|by|via|using|that|which)\b)")
"""What stands behind a product's name that is spelt small: nothing that makes it longer."""
_NEARBY = 30
"""How many characters before a word are looked at."""


def in_place_of_a_name(text: str, start: int, end: int, nouns: frozenset[str]) -> bool:
    """Whether a small word that a list has for its subject stands where a name does: "for fish", "a fish plugin"; no "a fish"."""
    behind = _NEXT_WORD.match(text, end)
    if behind is not None and (behind[1] in nouns or behind[1].removesuffix("s") in nouns):
        return True
    lead = _LEADS_TO_A_NAME.search(text, max(start - _LONGEST_LEAD, 0), start)
    return lead is not None and ENDED.match(text, end) is not None


def is_initial(text: str, start: int, end: int) -> bool:
    """Whether a letter stands within a person's name: "Ada D. Example"."""
    given = max(0, start - _LONGEST_GIVEN)
    return _INITIAL.match(text, end) is not None and _GIVEN.search(text, given, start) is not None


def capital_before(text: str, start: int) -> str:
    """Return the word with a capital that stands right before a place, or nothing.

    >>> capital_before("The Tidal Wave", 10), capital_before("Learn about Tides", 12)
    ('Tidal', '')
    """
    found = _CAPITAL_BEFORE.search(text, max(start - _NEARBY, 0), start)
    return found[0].rstrip() if found is not None else ""


def within_capitals(text: str, start: int, end: int) -> bool:
    """Whether words stand in a longer phrase that has capitals, and so may be no more than words of it."""
    return capital_before(text, start) != "" or _CAPITAL_BEHIND.match(text, end) is not None


def begins_or_small(text: str, start: int) -> bool:
    """Whether a word is spelt small, or has a capital as the beginning of a sentence or of a title gives one to any."""
    return text[start].islower() or _MID_SENTENCE.search(text, max(start - _NEARBY, 0), start) is None
