"""What is found of a cue beside a name, and how its phrase ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..vocabulary import Cue

CLOSED = re.compile(r"\s*(?:$|[.,;:!)]|(?:for|with|that|which|in|on|but|and|written|built)\b)")
"""What stands behind a name or a cue after which nothing more is said of it."""
ENDED = re.compile(
    r"\s*(?:$|[.,;:!?()\[\]]|[–—]|-\s|(?:for|with|that|which|in|on|but|and|or|to|from|by|using|written|built|made|based"
    r"|designed|developed|featuring|allowing|supporting|providing|used|intended|available|as|via|where|whose|about"
    r"|created|inspired|powered|capable|able|aimed|meant|implementing|implemented|offering|without|like|similar)\b)"
)
"""What stands behind the noun by which a description says what a thing is: "a macOS app to", not "Linux program files"."""


class Found(NamedTuple):
    """A cue beside a name, and where its phrase begins and ends with the name included."""

    cue: Cue
    start: int
    end: int
    direct: bool
    """Whether the phrase stands before the name."""
