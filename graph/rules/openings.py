"""Ordinary names where a capital tells no name from a word: where a sentence begins, and among a title's capitals."""

from __future__ import annotations

import re

from ..headings import TITLE, words
from ..items import Item
from ..mentions import Mention
from ..name_places import capital_before
from ..names import fold
from ..vocabulary import Vocabulary
from .reading import Reading
from .tokens import TOKEN

_SMALL_WORD = re.compile(r" (?!and\b|or\b|when\b|who\b|that\b|to\b|with\b)([a-z]{3,})(?![\w:])")
_LEADS = re.compile(r"(?:.*ing|(?:.*[^\w.])?[A-Z][a-z]{1,3})")
"""What a name follows as well as a word: what one does (Learning, Deploying), small words of titles (Why, For, The)."""
_CAPITAL_BEHIND = re.compile(r" ([A-Z][a-z]+)")
_VERSION_BEHIND = re.compile(r" v?\d{1,2}(?:\.[\dx]+)*(?= [a-z]|[,.)+]|$)")
_ROW_SIGN = re.compile(r"(?: [+&/] ?|[+/]|, )")


def opens_sentence(text: str, start: int, begin: int) -> bool:
    """Whether a word stands where any word would have a capital."""
    lead = text[max(begin, start - 3) : start].rstrip("\"'“‘(*_ ")
    return start <= begin or lead == "" or lead[-1] in ".!?:\n"


def is_subject(mention: Mention, item: Item) -> bool:
    """Whether a name is that of what the whole list is about, so that it opens sentences as a name too."""
    key = fold(mention.name.label)
    return any(heading.role == TITLE and fold(heading.name) == key for heading in item.headings)


def is_verb(text: str, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether an ordinary name at the beginning of a sentence goes on as a verb would: Go from, Spark joy."""
    following = TOKEN.search(text, mention.end)
    return following is not None and following[0].lower() in vocabulary.words["verb followers"]


def goes_on(text: str, mention: Mention, reading: Reading) -> bool:
    """Whether what stands behind an ordinary name with which a sentence begins tells that it is one: Rails forms.

    That is a version's number, a noun of software, or the next name of a row; small words where the headings above have the
    name, or where several entries name it and it is no general word.
    """
    said, words_of = text[mention.start : mention.end].lower(), reading.vocabulary.words
    if said in words_of["opening words"]:
        return False
    behind, rare = _SMALL_WORD.match(text, mention.end), said in words_of["seldom words"]
    if behind is not None:
        noun, known = behind[1], mention.name.label in reading.often and said not in words_of["plain"]
        if noun in words_of["software noun"] or (rare and noun in words_of["made for a name"]):
            return True
        if known or _is_above(said, reading.item):
            return True
    if rare and _VERSION_BEHIND.match(text, mention.end) is not None:
        return True
    return mention.name.cls == "atlas:Tool" and _begins_row(text, mention, reading)  # no "Apache, Google"


def _begins_row(text: str, mention: Mention, reading: Reading) -> bool:
    """Whether a row of names begins with a name, and the next is a tool's or a language's that is no word: React + Redux."""
    sign = _ROW_SIGN.match(text, mention.end)
    after = reading.name_at(sign.end()) if sign is not None else None
    if after is None or after.name.cls not in ("atlas:Tool", "atlas:Language"):
        return False
    seldom = reading.vocabulary.words["seldom words"]
    return not after.name.ordinary or text[after.start : after.end].lower() in seldom


def _is_above(said: str, item: Item) -> bool:
    """Whether one of the headings above an item has a word."""
    return any(said in words(heading.name) for heading in item.headings)


def is_word_of_a_title(text: str, mention: Mention, reading: Reading) -> bool:
    """Whether a name that is a word too stands beside another word with a capital, and nothing else in its list tells of it.

    That is so of the "Steam Engine", not of a "Steam Tutorial", nor where several entries of the list name Steam.
    """
    said, vocabulary = text[mention.start : mention.end], reading.vocabulary
    if mention.name.cls != "atlas:Tool" or not (mention.name.ordinary and said.isalpha() and said[1:].islower()):
        return False
    if mention.name.label in reading.often or mention.name.label in vocabulary.words["platform"]:
        return False
    if reading.of_the_list(fold(mention.name.label)) is not None or _is_above(said.lower(), reading.item):
        return False
    behind = _CAPITAL_BEHIND.match(text, mention.end)
    if behind is not None:
        idle = ("software noun", "instances", "of languages", "work")
        return behind[1].lower() not in vocabulary.hints["inTitle"] and not any(
            behind[1].lower() in vocabulary.words[kind] for kind in idle
        )
    before = capital_before(text, mention.start)
    return before != "" and _LEADS.fullmatch(before) is None
