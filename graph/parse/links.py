"""Links one by one: which of them could be an entry's, why the others can't, and what the words of a link tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..model import Link, Passage, Skip

_BADGE = re.compile(
    r"badge|//shields\.|shields\.io|travis-ci|circleci|codecov|coveralls|awesome\.re/|app\.netlify|isitmaintained|repology\.org/"
    r"|licensebuttons|/presskit/buttons/|ko-fi\.com/img|buymeacoffee|trendshift\.io|producthunt\.com/widgets|/workflows/",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|ico|bmp|avif)(?:[?#]|$)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NUMBERED = re.compile(r"[#\s]*\d+|[@#][^\s/]+|[↗→»🔗🌐🏠📖📝📄📘🎥▶️\s]+")
_EDGES = "()[]{}<>*_`'\"“”‘’.,:;!|/-–—→↗» \n\t"
_BADGE_SHOWN = "\x00badge"
_DESCRIBED = re.compile(r"\s*[-–—:]\s*\w+\W+\w")
TITLE_BEGINS = re.compile(r"[)\]]?\s+[\"“]?(?!(?:By|At|Recorded|Presented)\b)[A-Z]")
"""How a title begins right behind a label."""
_TITLED = re.compile(rf"{TITLE_BEGINS.pattern}[\w'’-]*(?: [\w'’:,-]+){{2}}")
OWN_PAGES = ("atlas:homepage", "atlas:repository", "atlas:documentation")
"""What a label opens that stands below the name of a tool."""
_OFTEN = 5
_MANY = 4
_LONGEST_LABEL = 4


class Linked(NamedTuple):
    """The links of a passage, sorted."""

    targets: tuple[Link, ...]
    """Those that could be an entry's, in reading order."""
    skips: tuple[Skip, ...]


_NONE = Linked((), ())


_SHARING = re.compile(
    r"https?://(?:www\.)?(?:(?:twitter|x)\.com/(?:intent/(?:tweet|post)|share)\b(?!/|-)|facebook\.com/(?:sharer/|sharer\.php|share\.php|dialog/share)"
    r"|linkedin\.com/(?:shareArticle\?|sharing/)|reddit\.com/submit\?|news\.ycombinator\.com/submitlink"
    r"|(?:t|telegram)\.me/share/)",
    re.IGNORECASE,
)
"""Pages on which readers tell others of the list."""


def sort_links(passage: Passage) -> Linked:
    """Part the links that could be an entry's from those that can't."""
    if not passage.links:
        return _NONE
    pictures: dict[int, str] = {}
    shown = {(mark.start, mark.end) for mark in passage.marks if mark.tag == "img" and mark.end > mark.start}
    for mark in passage.marks:
        if mark.tag == "img" and pictures.get(mark.start) != _BADGE_SHOWN:
            pictures[mark.start] = _BADGE_SHOWN if is_badge(mark.value) else mark.text or pictures.get(mark.start, "")
    targets, skips = [], []
    for link in passage.links:
        reason = _why_not(link, passage, pictures)
        if (link.start, link.end) in shown and _PICTURE.search(link.url):
            reason = reason or "image"
        if reason is None:
            targets.append(link)
        else:
            skips.append(Skip(link.url, link.line, reason))
    return Linked(tuple(targets), tuple(skips))


def _why_not(link: Link, passage: Passage, pictures: Mapping[int, str]) -> str | None:
    """Return the reason for which a link can be no entry's, or None."""
    if not link.url:
        return "empty"
    if link.url.startswith("#"):
        return "anchor"
    if not link.url.lower().startswith(("http://", "https://")) and _SCHEME.match(link.url):
        return "scheme"
    if _SHARING.match(link.url):
        return "navigation"
    if not passage.text[link.start : link.end].strip():
        shown = pictures.get(link.start)
        if shown is None or shown == _BADGE_SHOWN:
            return "empty" if shown is None else "badge"
        return "image" if _PICTURE.search(link.url) else None
    return None


