"""Whether a language is what a thing is written in, or that of what it works on: into your Java application."""

from __future__ import annotations

import re

from ..vocabulary import Vocabulary
from .guards import POSSESSES

_LAST_WORDS = re.compile(r"[\w' ’-]* $")
_ARTICLES = ("a", "an", "the")
_CAPITALS_BEFORE = re.compile(
    r"\b(using|uses|with|of|for|through|via|wraps|wrapping) (?:the )?(?:[A-Z][\w+#.-]* ){1,3}$"
)
"""What stands before a library's name where the thing uses it, binds to it or wraps it."""


def is_of_a_library(text: str, begin: int, start: int) -> bool:
    """Whether a language is that of a library that has a name, and that the thing uses: "using the Acme Rust library"."""
    return _CAPITALS_BEFORE.search(text, max(begin, start - 50), start) is not None


def is_worked_on(text: str, begin: int, start: int, vocabulary: Vocabulary) -> bool:
    """Whether what stands before a language says that the noun behind it is not the thing itself: for a given Go program."""
    found = _LAST_WORDS.search(text, max(begin, start - 50), start)
    said = found[0].lower().split() if found is not None else []
    while said and said[-1] in _ARTICLES:
        said = said[:-1]
    if said[-1:] in (["of"], ["into"]):  # the end of a Go program, put into one; but a collection of Go tools
        return len(said) > 1 and said[-2] not in vocabulary.words["gathered"]
    return bool(said) and said[-1] in vocabulary.words["worked on"]


def is_anothers(text: str, start: int, end: int) -> bool:
    """Whether a language is what another's implementation is in: "a port of Finch's C implementation"."""
    return text.endswith(POSSESSES, 0, start) and text.startswith(" implementation", end)
