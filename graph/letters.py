"""The letters of Latin scripts, for patterns: those of English, Western Europe and Central Europe (Latin Extended-A)."""

from __future__ import annotations

_EXTENDED = [chr(code) for code in range(0x100, 0x180)]

CAPITALS = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, _EXTENDED))
"""Capital letters, as the inside of a character class. None is a small one too, or patterns of both would try all ways."""

SMALLS = "a-zß-öø-ÿ" + "".join(filter(str.islower, _EXTENDED))
"""Small letters, as the inside of a character class."""
