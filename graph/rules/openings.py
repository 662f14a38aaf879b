"""Ordinary names where a sentence begins: there a capital tells no name from a word."""

from __future__ import annotations

import re

from ..headings import TITLE
from ..items import Item
from ..mentions import Mention
from ..names import fold
from ..vocabulary import Vocabulary
from .tokens import TOKEN

_SMALL_WORDS = re.compile(r" (?!and\b|or\b)[a-z]{3,}(?![\w:])")


def opens_sentence(text: str, start: int, begin: int) -> bool:
    """Whether a word stands where any word would have a capital."""
    lead = text[max(begin, start - 3) : start].rstrip("\"'“‘(*_ ")
    return start <= begin or lead == "" or lead[-1] in ".!?:\n"


def is_subject(mention: Mention, item: Item) -> bool:
    """Whether a name is that of what the whole list is about, so that it opens sentences as a name too."""
    key = fold(mention.name.label)
    return any(heading.role == TITLE and fold(heading.name) == key for heading in item.headings)


def is_verb(text: str, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether an ordinary name at the beginning of a sentence goes on as a verb would: Go from, Spark joy."""
    following = TOKEN.search(text, mention.end)
    return following is not None and following[0].lower() in vocabulary.words["verb followers"]


def goes_on(text: str, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether small words go on behind an ordinary name at the beginning of a sentence, so that it is one: Rails forms."""
    return (
        _SMALL_WORDS.match(text, mention.end) is not None
        and mention.name.label not in vocabulary.words["opening words"]
    )
