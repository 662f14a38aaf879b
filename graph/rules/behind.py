"""Cues behind a name: "a Bramble plugin", "a Java workflow engine"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..mentions import Mention
from ..names import fold
from ..vocabulary import Cue, Vocabulary
from .denials import is_of_what_is_handled
from .found import ENDED, Found
from .guards import POSSESSIVE, fits_itself, suits
from .tokens import TOKEN
from .worked_on import is_anothers, is_worked_on

_BREAK = re.compile(r"[.;:!?()\[\]\n]")
_JOINTS = frozenset(
    {"and", "or", "for", "with", "to", "that", "which", "of", "in", "on", "is", "into", "onto", "from", "via", "using"}
)
_OPENS = re.compile(
    r"\W*(?:is\s)?(?:(?:an?|the)\s)?(?:(?:[\w-]+\s)?"
    r"(?:collection|set|suite|family|bundle|range|series|selection|pack) of\s)?"
    r"(?:(?!(?:for|with|to|into|in|on|of|from|by|and|or|your|using|that|which|uses?|supports?|requires?)\b)[\w-]+,?\s){0,3}\W*",
    re.IGNORECASE,
)
"""What may stand before a name that opens a description: an article, adjectives."""
_NEXT_IN_ROW = r"(?:,\s+(?:and\s+)?|\s+(?:and|&)\s+|\s?/\s?)"
_IN_ROW = re.compile(_NEXT_IN_ROW)
_OPENING_ROW = re.compile(
    r"\W*(?:[Aa]n?\s)?(?:(?!non\b|no\b|not\b)[A-Za-z][a-z-]+,?\s){0,2}"
    rf"(?P<row>(?:[a-z]{{0,3}}[A-Z]\w*(?: Phone| Watch)?{_NEXT_IN_ROW}){{1,4}})"
)
"""Names of a row with which a description opens, before the last of them: "A native Windows, macOS and ..."."""
_PARTED = re.compile(r"[`\"”*_]*\s*[,/|&+}]")
"""What parts a name from the words behind it: they say something of the next name of the row."""
_VERSION = re.compile(r"[`\"*_]? v?\d{1,2}(?:\.(?:x|\d{1,3})){0,2}\+?(?= [A-Za-z])")
"""What may stand between a name and the words behind it: "a Bramble 2.0 plugin"."""
_DASH = re.compile(r"[–—|]")
_TITLED = re.compile(r" [A-Z][a-z]")
_ALIKE = "like|style|inspired|flavou?red|agnostic"
_LIKENED = re.compile(rf"[`\"]?-(?:{_ALIKE})\b")
_JOINED = re.compile(rf"-(?:friendly|compatible|interoperable|centric|aware|{_ALIKE})\b")
_GOES_ON_WITH = re.compile(r"[ -](?:on|upon|off|around|by)\b")
_GOING_ON = frozenset({"based", "powered", "backed"})
"""Words that say of the name before them what a thing is made with, unless another stands behind them: "powered by"."""
_APOSTROPHES = ("'", "’")
_GOES_ON = re.compile(r" (?:are|can|have|will|do)\b")
"""What stands behind a noun that is no title of the item but begins a sentence: "most R packages are ..."."""
_NO_COMPOUND = frozenset(
    {
        *("all", "the", "a", "an", "as", "like", "by", "from"),
        *("inspired", "hosting", "adding", "enabled", "driven", "efficient"),
        *("centric", "aware", "ready", "compatible", "friendly", "specific", "style"),
    }
)
"""Words that cannot stand within a compound noun."""
_OF_THE_HEAD = frozenset({"atlas:implementedIn", "atlas:mentions"})
"""What a noun behind a language settles, whatever stands further behind."""


def find_behind(text: str, begin: int, subject: str, mention: Mention, vocabulary: Vocabulary) -> Found | None:
    """Find a cue behind a name; behind a language up to three other words may stand before it ("a Java workflow engine").

    Where the text begins with the language, there may be more: "Java stream and batch processing engine".
    """
    language = mention.name.cls == "atlas:Language"
    opens = _OPENS.fullmatch(text, begin, mention.start) is not None
    row = None if opens else _OPENING_ROW.fullmatch(text, begin, mention.start)
    far = mention.name.cls in ("atlas:Language", "atlas:Vendor")
    reach = 7 if opens and far else 4 if language or opens else 2
    if language and mention.name.ordinary and _TITLED.match(text, mention.end):
        return None  # "Crystal Bit" is no language
    joined = language and _JOINED.match(text, mention.end) is not None  # a C-compatible library need not be in C
    if language and (
        is_worked_on(text, begin, mention.start, vocabulary) or is_anothers(text, mention.start, mention.end)
    ):
        return None
    if not language and (_PARTED.match(text, mention.end) or _LIKENED.match(text, mention.end)):
        return None  # the Android of "Android/React Native" is not native; "a React-like library"
    version = _VERSION.match(text, mention.end)
    tokens = _right(text, version.end() if version else mention.end, reach, opens and language)
    inner: Found | None = None
    for at in range(min(reach, len(tokens))):
        if (inner is not None and tokens[at][0] == "and") or (at and tokens[at - 1][0].endswith(POSSESSIVE)):
            break  # "the Python community's package index"
        between = tokens[:at]
        for size in (2, 1):
            phrase = " ".join(word for word, _ in tokens[at : at + size])
            end = tokens[min(at + size, len(tokens)) - 1][1]
            for cue in vocabulary.after.get(phrase, ()):
                if (
                    (opens or not cue.opening or _opens_as_one(row, cue, vocabulary))
                    and (far or at < 2 or _is_compound(cue, between, vocabulary))
                    and not (at and cue.beside)
                    and not (cue.property == "atlas:implementedIn" and (joined or _is_translated(between, vocabulary)))
                    and not (phrase == "based" and not opens and is_of_what_is_handled(text, mention.start, end))
                    and not _goes_on(cue, phrase, text, tokens[at][1], end)
                    and (suits if phrase.startswith(_APOSTROPHES) else fits_itself)(cue, subject, mention, vocabulary)
                ):
                    found = Found(cue, mention.start, end, False)
                    if not language or cue.property in _OF_THE_HEAD:
                        return found
                    inner = inner or found  # the head is further behind: a Java plugin framework
    return inner


def _opens_as_one(row: re.Match[str] | None, cue: Cue, vocabulary: Vocabulary) -> bool:
    """Whether a text opens with a row of what a cue is for alone, of which a name is the last: "An Android and iOS app"."""
    names = (vocabulary.names.get(fold(said)) for said in _IN_ROW.split(row["row"])[:-1]) if row is not None else ()
    labels = [name.label if name is not None else "" for name in names]
    return bool(labels) and all(label in cue.only_for for label in labels)


def _is_translated(tokens: Sequence[tuple[str, int]], vocabulary: Vocabulary) -> bool:
    """Whether words behind a language tell of what takes it in: "Fortran compilers and tools"."""
    return any(word in vocabulary.words["translators"] for word, _ in tokens)


def _goes_on(cue: Cue, phrase: str, text: str, first: int, end: int) -> bool:
    """Whether the words behind a cue make it another: "powered by", "fork of", a sentence, a further noun."""
    return (
        (phrase in _GOING_ON and _GOES_ON_WITH.match(text, first) is not None)
        or (phrase == "fork" and text.startswith(" of ", first))
        or (cue.opening and _GOES_ON.match(text, end) is not None)
        or (cue.closes and ENDED.match(text, end) is None)
    )


def _is_compound(cue: Cue, between: Sequence[tuple[str, int]], vocabulary: Vocabulary) -> bool:
    """Whether nothing but nouns stand between a tool and what is made for it: a Gatling stress test plugin."""
    said = {word for word, _ in between}
    idle = said & (_NO_COMPOUND | vocabulary.words["openers"])
    apt = cue.property == "atlas:integratesWith" or bool(cue.only_for)
    return apt and not idle and not any(word.startswith(_APOSTROPHES) for word in said)


def _right(text: str, begin: int, reach: int, opening: bool) -> tuple[tuple[str, int], ...]:
    """Return the words behind a name, up to a joint or a break, with the places where they end."""
    tokens: list[tuple[str, int]] = []
    last = begin
    for token in TOKEN.finditer(text, begin, begin + 80):
        if (
            _BREAK.fullmatch(token[0])
            or _DASH.search(text, last, token.start())
            or not token[0].strip("-")
            or (token[0].lower() in _JOINTS and not (opening and token[0].lower() == "and"))
        ):
            break
        last = token.end()
        tokens += [(part.lower().rstrip("."), token.end()) for part in token[0].strip("-").split("-")]
        if text[token.end() : token.end() + 1] == "," or len(tokens) >= reach:
            break
    return tuple(tokens)
