"""What a list says of an entry, as a reader would repeat it: without the labels of its links, tags, figures and emoji."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter

from .model import ASIDE, MARK, QUALIFIER, TAG, Entry
from .names import clean
from .parse.fields import ABOUT, rank
from .parse.links import is_address, label

_JOINT = re.compile(r"[\s,;/|&+·•]*(?:and|or)?[\s,;/|&+·•]*")
"""What stands between labels: "docs / source and demo"."""
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_STOPS = ".!?|/,;:-–—·•~)]}\n"
"""What ends the words before or behind a label that stands apart from them."""
_SENTENCES = ".!?|)]}\n"
_EDGES = "-–—―:|/~=»«·•,; \n\t"
_CUTS = re.compile(r"\0(?:[\s,;/|&+·•]*\0)+")
_EMPTIED = re.compile(r"[(\[{][\s,;/|&+·•]*\0[\s,;/|&+·•]*[)\]}]|[\s–—:|-]*\0(?=\s*[.,;!?](?:\s|$))|\0")
"""Where something was cut: the brackets and the space around it that nothing is left for."""
_CELL, _ITEM = "\x01", "\x02"
_SIGNS = {"td": _CELL, "li": _ITEM}
"""What stands for the beginning of cells and of nested items while a description is made."""
_PARTING = re.compile(f"[{_CELL}{_ITEM}]")
_BETWEEN_CELLS = re.compile(rf"\s*{_CELL}\s*")
_LEAD = re.compile(r"(?:^|(?<=[.!?\n|;(])\s*)[\s–—-]*(?P<words>(?:[^\W_]+,? ){0,3}[^\W_]+)\s*[:–—-]+\s*$")
"""Words that lead up to an address: "Docs: https://...", "Full list - https://..."."""
_LEFT_OVER = re.compile(r",?\s(?:(?:made |built |written )?with|by|for|in|using|and|&)(?=\s[.!?,;](?:\s|$))")
"""Words that led up to an emoji: "written in Go with (heart)."."""
_SPACE_APART = re.compile(r" (?:(?=(?:[,;!?)]|\.(?!\.))(?:[ .,;)]|$))|(?<=[(\[] ))")
"""The space before a sign that ends something and behind a bracket that opens, in a text on one line."""
_HANGING = re.compile(r"\n[^\W_]+(?: [^\W_]+){0,2}\s*:\s*$")
"""A line at the end that leads up to what is no words: "Badges:"."""
_CALLED = re.compile(r"\W*([A-Z][a-z]+)\s*:\s+(?=\w)")
"""What a description may be called in front of it: "Description: ..."."""
_SURELY = (0, 1, 2)
"""The words for a description that are none for a remark on something: the first ones for the field."""
_APART = re.compile(r"\s*(?:[-–—:.]+\s|[(\[]|\n)")
_ENDING = re.compile(r"\s*(?:[-–—:.,;]+(?:\s|$)|$|[(\[|]|\n)")
"""What follows a bracket that no sentence runs on behind."""
_UNWRAPPED = re.compile(r"[(\[]([^()\[\]]+)[)\]]\.?")
"""What follows a bracket that stands apart from the description behind it."""
_BRACKET = re.compile(r"(?<![(\[])[(\[]++([^()\[\]\n]{2,60})[)\]]+")
_WORDS = re.compile(r"[^\W_]+")
_FORMAT = "dcterms:format"
_JOINING = frozenset({"and", "or", "zipped", "zip", "only", "file", "files", "version", "versions", "single", "page"})
"""Words beside those of formats: "zipped HTML", "PDF and EPUB"."""
_FAR = 60
_ENDS = ".!?…:;,。"
_NOTHING = frozenset({"none", "n/a", "na", "no", "null", "nil", "tbd", "unknown"})
"""What stands in a cell that says nothing."""
_SHORT_CODE = re.compile(r":[a-z0-9_+-]{1,40}:")


def description(entry: Entry, roles: Mapping[str, str], is_tag: Callable[[str], object] = bool) -> str:
    """Return an entry's description as plain text on one line.

    ``roles`` maps the words of a link that names a part of an entry to the part's role; ``is_tag`` tells whether words
    that look like a tag, but stand there only once, are one.

    >>> from .model import Fact, Link, Passage
    >>> text = "Fold: Folds paper. (Docs, Source) MIT"
    >>> links = (Link("https://a.b/d", 20, 24, 1), Link("https://a.b/s", 26, 32, 1))
    >>> passage = Passage(text, links, (), text, ((0, 0),), 1)
    >>> facts = (Fact("tag", "MIT", "MIT", (34, 37)),)
    >>> description(Entry(passage, (0, 4), 6, "https://a.b/", links, (), 1, facts), {"docs": "", "source": ""})
    'Folds paper.'
    """
    text, at = entry.passage.text, entry.body
    kept: list[str] = []
    cuts = [*_labels(entry, roles), *_formats(entry, roles), *_tags(entry, is_tag)]
    partings = [(mark.start, mark.start, _SIGNS[mark.tag]) for mark in entry.passage.marks if mark.tag in _SIGNS]
    for start, end, sign in sorted([*((*cut, "\0") for cut in cuts), *partings], key=itemgetter(0, 1)):
        if end > at or sign != "\0":
            kept += [text[at : max(start, at)], sign]
            at = max(end, at)
    kept.append(text[at:])
    said = "".join(kept)
    if _ITEM in said:  # the rows of a table that tells of one thing
        said = _BETWEEN_CELLS.sub(": ", said)
    if cuts:
        said = _EMPTIED.sub("", _CUTS.sub("\0", said))
    said = _HANGING.sub("", said) if "\n" in said else said
    return _sentences(filter(None, map(_plain, _PARTING.split(said)))) or _sentences(_cells(entry, roles))


def _plain(said: str) -> str:
    """Return a part of a description on one line, without the signs at its ends; empty where no words are left."""
    said = " ".join((_SHORT_CODE.sub(" ", said) if ":" in said else said).split())
    called = _CALLED.match(said)
    if called is not None and rank(called[1].lower(), ABOUT) in _SURELY:
        said = said[called.end() :]
    colon = said.endswith(":")
    said = said.strip(_EDGES)
    plain = clean(said)
    if len(plain) < len(said) and not said.isascii():
        plain = _LEFT_OVER.sub("", plain)
    plain = _SPACE_APART.sub("", plain)
    wrapped = _UNWRAPPED.fullmatch(plain)
    if wrapped is not None:
        return wrapped[1].strip() if any(map(str.isalpha, wrapped[1])) else ""
    if not any(map(str.isalnum, plain)):
        return ""
    stop = ":" if colon else "." if said.endswith(".") else ""
    return plain + (stop if not plain.endswith(stop) else "")


def _sentences(parts: Iterable[str]) -> str:
    """Join what stood in cells and items of its own; what ends without a stop is told apart by a semicolon."""
    said = ""
    for part in parts:
        said += f"{' ' if said[-1] in _ENDS else '; '}{part}" if said else part
    return said.removesuffix(":")


def _cells(entry: Entry, roles: Mapping[str, str]) -> Iterator[str]:
    """Yield the short cells of a row that no cell describes, each with what its column is called: "Duration: 3 weeks"."""
    for fact in entry.facts:
        told = fact.field in roles or fact.field in ("", TAG, ASIDE, MARK, QUALIFIER)
        worded = any(map(str.isalpha, fact.value)) and fact.value.casefold() not in _NOTHING
        if not told and worded and len(fact.value) > 1 and fact.span[1] > fact.span[0]:
            yield f"{fact.field[0].upper()}{fact.field[1:]}: {clean(fact.value)}"


def _labels(entry: Entry, roles: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield where labels of links stand apart from what is said, with the brackets and joints around them."""
    text = entry.passage.text
    runs: list[tuple[int, int]] = []
    items = {mark.start for mark in entry.passage.marks if mark.tag == "li"}
    for link in entry.passage.links:
        if link.start >= entry.body and _is_label(text[link.start : link.end], roles):
            if runs and _JOINT.fullmatch(text, runs[-1][1], link.start):
                runs[-1] = (runs[-1][0], link.end)
            else:
                runs.append((link.start, link.end))
    for start, end in runs:
        lead = _LEAD.search(text, max(entry.body, start - _FAR), start) if is_address(text[start:end]) else None
        if lead is not None and (lead["words"].casefold() in roles or lead.start() in items):
            yield lead.start(), end
            continue
        before, behind = text[entry.body : start].rstrip(" "), text[end : end + 40].lstrip(" ")
        if before and before[-1] in _BRACKETS and behind[:1] == _BRACKETS[before[-1]]:
            yield entry.body + len(before[:-1].rstrip(" ")), text.index(behind[0], end) + 1
        elif (not before or before[-1] in _stops(text[start:end])) and (not behind or behind[0] in _STOPS):
            joined = before[-1:] in (",", ";", "/", "|", "·", "•")
            doubled = behind[:1] == "." and before[-1:] in (".", "!", "?")
            yield (entry.body + len(before) - 1 if joined else start), (text.index(".", end) + 1 if doubled else end)


