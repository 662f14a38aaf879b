"""Text in words, as cues are looked up in it."""

from __future__ import annotations

import re

TOKEN = re.compile(r"(?<![\w.])\.[A-Z]{2}\w*|[\w+#'’@%-]+(?:\.[\w+#]+)*\.?|[.;:!?()\[\]\n]")
"""A word, or a mark between words; the dot before .NET is a part of the word."""
