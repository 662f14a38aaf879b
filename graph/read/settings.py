"""What a reading may take and whom it asks: limits, GitHub's addresses, who hears of what is missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..errors import LinkatlasError

Missed = Callable[[LinkatlasError], None]
"""Told of each file, page or source that cannot be read; the reading goes on if it returns."""


class Hosts(NamedTuple):
    """The addresses of the services behind a GitHub repository."""

    page: str = "https://github.com"
    api: str = "https://api.github.com"
    raw: str = "https://raw.githubusercontent.com"


class Limits(NamedTuple):
    """The bounds of reading one list."""

    size: int = 64 * 1024 * 1024
    """Bytes, after decompression. The longest public lists have a few million."""
    seconds: float = 60.0
    """For all of one page, from the call to its last byte."""
    silence: float = 15.0
    """Seconds without a byte after which a server counts as gone."""
    redirects: int = 5


GITHUB = Hosts()
LIMITS = Limits()


def too_large(source: str, limits: Limits) -> str:
    """Return the sentence for a list that is longer than a list may be.

    >>> too_large("all.md", LIMITS)
    'all.md: larger than the 64 MiB that one list may have'
    """
    size = limits.size
    allowed = f"{size // 1024 // 1024} MiB" if size >= 1024 * 1024 else f"{size} bytes"
    return f"{source}: larger than the {allowed} that one list may have"
