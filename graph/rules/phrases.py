"""A tool's title that is a phrase, not a name: what it names is said as in a description ("Upload coverage to Brambledb")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..mentions import Mention, inside
from ..model import Claim
from ..names import fold
from ..vocabulary import Vocabulary
from .cues import find_cue
from .reading import Reading

_SMALL = re.compile(r"(?<![\w-])(?:for|with|to|in|on|from|using|via|into|onto|against|through|your|an?|the)(?![\w-])")
"""Words behind which a title goes on as a sentence does; small, as "The" and "A" open names too."""
_FIRST = re.compile(r"[\W_]*([A-Za-z]+)")
_ARTICLE = re.compile(r"\W*an? (?:[a-z]+[ ,]|[\w-]+ [a-z]+ )", re.IGNORECASE)
_MADE_BY = re.compile(r"\b(?:by|from|and|&|,)\s+(?:the\s+)?$", re.IGNORECASE)
"""What stands before those who made a thing, or before one more name that may be of a row of them."""
_CAPITAL_BEFORE = re.compile(r"(?<![\w.])[A-Z][\w'’-]* $")
_CAPITAL_BEHIND = re.compile(r" [A-Z][\w'’-]*")


def phrased(reading: Reading) -> Iterator[Claim]:
    """What a tool's title names beside the tool is mentioned, where the title is a phrase and no cue says more of it."""
    item, vocabulary = reading.item, reading.vocabulary
    if item.cls != "atlas:Tool" or item.title.span is None or " " not in item.title.name:
        return
    start, end = item.title.span
    text = item.name_text[:end]
    opens = phrase_begins(text, start, vocabulary)
    if opens < 0:
        return
    for mention in inside(reading.survey.finder.find(text, item.source, without=item.thing.name), opens, end):
        if _is_named(text, mention, vocabulary) and not find_cue(text, mention, start, item.cls, vocabulary):
            target = reading.thing(mention, text[mention.start : mention.end])
            evidence = reading.evidence("phrase in title", 0.8, mention.start, mention.end)
            yield Claim(item.thing, "atlas:mentions", target, evidence)


def phrase_begins(text: str, start: int, vocabulary: Vocabulary) -> int:
    """Return from where on a title that ends with a text speaks, as a phrase does; -1 where it is a name throughout.

    One that commands speaks behind its first word, another behind its first small word.

    >>> from linkatlas.vocabulary import load
    >>> titles = ("Deploy to Tidecloud", "A linter for your Bramble files", "Spark NLP", "Getting Things GNOME!")
    >>> [phrase_begins(title, 0, load()) for title in titles]
    [6, 0, -1, -1]
    """
    first = _FIRST.match(text, start)
    if _ARTICLE.match(text, start):
        return start
    if first is not None and first[1].lower() in vocabulary.words["commands"]:
        return first.end()
    small = _SMALL.search(text, start + 1)
    return small.end() if small is not None else -1


def _is_named(text: str, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether words of a phrase are a name in it: no ordinary word, none of a longer name, none of who made the thing."""
    if mention.name.cls == "atlas:Person" or _MADE_BY.search(text, max(mention.start - 12, 0), mention.start):
        return False
    said = text[mention.start : mention.end]
    if said.islower() and (len(said) < 3 or said in vocabulary.words["plain"]):
        return False
    if not mention.name.ordinary:
        return mention.name.cls != "atlas:Vendor" or not _CAPITAL_BEHIND.match(text, mention.end)
    alone = not _CAPITAL_BEFORE.search(text, max(mention.start - 30, 0), mention.start)
    return alone and not _CAPITAL_BEHIND.match(text, mention.end) and fold(mention.name.label) in vocabulary.names
