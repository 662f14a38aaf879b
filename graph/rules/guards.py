"""Whether a cue can relate two things: by their classes, by the names that it is said of, by the noun behind a name."""

from __future__ import annotations

import re

from ..mentions import Mention
from ..names import fold
from ..relations import ends, suit
from ..vocabulary import Cue, Vocabulary

_BEHIND = re.compile(r"[ -]([A-Za-z]+)")
_WHO = re.compile(r" ([A-Za-z]+)")
POSSESSIVE = ("'s", "’s")
POSSESSES = ("'s ", "’s ")
"""What stands between a name and what is of what it names: Bramble's parser."""
_LONGER = re.compile(r"[`*_]? (?!Programming\b|Language\b)((?:[A-Z][\w-]+ )*[A-Z][\w-]*[a-zA-Z])(?: ([a-z]+))?")
"""A longer name that capitals make, with the word behind it."""
_OF_TOOLS = frozenset({"atlas:runsOn", "atlas:alternativeTo"})
"""Relations that hold of a tool, not of what it has."""
_SURE = 0.95
"""How sure a cue is that tells of the very thing that is named what another was made from."""
_NUMBERED = re.compile(r"[ -](?!(?:19|20)\d\d\b)\d{3,}")
_NOT_OF_LANGUAGES = frozenset({"atlas:runsOn", "atlas:basedOn", "atlas:partOf", "atlas:alternativeTo"})
"""Relations whose object is a tool and no language, though every language is a tool."""


def fits_itself(cue: Cue, subject: str, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether a cue can relate a subject to a name as it is: a WordPress framework is none of the firm's."""
    return is_of(cue, mention) and fits(cue, subject, mention.name.cls, vocabulary)


def suits(cue: Cue, subject: str, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether a cue can relate a subject of a class to a name; a product's name can stand for its maker."""
    if not is_of(cue, mention):
        return False
    classes = (mention.name.cls, "atlas:Vendor") if mention.name.maker else (mention.name.cls,)
    return any(fits(cue, subject, cls, vocabulary) for cls in classes)


def is_of(cue: Cue, mention: Mention) -> bool:
    """Whether a cue speaks of a name at all: a macOS app runs on macOS, a Slack app on nothing."""
    return mention.name.label not in cue.not_for and (not cue.only_for or mention.name.label in cue.only_for)


def fits(cue: Cue, subject: str, target: str, vocabulary: Vocabulary) -> bool:
    """Whether a cue can relate a subject of one class to an object of another, by its own guards or its property's."""
    if "atlas:Language" not in cue.objects and target == "atlas:Language" and cue.property in _NOT_OF_LANGUAGES:
        return False
    domain, codomain = ends(cue.property, vocabulary)
    return suit((target,), cue.objects or codomain, vocabulary) and suit((subject,), cue.subjects or domain, vocabulary)


def is_no_tool(text: str, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether the noun behind a name says that it names a licence, or, of a name that nobody knows, a format or an idea."""
    initials = mention.name.cls == "atlas:Vendor" and text[mention.start : mention.end].isupper()
    if initials and fold(mention.name.label) in vocabulary.names and _NUMBERED.match(text, mention.end):
        return True  # "IEEE 802.11" is a standard
    following = _BEHIND.match(text, mention.end)
    if following is None:
        return False
    unknown = fold(mention.name.label) not in vocabulary.names
    return following[1].lower() in vocabulary.words["licensing"] or (
        unknown and following[1] in vocabulary.words["no tool"]
    )


def of_people(text: str, end: int, vocabulary: Vocabulary) -> bool:
    """Whether the noun behind a name says that it is what people work with: a guide to Go for Java Developers."""
    following = _WHO.match(text, end)
    return following is not None and following[1].lower().removesuffix("s") in vocabulary.words["of people"]


def is_cut_short(text: str, mention: Mention, cue: Cue, vocabulary: Vocabulary) -> bool:
    """Whether a cue speaks of a thing that a name has, or of which it is but the beginning.

    A port of Bramble's parser, a wrapper for the Bramble CLI; one for the Bramble API is one for Bramble.
    """
    owner = text.startswith(POSSESSES, mention.end)
    behind = _BEHIND.match(text, mention.end)
    other = behind is not None and behind[1].lower() in vocabulary.words["made for another"]
    if cue.property in _OF_TOOLS:
        return owner or (other and cue.confidence >= _SURE)
    if cue.property not in ("atlas:partOf", "atlas:basedOn"):
        return False
    if (owner or other) and (cue.property == "atlas:partOf" or cue.confidence >= _SURE):
        return True
    longer = _LONGER.match(text, mention.end)
    if longer is None:
        return False
    *_, last = longer[1].split()
    first = vocabulary.names.get(fold(longer[1].split()[0]))
    idle = last.lower() in vocabulary.words["of the same name"]
    return not (idle or first is not None or longer[2] in vocabulary.words["software noun"])
