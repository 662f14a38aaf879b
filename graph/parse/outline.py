"""Blocks read as a list: which are headings, which are entries, and which links are neither.

A reader takes a link for an entry when it stands where a name would: at the beginning of an item, a row or a line of
its own. The words around it decide where the name ends and what is said of it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from ..model import Entry, Link, Passage, Section, Skip
from .blocks import Block

_DECORATION = re.compile(r"(?:[\W_]|:[a-z0-9_+-]+:|\b\d{1,3}[.)]|\[[ xX]\])*", re.ASCII)
"""What may stand before a name without being part of it: bullets, emoji, their short codes, ordinals, check boxes."""

_SEPARATOR = re.compile(r"[\s\])}>*_]*(?:[-–—―‒−:|»~=•·,.]|->|=>|\n)[-–—\s:|>]*")
_JOINT = re.compile(r"(?:\s*(?:,|;|/|\||&|\+|•|·|and|or|und|et|y)\s*)+", re.IGNORECASE)
"""What stands between the links of two entries that share an item."""

_ROLE_EDGES = "()[]{}<>*_`'\"“”‘’.,:;!|/-–—→↗» \n\t"
_BADGE = re.compile(
    r"badge|shields\.io|travis-ci|circleci|codecov|coveralls|img\.shields|awesome\.re/|app\.netlify|isitmaintained",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|ico|bmp|avif)(?:[?#]|$)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

_BOLD_LEVEL = 7
_ITEM_LEVEL = 10
"""Headings are levels 1 to 6; bold lines and summaries stand below them, items that only gather others below those."""


def outline(blocks: Iterable[Block], roles: Mapping[str, str]) -> Iterator[Section | Entry | Skip]:
    """Yield the sections, the entries and the links that are neither, in reading order.

    ``roles`` maps the words of a link that names a part of an entry ("docs", "source") to the part's role.
    """
    stream = list(blocks)
    path: list[tuple[int, int]] = []
    header = False
    for at, block in enumerate(stream):
        if block.kind == "end":
            _close(path, _ITEM_LEVEL + block.level + 1)
            header = False
            continue
        level = _section_level(stream, at)
        if level is not None:
            _close(path, level)
            yield from _heading(block, level, path)
            path.append((level, block.passage.line))
            continue
        if block.kind == "item":
            _close(path, _ITEM_LEVEL + block.level)
        yield from _content(block, tuple(line for _, line in path), roles, header)
        header = block.kind == "header" or (header and block.kind == "row")


def _close(path: list[tuple[int, int]], level: int) -> None:
    while path and path[-1][0] >= level:
        path.pop()


def _section_level(stream: list[Block], at: int) -> int | None:
    """Return the level of the section that a block opens, or None where it opens none."""
    block = stream[at]
    if block.kind == "heading":
        return block.level
    text = block.passage.text
    if block.kind == "summary":
        return _BOLD_LEVEL
    if not text or len(text) > 80 or _targets(block.passage):
        return None
    following = stream[at + 1] if at + 1 < len(stream) else None
    if block.kind == "item" and following is not None and following.kind == "item" and following.level > block.level:
        return _ITEM_LEVEL + block.level
    bold = any(
        mark.tag == "strong" and mark.start == 0 and mark.end >= len(text.rstrip(":")) for mark in block.passage.marks
    )
    if (
        block.kind == "paragraph"
        and bold
        and following is not None
        and following.kind in ("item", "row", "header", "paragraph")
    ):
        return _BOLD_LEVEL
    return None


def _heading(block: Block, level: int, path: list[tuple[int, int]]) -> Iterator[Section | Skip]:
    yield Section(level, block.passage, tuple(line for _, line in path))
    for link in block.passage.links:
        yield Skip(link.url, link.line, _why_not(link, block.passage) or "heading")


def _targets(passage: Passage) -> list[Link]:
    """The links of a passage that could be an entry's."""
    return [link for link in passage.links if _why_not(link, passage) is None]


def _why_not(link: Link, passage: Passage) -> str | None:
    """Return the reason for which a link can be no entry's, or None."""
    if not link.url:
        return "empty"
    if link.url.startswith("#"):
        return "anchor"
    if _SCHEME.match(link.url) and not link.url.lower().startswith(("http://", "https://")):
        return "scheme"
    if not passage.text[link.start : link.end].strip():
        pictures = [mark for mark in passage.marks if mark.tag == "img" and mark.start == link.start]
        if any(_BADGE.search(mark.value) for mark in pictures) or not any(mark.text for mark in pictures):
            return "badge" if pictures else "empty"
        if _PICTURE.search(link.url):
            return "image"
    return None


