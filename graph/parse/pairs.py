"""Paragraphs that name an entry each, with the paragraph behind that says what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..model import Passage
from .entries import Head
from .links import Labels, shows_address
from .reads import Read

_ENOUGH = 3
"""So many such pairs under one heading are entries; a single one may be a link with a remark."""
LONGEST_TITLE = 80
"""How many characters a bold paragraph, or an item over further ones, has at most that is a title."""
_WORDS = 3
"""How many words a description has at least."""
_LISTS = ("item", "row", "header")
"""What follows a heading's first words, and no entry's."""
_STOPPED = re.compile(r"[.!?)\n]\s*[(\[]?\s*$")
"""How a description ends before a link that only opens the entry."""


def described_names(body: Sequence[Read], labels: Labels) -> dict[int, Head]:
    """Return the heads of entries that a paragraph names and the next one describes, by the number of the first.

    A name is nothing but a link, or all bold with a label or an address in its description.
    """
    linked, bold = dict[int, Head](), dict[int, Head]()
    for at, (name, said) in enumerate(pairwise(body)):
        follows = body[at + 2].block.kind if at + 2 < len(body) else ""
        if follows in _LISTS or not name.block.kind == said.block.kind == "paragraph" or is_bold(said.block.passage):
            continue
        if said.block.passage.text.count(" ") + 1 < _WORDS:
            continue
        if at - 1 not in linked and (head := _linked(name, said, labels)) is not None:
            linked[at] = head
        elif (head := _bold(name, said, labels)) is not None:
            bold[at] = head
    titles = sum(is_bold(read.block.passage) and not read.targets for read in body)
    # One bold paragraph that has no such description shows that they all are headings.
    are_names = titles == len(bold) >= _ENOUGH
    return {**(linked if len(linked) >= _ENOUGH else {}), **(bold if are_names else {})}


def _linked(name: Read, said: Read, labels: Labels) -> Head | None:
    """Return the head of an entry whose paragraph is nothing but its link."""
    passage = name.block.passage
    if len(name.targets) != 1 or said.targets:
        return None
    link = name.targets[0]
    whole = (link.start, link.end) == (0, len(passage.text))
    own = not labels(passage, link) and not shows_address(passage, link)
    return Head(link, (link.start, link.end), link.end) if whole and own else None


def _bold(name: Read, said: Read, labels: Labels) -> Head | None:
    """Return the head of an entry that a bold paragraph names, and whose link ends its description."""
    passage, description = name.block.passage, said.block.passage
    if name.targets or len(said.targets) != 1 or not is_bold(passage) or ":" in passage.text.rstrip(": "):
        return None
    link = said.targets[0]
    apart = _STOPPED.search(description.text, 0, link.start) and not any(map(str.isalnum, description.text[link.end :]))
    own = labels(description, link) or shows_address(description, link)
    return Head(link, (0, len(passage.text.rstrip(": "))), len(passage.text)) if apart and own else None


def is_bold(passage: Passage) -> bool:
    """Whether a passage is all bold, and short."""
    text = passage.text
    if not text or len(text) > LONGEST_TITLE:
        return False
    stop = len(text.rstrip(": "))
    return any(mark.tag == "strong" and mark.start == 0 and mark.end >= stop for mark in passage.marks)
