"""Headings without what their authors put beside their words: the way back to the top, sort orders, section signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Passage
from .inline import cut

_BACK = re.compile(
    r"(?:(?:go |return )?(?:back|up)(?: to)?(?: the)?(?: top| toc| contents| index| menu)?|top|toc|index|menu|contents)",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\W_]+")
_ARROWS = "↑↓⇈⇑⇧⬆⬇↩↥⤴🔝⏫🔼☝\ufe0f"
_ORDER = re.compile(
    rf"\s*[(\[]\s*(?:a\s*[-–—→]\s*z|z\s*[-–—→]\s*a|(?:sorted |in )?alphabetical(?:ly)?(?: order| sorted)?)?\s*[{_ARROWS}]*\s*[)\]]",
    re.IGNORECASE,
)
"""How what stands under a heading is sorted: "(a-z ↓)"."""
_SECTION_SIGN = re.compile(r"\s*§+\s*[\d.]*\s*")
_EDGE = re.compile(rf"\s*[{_ARROWS}]+\s*$|^\s*[{_ARROWS}]+\s*")


def caption(passage: Passage) -> Passage:
    """Return a heading's words alone, where any are left."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(_beside(passage)):
        if not passage.text[end:].strip():
            start, end = len(passage.text[:start].rstrip()), len(passage.text)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        elif end > start:
            spans.append((start, end))
    if not spans:
        return passage
    plain = cut(passage, spans)
    return plain if any(map(str.isalnum, plain.text)) else passage


def _beside(passage: Passage) -> Iterator[tuple[int, int]]:
    text = passage.text
    raised = [(mark.start, mark.end) for mark in passage.marks if mark.tag == "sup"]
    for link in passage.links:
        if link.url.startswith("#"):
            words = _SIGNS.sub(" ", text[link.start : link.end]).strip()
            above = any(start <= link.start and link.end <= end for start, end in raised)
            if above or not words or _BACK.fullmatch(words):
                yield link.start, link.end
    for start, end in raised:
        if not any(map(str.isalpha, text[start:end])):
            yield start, end
    for pattern in (_ORDER, _EDGE):
        yield from (found.span() for found in pattern.finditer(text) if found[0].strip(" ()[]"))
    sign = _SECTION_SIGN.match(text)
    if sign is not None:
        yield sign.span()
