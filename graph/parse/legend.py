"""Legends: the lines in which a list says what its marks mean.

":dollar: - Paid", "| 💰 | Paid |", "Legend: ✍️ Blog Post · 🎥 Cast", "Items marked with :euro: are commercial products". A mark
that two lines explain in two ways is none: what stands there is a table of something else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..model import Passage
from .blocks import Block

_SIGN = (
    r"[\u203c\u2049\u2020\u2021\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff"
    r"\u3030\u303d\u3297\u3299€£\U0001f000-\U0001faff]"
)
_MARK = rf"(?:(?<![\w:]):[a-z][a-z0-9_+-]{{1,40}}:|(?:{_SIGN}[\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff]*){{1,4}})"
_MEANS = r"\s*(?:[-–—:=|→]+>?|means?\b|stands? for\b|indicates?\b|denotes?\b|marks?\b)\s*"
_WORDS = r"[^\W\d_](?:(?!,? (?:with|which|that|where|but|so) )[^.;:()\[\]–—|·•\n]){1,50}"
_LINE = re.compile(rf"\W*?(?P<mark>{_MARK}){_MEANS}(?P<words>{_WORDS})")
_PAIR = re.compile(
    rf"(?P<mark>{_MARK})\s*(?:{_MEANS})?(?P<words>[^\W\d_][^.;:()\[\]–—|·•,/\n]{{1,40}}?)\s*(?:[·•|,;/]|$)"
)
_LEADING = re.compile(r"\W*[^\W\d_]+(?: [^\W\d_]+)?:\s+")
_MARKED = re.compile(
    rf"\bmarked (?:with|by|as)(?: an?| the)? [\"'“(]?(?P<mark>{_MARK})[\"'”)]?(?: icon| emoji| symbol| sign)?"
    rf" (?:are|is|means?|indicates?|denotes?)(?: an?| the)? (?P<words>{_WORDS})"
)
_ONLY_MARK = re.compile(rf"\s*(?P<mark>{_MARK})\s*")
_ONLY_WORDS = re.compile(rf"\s*(?P<words>{_WORDS})\s*")
_SEPARATOR = re.compile(_MEANS)
_WORD_START = re.compile(_WORDS)
_LONGEST = 160
_SELECTOR = "\ufe0f"


def key(words: str) -> str:
    """Return the words of a tag, or a mark, as they are compared.

    >>> key("`[MIT]`"), key("#Free")
    ('mit', 'free')
    """
    return words.replace(_SELECTOR, "").strip("#`[]() \n").casefold()


class Legend:
    """What the marks of one list mean: emoji, their short codes, pictures and words in code."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        said: dict[str, dict[str, None]] = defaultdict(dict)
        for block in blocks:
            for mark, words in _explained(block):
                said[mark.replace(_SELECTOR, "")][" ".join(words.split()).strip(" *_,!")] = None
        self.meanings = {mark: next(iter(words)) for mark, words in sorted(said.items()) if len(words) == 1}
        signs = [mark for mark in self.meanings if re.fullmatch(_MARK, mark)]
        self._signs = _finder(signs) if signs else None
        self._lines = {mark for mark in self.meanings if mark not in signs}

    def marks(self, passage: Passage) -> Iterator[tuple[int, int, str]]:
        """Yield the marks in a passage: where each begins and ends, and what it means."""
        if self._signs is not None:
            for found in self._signs.finditer(passage.text):
                yield *found.span(), self.meanings[found[0].replace(_SELECTOR, "")]
        if self._lines:
            for mark in passage.marks:
                shown = mark.value if mark.tag == "img" else passage.text[mark.start : mark.end]
                if mark.tag in ("img", "code") and shown in self._lines:
                    yield mark.start, mark.end, self.meanings[shown]


def _finder(marks: Iterable[str]) -> re.Pattern[str]:
    """Return what finds marks in a text; an emoji is one with and without the sign that asks for its colours."""
    spelt = (_SELECTOR.join(["", *map(re.escape, mark)]).replace(_SELECTOR, f"{_SELECTOR}?") for mark in marks)
    longest = sorted(spelt, key=lambda pattern: (-len(pattern), pattern))
    return re.compile(f"(?:{'|'.join(longest)}){_SELECTOR}?")


def _explained(block: Block) -> Iterator[tuple[str, str]]:
    """Yield the marks that a block explains, with what it says of them."""
    passage = block.passage
    if any(link.url for link in passage.links) or len(passage.text) > 4 * _LONGEST:
        return
    if block.kind in ("row", "header"):
        yield from _row(block) if block.kind == "row" else ()
        return
    at = 0
    for line in passage.text.split("\n"):
        if len(line) <= _LONGEST:
            yield from _line(line)
            yield from _shown(passage, at, at + len(line))
        at += len(line) + 1


def _line(line: str) -> Iterator[tuple[str, str]]:
    found = _LINE.match(line) or _MARKED.search(line)
    leading = _LEADING.match(line)
    pairs = list(_PAIR.finditer(line, leading.end() if leading else 0))
    if len(pairs) > 1 and (leading is not None or found is not None) and pairs[-1].end() == len(line):
        yield from ((pair["mark"], pair["words"]) for pair in pairs)
    elif found is not None:
        yield found["mark"], found["words"]


def _shown(passage: Passage, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the picture or the words in code that a line begins with, and what the line says of them."""
    for mark in passage.marks:
        if mark.tag not in ("img", "code") or not start <= mark.start < end or passage.text[start : mark.start].strip():
            continue
        means = _SEPARATOR.match(passage.text, mark.end, end)
        words = _WORD_START.match(passage.text, means.end(), end) if means else None
        if words is not None:
            yield mark.value if mark.tag == "img" else passage.text[mark.start : mark.end], words[0]


def _row(block: Block) -> Iterator[tuple[str, str]]:
    """Yield the cells of a row that hold nothing but a mark, each with the words beside it."""
    text, passage = block.passage.text, block.passage
    bounds = [*block.cells, len(text)]
    cells = [text[start:end] for start, end in pairwise(bounds)]
    shown: list[str] = []
    for number, cell in enumerate(cells):
        sign = _ONLY_MARK.fullmatch(cell)
        pictures = [
            mark.value
            for mark in passage.marks
            if mark.tag == "img" and not cell.strip() and bounds[number] <= mark.start <= bounds[number + 1]
        ]
        shown.append(sign["mark"] if sign else pictures[0] if len(pictures) == 1 else "")
    for number, mark in enumerate(shown):
        if mark:
            beside = [*cells[number + 1 : number + 2], *cells[max(number - 1, 0) : number]]
            words = next(filter(None, map(_ONLY_WORDS.fullmatch, beside)), None)
            if words is not None:
                yield mark, words["words"]
