"""Marks at the end of a title that are no part of the name: what it costs, how long it is, its format, its language."""

from __future__ import annotations

import re

from .facts import told
from .vocabulary import Vocabulary

_MARK = re.compile(r"(?<!\s)\s*[(\[](?P<said>[^()\[\]]{2,24})[)\]]$")
_LENGTH = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d\d|\d+ ?(?:min|mins|minutes|hours|pages|pp)\.?")
_PRICE = re.compile(r"[$€£] ?\d+(?:[.,]\d\d)?|\d+(?:[.,]\d\d)? ?[$€£]")


def mark(text: str, start: int, end: int, vocabulary: Vocabulary) -> re.Match[str] | None:
    """Return the mark with which a title ends, in brackets with the spaces before it; None where it ends in its own words.

    A mark's words are the group ``said``.

    >>> from linkatlas.vocabulary import load
    >>> [bool(mark(title, 0, len(title), load())) for title in ("Tide (22:00)", "Tide [PDF]", "Tide (paid)", "Tide (1)")]
    [True, True, True, False]
    """
    if text[end - 1 : end] not in (")", "]"):  # as nearly no title does
        return None
    found = _MARK.search(text, start, end)
    if found is None or found.start() == start:
        return None
    said = found["said"].strip()
    known = told(said, vocabulary)
    is_mark = (
        (known is not None and known[0] == "schema:keywords")
        or _LENGTH.fullmatch(said) is not None
        or _PRICE.fullmatch(said) is not None
        or said.lower() in vocabulary.words["format mark"]
        or said.lower() in vocabulary.words["tongue"]
    )
    return found if is_mark else None
