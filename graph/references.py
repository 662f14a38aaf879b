"""Titles that are no links: what of a reference in plain words names the entry whose links only open its parts.

"**Title**. Ada Fern, Bo Okafor. FooConf 2020. [[paper]](...) [[code]](...)", "[FooConf 2020] Title [[pdf]](...)", "Ada Fern, Bo
Okafor: "Title", FooConf 2020. [[pdf]](...)". Who wrote it and where it was published then stand before or behind the title, where
the rules read them as they do beside a title that is a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .model import Entry
from .parse.links import label
from .personal import is_given
from .titles import EVENT, PERSON, Span, authors
from .vocabulary import Vocabulary

_YEAR = r"(?:19|20)\d\d"
_TAG = re.compile(rf"(?P<tag>{EVENT.pattern}|{_YEAR})(?P<behind>\s*[\])]+[\s:.,–—-]*|\s*[:|–—]\s+|\s+-\s+|[.,]\s+|\s+)")
"""Where and when something was published, in front of its title."""
_QUOTED = re.compile(r"[\"“](?P<title>[^\"“”\n]+)[\"”]")
_QUOTES = ('"', "“")
_CLOSED = re.compile(r"[^\"“”\n]*(?=[\"”])")
_JOINT = re.compile(r"(?P<end>[?!]|[.,:;|]|\s[–—|-]|(?=\s[\[(]))\s+[\[(*_]*")
"""What stands between a title and who wrote it."""
_REST = re.compile(
    rf"[*†‡]*(?:,?\s*(?:et al\b\.?|and others))?[\])*_]*(?:[\s.,:;|(\[]+(?:[Ii]n:? )?[A-Z][\w&'’ .:/-]{{1,80}}?)?"
    rf"(?:[\s.,(\[]*['’]?(?:{_YEAR}|\d\d)\w?)?[\s.,:;|)\]*_]*"
)
"""What is left of a reference behind the authors: others, where it was published, the year."""
_AUTHORS_END = re.compile(rf"(?:,?\s+et al\.?)?\s*(?:[.,]?\s*[(\[]?{_YEAR}[a-z]?[)\]]?)?\s*[.:,;–—-]+\s+[*_]*")
_ET_AL = re.compile(r",? et al\b")
_OTHERS = re.compile(rf"(?P<name>[A-ZÀ-ÖØ-Þ][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+)?)(?={_ET_AL.pattern})")
"""Somebody who is cited with others, by the family name alone."""
_PARTING = re.compile(r":\s+|\s+[-–—|/]\s+|,\s+(?=[a-z])")
"""What stands between somebody's name and what is said of them."""
_PUBLISHED = re.compile(rf"\b{_YEAR}\b")
_DASH = re.compile("[-–—]")
_ENDS = re.compile(r"[.?!](?=\s+[A-Z(\[]|\s*$)")
_DATED = re.compile(rf"\s*[(\[](?:{EVENT.pattern}|{_YEAR})[)\]][\s.,]*$")
_EDGES = ' \t\n.,:;|–—-"“”*_`'
_APART = re.compile(r"[\s.,:;|\"”*_`–—-]*(?:[)\]](?=\s))?[\s.,:;|–—-]*")
_NAMES = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*|and|&|et|al\.?|van|von|de|der|den|del|da|di|le|la)(?:,? (?=\S)|$|[.,]+$)")
_FEW = 3
"""Of how many words a title is at the least that stands in a reference."""


def as_reference(entry: Entry, vocabulary: Vocabulary) -> Entry:
    """Return an entry with its title alone for a name, where that stands in a reference which no link opens as a whole."""
    if is_opened(entry):
        return entry
    entry = _called(_behind_occasion(entry), vocabulary)
    text, (start, end) = entry.passage.text, entry.title
    if text.count(" ", start, end) < _FEW:
        return entry
    span = _titled(entry, _behind_tag(entry, start, end), end, vocabulary)
    span = _trimmed(text, span)
    if span == (start, end) or text.count(" ", *span) < _FEW - 1:
        return entry
    left = any(map(str.isalpha, text[span.end : end]))
    body = _APART.match(text, span.end) if left else None
    return entry._replace(title=(span.start, span.end), body=body.end() if body is not None else entry.body)


def is_opened(entry: Entry) -> bool:
    """Whether a link that leads elsewhere opens an entry's title, or a part of it."""
    start, end = entry.title
    return any(link.start < end and start < link.end and not link.url.startswith("#") for link in entry.passage.links)


def writers(text: str, start: int, end: int, common: frozenset[str], vocabulary: Vocabulary) -> tuple[list[Span], int]:
    """Return who wrote something, named in a row or with others by the family name ("Fern et al"), and where the last ends."""
    others = _OTHERS.match(text, start, end)
    if others is not None:
        return [Span(*others.span("name"))], others.end("name")
    return authors(text, start, end, common, vocabulary)


def _behind_occasion(entry: Entry) -> Entry:
    """Return an entry whose title is an occasion and a year with the words behind these for one, up to its links."""
    text, passage = entry.passage.text, entry.passage
    if not EVENT.fullmatch(text, *entry.title):
        return entry
    stop = min((link.start for link in passage.links if link.start >= entry.title[1]), default=len(text))
    title = _trimmed(text, Span(entry.body, len(text[:stop].rstrip(" ([{"))))
    return entry._replace(title=(title.start, title.end), body=stop) if text.count(" ", *title) >= _FEW - 1 else entry


