"""Cues beside a name: the longest phrase of the lexicon before or behind it that fits what stands on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..mentions import Mention
from ..names import fold
from ..vocabulary import Cue, Vocabulary
from .behind import find_behind
from .denials import (
    is_by_one_of,
    is_by_what_one_has,
    is_denied,
    is_hoped,
    is_of_people_using,
    is_of_what_is_made,
    is_spoken,
    is_told_of_use,
)
from .found import CLOSED, Found
from .guards import POSSESSES, POSSESSIVE, fits_itself, is_cut_short, of_people, suits
from .tokens import TOKEN
from .worked_on import is_of_a_library

_ARTICLE = re.compile(r"(?<!\w)the [`\"'*_]*$", re.IGNORECASE)
_STOP = re.compile(r"[.;!?\n]\s|\s[-–—]\s|\bbut\b")
JOINT = (
    r"(?:\s*(?:,|;|/|&|\+|\band\b|\bor\b|\bas well as\b)(?:\s*(?:and|or|&|the|even|also)\b)*\s*"
    r"|\s*,?\s*(?:and|or)\s+(?:an?\s+)?)"
)
"""What stands between two names of one row."""

_ROW_ENDS = (",", ";", "/", "&", "+", "and", "or", "as", "the", "an", "a")
"""What a joint can end with: nearly every name has something else before it, which is much faster to tell."""
_NO_NOUNS = (
    r"for|with|from|into|onto|that|which|using|via|like|your|uses|has|adds|allows|supports|includes|provides|runs|makes"
    r"|works|comes|gives|lets|helps|and|but|not|any|all|other|its|their|his|this"
)
_PLACES = r"(?:the )?(?:browsers?|web|desktop|mobile)"
_ROW_ITEM = re.compile(
    rf"(?<![\w.])`?(?:{_PLACES}|\.?[A-Z][\w+#'-]*|\w+[.\d][\w.]*|@[\w-]+)(?: (?:[A-Z][\w+#/'-]*|\d[\w./]*)){{0,2}}`?{JOINT}$"
)
_ROW_NOUNS = re.compile(
    rf"(?<![\w.-])(?!(?:{_NO_NOUNS})\b)(?:[a-z]{{3,}} (?!(?:{_NO_NOUNS})\b)){{0,2}}[a-z]{{3,}}s{JOINT}$"
)
"""Nouns that stand in a row with names: "based on type hints and Pydantic"; of what is for them it is told otherwise."""
_ADJECTIVES = re.compile(r"[\W_]*(?:(?:is )?(?:an?|the|this) )?(?:[\w-]+,? ){0,3}", re.IGNORECASE)
"""What may stand before the language with which a description opens: an article, adjectives."""
SMALL_WORD = re.compile(
    r"\b(?:for|with|to|in|on|of|from|by|and|or|using|that|which|your|uses?|via|into|as|like|run|write|is)\b",
    re.IGNORECASE,
)
"""What cannot stand within the nouns with which a description says what a thing is."""
POSSESSED = re.compile(r"['’]s?$")
NEXT_NAME = re.compile(r"\s*(?:,|&|\band\b)\s+(?:and\s+)?")
"""What stands between the names of people, or of other makers, in a row."""
LONGER = re.compile(r" (?!Programming\b|Language\b)[A-Z]|['’]\w")
"""What stands behind a name that is but the beginning of a longer one."""
_LIKENED = re.compile(r"-(?:like|style|esque|inspired)\b")
"""What stands behind a name that something is only likened to; what runs on Unix-like systems runs on Unix."""
_OF_PLACES = frozenset({"atlas:runsOn", "atlas:mentions"})
_NEXT = re.compile(r" ([a-z]{3,})")
_GOES_ON = re.compile(
    r" [a-z]{3,}ly (?:\w+ed|made|written|built|by|for|in|on|as)\b| (?:released|published|launched|introduced) (?:in|by|on|as)\b"
)
"""How more is said behind a name that is no part of it: for Brambledb heavily inspired by Alder."""
_INSTANCING = frozenset({"including", "("})
_DIVIDING = frozenset(
    {"and", "are", "as", "at", "by", "for", "from", "in", "is", "not", "of"}
    | {"on", "or", "than", "that", "to", "was", "which", "with", "without"}
)
"""What stands in no phrase for what a name is an instance of."""
_INSTANCE = re.compile(r"[a-z][a-z-]*[a-z]")
"""A word of what a name is an instance of: any loom editor, including Bramble."""
_RESTATED = (re.compile(r"[`\"'*_]? ([a-z]+)(?![\w-])"), re.compile(r"[`\"'*_]? [a-z]+ ([a-z]+)(?![\w-])"))
"""A noun behind a name, by itself or with a word before it."""
_ADVERBS = frozenset({"well", "also", "even", "great"})
_LEADS = frozenset({"(", ":"})
"""What may stand before the first of several examples: "frameworks (e.g.: PyTorch)"."""
_OF_ONE_THING = frozenset({"atlas:alternativeTo", "atlas:basedOn"})
"""Relations to the very thing that is named, not to one of its kind."""
_OF_LANGUAGES = frozenset({"programming", "language"})
_OF_MAKERS = frozenset({"atlas:developedBy", "atlas:createdBy"})
_LICENSED = re.compile(r"CC[ -]BY\b")
_OF_PRODUCTS_TOO = frozenset({"atlas:runsOn", "atlas:basedOn"})
"""Relations that are told of what is made with a thing as well."""

_LONGEST = 6
"""Words in the longest phrase of the lexicon, and how many fillers may stand before the object."""
_LONGEST_ROW = 12
"""How many names of a row may stand before the one that is asked for."""


def find_cue(text: str, mention: Mention, begin: int, subject: str, vocabulary: Vocabulary) -> Found | None:
    """Return the cue beside a name that fits both classes; one before the name comes first, the longest phrase wins."""
    if mention.name.cls == "atlas:Language" and is_of_a_library(text, begin, mention.start):
        return None
    left = _left(text, begin, mention.start)
    found = _before(left, subject, mention, vocabulary) or _before_row(text, left, subject, mention, vocabulary)
    if found is not None and found.cue.beside and "," in text[found.start : mention.start]:
        comma = text.rindex(",", found.start, mention.start)  # "for apps, built with Brambleweb": the thing itself is
        found = _before([token for token in left if token[1] > comma], subject, mention, vocabulary)
    if found is not None:
        clause = {word for word, at in left if at < found.start}
        fresh = text[max(found.start - 3, 0) : found.start].rstrip().endswith(",")  # "without padding, in Rust"
        if (
            (not fresh and is_denied(left, found.start, vocabulary))
            or is_hoped(text, found.end, vocabulary)
            or (clause & found.cue.unless and not _is_of_the_noun(left, found, vocabulary))
        ):
            return None
        if is_told_of_use(text, begin, found.start) or is_of_people_using(text, begin, found.start, vocabulary):
            return None
        likened = found.cue.property not in _OF_PLACES and _LIKENED.match(text, mention.end)
        if likened or (found.cue.whole and _qualifies(text, mention, found.cue, vocabulary)):
            return None
        if found.cue.property == "atlas:runsOn" and is_spoken(left, found.start, vocabulary):
            return None  # "details on Kubernetes"
        if found.cue.property in _OF_MAKERS and (
            _LICENSED.match(text, max(found.start - 3, 0))
            or is_by_one_of(text, mention.start)
            or is_by_what_one_has(text, mention.start, mention.end, vocabulary)
        ):
            return None  # "CC BY 4.0, Bramble", "by a Bramble engineer", "by the Bramble blocks that they hold"
        if not fresh and found.cue.property in _OF_PRODUCTS_TOO and is_of_what_is_made(left, found.start, vocabulary):
            return None  # "for building apps that run on Android"
        if found.cue.property == "atlas:implementedIn" and is_of_its_users(text, mention.end, vocabulary):
            return None  # "finds mistakes in Python code"
        if is_cut_short(text, mention, found.cue, vocabulary):
            return None
        if not found.cue.closes or CLOSED.match(text, found.end):
            return found
    if is_denied(left, mention.start, vocabulary):
        return None
    found = find_behind(text, begin, subject, mention, vocabulary)
    if found is None or {word for word, _ in left} & found.cue.unless or is_hoped(text, found.end, vocabulary):
        return None
    return found


def _is_of_the_noun(left: Sequence[tuple[str, int]], found: Found, vocabulary: Vocabulary) -> bool:
    """Whether a noun of software stands right before "in" a language, whatever its users write: "a code formatter in Rust"."""
    if found.cue.property != "atlas:implementedIn" or left[0][0] in found.cue.unless:
        return False  # "Write a compiler in Rust"
    before = next((word for word, at in reversed(left) if at < found.start), "")
    return before in vocabulary.words["software noun"] and before not in found.cue.unless


def opens_with(text: str, begin: int, start: int) -> bool:
    """Whether nothing but an article and adjectives stands before a language."""
    return _ADJECTIVES.fullmatch(text, begin, start) is not None and SMALL_WORD.search(text, begin, start) is None


def modifies(text: str, end: int, vocabulary: Vocabulary) -> bool:
    """Whether a name says of what kind the next noun is ("for PostgreSQL backups"), and the noun is not one instance of it."""
    if text.startswith(("-", *POSSESSES), end) or of_people(text, end, vocabulary):
        return True  # "for Java-based applications"
    following = _NEXT.match(text, end)
    if following is None or _GOES_ON.match(text, end):
        return False
    return not any(following[1] in vocabulary.words[kind] for kind in ("openers", "instances"))


def _qualifies(text: str, mention: Mention, cue: Cue, vocabulary: Vocabulary) -> bool:
    """Whether a name behind a cue but says of what kind the next noun is; a cluster of it is still a place to run."""
    following = _NEXT.match(text, mention.end)
    noun = following[1] if following is not None else ""
    if _is_restated(text, mention, vocabulary) or (cue.property == "atlas:usedBy" and not noun.endswith("s")):
        return False  # one thing of theirs is theirs: "used by the Acme project"
    if cue.property == "atlas:developedBy" and noun in vocabulary.words["of makers"]:
        return False  # "from the Acme team"
    if cue.property == "atlas:runsOn" and (
        noun in vocabulary.words["place to run"]
        or noun.endswith("ly")
        or text.startswith(("-based", "-like"), mention.end)
    ):
        return False
    if cue.property in _OF_ONE_THING:
        language = mention.name.cls == "atlas:Language"
        if noun in (_OF_LANGUAGES if language else vocabulary.words["software noun"]):
            return False
        if LONGER.match(text, mention.end):
            return True
    return modifies(text, mention.end, vocabulary)


def _is_restated(text: str, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether a noun behind a name only says what it names: for the Go language, but not the Go language server.

    Of a tool it does so without an article too: middleware for Gin framework.
    """
    article = _ARTICLE.search(text, max(mention.start - 8, 0), mention.start)
    if article is None and mention.name.cls != "atlas:Tool":
        return False
    nouns = (behind.match(text, mention.end) for behind in _RESTATED)
    restated = vocabulary.words["restated"]
    return any(noun is not None and noun[1] in restated and CLOSED.match(text, noun.end()) for noun in nouns)


