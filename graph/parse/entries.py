"""One block read as entries: which of its links are names, where each name stands, and where its description begins.

A reader takes a link for an entry when it stands where a name would: at the beginning of an item, a cell or a line of its
own. The words around it decide where the name ends and what is said of it begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ..model import Entry, Link, Mark, Passage
from . import own_names
from .label_runs import past_address, set_apart
from .links import TITLE_BEGINS, Labels, is_address, label
from .sentences import ARTICLE, RUNNING, SOURCE, in_sentence, leads_to_label

_DECORATION = re.compile(r"(?::(?=[_+-]*[a-z0-9])[a-z0-9_+-]{1,40}:|\[[xX]\]|\b\d{1,3}(?:[.)](?!\w)|[）、．])|[\W_])*")
"""What may stand before a name without being part of it: bullets, emoji, their short codes, ordinals, check boxes."""

_SEPARATOR = re.compile(r"[\s\])}>*_]*(?:[-–—―‒−:|»~=•·,.]|->|=>|\n)[-–—\s:|>]*")
_JOINT = re.compile(r"(?:\s*(?:,|;|/|\||&|\+|•|·|and|or|und|et|y))+\s*", re.IGNORECASE)
"""What stands between the links of two entries that share an item."""

_SAYS = re.compile(r"[\s\])}>*_]*(?:[-–—―‒−:：|]|->|=>|\n)")
"""What stands between a name and its description, and nowhere else."""

_BRACKETED = re.compile(r"(?<=\[)[^\[\]]*\]\s*|(?<=\()[^()]*\)\s*")
"""A note in brackets before a name: "[2012, Example Summit] Name"; the bracket that opens it counts as decoration."""
_FIGURES = re.compile(r"\s*(?:[(\[]\s*(?:⭐|★|🌟).*?[)\]]|(?:⭐|★|🌟)\S*)\s*$")
_EDGES = "()[]{}<>*_`'\"“”‘’.,:;!|/-–—→↗» \n\t"
_NEAR = 12
_AROUND = re.compile(r"[\s(\[{,;|/·•+&-]*")
"""What stands between a name and links to its parts directly behind it."""
_ATTRIBUTION = re.compile(r"\s*(?:--+|[–—―~])\s*")
"""What stands before the name of the one who is quoted."""
_CLOSING = re.compile(r"[\s)\]}]*")
_BEGIN = attrgetter("start")
_LONG = 90
_NOTE = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|(?:see|read|more on|more about)\s.*", re.IGNORECASE | re.DOTALL)
"""The words of a link that say something of the words before it: "Strings. [see this article]", "Knots [[Publisher]]"."""
_TITLE_ENDS = re.compile(r"\s*[-–—,]?\s+by\s+(?=[A-Z])|\s[(\[]|\.\s|\n|\s—\s")
"""Where a title ends that nothing marks: before its author, a bracket or the next sentence."""
_SENTENCE = 8
_FEW = 3
"""So many spaces behind a dash or a colon make what stands there more than a part of the name."""
_CLAUSE = re.compile(r"(?: (?![-–—|] )[^\s,;()\[\]|–—]+?){0,6}(?=\s*(?:[,.;:!?](?:\s|$)|[()\[\]|–—]|\s-\s|\n|$))")
"""A few words up to the next sign that parts."""
_FOLLOWS = re.compile(r"\s*[\])}*_`~\"”’]*\s*(?:$|\n|[-–—―:：|(\[•·,;/~]|➡|→|=>)")
"""What follows a link that stands alone at the beginning of a line."""


class Head(NamedTuple):
    """A link that is an entry's, and where the entry's name stands."""

    link: Link
    title: tuple[int, int]
    after: int
    """Where the name and the links that go with it end."""


def entries(passage: Passage, heads: Sequence[Head], targets: Sequence[Link], labels: Labels) -> Iterator[Entry]:
    """Yield the entries of a passage; each link that is none belongs to the entry before it, or else to the first."""
    own = {id(head.link) for head in heads}
    starts = [head.link.start for head in heads[1:]]
    parts: list[list[Link]] = [[] for _ in heads]
    number, after = 0, max(head.after for head in heads)
    for link in targets:
        while number < len(starts) and link.start >= starts[number]:
            number += 1
        if id(link) in own:
            continue
        parts[number].append(link)
        if (
            after <= link.start < after + _NEAR
            and labels(passage, link)
            and _AROUND.fullmatch(passage.text, after, link.start)
        ):
            after = link.end
    made = []
    for head, further in zip(heads, parts, strict=True):
        separator = _SEPARATOR.match(passage.text, max(after, head.title[1]))
        body = separator.end() if separator else _behind_brackets(passage.text, max(after, head.title[1]))
        title, body = _parted(passage, head, body, labels) or (head.title, body)
        body = past_address(passage, head.link, body, labels)
        line = head.link.line if head.title[1] > head.link.start else passage.line_at(head.title[0])
        made.append(Entry(passage, title, body, head.link.url, tuple(further), (), line))
    shown = set_apart(passage, min(entry.body for entry in made), [head.link for head in heads], labels)
    yield from (entry._replace(passage=shown) for entry in made)


def _parted(passage: Passage, head: Head, body: int, labels: Labels) -> own_names.Parted | None:
    """Part what names and describes an entry at once, by the name that its address has."""
    text, link, (start, end) = passage.text, head.link, head.title
    if end <= link.start or link.end <= start:
        figures = not any(map(str.isalpha, text[link.start : link.end]))  # of several pages of one title
        return own_names.in_words(passage, head.title, link.url) if not figures else None
    said = text[start:end].strip()
    if is_address(said) or not any(map(str.isalpha, said)):
        parted = own_names.behind_address(text, body, link.url)
        return parted if parted is not None and label(text[slice(*parted.title)]) not in labels.roles else None
    parted = own_names.in_link(text, head.title, link.url)
    return parted if parted is not None and not any(map(str.isalpha, text[body:])) else None


def _behind_brackets(text: str, at: int) -> int:
    """Return where the description begins when brackets around a name close first."""
    closing = _CLOSING.match(text, at)
    return closing.end() if closing else at


def item_heads(passage: Passage, targets: Sequence[Link], labels: Labels, begin: int = 0) -> list[Head]:
    """Return the entries of an item, or of the part of a passage that is a cell: one, several or none."""
    text = passage.text
    named = _without_notes(passage, targets)
    if not named:
        figured = _figured(passage, targets, begin)
        return [figured] if figured is not None else []
    first = named[0]
    lead = _lead(text, begin, first.start)
    noted = _BRACKETED.fullmatch(text, lead, first.start) and not labels(passage, first)
    if text[lead : first.start].strip(_EDGES) and not noted:
        led = _led(passage, named, lead, labels)
        return [led] if led is not None else []
    if not label(text[first.start : first.end]):
        first = next((link for link in named if label(text[link.start : link.end])), first)
    behind = _words_behind(passage, first, labels) if first is named[0] else None
    if behind is not None:
        return [behind]
    if label(text[first.start : first.end]) in labels.genres:
        titled = _titled_behind(passage, first, labels)
        return [titled if titled is not None else _head(text, first)]
    heads = [_head(text, first)]
    for before, link in pairwise(named[_index(named, first) :]):
        if not _JOINT.fullmatch(text, before.end, link.start) or labels(passage, link) or labels(passage, first):
            break
        heads.append(_head(text, link))
    return heads


def _without_notes(passage: Passage, targets: Sequence[Link]) -> Sequence[Link]:
    """Leave out the links that stand as mere figures above the line."""
    notes = [(mark.start, mark.end) for mark in passage.marks if mark.tag == "sup"]
    if not notes:
        return targets
    starts = [start for start, _ in notes]
    at = ((link, bisect_right(starts, link.start) - 1) for link in targets)
    return [
        link
        for link, number in at
        if number < 0 or link.start >= notes[number][1] or any(map(str.isalpha, passage.text[link.start : link.end]))
    ]


def _figured(passage: Passage, targets: Sequence[Link], begin: int) -> Head | None:
    """Read an item whose links are all mere figures above the line: the words before them name it, where they are few."""
    if not targets:
        return None
    text = passage.text
    lead = _lead(text, begin, targets[0].start)
    stop = _end_of_words(text, lead, _before_notes(passage, lead, targets[0].start))
    named = 0 < stop - lead <= _LONG and text.count(" ", lead, stop) < _SENTENCE
    return Head(targets[0], (lead, stop), stop) if named and any(map(str.isalpha, text[lead:stop])) else None


def _words_behind(passage: Passage, link: Link, labels: Labels) -> Head | None:
    """Read an item that begins with a picture that says no name, and has its name in plain words behind it."""
    if not labels.is_picture(passage, link) or not labels.know(passage.text[link.start : link.end]):
        return None
    text = passage.text
    start = link.end + len(text[link.end :]) - len(text[link.end :].lstrip(_EDGES))
    stop = min([found for found in (text.find("\n", start), *_starts(passage, start)) if found >= 0], default=len(text))
    parting = own_names.BREAK.search(text, start, stop)
    end = _end_of_words(text, start, parting.start() if parting else stop)
    named = start < end <= start + _LONG and any(map(str.isalpha, text[start:end]))
    return Head(link, (start, end), end) if named else None


def _titled_behind(passage: Passage, link: Link, labels: Labels) -> Head | None:
    """Read an item whose link only says of what kind it is, with its title behind it: "[Talk](...) - How kites fly".

    With no dash between, the title has some words, and the links behind it are labels too: "[pdf](...) How Kites Fly [code](...)".
    """
    text = passage.text
    says = _SAYS.match(text, link.end)
    bare = says is None
    if bare and not (
        TITLE_BEGINS.match(text, link.end) and all(labels(passage, each) for each in passage.links if each.url)
    ):
        return None
    behind = says.end() if says is not None else link.end
    start = behind + len(text[behind:]) - len(text[behind:].lstrip(_EDGES))
    ends = [len(text), *(_starts(passage, start) if bare else ())]
    stop = _TITLE_ENDS.search(text, start)
    end = _end_of_words(text, start, min([*ends, stop.start()] if stop is not None else ends))
    if bare and text.count(" ", start, end) < _FEW - 1:
        return None
    return Head(link, (start, end), end) if start < end <= start + 2 * _LONG else None


def _starts(passage: Passage, position: int) -> Iterator[int]:
    """Yield where the next link begins, if any does."""
    at = bisect_left(passage.links, position, key=_BEGIN)
    yield from (link.start for link in passage.links[at : at + 1])


def _index(links: Sequence[Link], wanted: Link) -> int:
    return next(at for at, link in enumerate(links) if link is wanted)


def _lead(text: str, begin: int, end: int) -> int:
    """Return where the words before a link begin, behind bullets and emoji."""
    found = _DECORATION.match(text, begin, end)
    return found.end() if found else begin


def _head(text: str, link: Link) -> Head:
    start, end = trimmed(text, link.start, link.end)
    return Head(link, (start, end), link.end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of a name without the figures behind it."""
    figures = _FIGURES.search(text, start, end) if "⭐" in text or "★" in text else None
    return (start, figures.start()) if figures and figures.start() > start else (start, end)


