"""What a tool is written in where no phrase says so: the language before its noun, the language in a bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..headings import words
from ..model import Claim
from ..names import fold
from ..vocabulary import Name, Vocabulary
from .cues import is_worked_on, opens_with
from .reading import Reading, named
from .subjects import NOUNS

_BRACKET = re.compile(r"\(([^()]{1,60})\)\W*$")
_PIECES = re.compile(r"\s*(?:[,/|;]|\s[&+]\s|\band\b)\s*")


def in_language(reading: Reading) -> Iterator[Claim]:
    """A language before the noun of what the list lists is what the thing is written in: a Ruby honeypot, among honeypots.

    So is the language with which a description opens, before a noun of software: "Fast Java SQL formatter".
    """
    item = reading.item
    if item.cls != "atlas:Tool":
        return
    text = item.entry.passage.text
    for mention in reading.body_names():
        phrase = NOUNS.match(text, mention.end) if mention.name.cls == "atlas:Language" else None
        said = words(phrase[0]) if phrase is not None else []
        if phrase is None or not said or is_worked_on(text, item.body, mention.start, reading.vocabulary):
            continue
        kind = any(word in reading.kinds for word in said)
        if kind or (opens_with(text, item.body, mention.start) and _is_software(said, reading.vocabulary)):
            rule = "language of its kind" if kind else "language in front"
            evidence = reading.evidence(rule, 0.85, mention.start, phrase.end())
            yield Claim(item.thing, "atlas:implementedIn", named(mention.name), evidence)


def _is_software(said: list[str], vocabulary: Vocabulary) -> bool:
    """Whether the noun that ends a phrase is one of software, and not one of what a language itself has: a Go compiler."""
    nouns = vocabulary.words["software noun"]
    return said[-1] in nouns and (len(said) > 1 or said[-1] not in vocabulary.words["of languages"])


def in_brackets(reading: Reading) -> Iterator[Claim]:
    """The languages in the bracket that ends an item are what it is written in: "(Lua)", "(C/C++, free)"."""
    item, text = reading.item, reading.item.entry.passage.text
    found = _BRACKET.search(text) if item.cls == "atlas:Tool" else None
    if found is None or found.start() < item.entry.title[1]:
        return
    pieces = [piece for piece in _PIECES.split(found[1]) if piece]
    languages = [_language(piece, reading.vocabulary) for piece in pieces]
    if not pieces or languages[0] is None or (len(found[1]) == 1 and item.body < found.start()):
        return
    for piece, language in zip(pieces, languages, strict=True):
        if language is not None:
            evidence = reading.evidence("language in brackets", 0.85, found.start(1), found.end(1))
            yield Claim(item.thing, "atlas:implementedIn", named(language, piece), evidence)


def _language(words: str, vocabulary: Vocabulary) -> Name | None:
    """Return the language that some words name, spelt as it is."""
    name = vocabulary.names.get(fold(words))
    return name if name is not None and name.cls == "atlas:Language" and words in (name.label, *name.aliases) else None
