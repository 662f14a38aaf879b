"""Text in words, as cues are looked up in it."""

from __future__ import annotations

import re

TOKEN = re.compile(r"(?<![\w.])\.[A-Z]{2}\w*|[\w+#'’@%-]+(?:\.[\w+#]+)*\.?|[.;:!?()\[\]\n]")
"""A word, or a mark between words; the dot before .NET is a part of the word."""

DASHES = (" - ", " – ", " — ")
"""What stands between who says something and what is said: "Acme - Rivers"."""


def is_first(text: str, begin: int, start: int) -> bool:
    """Whether what stands at one place of a text is the first that is said from another on.

    >>> is_first("- *Bramble* is fast", 0, 3), is_first("The Bramble", 0, 4)
    (True, False)
    """
    return not any(map(str.isalnum, text[begin:start]))