def _called(entry: Entry, vocabulary: Vocabulary) -> Entry:
    """Return an entry of nothing but somebody's pages with the name alone for its title: "Ada Fern: Writes on kites"."""
    text, (start, end) = entry.passage.text, entry.title
    links = [link for link in entry.passage.links if link.start >= end and not link.url.startswith("#")]
    theirs = [label(text[link.start : link.end]) in vocabulary.words["pages of somebody"] for link in links]
    parting = _PARTING.search(text, start, end) if any(theirs) else None
    if parting is None or parting.start() == start or text.count(" ", start, parting.start()) > _FEW:
        return entry
    name, social = text[start : parting.start()], vocabulary.words["accounts of people"]
    reached = any(label(text[link.start : link.end]) in social for link in links)
    if not (is_given(name.split()[0], vocabulary) or (reached and all(theirs) and PERSON.fullmatch(name))):
        return entry
    return entry._replace(title=(start, parting.start()), body=parting.end())


def _behind_tag(entry: Entry, start: int, end: int) -> int:
    """Return where a title begins behind the occasion or the year in front of it."""
    text = entry.passage.text
    found = _TAG.match(text, start, end)
    if found is None or text.count(" ", found.end(), end) < _FEW - 1:
        return start
    apart = bool(found["behind"].strip()) or any(mark.end == found.end("tag") for mark in entry.passage.marks)
    return found.end() if apart else start


def _titled(entry: Entry, start: int, end: int, vocabulary: Vocabulary) -> Span:
    """Return the title in a reference: in quotes, set apart, or told by the names of those who wrote it beside it."""
    text, plain = entry.passage.text, vocabulary.words["plain"]
    opened = text.startswith(_QUOTES, start)
    if opened or text.startswith(_QUOTES, max(start - 1, 0)):
        closed = _CLOSED.match(text, start + opened, end)
        if closed is not None:
            return Span(*closed.span())
    names, last = authors(text, start, end, plain, vocabulary)
    led = _AUTHORS_END.match(text, last, end) if _are_authors(text, names, vocabulary) else None
    if led is not None and len(names) == 1 and _DASH.search(led[0]):
        led = None  # a site is called so, too
    if (
        led is not None
        and ":" in led[0]
        and not text.startswith(_QUOTES, led.end())
        and not _PUBLISHED.search(text, led.end(), end)
    ):
        led = None  # "Grace Hopper: The Queen of Code" is on her
    begin = led.end() if led is not None and text.count(" ", led.end(), end) >= _FEW - 1 else start
    quoted = _QUOTED.search(text, last if names else start, end)
    if quoted is not None and (names or quoted.start() == start):
        return Span(*quoted.span("title"))
    for mark in entry.passage.marks:
        if (
            mark.tag == "strong"
            and begin <= mark.start
            and mark.end <= end
            and text.count(" ", mark.start, mark.end) > 1
        ):
            return Span(mark.start, mark.end) if not text[begin : mark.start].strip(_EDGES) else Span(begin, end)
        if mark.tag == "em" and begin + _FEW < mark.start and mark.end <= end and _is_row(text[mark.start : mark.end]):
            return Span(begin, mark.start)
    if begin > start:
        ended = _ENDS.search(text, begin, end)
        return Span(begin, ended.start() if ended is not None and ended[0] == "." else ended.end() if ended else end)
    return next(_before_authors(text, start, end, vocabulary), Span(start, end))


def _are_authors(text: str, names: Sequence[Span], vocabulary: Vocabulary) -> bool:
    """Whether what may be people's names are so: several in a row, or one that begins as people's do."""
    firsts = [text[slice(*name)].split()[0] for name in names]
    return len(names) > _FEW - 1 or any(is_given(first, vocabulary) or first.endswith(".") for first in firsts)


def _is_row(words: str) -> bool:
    """Whether some words are all spelt as names, or join them."""
    at = 0
    while at < len(words) and (found := _NAMES.match(words, at)):
        at = found.end()
    return at == len(words) and " " in words


def _before_authors(text: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[Span]:
    """Yield the title that stands before its authors, with nothing behind these but where and when it was published."""
    for joint in _JOINT.finditer(text, start + _FEW, end):
        names, last = writers(text, joint.end(), end, vocabulary.words["plain"], vocabulary)
        cited = len(names) == 1 and _ET_AL.match(text, last, end) is not None
        if names and (cited or _are_authors(text, names, vocabulary)) and _REST.fullmatch(text, last, end):
            yield Span(start, joint.end("end") if joint["end"] in ("?", "!") else joint.start())


def _trimmed(text: str, span: Span) -> Span:
    """Return a title's place without the year in brackets behind it, and without what only parts it from others."""
    start, end = span
    dated = _DATED.search(text, start, end)
    end = dated.start() if dated is not None and dated.start() > start else end
    end = start + len(text[start:end].rstrip(_EDGES))
    return Span(end - len(text[start:end].lstrip(_EDGES)), end)
