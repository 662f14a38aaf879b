"""Things that have another's name: a theme called like the tool it is for, a port called like the original."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .names import fold
from .short_names import spells_out
from .urls import split
from .vocabulary import Vocabulary

_OPENING = 120
"""How many characters of a description say what a thing is."""
_LONGEST = 30
"""How many characters a name has at the most that others are made for."""
_MOST_PARTS = 12
"""How many words a repository's name has at the most: who tries all runs of more would wait."""
_NO_NOUN = r"(?!(?:and|around|by|for|from|in|into|is|of|on|or|over|that|the|to|which|with)\b)"
"""What no word within a noun is: behind it something else begins than what the thing is."""
_LEADS = rf"\W*(?:an? |the )?(?:(?:and|{_NO_NOUN}[^\s,;:()]+),? ){{0,7}}?"
"""What may stand before the noun that says what a thing is: an article, adjectives."""
_A_LANGUAGE = re.compile(r"\b[Ll]anguage\b(?! (?!(?:and|for|in|of|on|that|to|which|with)\b)[a-z])")
"""How a description says that something is a language, and nothing for one: a language for mills, no language driver."""
_OF_LANGUAGES = ("lang", "language", "org", "foundation", "project", "community")
_IN_CAPITALS = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){2,5}")
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
    account, repository = _repository(url, vocabulary)
    key = fold(title)
    parts = [part for part in SIGNS.split(repository) if part]
    if not 1 < len(parts) <= _MOST_PARTS or fold(account) == key:
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
    >>> made_for_its_name("postgres", "https://github.com/acme/postgres", "Driver for PostgreSQL.", vocabulary)
    'acme'
    >>> made_for_its_name("Redis", "https://github.com/redis/redis", "A store with a Redis client.", vocabulary)
    ''
    """
    account, repository = map(fold, _repository(url, vocabulary))
    key = fold(title)
    if not account or key in account or account in key or len(title) > _LONGEST:
        return ""
    opening = said[:_OPENING].partition(". ")[0].lower()
    words = vocabulary.words["made for another"]
    if key != repository:
        return account if any(noun in words for noun in _made_for(title.lower(), opening)) else ""
    # Where the repository is called so too, only what is made for the thing's name in full is another: acme/postgres.
    known = vocabulary.names.get(key)
    names = (known.label, *known.aliases) if known is not None and known.label != title else ()
    if any(fold(name) in account for name in names):
        return ""
    if _spells_out_otherwise(title, said, names):
        return account
    if account in vocabulary.handles:
        return ""
    full = [name.lower() for name in names if fold(name) != key]
    made = any(noun in words for name in full for noun in _made_for(name, opening))
    return account if made or any(_is_worked_on(name, opening) for name in full) else ""


def _is_worked_on(name: str, opening: str) -> bool:
    """Whether a description begins with what gets at a name, or is it in a language: "library for accessing Bramble"."""
    if name not in opening:
        return False
    name = re.escape(name)
    got_at = rf"{_LEADS}(?:library|module|package) for (?:[a-z]+ing )?(?:the )?{name}(?![\w-])"
    in_another = rf"{_LEADS}{name} implementation in (?!c\b|c\+\+)\w"
    return any(re.match(pattern, opening) is not None for pattern in (got_at, in_another))


def _spells_out_otherwise(title: str, said: str, names: Sequence[str]) -> bool:
    """Whether a description begins with other words than some names have of which a title has the initials.

    >>> _spells_out_otherwise("aws", "Alder Web Server is a framework.", ["Amazon Web Services"])
    True
    >>> _spells_out_otherwise("aws", "Amazon Web Services for boats.", ["Amazon Web Services"])
    False
    """
    words = _IN_CAPITALS.match(said)
    if words is None or not spells_out(words[0], title):
        return False
    long = {fold(name) for name in names if spells_out(name, title)}
    return bool(long) and fold(words[0]) not in long


def _made_for(name: str, opening: str) -> Iterator[str]:
    """Yield the nouns for what is made for a name, as a description begins: "a Bramble client", "driver for Bramble"."""
    if name not in opening:
        return
    name = re.escape(name)
    behind = rf"{_LEADS}{name}(?:['’]s)?[ -]([a-z]+)(?: ([a-z]+))?"
    before = rf"{_LEADS}(?:([a-z]+) )?([a-z]+) (?:for|of|to|around|over) (?:the )?(?:\w+ )?{name}(?![\w-])"
    for match in (re.match(pattern, opening) for pattern in (behind, before)):
        yield from _nouns(match.groups()) if match is not None else ()


def in_a_language(title: str, url: str, said: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the account, folded, and the name of a repository that a list calls by the language that it is for.

    Two empty words where it may be the language's own, for that bears its name, lies at an account of it or is said to be one.

    >>> from linkatlas.vocabulary import load
    >>> vocabulary = load()
    >>> in_a_language("Lua", "https://github.com/Acme/bramble-client", "Lua language driver.", vocabulary)
    ('acme', 'bramble-client')
    >>> in_a_language("Rust", "https://github.com/rust-lang/book", "", vocabulary)
    ('', '')
    >>> in_a_language("Erlang/OTP", "https://github.com/erlang/otp", "", vocabulary)
    ('', '')
    >>> in_a_language("Haskell", "https://github.com/ghc/ghc", "A functional language for mills.", vocabulary)
    ('', '')
    """
    account, repository = _repository(url, vocabulary)
    known = vocabulary.names.get(fold(title))
    if known is None or known.cls != "atlas:Language" or _A_LANGUAGE.search(said.partition(". ")[0]):
        return "", ""
    keys = {fold(title), fold(known.label)}  # Erlang/OTP is Erlang
    parts = SIGNS.split(account.lower())
    own = fold(repository) in keys or any(_is_named_after(part, key) for part in parts for key in keys)
    return ("", "") if own else (fold(account), repository)


def _is_named_after(part: str, key: str) -> bool:
    """Whether a part of an account is called like a language: rust, of rust-lang; julialang."""
    return part == key or part in (f"{key}{ending}" for ending in _OF_LANGUAGES)


def _repository(url: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the account and the name of the repository that a URL is of; empty words of another page."""
    site = split(url)
    if len(site.path) != 2 or not vocabulary.keeps_code(site.host):
        return "", ""
    return site.path[0], site.path[1]


def _nouns(words: Sequence[str | None]) -> Iterator[str]:
    """Yield the words that may say what a thing is; behind a verb or a small word another thing begins."""
    for word in filter(None, words):
        if re.match(_NO_NOUN, word) is None:
            return
        yield word
        if word.endswith("s"):
            return


def of_another(part: str, vocabulary: Vocabulary) -> bool:
    """Whether a part of a repository's name says for what tool, in what language or of what kind the thing is."""
    if part.lower() in vocabulary.words["of another"]:
        return True
    known = vocabulary.names.get(fold(part))
    if known is None or part.lower() in vocabulary.words["name endings"]:
        return False
    return known.cls == "atlas:Language" or (known.cls == "atlas:Tool" and not known.ordinary)
