"""How kinds and relations look: a mark, a colour for light and one for dark, a way of drawing a line.

Colours are those of Okabe and Ito ("Color Universal Design", 2008), with lighter ones on dark; no two kinds differ by
colour alone. Kinds that are not named here look like the nearest class above them that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..vocabulary import Vocabulary


class Look(NamedTuple):
    """How a kind is drawn."""

    mark: str
    """A shape that the script knows: dot, square, triangle, hexagon, diamond, play, star, ring, plus."""
    light: str
    dark: str


_READ = Look("diamond", "#d98b00", "#f2b84b")
_WATCH = Look("play", "#a89400", "#f0e442")
_MEET = Look("star", "#7a4fa3", "#bf9be0")
_DATA = Look("ring", "#5b6770", "#a9b4bf")

LOOKS: Mapping[str, Look] = {
    "atlas:Tool": Look("dot", "#0072b2", "#4aa8e0"),
    "atlas:Language": Look("plus", "#2a93cf", "#8fd0f5"),
    "atlas:Vendor": Look("square", "#d55e00", "#f08a3c"),
    "atlas:Person": Look("triangle", "#b9568d", "#e39cc4"),
    "atlas:Topic": Look("hexagon", "#009e73", "#3cc79c"),
    "atlas:Resource": _READ,
    "atlas:Talk": _WATCH,
    "atlas:Slides": _WATCH,
    "atlas:Podcast": _WATCH,
    "atlas:Course": _WATCH,
    "atlas:Event": _MEET,
    "atlas:Community": _MEET,
    "atlas:Dataset": _DATA,
    "atlas:List": _DATA,
    "atlas:CodeExample": _DATA,
    "atlas:Website": _DATA,
}

FAMILIES = ("atlas:Topic", "atlas:Tool", "atlas:Vendor", "atlas:Person", "atlas:Resource")
"""What the legend groups kinds by, in its order; kinds outside of these follow."""

LINES: Mapping[str, str] = {
    "atlas:inTopic": "member",
    "skos:broader": "member",
    "atlas:about": "subject",
    "atlas:mentions": "subject",
    "atlas:relatedTo": "subject",
    "atlas:homepage": "subject",
    "atlas:repository": "subject",
    "atlas:documentation": "subject",
    "atlas:developedBy": "people",
    "atlas:usedBy": "people",
    "atlas:publishedBy": "people",
    "atlas:createdBy": "people",
    "atlas:affiliatedWith": "people",
    "atlas:presentedAt": "people",
}
"""The way each relation is drawn; every other one is "technical"."""


def look(cls: str, vocabulary: Vocabulary) -> Look:
    """Return how a class is drawn: as itself, or as the nearest class above it that has a look."""
    queue, seen = [cls], {cls}
    while queue:
        name = queue.pop(0)
        if name in LOOKS:
            return LOOKS[name]
        for above in vocabulary.classes[name].supers if name in vocabulary.classes else ():
            if above not in seen:
                seen.add(above)
                queue.append(above)
    return _DATA


def family(cls: str, vocabulary: Vocabulary) -> str:
    """Return the kind that a class belongs to in the legend: "atlas:Resource" for an article, else the class itself."""
    return next((top for top in FAMILIES if vocabulary.is_a(cls, top)), cls)