def _led(passage: Passage, named: Sequence[Link], lead: int, labels: Labels) -> Head | None:
    """Read an item whose first link has words before it: they are its name, or say something of the link's.

    None where they are so many that the link stands in a sentence.
    """
    text, first = passage.text, named[0]
    nameless = labels(passage, first) or _NOTE.fullmatch(text, first.start, first.end) is not None
    bold = _bold_name(passage, lead, first.start)
    if bold is not None and (nameless or text[bold.end : first.start].strip(_EDGES)):
        apart = any(map(str.isalpha, text[bold.end : first.start]))
        return Head(first, (bold.start, bold.end), bold.end if apart else first.end)
    stop = _end_of_words(text, lead, _before_notes(passage, lead, first.start))
    parting = own_names.BREAK.search(text, lead, stop)
    if nameless:
        if parting is None and leads_to_label(text, lead, first.start):
            return None
        if parting is not None and stop - lead > _LONG:
            return Head(first, (lead, parting.start()), parting.start())
        return Head(first, (lead, stop), first.end)
    part = next((link for link in named if labels(passage, link)), None)
    if (
        part is None
        and parting is None
        and text[stop : first.start].isspace()
        and text.count(" ", lead, stop) >= _SENTENCE
    ):
        return None
    if part is None and parting is None and in_sentence(text, lead, first.start, first.end):
        return None
    running = RUNNING.search(text, lead, first.start)
    if running is not None and " " in text[lead : running.start()].strip():
        dashed = parting is not None and (":" not in parting[0] or running.start() - lead > _LONG)
        until = parting.start() if parting is not None and dashed else running.start()
        if not dashed and not SOURCE.search(text, lead, first.start):
            return _whole(text, lead, first)
        return Head(part or first, (lead, until), until)
    if _short_for(text[first.start : first.end], text[lead:stop]):
        return Head(first, (lead, stop), first.end)
    if parting is not None and text[first.start - 1 : first.start].isspace() and " " in text[parting.end() : stop]:
        return Head(first, (lead, parting.start()), parting.start())
    return _head(text, first)


