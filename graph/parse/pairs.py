"""Paragraphs that name an entry each, with the paragraph behind that says what it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..model import Passage
from .entries import Head
from .links import Labels, shows_address
from .reads import Read

_ENOUGH = 3
"""So many such pairs under one heading are entries; a single one may be a link with a remark."""
_LONGEST_NAME = 80
"""How many characters a bold paragraph has at most that is a name."""
_WORDS = 3
"""How many words a description has at least."""


def described_names(body: Sequence[Read], labels: Labels) -> dict[int, Head]:
    """Return the heads of entries that a paragraph names and the next one describes, by the number of the first.

    A name is nothing but a link, or all bold with a label or an address in its description.
    """
    found: dict[int, Head] = {}
    for at, (name, said) in enumerate(pairwise(body)):
        head = _head(name, said, labels) if at - 1 not in found else None
        if head is not None:
            found[at] = head
    return found if len(found) >= _ENOUGH else {}


def _head(name: Read, said: Read, labels: Labels) -> Head | None:
    if not name.block.kind == said.block.kind == "paragraph" or is_bold(said.block.passage):
        return None
    passage, description = name.block.passage, said.block.passage
    if description.text.count(" ") + 1 < _WORDS or not all(
        labels(description, link) or shows_address(description, link) for link in said.targets
    ):
        return None
    whole = (0, len(passage.text.rstrip(": ")))
    if len(name.targets) == 1 and not said.targets:
        link = name.targets[0]
        alone = (link.start, link.end) == (0, len(passage.text)) and not labels(passage, link)
        return Head(link, whole, len(passage.text)) if alone and not shows_address(passage, link) else None
    if name.targets or not said.targets or not is_bold(passage):
        return None
    return Head(said.targets[0], whole, len(passage.text))


def is_bold(passage: Passage) -> bool:
    """Whether a passage is all bold, and short."""
    text = passage.text
    if not text or len(text) > _LONGEST_NAME:
        return False
    stop = len(text.rstrip(": "))
    return any(mark.tag == "strong" and mark.start == 0 and mark.end >= stop for mark in passage.marks)
