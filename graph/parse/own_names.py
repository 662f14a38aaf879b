"""Where a name ends that an entry's address has, too: what stands behind it says something of the entry.

"[Fold - folds paper](https://fold.example)", "Fold: folds paper. [link](https://fold.example)", "https://fold.example - Fold. Folds
paper". The address of a thing itself tells its name from a title that has a dash or a colon of its own; a page within a site
has the words of its title.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..model import Passage
from ..urls import split

BREAK = re.compile(r"\s[-–—―|~]+\s|[:：]\s|\s?[–—]\s?")
"""What stands between a name and what is said of it, where the name is no link."""
_PARTING = re.compile(rf"{BREAK.pattern}|\n|\s(?=\([^()]{{1,40}}\)\s*[-–—:]\s)")
"""The same where the address tells the name: a line may end there, and a bracket say something of it."""
_INNER = re.compile(
    r"(?<=\w)(?:\s+[-–—]\s+(?=[Aa]n?\s+\w|[Tt]he\s+[a-z]|(?:[a-z][\w-]*\s+){3})|\s*:\s+(?=an?\s+[a-z]))"
)
"""What parts a name and its description inside a link."""
_SIGN = re.compile("[-–—:]")
_JOINT = re.compile(r"[\s)\]}*_`]*(?:[-–—―|~:：.]+\s|(?=[(\[\n])|\s?[–—]\s?|\s*$)[-–—:|\s]*")
"""What follows a name that stands behind its address."""
_BEHIND = re.compile(r"[\s*_`\"“(\[]*")
_WORD = re.compile(r"\w[^\s()\[\]]*")
_SEGMENT = re.compile(r"[/.?#=]")
_MOST = 4
"""How many words a name has at most that is told from an address."""
_LETTERS = re.compile(r"[^\W\d_][\w'’-]*")
_FORGES = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sourceforge.net"})
"""Where an account and a repository's name are an address."""


class Parted(NamedTuple):
    """Where a name stands, and where what is said behind it begins."""

    title: tuple[int, int]
    body: int


def in_link(text: str, title: tuple[int, int], url: str) -> Parted | None:
    """Part the words of a link that name and describe at once: "Fold - folds paper"."""
    parting = _INNER.search(text, *title) if _SIGN.search(text, *title) else None
    if parting is None or " " in text[title[0] : parting.start()]:
        return None
    named = squashed(text[title[0] : parting.start()]) in map(squashed, _SEGMENT.split(url))
    return Parted((title[0], parting.start()), parting.end()) if named else None


def in_words(passage: Passage, title: tuple[int, int], url: str) -> Parted | None:
    """Part plain words that name and describe at once, before a link to the thing itself: "Fold: folds paper. [link](...)".

    A title goes on behind a colon, too, but in capitals; in a table a column has what is said.
    """
    text, (start, end) = passage.text, title
    parting = _PARTING.search(text, start, end)
    if parting is None or text.count(" ", start, parting.start()) >= _MOST:
        return None
    if any(mark.tag == "td" for mark in passage.marks) or is_title(text[parting.end() : end]):
        return None
    named = is_called(text[start : parting.start()], url)
    return Parted((start, parting.start()), parting.end()) if named else None


def behind_address(text: str, body: int, url: str) -> Parted | None:
    """Find the name of an entry whose link shows but its address behind it: "https://fold.example - Fold. Folds paper"."""
    begun = _BEHIND.match(text, body)
    start = at = begun.end() if begun is not None else body
    path = split(url).path
    name = squashed(_called(url) or (path[-1].partition(".")[0] if path else ""))
    for _ in range(_MOST if name else 0):
        word = _WORD.match(text, at)
        if word is None:
            return None
        end = at + len(word[0].rstrip('.,:;!*_`"”–—'))
        joint = _JOINT.match(text, end)
        if joint is not None and squashed(text[start:end]) == name:
            return Parted((start, end), joint.end())
        if not text.startswith(" ", word.end()):
            return None
        at = word.end() + 1
    return None


def is_called(words: str, url: str) -> bool:
    """Whether a site or a repository is called as some words are.

    >>> is_called("Kite Loom", "https://kite-loom.example/"), is_called("Kite Loom", "https://github.com/ada/kiteloom")
    (True, True)
    >>> is_called("ada/kiteloom", "https://github.com/ada/kiteloom"), is_called("Kites", "https://blog.example/kites")
    (True, False)
    """
    own = squashed(_called(url))
    said = squashed(words)
    return bool(own) and (own == said or ("/" in words and said == squashed("".join(split(url).path))))


def is_whole(url: str) -> bool:
    """Whether an address is that of a whole site or repository, which has a name, and not of a page, which has a title."""
    return bool(_called(url))


def _called(url: str) -> str:
    """Return what an address calls a whole site or a repository; empty for a page within one."""
    site = split(url)
    if site.query or site.fragment:
        return ""
    if not site.path:
        return site.host.partition(".")[0]
    return site.path[1].removesuffix(".git") if len(site.path) == 2 and site.host in _FORGES else ""


def is_title(words: str) -> bool:
    """Whether most of some words, but the first, have a capital, so that they are a part of a title.

    >>> is_title("Real Time Knots for Kites"), is_title("Folds paper in the rain")
    (True, False)
    """
    further = _LETTERS.findall(words.partition(" ")[2])
    return 2 * sum(1 for word in further if word[0].isupper()) > len(further)


def squashed(words: str) -> str:
    """Return the letters and digits of some words, in lower case."""
    return "".join(filter(str.isalnum, words)).casefold()