@lru_cache(maxsize=1 << 10)  # asked where a picture stands in a link, and again where the links are sorted
def is_badge(address: str) -> bool:
    """Whether a picture's address is that of a badge: a picture that states a figure."""
    return _BADGE.search(address) is not None


class Labels:
    """Tells links that say what part of an entry they open ("docs", "PDF", "2") from those that name something.

    Besides the words that the ontology knows, those count that one list puts on many different links: they are its labels.
    """

    def __init__(
        self, passages: Iterable[Passage], roles: Mapping[str, str], properties: frozenset[int] = frozenset()
    ) -> None:
        self.roles = roles
        self.properties = properties
        """The tables whose rows name the properties of one thing, by number."""
        self._shown: tuple[Passage | None, set[tuple[int, int]]] = (None, set())
        seen: dict[str, set[str]] = defaultdict(set)
        self.linked = Counter[str]()
        """How often the list links each address."""
        leading = Counter[str]()
        for passage in passages:
            opened, dashed = _opens(passage) if passage.links else ("", False)
            if opened in roles and (dashed or roles[opened] not in OWN_PAGES):
                leading[opened] += 1
            for link in passage.links:
                said = label(passage.text[link.start : link.end])
                if said and len(seen[said]) < _MANY and said.count(" ") < _LONGEST_LABEL:
                    seen[said].add(link.url)
            self.linked.update(link.url for link in passage.links)
        often = max(leading.values(), default=0) >= _OFTEN
        self.genres = {said for said, count in leading.items() if often and count > 1}
        """Labels that begin the items of a list whose names stand behind them: "[Article](...) - How kites fly"."""
        self.frequent = {said for said, urls in seen.items() if len(urls) >= _MANY}

    def __call__(self, passage: Passage, link: Link) -> bool:
        """Whether a link's words are such a label, or only its address, or it holds nothing but a picture."""
        return self.know(passage.text[link.start : link.end]) or self.is_picture(passage, link)

    def is_picture(self, passage: Passage, link: Link) -> bool:
        """Whether a link holds nothing but a picture."""
        if self._shown[0] is not passage:
            self._shown = passage, {(mark.start, mark.end) for mark in passage.marks if mark.tag == "img"}
        return (link.start, link.end) in self._shown[1]

    def part(self, passage: Passage, link: Link) -> bool:
        """Whether a link's words say which part of an entry it opens."""
        said = label(passage.text[link.start : link.end])
        return (
            said in self.roles or said in self.frequent or (self(passage, link) and said[:1].isalpha() and " " in said)
        )

    def know(self, words: str) -> bool:
        """Whether some words are a label, an address, or none at all."""
        raw = words.strip()
        said = label(raw)
        return (
            not said
            or said in self.roles
            or said in self.frequent
            or is_address(raw)
            or _NUMBERED.fullmatch(raw) is not None
        )


def _opens(passage: Passage) -> tuple[str, bool]:
    """Return the label that a passage begins with, where some words follow it, and whether a dash does; or nothing."""
    first = passage.links[0]
    if passage.text[: first.start].strip(_EDGES):
        return "", False
    dashed = _DESCRIBED.match(passage.text, first.end) is not None
    said = dashed or _TITLED.match(passage.text, first.end) is not None
    return (label(passage.text[first.start : first.end]) if said else ""), dashed


def label(words: str) -> str:
    """Return the words of a link as a label is looked up: lower case, without what stands around them.

    >>> label("(Docs)")
    'docs'
    """
    return words.strip(_EDGES).casefold()


def shows_address(passage: Passage, link: Link) -> bool:
    """Whether a link shows but its address."""
    return is_address(passage.text[link.start : link.end].strip())


def is_address(words: str) -> bool:
    """Whether a link's words are nothing but an address."""
    return words.startswith(("http://", "https://", "www.")) and " " not in words