def is_of_its_users(text: str, end: int, vocabulary: Vocabulary) -> bool:
    """Whether the noun behind a language says that it is what the users write, or what the thing goes by."""
    following = _NEXT.match(text, end)
    return following is not None and following[1] in vocabulary.words["of its users"]


def _before_row(
    text: str, left: Sequence[tuple[str, int]], subject: str, mention: Mention, vocabulary: Vocabulary
) -> Found | None:
    """Find the cue before a row of names of which this one is not the first: "for spark.ml and scikit-learn"."""
    start = mention.start
    if not any(word in vocabulary.closing for word, _ in left):
        return None
    nouns = False
    for _ in range(_LONGEST_ROW):
        begin = max(start - 60, left[0][1] if left else start)
        if not text[begin:start].rstrip().endswith(_ROW_ENDS):
            return None
        item = _ROW_ITEM.search(text, begin, start)
        if item is None:
            nouns, item = True, _ROW_NOUNS.search(text, begin, start)
        if item is None:
            return None
        first = item[0].split(" ")[0]  # "By Tom Okafor and": the cue itself may have a capital
        start = item.start() + (len(first) if first.lower() in vocabulary.before else 0)
        found = _before([token for token in left if token[1] < start], subject, mention, vocabulary)
        if found is not None:
            return (
                None if found.cue.closes or (nouns and not _goes_with_nouns(found.cue, text[mention.start])) else found
            )
    return None


