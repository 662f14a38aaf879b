"""Things that have another's name: a theme called like the tool it is for, a port called like the original."""

from __future__ import annotations

import re

from .names import fold
from .urls import split
from .vocabulary import Vocabulary

_OPENING, _LONGEST = 120, 30
"""How many characters of a description say what a thing is, and how many a name has that others are made for."""
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


def made_for_its_name(title: str, url: str, said: str, vocabulary: Vocabulary) -> str:
    """Return whose repository an entry is, folded, where its description says that it is made for what it is called like.

    >>> from linkatlas.vocabulary import load
    >>> vocabulary = load()
    >>> made_for_its_name("Redis", "https://github.com/acme/redisclient", "A Redis client for boats.", vocabulary)
    'acme'
    >>> made_for_its_name("Redis", "https://github.com/redis/redis", "A store with a Redis client.", vocabulary)
    ''
    """
    site, key = split(url), fold(title)
    if len(site.path) != 2 or not vocabulary.keeps_code(site.host):
        return ""
    account, repository = map(fold, site.path)
    if key == repository or key in account or len(title) > _LONGEST:
        return ""
    opening = said[:_OPENING].partition(". ")[0].lower()
    name, words = re.escape(title.lower()), vocabulary.words["made for another"]
    behind = rf"(?<![\w-]){name}(?:['’]s)?[ -]([a-z]+)(?: ([a-z]+))?"
    before = rf"([a-z]+) (?:for|of|to|around|over) (?:the )?(?:\w+ )?{name}(?![\w-])"
    found = (noun for pattern in (behind, before) for match in re.finditer(pattern, opening) for noun in match.groups())
    return account if any(noun in words for noun in found) else ""


def of_another(part: str, vocabulary: Vocabulary) -> bool:
    """Whether a part of a repository's name says for what tool, in what language or of what kind the thing is."""
    if part.lower() in vocabulary.words["of another"]:
        return True
    known = vocabulary.names.get(fold(part))
    if known is None or part.lower() in vocabulary.words["name endings"]:
        return False
    return known.cls == "atlas:Language" or (known.cls == "atlas:Tool" and not known.ordinary)
