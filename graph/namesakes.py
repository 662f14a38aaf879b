"""Things that have another's name: a theme called like the tool it is for, a port called like the original."""

from __future__ import annotations

import re

from .names import fold
from .urls import split
from .vocabulary import Vocabulary

SIGNS = re.compile(r"[-_.]+")
"""What parts the words of a repository's name."""


def namesake(title: str, url: str, vocabulary: Vocabulary) -> str:
    """Return whose repository an entry is, folded, where the repository's name says that it is for or in something else.

    >>> from linkatlas.vocabulary import load
    >>> vocabulary = load()
    >>> namesake("Bramble", "https://github.com/acme/bramble-zsh-theme", vocabulary)
    'acme'
    >>> namesake("Bramble", "https://github.com/bramble/bramble-core", vocabulary)
    ''
    """
    site, key = split(url), fold(title)
    if len(site.path) != 2 or not vocabulary.keeps_code(site.host):
        return ""
    account, repository = site.path
    parts = [part for part in SIGNS.split(repository) if part]
    if len(parts) < 2 or fold(account) == key:
        return ""
    spans = ((at, end) for at in range(len(parts)) for end in range(at + 1, len(parts) + 1))
    rest = next((parts[:at] + parts[end:] for at, end in spans if fold("".join(parts[at:end])) == key), [])
    return fold(account) if any(of_another(part, vocabulary) for part in rest) else ""


def of_another(part: str, vocabulary: Vocabulary) -> bool:
    """Whether a part of a repository's name says for what tool, in what language or of what kind the thing is."""
    if part.lower() in vocabulary.words["of another"]:
        return True
    known = vocabulary.names.get(fold(part))
    if known is None or part.lower() in vocabulary.words["name endings"]:
        return False
    return known.cls == "atlas:Language" or (known.cls == "atlas:Tool" and not known.ordinary)
