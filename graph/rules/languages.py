"""What a tool is written in where no phrase says so: the language before its noun, the language in a bracket."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..headings import words
from ..mentions import Mention
from ..model import Claim
from ..names import fold
from ..nouns import singular
from ..vocabulary import Name, Vocabulary
from .cues import opens_with
from .found import ENDED
from .reading import Reading, named
from .subjects import NOUNS
from .worked_on import is_of_a_library, is_worked_on

_BRACKET = re.compile(r"\(([^()]{1,60})\)\W*$")
_NOUN_PHRASE = re.compile(rf"((?: (?:[a-z][\w/-]*|[A-Z]{{2,5}}(?:-[A-Z]+)?)){{1,6}}?)(?={ENDED.pattern})")
"""The words and abbreviations behind a language up to the end of what a thing is said to be: "TLS option parser for"."""
_FOR = re.compile(r" for (?:the )?")
_TWO = 2
_DOER = re.compile(r"[a-z]{3,}(?:[eo]r|ware)")
"""What does something is called so, and with it most of software: a picker, a generator."""
_PIECES = re.compile(r"\s*(?:[,/|;]|\s[&+]\s|\band\b)\s*")


def in_language(reading: Reading) -> Iterator[Claim]:
    """A language before the noun of what the list lists is what the thing is written in: a Ruby honeypot, among honeypots.

    So is the language with which a description opens, before a noun of software: "Fast Java SQL formatter".
    """
    item = reading.item
    if item.cls != "atlas:Tool":
        return
    text, vocabulary = item.entry.passage.text, reading.vocabulary
    for mention in reading.body_names():
        if mention.name.cls != "atlas:Language" or is_of_a_library(text, item.body, mention.start):
            continue
        if is_worked_on(text, item.body, mention.start, vocabulary):
            continue
        phrase = NOUNS.match(text, mention.end)
        said = words(phrase[0]) if phrase is not None else []
        if _is_for_its_users(said, vocabulary) or (phrase is not None and _is_for_an_editor(reading, phrase.end())):
            continue
        if any(word in reading.kinds for word in said) and said[0] not in vocabulary.words["made for another"]:
            rule = "language of its kind"
        elif opens_with(text, item.body, mention.start):
            rule = "language in front"
            phrase = phrase if _is_software(said, vocabulary) else _what_does(text, item.body, mention, vocabulary)
        else:
            continue
        if phrase is not None:
            evidence = reading.evidence(rule, 0.85, mention.start, phrase.end())
            yield Claim(item.thing, "atlas:implementedIn", named(mention.name), evidence)


def _is_software(said: list[str], vocabulary: Vocabulary) -> bool:
    """Whether the noun that ends a phrase is one of software, and not one of what a language itself has: a Go compiler."""
    return bool(said) and said[-1] in vocabulary.words["software noun"] and not _is_its_own(said, vocabulary)


def _is_its_own(said: list[str], vocabulary: Vocabulary) -> bool:
    """Whether a noun behind a language is nothing but one of what every language has."""
    return len(said) == 1 and said[0] in vocabulary.words["of languages"]


def _is_for_its_users(said: list[str], vocabulary: Vocabulary) -> bool:
    """Whether what is said serves those who write a language: a Kotlin compiler plugin, a C++ library manager."""
    if len(said) < _TWO:
        return False
    before, last = said[-2:]
    return (last == "plugin" and before in vocabulary.words["of languages"]) or (
        last == "manager" and before in vocabulary.words["managed"]
    )


def _is_for_an_editor(reading: Reading, end: int) -> bool:
    """Whether a noun is said to be for an editor, so that the language before it is what one edits: a Go plugin for Vim."""
    found = _FOR.match(reading.item.entry.passage.text, end)
    if found is None:
        return False
    editors = reading.vocabulary.words["code editor"]
    return any(mention.start == found.end() and mention.name.label in editors for mention in reading.body_names())


def _what_does(text: str, begin: int, mention: Mention, vocabulary: Vocabulary) -> re.Match[str] | None:
    """Return the words behind the language with which a description opens, where what does something ends them.

    They are all that the thing is said to be, and no verb stands before the language: a tiny JavaScript date picker. What does
    something may be a part of software, too, but neither people nor measures.
    """
    phrase = _NOUN_PHRASE.match(text, mention.end)
    said = words(phrase[0]) if phrase is not None else []
    if (
        not said
        or _is_its_own(said, vocabulary)
        or _is_for_its_users(said, vocabulary)
        or _acts(text[begin : mention.start], vocabulary)
    ):
        return None
    listed = any(said[-1] in vocabulary.words[kind] for kind in ("software noun", "part of software"))
    doer = _DOER.fullmatch(said[-1]) is not None and said[-1] not in vocabulary.words["no software"]
    return phrase if listed or doer else None


def _acts(opening: str, vocabulary: Vocabulary) -> bool:
    """Whether what stands before a language opens with a verb, so that the noun behind is what the thing acts on."""
    first, verbs = next(iter(words(opening)), ""), vocabulary.hints["opensDescription"]
    return first in verbs or singular(first) in verbs or first in vocabulary.words["commands"]


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
