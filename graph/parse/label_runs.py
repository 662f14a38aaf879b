"""Labels of links that end what is said of an entry with no stop before them: "A folder of paper [Docs](...) [Demo](...)"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from ..model import Link, Passage
from ..urls import split
from .links import Labels, is_address, label, shows_address
from .sentences import ARTICLE, RUNNING

_BETWEEN = re.compile(r"[\s,;/|&+·•]*")
_PAST = re.compile(r"[\s)\]}>*_`]*[-–—:|.,;\s]*")
_BEHIND = re.compile(r"[\s.]*(?:\n|$)")
_FEW = 2
"""So many spaces at the least has a description that labels can end."""
_LEADS = re.compile(
    r"(?:\b(?:these|those|no|any|each|useful|original|valid|between|behind|across|under|over|unlike|than|without|full|own|more"
    r"|(?:in|ac)\w*clud\w+|has|have|supports?|replaces?|connects?|emulates?|\w+ing)|['’]s?|,)\s*$",
    re.IGNORECASE,
)
"""What leads on to the word behind it, and so to the link."""
_PAGES = ("atlas:homepage", "atlas:documentation")
"""What labels open that are names of nothing else."""


def set_apart(passage: Passage, begin: int, heads: Collection[Link], labels: Labels) -> Passage:
    """Return a passage with a line break for the space before each run of labels that ends a line behind ``begin``.

    The links that give entries their addresses are no part of what is said of them, whatever their words are.
    """
    ends = set(_ends(passage, begin, {link.start for link in heads}, labels))
    if not ends:
        return passage
    text = passage.text
    edges = [0, *sorted(ends), len(text) + 1]
    parts = (text[start : end - 1] for start, end in pairwise(edges))
    return passage._replace(text="\n".join(parts))


def past_address(passage: Passage, link: Link, body: int, labels: Labels) -> int:
    """Return where a description begins that has but its entry's address in front, alone or as "Website: https://..."."""
    if link.start < body or not shows_address(passage, link):
        return body
    lead = label(passage.text[body : link.start])
    behind = _PAST.match(passage.text, link.end)
    return behind.end() if behind is not None and (not lead or lead in labels.roles) else body


def _ends(passage: Passage, begin: int, heads: Collection[int], labels: Labels) -> Iterator[int]:
    """Yield where runs of labels begin that end a line, with words before them that do not lead on to them."""
    text, first, count, last = passage.text, 0, 0, -1
    for link in passage.links:
        if link.start < begin or link.start == link.end or not _is_label(text, link, heads, labels):
            last = -1
            continue
        joined = (
            last >= 0 and _BETWEEN.fullmatch(text, last, link.start) is not None and "\n" not in text[last : link.start]
        )
        first, count = (first, count + 1) if joined else (link.start, 1)
        last = link.end
        own = first in heads or count > 1 or _is_bare(text[first:last], labels)
        if own and _BEHIND.match(text, link.end) and _stands_apart(text, begin, first):
            yield first


def _is_label(text: str, link: Link, heads: Collection[int], labels: Labels) -> bool:
    """Whether a link's words only say what it opens; those that name a site are names where they lead to it."""
    said = text[link.start : link.end]
    if link.start in heads:
        return labels.know(said)
    role = labels.roles.get(label(said))
    return (role is not None and (role in _PAGES or bool(split(link.url).path))) or is_address(said)


def _is_bare(said: str, labels: Labels) -> bool:
    """Whether a single label stands apart: a capital tells it from a word of the sentence, an address from any."""
    return is_address(said) or (said[:1].isupper() and label(said) in labels.roles)


def _stands_apart(text: str, begin: int, start: int) -> bool:
    line = max(begin, text.rfind("\n", begin, start) + 1)
    before = text[max(line, start - 2) : start]
    if len(before) < 2 or before[1] != " " or not (before[0].isalnum() or before[0] in "\"'”’)`*_%:"):
        return False
    led = RUNNING.search(text, line, start) or ARTICLE.search(text, line, start) or _LEADS.search(text, line, start)
    return text.count(" ", line, start) >= _FEW and led is None
