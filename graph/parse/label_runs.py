"""Labels of links that end what is said of an entry with no stop before them: "A folder of paper [Docs](...) [Demo](...)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Link, Passage
from .links import Labels, is_address, label
from .sentences import RUNNING

_BETWEEN = re.compile(r"[\s,;/|&+·•]*")
_BEHIND = re.compile(r"[\s.]*(?:\n|$)")
_FEW = 2
"""So many words at the least are a description that labels can end."""
_BARE = frozenset({"link", "links"})
"""Labels that are part of no sentence, small as they may be written."""


def set_apart(passage: Passage, begin: int, labels: Labels) -> Passage:
    """Return a passage with a line break for the space before each run of labels that ends a line behind ``begin``."""
    text = passage.text
    for start in _ends(passage, begin, labels):
        text = f"{text[: start - 1]}\n{text[start:]}"
    return passage if text is passage.text else passage._replace(text=text)


def _ends(passage: Passage, begin: int, labels: Labels) -> Iterator[int]:
    """Yield where runs of labels begin that end a line, with words before them that no preposition leads on."""
    text, run = passage.text, list[Link]()
    for link in passage.links:
        if link.start < begin or not labels.know(text[link.start : link.end]) or link.start == link.end:
            run = []
            continue
        joined = (
            run and _BETWEEN.fullmatch(text, run[-1].end, link.start) and "\n" not in text[run[-1].end : link.start]
        )
        run = [*run, link] if joined else [link]
        if _BEHIND.match(text, link.end) and _stands_apart(text, begin, run):
            yield run[0].start


def _stands_apart(text: str, begin: int, run: list[Link]) -> bool:
    start = run[0].start
    line = max(begin, text.rfind("\n", begin, start) + 1)
    before = text[max(line, start - 2) : start]
    if len(before) < 2 or before[1] != " " or not (before[0].isalnum() or before[0] in "\"'”’)`*_%"):
        return False
    said = text[start : run[0].end]
    alone = len(run) == 1 and not (said[:1].isupper() or label(said) in _BARE or is_address(said))
    return not alone and text.count(" ", line, start) >= _FEW and RUNNING.search(text, line, start) is None