def _short_for(word: str, name: str) -> bool:
    """Whether a word is made of the first letters of a name: "American Kite League - [AKL]"."""
    initials = "".join(part[0] for part in name.split() if part[0].isupper())
    return len(initials) > 2 and word.strip(_EDGES) == initials


def _whole(text: str, lead: int, link: Link) -> Head:
    """Return the head of a name that runs on into its link and some words more; behind an article the link alone is it."""
    clause = _CLAUSE.match(text, link.end)
    if ARTICLE.search(text, lead, link.start) or clause is None or link.end - lead > _LONG:
        return _head(text, link)
    end = clause.end() if clause.end() - lead <= _LONG else link.end
    return Head(link, (lead, end), end)


def _end_of_words(text: str, start: int, end: int) -> int:
    """Return where words end, without the punctuation behind them but with a bracket that closes one of theirs."""
    stop = start + len(text[start:end].rstrip(_EDGES))
    for opening, closing in ("()", "[]"):
        closed = text.find(closing, stop, end)
        if closed >= 0 and text[start:stop].count(opening) == text[start:stop].count(closing) + 1:
            return closed + 1
    return stop


def group_name(text: str) -> int:
    """Return where the name ends of an item whose links stand in items below it: at a dash, or where a sentence begins.

    A colon alone may stand in a title.
    """
    partings = [
        found for found in own_names.BREAK.finditer(text) if found.start() and text.count(" ", found.end()) >= _FEW
    ]
    colon = next((found for found in partings if ":" in found[0] or "：" in found[0]), None)
    dash = next((found for found in reversed(partings) if found is not colon and found[0].strip(":： ")), None)
    if colon is not None and (text.endswith((".", "!")) or len(text) > 2 * _LONG):
        return colon.start()
    return dash.start() if dash is not None else len(text.rstrip(": "))