def _goes_with_nouns(cue: Cue, first: str) -> bool:
    """Whether a cue holds of a name in a row with nouns, too, by the name's first letter: a small word is but a further noun."""
    return not (cue.whole or first.islower() or cue.property in _OF_MAKERS)


@lru_cache(maxsize=16)  # one name is asked for with several classes in turn
def _left(text: str, begin: int, end: int) -> tuple[tuple[str, int], ...]:
    """Return the words of the clause before a name, with their places."""
    start = max(begin, end - 160)
    for stop in _STOP.finditer(text, start, end):
        start = stop.end()
    return tuple([(token[0].lower(), token.start()) for token in TOKEN.finditer(text, start, end)])


def _before(left: Sequence[tuple[str, int]], subject: str, mention: Mention, vocabulary: Vocabulary) -> Found | None:
    """Find the cue before a name; of two with nothing but fillers behind them the surer: "based on the open source X"."""
    instance = _before_instance(left, subject, mention, vocabulary)
    if instance is not None:
        return instance
    filler = vocabulary.words["filler"]
    end = len(left)
    best: Found | None = None
    for _ in range(_LONGEST):
        found = _ending(left[:end], subject, mention, vocabulary)
        if found is not None and (best is None or found.cue.confidence > best.cue.confidence):
            best = found
        if end == 0:
            break
        whose = _is_whose(left[end - 1][0], mention, vocabulary)
        if not (whose or _is_filler(left, end - 1, filler) or _is_adjective(left[:end])):
            end = _before_apposition(left[:end], vocabulary)
            if not end:
                break
            continue
        end -= 1
    return best


