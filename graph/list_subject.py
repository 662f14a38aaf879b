"""The subject of a list as a name: a list of Vapor's libraries says "for Vapor", though it has no entry of that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from .names import fold
from .vocabulary import Name, Vocabulary

_SHORTEST = 3
"""How many letters a name has at the least that is one in small letters too, where it is what a list is about."""
_MOST_WORDS, _LONGEST = 3, 60
"""How many words and characters a name has at the most."""
_USES, _SMALL = 3, 0.25
"""How often the texts must use the subject as a name, and how often, beside that, they may write it small."""
_PLAIN_USES, _PLAIN_SMALL = 6, 0.1
"""The same for a subject that is a plain word: Scriptable, Construct."""
_WRITTEN = 0.08
"""The share of its uses from which a subject is a language, something being written in it."""
_VERSION = re.compile(r" v?\d")
_FIRST = re.compile(r"[A-Z][a-z]{3,}(?=[A-Z]| [A-Z])")
_JAVASCRIPT = re.compile(r"([A-Z][a-z]{3,})\.?[jJ][sS]")
_NEXT = re.compile(r" ([A-Za-z-]+)")
_LEAD = re.compile(r"([\w'’-]+) $")


def subject_class(subject: str, texts: Iterable[str], vocabulary: Vocabulary) -> str:
    """Return the class of what a list's title names, where the list's texts use it as the name of a tool; else nothing.

    A name keeps its capitals inside a sentence, where a subject such as charting is written small. What it names is
    software where something is made for it, or where a noun of software or a version stands behind it; a language where
    something is written in it.

    >>> from linkatlas.vocabulary import load
    >>> texts = ["Rate limiter for Brambleweb.", "Runs jobs in Brambleweb.", "A starter for your Brambleweb project."]
    >>> subject_class("Brambleweb", texts, load())
    'atlas:Tool'
    >>> subject_class("Charting", ["Tools for Charting.", "A charting library.", "Fast charting."], load())
    ''
    """
    if not _can_name(subject, vocabulary):
        return ""
    distinct = _is_distinct(subject)
    exact = re.compile(rf"(?<![\w./@#-]){re.escape(subject)}(?![\w/-]|\.\w)", re.IGNORECASE if distinct else re.NOFLAG)
    small = re.compile(rf"(?<![\w./@#-]){re.escape(subject.lower())}(?![\w/-]|\.\w)")
    uses = made = written = smalls = 0
    for text in texts:
        smalls += 0 if distinct else len(small.findall(text))
        for found in exact.finditer(text):
            lead = _LEAD.search(text, max(found.start() - 24, 0), found.start())
            if lead is None or not lead[1].islower():
                continue  # a sentence, or a title, gives any word a capital
            uses += 1
            made += lead[1] in vocabulary.words["made for"] or _is_software(text, found.end(), vocabulary)
            written += lead[1] == "in" and _is_language(text, lead.start(), vocabulary)
    plain = subject.lower() in vocabulary.words["plain"]
    least, most = (_PLAIN_USES, _PLAIN_SMALL) if plain else (_USES, _SMALL)
    if uses < least or smalls > uses * most or not made:
        return ""
    return "atlas:Language" if written > uses * _WRITTEN else "atlas:Tool"


def full_subject(subject: str, vocabulary: Vocabulary) -> Name | None:
    """Return the known system that a list's title names for short, without the last word: Qubes is Qubes OS.

    >>> from linkatlas.vocabulary import load
    >>> full_subject("Qubes", load()).label, full_subject("Kites", load())
    ('Qubes OS', None)
    """
    if fold(subject) in vocabulary.names:
        return None
    full = (vocabulary.names.get(fold(f"{subject} {ending}")) for ending in sorted(vocabulary.words["system endings"]))
    return next(filter(None, full), None)


def short_subject(subject: str, texts: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the first word of a known tool's name, where a list on that tool uses it alone for a name; else nothing.

    >>> from linkatlas.vocabulary import load
    >>> texts = ["Roles for Salt.", "A pillar for your Salt project.", "Tests with Salt in SaltStack."]
    >>> short_subject("SaltStack", texts, load()), short_subject("Hacker News", ["Hacker News for Hacker News"], load())
    ('Salt', '')
    """
    known = vocabulary.names.get(fold(subject))
    first = _FIRST.match(subject)
    if known is None or known.cls != "atlas:Tool" or first is None or fold(first[0]) in vocabulary.names:
        return ""
    alone = re.compile(rf"{re.escape(first[0])}[ -]?{re.escape(subject[first.end() :].strip(' -'))}", re.IGNORECASE)
    return first[0] if subject_class(first[0], [alone.sub("", text) for text in texts], vocabulary) else ""