def _content(block: Block, path: tuple[int, ...], roles: Mapping[str, str], header: bool) -> Iterator[Entry | Skip]:
    """Read the entries of one block, and say of its other links why they are none."""
    passage = block.passage
    for link in passage.links:
        reason = _why_not(link, passage)
        if reason is not None:
            yield Skip(link.url, link.line, reason)
    targets = _targets(passage)
    if not targets:
        return
    if block.kind == "header":
        yield from (Skip(link.url, link.line, "heading") for link in targets)
        return
    heads = _heads(block, targets, roles, header)
    if not heads:
        yield from (Skip(link.url, link.line, "prose") for link in targets)
        return
    for number, (link, title) in enumerate(heads):
        others = {head[0] for head in heads}
        following = heads[number + 1][0] if number + 1 < len(heads) else None
        parts = tuple(
            part
            for part in targets
            if part not in others
            and (part.start > link.start or number == 0)
            and (following is None or part.start < following.start)
        )
        yield _entry(passage, link, title, heads[-1][0].end, parts, path)


def _entry(
    passage: Passage, link: Link, title: tuple[int, int], after: int, parts: tuple[Link, ...], path: tuple[int, ...]
) -> Entry:
    separator = _SEPARATOR.match(passage.text, max(after, title[1]))
    body = separator.end() if separator else max(after, title[1])
    return Entry(passage, title, body, link.url, parts, path, link.line)


def _heads(
    block: Block, targets: list[Link], roles: Mapping[str, str], header: bool
) -> list[tuple[Link, tuple[int, int]]]:
    """Return the links of a block that are entries, each with the place of its name."""
    text = block.passage.text
    first = targets[0]
    if block.kind == "row" and not header and len(block.cells) > 1:
        return [
            (link, (link.start, link.end))
            for link in _first_of_each_cell(block, targets)
            if not _role(text, link, roles)
        ]
    begin = max((cell for cell in block.cells if cell <= first.start), default=0) if block.kind == "row" else 0
    lead_start = _DECORATION.match(text, begin, first.start)
    lead = text[lead_start.end() if lead_start else begin : first.start]
    if lead.strip(_ROLE_EDGES):
        start = first.start - len(lead)
        if block.kind == "paragraph":
            return _lines(block.passage, targets)
        if _role(text, first, roles) or text[first.start : first.end].startswith(("http://", "https://")):
            return [(first, (start, start + len(lead.rstrip(_ROLE_EDGES))))]
        return [(first, (first.start, first.end))]
    if block.kind == "paragraph" and not _stands_alone(text, first):
        return _lines(block.passage, targets)
    heads = [(first, (first.start, first.end))]
    for before, link in pairwise(targets):
        if not _JOINT.fullmatch(text, before.end, link.start) or _role(text, link, roles):
            break
        heads.append((link, (link.start, link.end)))
    return heads


def _first_of_each_cell(block: Block, targets: list[Link]) -> Iterator[Link]:
    for start, end in zip(block.cells, (*block.cells[1:], len(block.passage.text) + 1), strict=True):
        first = next((link for link in targets if start <= link.start < end), None)
        if first is not None:
            yield first


def _lines(passage: Passage, targets: list[Link]) -> list[tuple[Link, tuple[int, int]]]:
    """Entries that stand one on a line of a paragraph: two lines at least, each begun by a link."""
    heads = []
    for start in (0, *(found.end() for found in re.finditer("\n", passage.text))):
        lead = _DECORATION.match(passage.text, start)
        first = next((link for link in targets if lead and link.start == lead.end()), None)
        if first is not None and _stands_alone(passage.text, first):
            heads.append((first, (first.start, first.end)))
    return heads if len(heads) > 1 else []


def _stands_alone(text: str, link: Link) -> bool:
    """Whether a link at the beginning of a line is a name: nothing follows it, or a separator does."""
    rest = text[link.end :].split("\n")[0].strip("*_`)] ")
    return not rest or bool(re.match(r"[-–—:|(\[]", rest))


def _role(text: str, link: Link, roles: Mapping[str, str]) -> str | None:
    """Return the role that a link's words give it ("docs", "source"), or None."""
    return roles.get(text[link.start : link.end].strip(_ROLE_EDGES).casefold())
