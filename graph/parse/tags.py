"""Tags that stand beside entries, and the marks that a list explains.

"`MIT` `Go`" behind a description, "[MIT]", "(C++, BSD)", ":moneybag:" where the list says that it means paid. Which of them a
list uses is found from the list itself: what ends or begins several of its items is a tag of the list's own, what does so
once may be a word of the sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from ..model import ASIDE, MARK, QUALIFIER, TAG, Entry, Fact, Mark, Passage
from ..spans import Spans, meets
from .legend import Legend, key
from .links import label
from .sentences import RUNNING

BESIDE = "beside"
_SHARE = 0.02
"""So large a share of a list's items has the tags of a form, where the form is one of tags."""
_OFTEN = 3
"""So many items that end alike make their end a tag."""
_LONGEST = 60
_LONGEST_PIECE = 40
_WORDS = 4
"""How many words a piece of a bracket has at least that joins several and so is said of a thing."""
_JOINING = frozenset({"&", "and", "or"})
_NEAR = 24
"""How many characters before a tag hold the word that runs on into it."""
_FEW = 4
"""Behind a tag stand no more links than these."""
_BETWEEN = " \n\t,;/|·•"
_EDGES = f"{_BETWEEN}."
_STOPS = ".!?)]}:|;–—-\n"
"""What stands before a tag that is no word of the sentence."""
_JOINT = re.compile(r"\s*[,;|·•]\s*|\s+/\s+")
_OPENING = {")": "(", "]": "["}
_CLOSING = (")", "]")
_STATIC_BADGE = re.compile(r"img\.shields\.io/badge/((?:[^-/?#]|--)+)-((?:[^-/?#]|--)+)-[^-/?#]+(?:[?#]|$)")
"""A badge with fixed words (https://shields.io/badges/static-badge): label, message and colour."""


_HASHTAG = re.compile(r"(?<![\w#&/])#(?:[^\W\d_][\w+-]*|\d+(?:\.\d+)+)$")
_QUALIFIER = re.compile(r"\s*(?P<bracket>[(\[](?P<value>[^()\[\]\n]{1,40})[)\]])\s*")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Tag(NamedTuple):
    """A stretch of text that stands apart like a tag, with its words one by one."""

    form: str
    """``code``, ``(``, ``[`` or ``#``; `BESIDE` for words in code beside a name."""
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    """Where each of its words stands; words inside a link are none of them."""
    linked: int
    """How many further pieces are links."""


class Tags:
    """The tags and marks of one list."""

    def __init__(self, passages: Sequence[Passage], legend: Legend) -> None:
        self.legend = legend
        said = {passage.text: passage for passage in passages if passage.links}
        ends: Counter[tuple[str, str]] = Counter()
        for passage in filter(_may_be_tagged, said.values()):
            ends.update({(tag.form, word) for tag in _candidates(passage) for word in _words(passage, tag)})
        self.often = {end for end, count in ends.items() if count >= _OFTEN}
        total, often = Counter[str](), Counter[str]()
        for (form, word), count in ends.items():
            total[form] += count
            often[form] += count if (form, word) in self.often else 0
        least = max(_OFTEN, _SHARE * len(said))
        self.forms = {form for form in total if 2 * often[form] >= total[form] and often[form] >= least}
        """The forms that the list uses for tags: what has one of them is mostly said of several items."""

    def facts(self, entry: Entry) -> Iterator[Fact]:
        """Yield what the tags and marks of an entry say, in reading order of each kind."""
        passage = entry.passage
        for start, end, meaning in self.legend.marks(passage):
            yield Fact(MARK, meaning, passage.quote(start, end), (start, end))
        fields = [fact.span for fact in entry.facts]  # of a row of a table its columns say what its cells are
        tagged = list(self._tagged(entry, Spans(fields))) if _may_be_tagged(passage) else []
        yield from tagged
        yield from _qualifiers(entry, Spans([*fields, *(fact.span for fact in tagged)]))

    def _tagged(self, entry: Entry, fields: Spans) -> Iterator[Fact]:
        """Yield what the tags beside an entry state; what stands in one of its fields is none."""
        passage = entry.passage
        for mark in passage.marks:
            if mark.tag == "img":
                yield from _pictured(passage, mark)
        for tag, apart in _settled(passage, entry.title[1], entry.body):
            if not fields.meet(tag.start, tag.end):
                field = self._field(passage, tag, apart)
                yield from _facts(field, passage, tag) if field else ()
        if BESIDE in self.forms:
            for tag in _beside(passage, entry.title):
                yield from _facts(TAG, passage, tag)

    def _field(self, passage: Passage, tag: Tag, apart: bool) -> str:
        """Return what a tag at the end of an item is: one of the list's own, what may be one; empty for a word."""
        words = list(_words(passage, tag))
        own = [(tag.form, word) in self.often for word in words]
        often = any(own) and 2 * (sum(own) + tag.linked) >= len(words) + tag.linked
        if tag.form in self.forms:
            return TAG if often or (apart and tag.form != "(") else ""
        if tag.form == "(":
            return ASIDE if often else ""
        return "" if not apart else TAG if often else ASIDE


