"""Rows of names: what may stand between two of them, and what is said in front of all of them."""

from __future__ import annotations

import re

from ..mentions import Mention
from ..vocabulary import Vocabulary
from .cues import JOINT, find_cue, is_of_its_users, modifies
from .found import Found

_BEHIND = r"(?: ?v?\d+(?:\.(?:\d+|x))*\+?)?(?: \([^()]{1,20}\))?"
"""What a name of a row may have behind it: its version, a bracket."""
_CLAUSE = (
    r"(?:for|with|to|in|on|of|by|from|via|it|its|is|are|has|have|which|that|also|using|uses|built|made|written|optimi[sz]ed"
    r"|(?:include|show|display|support|provide|add|offer|allow|feature)s?|including|featuring)"
)
"""Words that no name holds, and that begin something else than a further item of a row."""
_WORD = rf"(?!(?:{_CLAUSE}|and|or|the)\b)[\w.+#'-]+"
BETWEEN = re.compile(rf"{_BEHIND}{JOINT}(?:{_WORD}(?:(?<!\.) {_WORD}){{0,2}}{JOINT}){{0,4}}", re.IGNORECASE)
"""What stands between two names of one row: a joint, or further items of the sentence that are no known names."""


def found_in_front(
    text: str, mention: Mention, first: Mention, begin: int, subject: str, vocabulary: Vocabulary
) -> Found | None:
    """Return what the words in front of a row say of a name in it that is of another class than the first.

    In "made with Brambleweb and Go", a tool is based on the one and written in the other.
    """
    if modifies(text, mention.end, vocabulary) or is_of_its_users(text, mention.end, vocabulary):
        return None
    found = find_cue(text, first._replace(name=mention.name), begin, subject, vocabulary)
    return found._replace(end=mention.end) if found is not None and found.direct else None
