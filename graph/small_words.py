"""Words that lists write in lower case, and so are likely to be no names, told from descriptions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_PLAIN_WORD = re.compile(r"(?<![\w'’-])[a-z]{2,}(?![\w'’-])")
_ADDRESS = re.compile(r"https?://\S+")
"""An address, whose words are no words of the text."""
_DETERMINED = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|your|its|this|that|each|any|every|some|these|those|our|their|his|her|my|no|more|other|all|many"
    r"|multiple|several|few|various|different|simple|new|[a-z]+(?:ed|ful|able|ive|ous|al|ic|ing))\s+([a-z]{2,})(?![\w'’-])"
)
_ALONE = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|your|its|our|their|my)\s+([a-z]{2,})(?=\s*(?:$|[.,;:!?)]|(?:and|or|for|with|to|in|on|of|that|is)\b))"
)
"""A word that says by itself what something is, as no name does: "in your menubar", but "an agenix module"."""


class Small(NamedTuple):
    """The words that the descriptions of one list write in lower case."""

    words: frozenset[str]
    often: frozenset[str]
    """Those of them that stand there more than once."""
    determined: frozenset[str]
    """Those of them that an article, or what stands for one, stands before."""
    nouns: frozenset[str]
    """Those of these behind which nothing stands of which they could be the name."""


def small_words(texts: Iterable[str]) -> Small:
    """Return the words that some texts write in lower case, but in addresses.

    >>> sorted(small_words(["made by hand (https://fern.example/kites)"]).words)
    ['by', 'hand', 'made']
    """
    counts: Counter[str] = Counter()
    determined, nouns = set[str](), set[str]()
    for said in texts:
        text = _ADDRESS.sub(" ", said) if "://" in said else said
        counts.update(_PLAIN_WORD.findall(text))
        determined.update(_DETERMINED.findall(text))
        nouns.update(_ALONE.findall(text))
    often = frozenset(word for word, count in counts.items() if count > 1)
    return Small(frozenset(counts), often, frozenset(determined), frozenset(nouns))


class Common(NamedTuple):
    """Words that lists write in lower case, and so are likely to be no names."""

    words: frozenset[str]
    """Those that stand there more than once."""
    bare: frozenset[str]
    """Those of them that never have an article. Among these are the names that are spelt small: "a module for agenix"."""
    nouns: frozenset[str]
    """Those that stand, if only once, as a noun with its article."""


def common_words(lists: Iterable[Small]) -> Common:
    """Return the words that some lists write in lower case, in their kinds."""
    seen, common, determined, nouns = set[str](), set[str](), set[str](), set[str]()
    for small in lists:
        common |= small.often | (small.words & seen)
        seen |= small.words
        determined |= small.determined
        nouns |= small.nouns
    return Common(frozenset(common), frozenset(common - determined), frozenset(nouns))
