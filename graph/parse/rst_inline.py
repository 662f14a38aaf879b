"""The inline markup of reStructuredText, and the targets that its references name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from .markup import Event

_INLINE = re.compile(
    r"""(?P<url>(?:https?://|(?<![\w.])www\.)[^\s<>`|\\]++)"""
    r"""|\\(?P<escaped>.?)"""
    r"""|``(?P<literal>(?:[^`]++|`(?!`))+)``"""
    r"""|(?P<role>:[\w.+:-]{1,40}:)?_?`(?P<quoted>(?:[^`\\]++|\\.)+)`(?P<mark>__?(?!\w))?"""
    r"""|\|(?P<name>[^|\s](?:[^|\n]{0,100}[^|\s])?)\|(?:__?(?!\w))?"""
    r"""|\[(?:\d+|\#[\w-]*|\*|[A-Za-z][\w.-]{0,80})\]_(?!\w)"""
    r"""|(?<![\w.+:-])(?P<word>[^\W_]++(?:[-._+:][^\W_]++)*)(?P<tail>__?)(?!\w)"""
    r"""|(?P<stars>\*\*?)""",
    re.DOTALL,
)
_TARGET = re.compile(
    r"^[ \t]*\.\.[ \t]+_(?:`(?P<quoted>[^`\n]+)`|(?P<plain>(?:[^:\n\\]|\\.|:(?=\S))+)):"
    r"[ \t]*(?P<url>[^\n]*(?:\n[ \t]+(?!\.\.)[^\s:][^\n]*)*)",
    re.MULTILINE,
)
_ANONYMOUS = re.compile(r"^[ \t]*(?:\.\.[ \t]+__:|__)[ \t]+(?P<url>\S+)[ \t]*$", re.MULTILINE)
_EMBEDDED = re.compile(r"`(?P<name>[^`<>]{1,400})<(?P<url>[^`<>]{1,2000})>`_(?!_)")
_PICTURE = re.compile(
    r"^[ \t]*\.\.[ \t]+\|(?P<name>[^|\n]+)\|[ \t]+(?P<kind>image|replace)::[ \t]*(?P<said>[^\n]*)"
    r"(?P<options>(?:\n[ \t]+:[^\n]*)*)",
    re.MULTILINE,
)
_OPTION = re.compile(r":(target|alt):[ \t]*([^\n]*)")


class Picture(NamedTuple):
    """What a substitution stands for: a picture, or words."""

    words: str
    source: str
    target: str


class Targets:
    """What the references of a text may name."""

    def __init__(self, text: str) -> None:
        self.named: dict[str, str] = {}
        for found in _EMBEDDED.finditer(text):
            self.named[_plain(found["name"])] = found["url"]
        for found in _TARGET.finditer(text):
            self.named[_plain(found["quoted"] or found["plain"])] = "".join(found["url"].split())
        self.anonymous = iter([found["url"] for found in _ANONYMOUS.finditer(text)])
        self.pictures: dict[str, Picture] = {}
        for found in _PICTURE.finditer(text):
            options = dict(_OPTION.findall(found["options"]))
            picture = found["kind"] == "image"
            words = options.get("alt", "") if picture else found["said"]
            source = found["said"].strip() if picture else ""
            self.pictures[_plain(found["name"])] = Picture(
                words, source, self.resolve(options.get("target", "").strip())
            )

    def resolve(self, target: str) -> str:
        """Return the address of a target that may be the name of another one; empty where nothing has the name."""
        for _ in range(8):
            if not target.endswith("_") or target.startswith(("http://", "https://")):
                break
            target = self.named.get(_plain(target.rstrip("_").strip("`")), "")
        return "".join(target.replace("\\", "").split())

    def find(self, name: str, anonymous: bool) -> str:
        """Return the address that a reference leads to; empty where it leads to none outside the text."""
        if anonymous:
            return self.resolve(next(self.anonymous, ""))
        return self.resolve(self.named.get(_plain(name), ""))


def _plain(name: str) -> str:
    """Return the name under which a target is known (reference names are caseless)."""
    return " ".join(name.replace("\\", "").lower().split())


class Segment(NamedTuple):
    """A stretch of one line."""

    start: int
    end: int


def inline(text: str, segments: Sequence[Segment], targets: Targets) -> Iterator[Event]:
    """Yield the markup of a paragraph whose lines are the segments of a text."""
    paragraph = _Paragraph(text, segments)
    at, opened = 0, list[str]()
    for found in _INLINE.finditer(paragraph.text):
        yield from paragraph.words(at, found.start())
        at = found.end()
        if found["stars"]:
            yield from _stars(paragraph, found, opened)
        else:
            yield from _markup(paragraph, found, targets)
    yield from paragraph.words(at, len(paragraph.text))
    for tag in reversed(opened):
        yield paragraph.tag("end", tag, at)


class _Paragraph:
    """Lines joined to one text, with the way back to their characters."""

    def __init__(self, source: str, segments: Sequence[Segment]) -> None:
        self.text = "\n".join(source[segment.start : segment.end] for segment in segments)
        self.segments = segments
        self.starts = [0, *accumulate(segment.end - segment.start + 1 for segment in segments[:-1])]

    def place(self, position: int) -> int:
        """Return where in the source a character of the text stands."""
        at = bisect_right(self.starts, position) - 1
        return self.segments[at].start + position - self.starts[at]

    def tag(self, kind: str, name: str, position: int, **attributes: str) -> Event:
        place = self.place(position)
        return Event(kind, name, place, place, attributes)

    def words(self, start: int, end: int) -> Iterator[Event]:
        """Yield a stretch of the text as it stands, one event a line."""
        while start < end:
            line = bisect_right(self.starts, start)
            stop = min(end, self.starts[line]) if line < len(self.starts) else end
            yield Event("text", self.text[start:stop], self.place(start), self.place(stop - 1) + 1)
            start = stop


def _stars(paragraph: _Paragraph, found: re.Match[str], opened: list[str]) -> Iterator[Event]:
    """Begin or end emphasis; a star between spaces is a star."""
    tag = "strong" if len(found[0]) == 2 else "em"
    before, after = paragraph.text[found.start() - 1 : found.start()], paragraph.text[found.end() : found.end() + 1]
    if tag in opened and before.strip():
        opened.remove(tag)
        yield paragraph.tag("end", tag, found.start())
    elif tag not in opened and after.strip():
        opened.append(tag)
        yield paragraph.tag("start", tag, found.end())
    else:
        yield from paragraph.words(*found.span())


def _markup(paragraph: _Paragraph, found: re.Match[str], targets: Targets) -> Iterator[Event]:
    if found["url"]:
        yield from paragraph.words(*found.span())
    elif found["escaped"] is not None:
        # A backslash before white space takes it away; before all else it takes the other's meaning away.
        if found["escaped"].strip():
            yield from paragraph.words(*found.span("escaped"))
    elif found["literal"]:
        yield paragraph.tag("start", "code", found.start())
        yield from paragraph.words(*found.span("literal"))
        yield paragraph.tag("end", "code", found.end() - 1)
    elif found["quoted"]:
        yield from _quoted(paragraph, found, targets)
    elif found["name"]:
        yield from _substitution(paragraph, found, targets)
    elif found["word"]:
        url = targets.find(found["word"], found["tail"] == "__")
        if url:
            yield from _link(paragraph, found.span("word"), url)
        else:
            yield from paragraph.words(*found.span())


def _quoted(paragraph: _Paragraph, found: re.Match[str], targets: Targets) -> Iterator[Event]:
    """Read what stands in back quotes: ``words <address>``, the name of a target, or words in some role."""
    start, end = found.span("quoted")
    sign = paragraph.text.rfind("<", start, end)
    if sign >= 0 and paragraph.text[start:end].rstrip().endswith(">"):
        address = paragraph.text[sign + 1 : end].rstrip()[:-1]
        url = targets.resolve(address)
        words = (start, sign) if paragraph.text[start:sign].strip() else (sign + 1, sign + 1 + len(address))
        # An author who forgot the underscore still meant a link.
        if url and (found["mark"] or url.startswith(("http://", "https://"))):
            yield from _link(paragraph, words, url)
        else:
            yield from paragraph.words(*words)
        return
    url = targets.find(paragraph.text[start:end], found["mark"] == "__") if found["mark"] else ""
    if url:
        yield from _link(paragraph, (start, end), url)
    else:
        yield from paragraph.words(start, end)


def _substitution(paragraph: _Paragraph, found: re.Match[str], targets: Targets) -> Iterator[Event]:
    picture = targets.pictures.get(_plain(found["name"]))
    if picture is None:
        yield from paragraph.words(*found.span())
        return
    start, end = found.span()
    if picture.target:
        yield paragraph.tag("start", "a", start, href=picture.target)
    if picture.source:
        yield paragraph.tag("start", "img", start, src=picture.source, alt=picture.words)
        yield paragraph.tag("end", "img", end - 1)
    else:
        yield paragraph.tag("text", picture.words, start)
    if picture.target:
        yield paragraph.tag("end", "a", end - 1)


def _link(paragraph: _Paragraph, words: tuple[int, int], url: str) -> Iterator[Event]:
    start, end = words
    while end > start and paragraph.text[end - 1].isspace():
        end -= 1
    yield paragraph.tag("start", "a", start, href=url)
    yield from _unescaped(paragraph, start, end)
    yield paragraph.tag("end", "a", max(end - 1, start))


def _unescaped(paragraph: _Paragraph, start: int, end: int) -> Iterator[Event]:
    for part in re.finditer(r"[^\\]+", paragraph.text[start:end]):
        yield from paragraph.words(start + part.start(), start + part.end())