def _qualifiers(entry: Entry, taken: Spans) -> Iterator[Fact]:
    """Yield what stands in brackets between a name and its description: "(Rust) - ", "(1972) - "."""
    passage, at = entry.passage, entry.body
    while found := _QUALIFIER.match(passage.text, at):
        at = found.end()
        if not (taken.meet(found.start(), at) or meets(passage.links, found.start(), at)):
            value, span = found["value"].strip(), found.span("bracket")
            field = "date" if _YEAR.fullmatch(value) else QUALIFIER
            yield Fact(field, value, passage.quote(*span), span)


def _facts(field: str, passage: Passage, tag: Tag) -> Iterator[Fact]:
    for start, end in tag.pieces:
        value = passage.text[start:end].rstrip(" []()").lstrip(" #[]()")
        if tag.form == "#" or any(map(str.isalpha, value)):
            yield Fact(field, value, passage.quote(start, end), (tag.start, tag.end))


def _words(passage: Passage, tag: Tag) -> Iterator[str]:
    """Yield the words of a tag as they are compared; figures are none."""
    for start, end in tag.pieces:
        if tag.form == "#" or any(map(str.isalpha, passage.text[start:end])):
            yield key(passage.text[start:end])


def _may_be_tagged(passage: Passage) -> bool:
    """Whether it is worth looking: nearly every passage has neither words in code, nor a picture, nor a bracket at its end."""
    text = passage.text.rstrip(_EDGES)
    return (
        text[-1:] in _CLOSING
        or text[_before_links(passage, 0, len(text)) - 1 :][:1] in _CLOSING
        or ("#" in text and _HASHTAG.search(text, max(len(text) - _LONGEST_PIECE, 0)) is not None)
        or any(mark.tag in ("code", "img") for mark in passage.marks)
    )


def _candidates(passage: Passage) -> Iterator[Tag]:
    first = passage.links[0]
    yield from (tag for tag, _ in _settled(passage, first.start, first.end))
    yield from _beside(passage, (first.start, first.end))


def _settled(passage: Passage, begin: int, body: int) -> Iterator[tuple[Tag, bool]]:
    """Yield what may be a tag at the end of a passage, and whether it stands apart from the sentence before it.

    Words in code that a sentence runs on into, or ends with, are none: "a template with `Vite`", "prints `ls`, `cd`."
    """
    text, apart = passage.text, False
    run = _at_end(passage, begin)
    stopped = bool(run) and "." in text[run[-1].end :]
    for tag in run:
        before = text[: tag.start].rstrip(" ")
        apart = apart or tag.start <= body or before[-1:] in _STOPS or not before
        runs_on = tag.form == "code" and (
            stopped or before.endswith(",") or RUNNING.search(text, max(body, tag.start - _NEAR), tag.start)
        )
        if apart or not runs_on:
            yield tag, apart


