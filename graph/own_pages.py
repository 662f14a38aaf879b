"""Pages on a name at the name's own site or account: "Brambledb Documentation" at docs.brambledb.example is on Brambledb."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .model import Entry
from .names import fold
from .urls import domains, owner_label, split
from .vocabulary import Vocabulary

_LEAD = re.compile(r"^(?:the )?(?:official )?", re.IGNORECASE)
_NAME = re.compile(r"[A-Z0-9][\w.+#-]*(?<!s')")
_MOST_WORDS, _SHORTEST = 3, 3
"""How many words such a name has at the most, and how many letters at least."""

_PICTURES = frozenset({"image", "picture", "preview", "screenshot", "screenshots"})


def is_pictured(entry: Entry) -> bool:
    """Whether an entry's only link is one behind its description to a picture of it, which is no page of its own."""
    if not entry.url.lower().endswith((".png", ".jpg", ".jpeg", ".gif")):
        return False
    text = entry.passage.text
    shown = (text[link.start : link.end] for link in entry.passage.links if link.url == entry.url)
    return all(words.lower() in _PICTURES for words in shown)


def documented(title: str, url: str, vocabulary: Vocabulary) -> str:
    """Return the name of which a title says that this is its documentation, forum or the like, where the address bears it out.

    A plain word is a name only where the site is called so, not an account. A forum or a chat must lie within a name's own
    site: elsewhere it may be of people who are called so.

    >>> from linkatlas.vocabulary import load
    >>> vocabulary = load()
    >>> documented("Brambledb User Manual", "https://docs.brambledb.example/manual", vocabulary)
    'Brambledb'
    >>> documented("The Official Design Forum", "https://www.reddit.com/r/design", vocabulary)
    ''
    >>> documented("Brambledb Tutorial", "https://acme.example/tutorial", vocabulary)
    ''
    """
    said = _LEAD.sub("", title).split()
    pages, qualifiers = vocabulary.words["pages on a name"], vocabulary.words["page qualifiers"]
    if len(said) < 2 or said[-1].lower() not in pages:
        return ""
    size = len(said) - 1
    while size and (said[size - 1].lower() in pages or said[size - 1].lower() in qualifiers):
        size -= 1
    name = " ".join(said[:size])
    if not _can_be_one(name, vocabulary) or fold(title) == fold(split(url).host):
        return ""
    gathering = said[-1].lower() in vocabulary.words["group page"]
    plain = all(word.lower() in vocabulary.words["plain"] for word in name.split())
    called = () if gathering and _is_root(url) else _called(url, not plain and not gathering, vocabulary)
    return name if _is_one(fold(name), called, vocabulary) else ""


def _is_root(url: str) -> bool:
    """Whether a page is the front page of a domain: of a forum there, that is its own name."""
    site = split(url)
    return not site.path and site.host.startswith(f"{owner_label(site.host)}.")


def _can_be_one(name: str, vocabulary: Vocabulary) -> bool:
    """Whether words can be a name that nobody knows yet: capitals, no idea, and no known name with a word more."""
    said = name.split()
    if not 0 < len(said) <= _MOST_WORDS or len(fold(name)) < _SHORTEST or name.lower() in vocabulary.words["idea"]:
        return False
    strange = [word for word in said if word.lower() not in vocabulary.words["plain"]] if len(said) > 1 else []
    known = (fold(word) in vocabulary.names for word in strange)
    return all(map(_NAME.fullmatch, said)) and not any(known)


def _called(url: str, shared: bool, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what the site of a page is called; where many share it, what the subdomain or the repository is, if wanted."""
    site = split(url)
    above = next((part for part in domains(site.host) if part in vocabulary.sites), "")
    if not above or vocabulary.sites[above].account is None:
        yield fold(owner_label(site.host))
    elif shared and vocabulary.keeps_code(site.host):
        yield from map(fold, site.path[:2])
    elif shared:
        yield fold(site.host.removesuffix(above).strip(".").rpartition(".")[2])


def tenant(host: str, vocabulary: Vocabulary) -> str:
    """Return whose a site is on a host that many have sites on; else nothing.

    >>> from linkatlas.vocabulary import load
    >>> tenant("ada.github.io", load()), tenant("docs.github.com", load()), tenant("ada.example", load())
    ('ada', '', '')
    """
    first, _, above = host.partition(".")
    rule = vocabulary.sites.get(above)
    return first if rule is not None and rule.account is not None and rule.account.match(host) else ""


def _is_one(key: str, called: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether one of some folded names is a name's, with or without what sites have behind it: flintlang is Flint's."""
    further = vocabulary.words["site endings"]
    return any(one.startswith(key) and (one == key or one[len(key) :] in further) for one in called)