def _before_instance(
    left: Sequence[tuple[str, int]], subject: str, mention: Mention, vocabulary: Vocabulary
) -> Found | None:
    """Find the cue before what a name is told as an instance of: "works with any loom editor including Bramble"."""
    if not left or left[-1][0] not in _INSTANCING:
        return None
    end = len(left) - 1
    for size in range(1, min(_LONGEST, end) + 1):
        word = left[end - size][0]
        several = size > 1 or word.endswith("s") or left[-1][0] != "("
        if _INSTANCE.fullmatch(word) is None or word in _DIVIDING or not several:
            return None
        found = _ending(left[: end - size], subject, mention, vocabulary)
        if found is not None and found.cue.property == "atlas:integratesWith":
            return found
    return None


def _is_whose(word: str, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether a word says whose a name is: "based on Acme's Brambledb"; of a plain word only a known maker does."""
    if not word.endswith(POSSESSIVE):
        return False
    owner = vocabulary.names.get(fold(word[:-2]))
    return not mention.name.ordinary or (owner is not None and (owner.cls == "atlas:Vendor" or owner.maker))


def _is_filler(left: Sequence[tuple[str, int]], at: int, filler: frozenset[str]) -> bool:
    """Whether a word may stand between a cue and its object; "for" only in "for example"."""
    word = left[at][0].rstrip(".")
    if word == "for":
        return at + 1 < len(left) and left[at + 1][0].rstrip(".,") in ("example", "instance")
    return word in filler or left[at][0] in _LEADS


def _is_adjective(left: Sequence[tuple[str, int]]) -> bool:
    """Whether the last word stands behind an article, and so says of what sort the name behind it is: the extinct Atom."""
    return len(left) > 1 and left[-2][0] == "the" and left[-1][0].replace("-", "").isalpha()


def _before_apposition(left: Sequence[tuple[str, int]], vocabulary: Vocabulary) -> int:
    """Return where the words begin that say what the name behind them is: based on the extensible text editor Brambled; or 0."""
    if len(left) < 2 or left[-1][0] not in vocabulary.words["restated"]:
        return 0
    words = [word for word, _ in left[-_LONGEST:]]
    article = max((at for at, word in enumerate(words) if word in ("the", "a", "an")), default=-1)
    plain = article >= 0 and all(word.replace("-", "").isalpha() for word in words[article:])
    return len(left) - len(words) + article if plain else 0


def _ending(left: Sequence[tuple[str, int]], subject: str, mention: Mention, vocabulary: Vocabulary) -> Found | None:
    """Find the longest cue that ends some words and fits; one that needs another word before it only where that stands."""
    best, words = None, 0
    if left and left[-1][0] not in vocabulary.closing and not _is_adverb(left[-1][0]):
        return None  # as most are
    for said in _with_and_without_adverbs(left):
        for size in vocabulary.closing.get(said[-1][0], ()):
            if words < size <= len(said):
                found = _of_size(said, size, subject, mention, vocabulary)
                best, words = (found, size) if found is not None else (best, words)
    return best


def _of_size(
    said: Sequence[tuple[str, int]], size: int, subject: str, mention: Mention, vocabulary: Vocabulary
) -> Found | None:
    before, phrase = said[: len(said) - size], " ".join([word for word, _ in said[len(said) - size :]])
    for cue in vocabulary.before.get(phrase, ()):
        given = not cue.given or any(word in cue.given for word, _ in before)
        apt = fits_itself if cue.itself else suits
        if given and apt(cue, subject, mention, vocabulary):
            return Found(cue, said[len(before)][1], mention.end, True)
    return None


def _with_and_without_adverbs(left: Sequence[tuple[str, int]]) -> Iterator[Sequence[tuple[str, int]]]:
    """Yield some words, and once more without their adverbs where there are any: "integrates natively with"."""
    if left:
        yield left
    plain = [one for one in left if not _is_adverb(one[0])]
    if plain and len(plain) < len(left):
        yield plain


def _is_adverb(word: str) -> bool:
    return (word.endswith("ly") and len(word) > 4) or word in _ADVERBS