def _at_end(passage: Passage, begin: int) -> list[Tag]:
    """Return what stands like a tag at the end of a passage, first to last: words in code and short brackets."""
    text = passage.text
    end = len(text.rstrip(_EDGES))
    parted = _before_links(passage, begin, end)  # [MIT] [website]
    end = parted if text[parted - 1 : parted] in _CLOSING and parted > begin else end
    hashed = "#" in text and _HASHTAG.search(text, max(begin, end - _LONGEST_PIECE), end)
    if end <= begin or not (text[end - 1] in _OPENING or hashed or any(mark.tag == "code" for mark in passage.marks)):
        return []
    codes = {mark.end: mark.start for mark in passage.marks if mark.tag == "code" and mark.start < mark.end}
    found: list[Tag] = []
    while end > begin:
        start = codes.get(end, -1)
        if start >= begin:
            tag = Tag("code", start, end, ((start, end),), 0)
        elif "#" in text and (hashed := _HASHTAG.search(text, max(begin, end - _LONGEST_PIECE), end)):
            tag = Tag("#", hashed.start(), end, (hashed.span(),), 0)
        elif text[end - 1] in _OPENING:
            bracket = _bracket(passage, begin, end)
            if bracket is None:
                break
            tag = bracket
        else:
            break
        if end - tag.start > _LONGEST:
            break
        found.append(tag)
        end = len(text[: tag.start].rstrip(_BETWEEN))
    return found[::-1]


def _before_links(passage: Passage, begin: int, end: int) -> int:
    """Return where what stands before the last few links of a passage ends."""
    for link in passage.links[: -_FEW - 1 : -1]:
        if link.end != end or link.start <= begin:
            break
        end = len(passage.text[: link.start].rstrip(_BETWEEN))
    return end


def _bracket(passage: Passage, begin: int, end: int) -> Tag | None:
    """Return the bracket that closes at a place of the text, taken apart at its commas."""
    text = passage.text
    opening = _OPENING[text[end - 1]]
    start = text.rfind(opening, max(begin, end - _LONGEST), end)
    if start < 0 or text.find(text[end - 1], start, end - 1) >= 0:
        return None
    bounds = [start + 1]
    for joint in _JOINT.finditer(text, start + 1, end - 1):
        bounds += [joint.start(), joint.end()]
    bounds.append(end - 1)
    spans = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if text[a:b].strip()]
    links = [(link.start, link.end) for link in passage.links if link.start < end and link.end > start]
    plain = tuple(span for span in spans if not any(a < span[1] and b > span[0] for a, b in links))
    short = all(b - a <= _LONGEST_PIECE for a, b in plain)
    if opening == "(" and any(_says(text[a:b].split()) for a, b in plain):
        return None
    return Tag(opening, start, end, plain, len(spans) - len(plain)) if plain and short else None


def _says(words: Sequence[str]) -> bool:
    """Whether a piece of a bracket says something of a thing, and is no tag: "ECC & AES encryption"."""
    return len(words) >= _WORDS and not _JOINING.isdisjoint(words)


def _beside(passage: Passage, name: tuple[int, int]) -> Iterator[Tag]:
    """Yield the words in code that stand right before or behind a name."""
    starts, text = {link.start for link in passage.links}, passage.text
    before, behind = 0, name[1]
    for mark in sorted(mark for mark in passage.marks if mark.tag == "code" and mark.start not in starts):
        at = before if mark.end <= name[0] else behind if mark.start >= name[1] else -1
        if at < 0 or mark.end - mark.start > _LONGEST_PIECE or any(map(str.isalnum, text[at : mark.start])):
            continue
        yield Tag(BESIDE, mark.start, mark.end, ((mark.start, mark.end),), 0)
        before, behind = (mark.end, behind) if mark.end <= name[0] else (before, mark.end)


def _pictured(passage: Passage, mark: Mark) -> Iterator[Fact]:
    """Yield what a picture beside an entry says: a badge with fixed words, or the words that stand for an icon."""
    badge = _STATIC_BADGE.search(mark.value)
    quote = passage.quote(mark.start, mark.end) or mark.value
    if badge is not None:
        field, value = (
            " ".join(unquote(part).replace("--", "-").replace("__", " ").replace("_", " ").split())
            for part in badge.groups()
        )
        yield Fact(label(field) or ASIDE, value, badge[0].rstrip("?#"), (mark.start, mark.end))
    elif mark.text and len(mark.text) <= _LONGEST_PIECE and mark.start == mark.end:
        yield Fact(ASIDE, mark.text, mark.text if mark.text in passage.raw else quote, (mark.start, mark.end))


def with_facts(entry: Entry, tags: Tags) -> Entry:
    """Return an entry with what its tags and marks say of it."""
    found = tuple(tags.facts(entry))
    return entry._replace(facts=(*entry.facts, *found)) if found else entry
