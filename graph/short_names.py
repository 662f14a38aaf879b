"""Names in short and in full: "Brambledb - A small database" is Brambledb, Druid at druid.apache.org is Apache Druid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .names import fold
from .own_pages import tenant
from .urls import owner_label, split
from .vocabulary import Name, Vocabulary

_SPELT_OUT = re.compile(r"(?P<long>[^()]+?)\s+\((?P<short>[\w&]{3,10})\)")
_DASH = re.compile(r"(?P<short>\S(?:.{0,40}?\S)?)(?:\s+[-–—]+|:)\s+(?P<long>\S.*)")
_SYSTEM = re.compile(r"(?P<short>[A-Z][\w-]{3,})(?: GNU/| )Linux")
_WORD = re.compile(r"[^\W_]+")
_OPENING = re.compile(r"((?:[A-Z][\w.&-]*)(?: [\w.&-]+){1,3}?)(?= (?:is|are|was|provides|helps|lets|offers|allows)\b)")
"""The name with which a description begins to say what a thing is."""
_CAPITAL = re.compile(r"(?<![\w.@#/-])[A-Z]\w*(?![\w/])")
_NEXT_CAPITAL = re.compile(r"[ -](?:[A-Z]\w*|\d+)(?![\w/.])")
_PART = re.compile(r"[^\W\d_]+|\d+")
_WITH_ACCOUNT = re.compile(r"([\w-]+)/([\w.-]{3,})")
_SPLIT = re.compile(r"[\s/-]+")
_BETWEEN = frozenset({"of", "for", "and", "the", "in", "on", "to", "with", "a", "an"})
_FEWEST = 2
"""How many words initials stand for at least."""
_SHORTEST = 3
"""How many letters a short name has at least: two are those of too many."""


def short_name(name: str, url: str, vocabulary: Vocabulary) -> str:
    """Return the short name within an entry's name, or nothing.

    Initials are one where the name spells them out and the address or the lexicon has them as well. What stands before a
    dash is one where the entry links the home page or the repository of that name; else the rest may name a part of it.
    A system is called without its last word as well, if no plain word is left.

    >>> from linkatlas.vocabulary import load
    >>> vocabulary = load()
    >>> short_name("Tide Wave Observation Project (TWOP)", "https://twop.example/start", vocabulary)
    'TWOP'
    >>> short_name("Brambledb - A small database", "https://github.com/acme/brambledb", vocabulary)
    'Brambledb'
    >>> short_name("Bramblix Linux", "https://bramblix.example", vocabulary)
    'Bramblix'
    >>> short_name("Brambledb - Recipes", "https://github.com/acme/brambledb/tree/main/recipes", vocabulary)
    ''
    """
    system = _SYSTEM.fullmatch(name) if name.endswith("Linux") else None
    if system is not None:
        told = system["short"].lower() in vocabulary.words["plain"] or fold(system["short"]) in vocabulary.names
        return "" if told else system["short"]  # Oracle Linux is no Oracle
    found = _SPELT_OUT.fullmatch(name) if name.endswith(")") else None
    found = found or _dashed(name)
    if found is None:
        return ""
    short = found["short"]
    if _told(short, found["long"], vocabulary) and _is_known(short, url, vocabulary):
        return short
    return short if found.re is _DASH and _is_own_page(short, url, vocabulary) else ""


def own_name(title: str, url: str, cls: str, vocabulary: Vocabulary) -> str:
    """Return the name with which a title begins, before a dash or a colon, at that name's own page; else nothing.

    So does a website whose subdomain is called like the rest of the title: Acme Commons, of Acme.

    >>> from linkatlas.vocabulary import load
    >>> own_name("Brambledb: Data for all", "https://brambledb.example", "atlas:Article", load())
    'Brambledb'
    >>> own_name("Acme Commons", "https://commons.acme.example", "atlas:Website", load())
    'Acme'
    """
    found, site = _dashed(title), split(url)
    if found is not None and _is_own_page(found["short"], url, vocabulary):
        return found["short"]
    first, _, rest = title.partition(" ")
    below = (
        cls == "atlas:Website" and not site.path and f"{fold(rest)}.{fold(first)}" == ".".join(site.host.split(".")[:2])
    )
    said = vocabulary.words["work"], vocabulary.words["genre"], vocabulary.words["pages on a name"]
    return first if below and not any(rest.lower() in each for each in said) else ""


def _dashed(name: str) -> re.Match[str] | None:
    """Return what stands before and behind a title's first dash or colon; most have neither, which is much faster to tell."""
    return _DASH.fullmatch(name) if ":" in name or "-" in name or "–" in name or "—" in name else None


def with_account(name: str) -> tuple[str, str]:
    """Return the account and the repository that a name is made of; two empty ones for any other name.

    >>> with_account("acme/brambledb"), with_account("TCP/IP"), with_account("Read/write locks")
    (('acme', 'brambledb'), ('', ''), ('', ''))
    """
    found = _WITH_ACCOUNT.fullmatch(name)
    return (found[1], found[2]) if found is not None else ("", "")