def _formats(entry: Entry, roles: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield the brackets that hold nothing but formats: "(PDF, EPUB)"."""
    text = entry.passage.text
    for found in _BRACKET.finditer(text, entry.body) if "(" in text or "[" in text else ():
        if _are_formats(found[1], roles) and _ENDING.match(text, found.end()):
            yield found.span()


def _are_formats(words: str, roles: Mapping[str, str]) -> bool:
    said = [word for word in _WORDS.findall(words.casefold()) if word not in _JOINING]
    return bool(said) and all(roles.get(word) == _FORMAT for word in said)


def _stops(words: str) -> str:
    """Return what ends the words before a label; before an address, a colon or a dash belongs to words that lead up to it."""
    return _SENTENCES if is_address(words.strip()) else _STOPS


def _is_label(words: str, roles: Mapping[str, str]) -> bool:
    """Whether the words of a link say nothing of the entry: a label, an address, or figures."""
    said = label(words)
    return (
        said in roles
        or is_address(words.strip())
        or _are_formats(said, roles)
        or (bool(said) and not any(map(str.isalpha, said)))
    )


def _tags(entry: Entry, is_tag: Callable[[str], object]) -> Iterator[tuple[int, int]]:
    """Yield where figures above the line stand, and the fields, tags and marks that are facts of their own."""
    text = entry.passage.text
    for mark in entry.passage.marks:
        if mark.tag == "sup" and mark.start >= entry.body and not any(map(str.isalpha, text[mark.start : mark.end])):
            yield mark.start, mark.end
    if not entry.facts:
        return
    last = max((fact.span[1] for fact in entry.facts if fact.field == QUALIFIER), default=0)
    alone = not any(map(str.isalnum, text[last:]))
    for fact in entry.facts:
        if fact.span[1] <= entry.body:
            continue
        if fact.field == QUALIFIER:
            if is_tag(fact.value) or (not alone and _APART.match(text, fact.span[1])):
                yield fact.span
        elif fact.field != ASIDE or is_tag(fact.value):
            yield fact.span