def spelt(subject: str, vocabulary: Vocabulary) -> Iterator[tuple[str, Name]]:
    """Yield how a list on a known tool or language writes its name in small letters, where only the capital told it from a word.

    No general word (Windows) nor what an action is called (Processing) is a name in small letters.

    >>> from linkatlas.vocabulary import load
    >>> [spelling for spelling, _ in spelt("Slack", load())], [*spelt("Windows", load())]
    (['slack'], [])
    """
    known = vocabulary.names.get(fold(subject))
    if known is not None and known.ordinary and known.cls in ("atlas:Tool", "atlas:Language"):
        for name in sorted({known.label, subject, *known.aliases}):
            small = name.lower()
            plain = (
                small in vocabulary.words["plain"]
                or small in vocabulary.words["opening words"]
                or small.endswith("ing")
            )
            if len(name) >= _SHORTEST and name.isalpha() and name[1:].islower() and not plain:
                yield small, known


def without_ending(subject: str, texts: Iterable[str]) -> str:
    """Return a subject's name without JavaScript's ending, where a list's texts use that, with its capital; else nothing.

    >>> without_ending("Bramble.js", ["Dancing with Bramble"]), without_ending("Bramble.js", ["Bramble.js, or a bramble"])
    ('Bramble', '')
    """
    found = _JAVASCRIPT.fullmatch(subject)
    alone = re.compile(rf"(?<![\w.-]){found[1]}(?![\w-]|\.\w)") if found is not None else None
    return found[1] if found is not None and alone is not None and any(map(alone.search, texts)) else ""


def _can_name(subject: str, vocabulary: Vocabulary) -> bool:
    """Whether a title's subject can be a name that nobody knows yet.

    Capitals alone are an abbreviation, and several words are a field, unless one of them is known: Swift Playgrounds.
    """
    words = subject.split()
    return (
        len(subject) <= _LONGEST
        and (len(subject) > 2 or _is_distinct(subject))
        and (any(map(str.isupper, subject)) or _is_distinct(subject))
        and not (subject.isupper() and subject.isalpha() and subject.isascii())
        and (len(words) == 1 or (len(words) <= _MOST_WORDS and any(fold(word) in vocabulary.names for word in words)))
        and fold(subject) not in vocabulary.names
    )


def _is_distinct(subject: str) -> bool:
    """Whether letters and digits are mixed, so that a subject is a name however it is spelt: k6."""
    return " " not in subject and any(map(str.isdigit, subject)) and any(map(str.isalpha, subject))


def _is_software(text: str, end: int, vocabulary: Vocabulary) -> bool:
    """Whether a version or a noun stands behind a name that only software has: Vapor 3, a Vapor provider."""
    following = _NEXT.match(text, end)
    return _VERSION.match(text, end) is not None or (
        following is not None
        and (following[1].lower() in vocabulary.after or following[1].lower() in vocabulary.words["instances"])
    )


def _is_language(text: str, end: int, vocabulary: Vocabulary) -> bool:
    """Whether "in" stands behind a word by which something is written in a language: written in, implemented in."""
    verb = _LEAD.search(text, max(end - 24, 0), end)
    cues = vocabulary.before.get(f"{verb[1].lower()} in", ()) if verb is not None else ()
    return any(cue.property == "atlas:implementedIn" for cue in cues)