def _told(short: str, long: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is made of the initials of some others; a plain word only where they are plain as well."""
    if " " in short or len(short) < _SHORTEST or not any(map(str.isupper, short)) or not spells_out(long, short):
        return False
    plain = vocabulary.words["plain"]
    return short.lower() not in plain or all(word.lower() in plain for word in _WORD.findall(long))


def spells_out(long: str, short: str) -> bool:
    """Whether some words have the letters of a word for their initials or capitals, with or without small words between them.

    >>> spells_out("Fern Analysis and Comparison Tool", "FACT"), spells_out("Fern ToolKit", "FTK")
    (True, True)
    >>> spells_out("Rapid Tide", "RTX")
    False
    """
    words = [word for word in _SPLIT.split(long) if word[:1].isalnum()]
    if len(words) < _FEWEST:
        return False
    every = "".join(word[0] for word in words)
    told = "".join(word[0] for word in words if word.lower() not in _BETWEEN)
    capitals = "".join(filter(str.isupper, long))
    return short.casefold() in (every.casefold(), told.casefold(), capitals.casefold())


def _is_known(short: str, url: str, vocabulary: Vocabulary) -> bool:
    """Whether the lexicon knows initials, or a part of an address begins with them."""
    key = fold(short)
    if key in vocabulary.names:
        return not vocabulary.names[key].ordinary
    site = split(url)
    parts = (*site.host.split("."), *site.path)
    return any(fold(word[0]) == key for part in parts if (word := _WORD.match(part)))


def _is_own_page(name: str, url: str, vocabulary: Vocabulary) -> bool:
    """Whether a URL is the home page or the repository of a name, and of nothing in it."""
    site, key = split(url), fold(name)
    if len(key) < _SHORTEST:
        return False
    if vocabulary.keeps_code(site.host):
        return len(site.path) == 2 and key in (fold(site.path[1]), fold("".join(site.path)))
    at_root = not site.path and "#" not in url
    return at_root and key == fold(owner_label(site.host)) == fold(site.host.split(".")[0])


def known_in_full(name: str, url: str, said: str, vocabulary: Vocabulary) -> Name | None:
    """Return the known name that has its maker's before it: Spark at spark.apache.org, or of which "Apache Spark is" is said.

    >>> from linkatlas.vocabulary import load
    >>> vocabulary = load()
    >>> known_in_full("Pig", "https://pig.apache.org/docs", "", vocabulary).label
    'Apache Pig'
    >>> known_in_full("Nomad", "https://www.nomadproject.io", "HashiCorp Nomad is a scheduler.", vocabulary).label
    'HashiCorp Nomad'
    >>> known_in_full("Nomad", "https://nomad.example", "A tent.", vocabulary)
    """
    key, names = fold(name), vocabulary.names
    if len(key) < _SHORTEST or (key in names and not names[key].ordinary):
        return None
    fuller = (f"{owner}{key}" for owner in _owners(url, vocabulary))
    found = next((names[full] for full in fuller if full in names), None)
    if found is not None:
        return found
    opening = _OPENING.match(said)
    maker, _, rest = opening[1].partition(" ") if opening else ("", "", "")
    return names.get(fold(f"{maker}{rest}")) if fold(rest) == key else None


def _owners(url: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return whose a page is, folded: the account's, or that of the host's first label and of its domain."""
    site = split(url)
    host = site.host
    if vocabulary.keeps_code(host):
        return (fold(site.path[0]),) if site.path else ()
    whose = tenant(host, vocabulary)
    return (fold(whose),) if whose else (fold(owner_label(host)), fold(host.partition(".")[0]))


def spellings_in(title: str, labels: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield the keys of names that a title spells otherwise, with capitals, each with that spelling.

    A name in parts may stand in words, and one with a number in one word: tide-cli as Tide CLI, Tide-8 as Tide8. Parts that
    are plain words may mean what they say.

    >>> from linkatlas.vocabulary import load
    >>> labels = {"brambl8": "BRAMBL-8", "webdesign": "web-design"}
    >>> list(spellings_in("A Guide to Brambl8 and Web Design", labels, load()))
    [('brambl8', 'Brambl8')]
    """
    for first in _CAPITAL.finditer(title):
        end = first.end()
        for _ in range(3):
            spelling, key = title[first.start() : end], fold(title[first.start() : end])
            label = labels.get(key)
            if label is not None and spelling != label and _is_name_in_parts(label, spelling, vocabulary):
                yield key, spelling
            following = _NEXT_CAPITAL.match(title, end)
            if following is None:
                break
            end = following.end()


def _is_name_in_parts(label: str, spelling: str, vocabulary: Vocabulary) -> bool:
    """Whether a name has several parts, of which one is a number or no plain word, and a spelling shows that it is one."""
    parts = _PART.findall(label)
    shown = " " in spelling or "-" in spelling or any(map(str.isdigit, spelling))
    strange = any(part.lower() not in vocabulary.words["plain"] for part in parts)
    phrase = all(map(str.istitle, parts))  # Transit-Map
    return shown and "-" in label and len(parts) > 1 and strange and not phrase