def _before_notes(passage: Passage, lead: int, end: int) -> int:
    """Return where the words before a link end: at figures above the line, if any stand there."""
    at = bisect_left(passage.marks, lead, key=_BEGIN)
    while at < len(passage.marks) and passage.marks[at].start < end:
        if passage.marks[at].tag == "sup" and passage.marks[at].start > lead:
            return passage.marks[at].start
        at += 1
    return end


def _bold_name(passage: Passage, lead: int, end: int) -> Mark | None:
    """Return the bold (or code) words that an item begins with, where a separator follows them."""
    for mark in passage.marks[bisect_left(passage.marks, lead - _NEAR, key=_BEGIN) :]:
        if mark.start > lead:
            break
        if mark.tag in ("strong", "code") and mark.start <= lead < mark.end <= end:
            inside = passage.text[mark.start : mark.end].rstrip()
            if inside.endswith((":", "：")) or _SAYS.match(passage.text, mark.end, end):
                return mark
    return None


def paragraph_heads(passage: Passage, targets: Sequence[Link], labels: Labels, loose: bool) -> list[Head]:
    """Return the entries of a paragraph: it begins with a name that stands alone, or each of its lines does.

    ``loose`` says that the paragraphs around it begin with names too, so that a name may run on into a sentence.
    """
    text = passage.text
    first = targets[0]
    lead = _lead(text, 0, first.start)
    if len(targets) == 1 and _ATTRIBUTION.fullmatch(text, 0, first.start):
        return []
    if not text[lead : first.start].strip(_EDGES):
        lines = _lines(passage, targets)
        if len(lines) > 1:
            return lines
        if _FOLLOWS.match(text, first.end) or (loose and not labels(passage, first)):
            return item_heads(passage, targets, labels)
        return []
    bold = _bold_name(passage, lead, first.start)
    if bold is not None and all(labels(passage, link) for link in targets):
        return [Head(first, (bold.start, bold.end), bold.end)]
    return _lines(passage, targets)


def _lines(passage: Passage, targets: Sequence[Link]) -> list[Head]:
    """Entries that stand one on a line of a paragraph: two lines at least, each begun by a link."""
    text = passage.text
    heads: list[Head] = []
    at = 0
    for start in (0, *(found.end() for found in re.finditer("\n", text))):
        while at < len(targets) and targets[at].start < start:
            at += 1
        first = targets[at] if at < len(targets) else None
        if first is None or not _DECORATION.fullmatch(text, start, first.start) or "\n" in text[start : first.start]:
            continue
        if _FOLLOWS.match(text, first.end) and (not heads or heads[-1].link is not first):
            heads.append(_head(text, first))
    return heads if len(heads) > 1 else []


def introduces(passage: Passage, head: Head) -> bool:
    """Whether a name is followed by a description."""
    says = _SAYS.match(passage.text, head.after)
    return says is not None and any(map(str.isalpha, passage.text[says.end() :])) and head.title[0] < head.title[1]


def begins_with_link(passage: Passage, targets: Sequence[Link], labels: Labels) -> bool:
    """Whether a passage begins with a link that names something."""
    if not targets or labels(passage, targets[0]):
        return False
    return not passage.text[_lead(passage.text, 0, targets[0].start) : targets[0].start].strip(_EDGES)


def is_sentence(passage: Passage, head: Head, labels: Labels) -> bool:
    """Whether a nested item only says more of the item around it: its link is a label, or stands in running words."""
    if labels(passage, head.link):
        return True
    lead = passage.text[: head.link.start]
    return head.title[0] < head.link.start or RUNNING.search(lead) is not None
