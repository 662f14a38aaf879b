"""Lines that a list's author, or an editor, broke for their length alone: what they say goes on in the next line."""

from __future__ import annotations

import re

from ..model import Passage
from ..spans import Spans

_FULL = 60
"""So many characters of source stand on a line that can have been broken for its length alone."""
_WIDTH = 80
"""How wide lines are most often that an editor breaks."""
_SHORT = 30
"""So many characters has a line at least that more lines of the same sentence follow."""
_WORD = re.compile(r"\S+")
_GOES_ON = re.compile(r"[0-9(`\"'&+]")
"""How a line may begin that goes on with a sentence, besides with a small letter."""
_LEADS_ON = re.compile(
    r"(?:,|/|&|\+|(?<!\w)(?:an?|and|as|at|by|for|from|in|into|is|of|on|or|that|the|to|using|via|which|with|your))$",
    re.IGNORECASE,
)
"""How a line ends that cannot end what it says."""
_LABELLED = re.compile(r"[A-Z]\w*(?: \w+)?:")
"""How a line begins that says something else by its label: "Languages: Rust"."""
_HARD = ("  ", "\\")
"""What stands in Markdown at the end of a line that its author ended on purpose."""
_LINE_ENDS = ("\n", "\r", " \n", " \r")


def unwrapped(passage: Passage) -> Passage:
    """Return a passage with a space in place of each break that stands only where a line was full.

    A break that the author asked for stays, as one between cells or items does, but not within a link. No place in the text moves.

    >>> said = "an exporter for\\nKafka\\n- fast"
    >>> unwrapped(Passage(said, (), (), said, ((0, 0),), 1)).text
    'an exporter for Kafka\\n- fast'
    """
    text = passage.text
    if "\n" not in text:
        return passage
    apart = {mark.start - 1 for mark in passage.marks if mark.tag in ("li", "td")}
    linked = Spans((link.start, link.end) for link in passage.links)
    breaks = [
        at
        for at, sign in enumerate(text)
        if sign == "\n" and at not in apart and (linked.hold(at, at + 1) or _is_wrapped(passage, at))
    ]
    if not breaks:
        return passage
    pieces, last = list[str](), 0
    for at in breaks:
        pieces.append(text[last:at])
        last = at + 1
    return passage._replace(text=" ".join([*pieces, text[last:]]))


def _is_wrapped(passage: Passage, at: int) -> bool:
    """Whether a break in a passage's text is one of its source, and the line before it goes on behind it."""
    text, raw, offset = passage.text, passage.raw, passage.offset(at)
    if not raw.startswith(_LINE_ENDS, offset) or raw.endswith(_HARD, max(offset - 2, 0), offset):
        return False
    before = text[text.rfind("\n", 0, at) + 1 : at]
    if _LEADS_ON.search(before[-8:]) or text[at + 1 : at + 2].islower():
        return True
    length = offset - raw.rfind("\n", 0, offset) - 1
    if length < _FULL or _LABELLED.match(text, at + 1):
        return False
    if not before[-1:].isalnum():
        return _GOES_ON.match(text, at + 1) is not None
    end = text.find("\n", at + 1)
    runs_on = end - at > _SHORT if end >= 0 else text.endswith((".", "!", "?"))
    first = _WORD.match(text, at + 1)
    # A short line by itself says something else (a press, a language), unless there was no place for it on the one before.
    return runs_on or (first is not None and length <= _WIDTH < length + 1 + len(first[0]))
