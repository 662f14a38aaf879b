"""Where a name ends that an entry's address has, too: what stands behind it says something of the entry.

"[Fold - folds paper](https://fold.example)", "Fold: folds paper. [link](https://fold.example)", "https://fold.example - Fold, folds
paper". The address tells the name from a title that has a dash or a colon of its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..model import Passage

_BREAK = re.compile(r"\s[-–—―|~]+\s|[:：]\s|\s?[–—]\s?|\n|\s(?=\([^()]{1,40}\)\s*[-–—:]\s)")
"""What stands between a name and what is said of it, where the name is no link."""
_INNER = re.compile(
    r"(?<=\w)(?:\s+[-–—]\s+(?=[Aa]n?\s+\w|[Tt]he\s+[a-z]|(?:[a-z][\w-]*\s+){3})|\s*:\s+(?=an?\s+[a-z]))"
)
"""What parts a name and its description inside a link."""
_SIGN = re.compile("[-–—:]")
_JOINT = re.compile(r"[\s)\]}*_`]*(?:[-–—―|~:：.,]+\s|(?=[(\[\n])|\s?[–—]\s?|\s*$)[-–—:|\s]*")
"""What follows a name that stands behind its address."""
_BEHIND = re.compile(r"[\s*_`\"“(\[]*")
_WORD = re.compile(r"\w[^\s()\[\]]*")
_SEGMENT = re.compile(r"[/.?#=]")
_MOST = 4
"""How many words a name has at most that is told from an address."""
_DEEP = 4
"""An address with more slashes is that of a page within a site, which may be called like the beginning of its title."""
_LONG_WORD = re.compile(r"(?<![\w'’-])[^\W\d_][\w'’-]{3,}")


class Parted(NamedTuple):
    """Where a name stands, and where what is said behind it begins."""

    title: tuple[int, int]
    body: int


def in_link(text: str, title: tuple[int, int], url: str) -> Parted | None:
    """Part the words of a link that name and describe at once: "Fold - folds paper"."""
    parting = _INNER.search(text, *title) if _SIGN.search(text, *title) else None
    if parting is None or " " in text[title[0] : parting.start()]:
        return None
    named = _squashed(text[title[0] : parting.start()]) in _places(url)
    return Parted((title[0], parting.start()), parting.end()) if named else None


def in_words(passage: Passage, title: tuple[int, int], url: str) -> Parted | None:
    """Part plain words that name and describe at once, before a link to the entry's page: "Fold: folds paper. [link](...)".

    A title goes on behind a colon, too, but in capitals.
    """
    text, (start, end) = passage.text, title
    places, deep = _places(url), url.count("/") > _DEEP
    for mark in passage.marks:
        if mark.tag == "td":
            return None  # a column has what is said of it
        if mark.start > start:
            break
        if mark.tag in ("em", "strong", "code") and start == mark.start < mark.end < end:
            joint = _JOINT.match(text, mark.end, end)
            if _squashed(text[start : mark.end]) in places:
                return Parted((start, mark.end), joint.end() if joint is not None else mark.end)
    parting = _BREAK.search(text, start, end)
    if parting is None or text.count(" ", start, parting.start()) >= (1 if deep else _MOST):
        return None
    named = _squashed(text[start : parting.start()]) in places and not _is_title(text[parting.end() : end])
    return Parted((start, parting.start()), parting.end()) if named else None


def behind_address(text: str, body: int, url: str) -> Parted | None:
    """Find the name of an entry whose link shows but its address behind it: "https://fold.example - Fold, folds paper"."""
    begun = _BEHIND.match(text, body)
    start = at = begun.end() if begun is not None else body
    places = _places(url)
    found: Parted | None = None
    for _ in range(_MOST):
        word = _WORD.match(text, at)
        if word is None:
            break
        end = at + len(word[0].rstrip('.,:;!*_`"”–—'))
        joint = _JOINT.match(text, end)
        if joint is not None and _squashed(text[start:end]) in places:
            found = Parted((start, end), joint.end())
        if not text.startswith(" ", word.end()):
            break
        at = word.end() + 1
    return found


def _is_title(words: str) -> bool:
    """Whether most of some words, but the first, have a capital, so that they are a part of a title."""
    further = _LONG_WORD.findall(words.partition(" ")[2])
    return 2 * sum(1 for word in further if word[0].isupper()) > len(further)


def _places(url: str) -> set[str]:
    """Return what parts of an address are called, without signs."""
    return {"".join(filter(str.isalnum, place)) for place in _SEGMENT.split(url.casefold())} - {"", "www", "com", "org"}


def _squashed(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()
