"""What the words around a cue say against it: that it does not hold, or not yet, or that it is told of something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..vocabulary import Vocabulary
from .tokens import TOKEN, is_first

_TOLD_OF_USE = re.compile(
    r"using [^.!?,]{0,80} (?:can|could|is|are|was|will|may|might|should|has|makes|requires)\b", re.IGNORECASE
)
_MAKES = re.compile(r"\b(?:[Mm]akes?|[Ss]implif(?:y|ies)) $")
_ARTICLES = (" a ", " an ")
_HANDLES = re.compile(r"\b(?:for|of|to|in|on|embed|[a-z]+ing|[a-z]+ed) (?:the )?[*_]*$")
_PEOPLE = re.compile(r"\b([a-z]+)s $")
_LONGEST = 30
"""How long a word for people is at the most, in characters."""
_THINGS = re.compile(r" ([a-z]{3,}[a-hj-rtv-z]s)\b")
_SEVERAL = re.compile(r" [a-z]+[a-hj-rtv-z]s\b")
_NEAR = 5
"""How many words before what is made the verb stands by which it is made, at the most."""
_RELATIVE = frozenset({"that", "which", "to", "be", "can"})
"""What may stand between what is made and what is said of it: games that run on."""
_ANY_ONE = frozenset({"a", "an", "any", "one", "your"})
"""What stands before one thing that is made: "create a game for iOS"."""
_WITH = frozenset({"from", "in", "this", "through", "using", "via", "with"})
"""Words behind a verb of making that lead to what something is made with: that is the thing itself."""
_PARTICIPLES = frozenset({"based", "running"})


def is_denied(left: Sequence[tuple[str, int]], start: int, vocabulary: Vocabulary) -> bool:
    """Whether one of the three words before a cue denies, compares or hopes."""
    last = next((at for at in range(len(left), 0, -1) if left[at - 1][1] < start), 0)
    words = [word for word, _ in left[max(last - 3, 0) : last]]
    if "not" in words[:-1] and words[words.index("not") + 1] in ("only", "just"):
        return False
    denials = vocabulary.words["denials"]
    if not any(word in vocabulary.denying or word.endswith(("n't", "n’t")) for word in words):
        return False
    if "n't" in denials and any(word.endswith(("n't", "n’t")) for word in words):
        return True
    return any(" ".join(words[at : at + size]) in denials for at in range(len(words)) for size in (1, 2))


def is_hoped(text: str, end: int, vocabulary: Vocabulary) -> bool:
    """Whether the words right behind a cue say that it does not hold yet."""
    words = [token[0].lower() for token in TOKEN.finditer(text, end, end + 40)][:4]
    return any(
        " ".join(words[at : at + size]).rstrip(".") in vocabulary.words["hopes"]
        for at in range(len(words))
        for size in (1, 2)
    )


def is_spoken(left: Sequence[tuple[str, int]], start: int, vocabulary: Vocabulary) -> bool:
    """Whether a cue begins with "on", right behind a noun of speech, which says on what something is told."""
    before = next((word for word, at in reversed(left) if at < start), "")
    return before in vocabulary.words["told"] and any(at == start and word == "on" for word, at in left)


def is_of_what_is_made(left: Sequence[tuple[str, int]], start: int, vocabulary: Vocabulary) -> bool:
    """Whether a cue speaks of what is made with a thing, which a verb near before says: an engine to build games that run on Linux.

    With no "that" between, only what is based on something or runs there: "apps based on", but "building apps on Linux".
    """
    words = [word for word, at in left if at < start]
    said = next((word for word, at in left if at == start), "")
    if said in vocabulary.words["made things"]:
        words, bare = [*words, said], True  # "to create games for iOS"
    else:
        bare = said in _PARTICIPLES
    while words and words[-1] in _RELATIVE:
        words, bare = words[:-1], True
    if not bare or not words or words[-1] not in vocabulary.words["made things"]:
        return False
    near = words[-_NEAR - 1 : -1]
    verb = max((at for at, word in enumerate(near) if word in vocabulary.words["making"]), default=-1)
    between = frozenset(near[verb + 1 :])
    several = words[-1].endswith("s") or not between.isdisjoint(_ANY_ONE)  # but "a building game", "a test app"
    return verb >= 0 and several and between.isdisjoint(_WITH)  # but "make soup with apps that run on"


def is_told_of_use(text: str, begin: int, start: int) -> bool:
    """Whether a text begins with "using", and goes on to say something of that, or tells what is made of the use.

    "Using Bramble for rivers can be tricky", "Makes using Bramble easier".
    """
    if _MAKES.search(text, max(begin, start - 12), start):
        return True
    return is_first(text, begin, start) and _TOLD_OF_USE.match(text, start) is not None


def is_of_people_using(text: str, begin: int, start: int, vocabulary: Vocabulary) -> bool:
    """Whether a "using" stands right behind the people who use what it names: "a map for botanists using Bramble"."""
    found = _PEOPLE.search(text, max(begin, start - _LONGEST), start) if text.startswith("using", start) else None
    return found is not None and (found[1] in vocabulary.words["of people"] or found[1].endswith("ist"))


def is_done_to(before: str, vocabulary: Vocabulary) -> bool:
    """Whether a "by" behind some words says who did something to a thing, not who made it: "used by", "replaced by"."""
    last = before.rsplit(maxsplit=1)[-1:]
    return bool(last) and last[0].lower() in vocabulary.words["done to"]


def is_by_one_of(text: str, start: int) -> bool:
    """Whether an article before a maker's name says that somebody of theirs made a thing: "by a Bramble engineer"."""
    return text.endswith(_ARTICLES, 0, start)


def is_by_what_one_has(text: str, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether things stand behind a maker's name, and no people, with an article before it: "by the Bramble blocks in it"."""
    things = _THINGS.match(text, end) if text.endswith("the ", 0, start) else None
    return things is not None and things[1] not in vocabulary.words["of makers"]


def is_of_what_is_handled(text: str, start: int, end: int) -> bool:
    """Whether several things are based on what a name names, which a tool but handles: "for debugging Bramble-based chains"."""
    return _SEVERAL.match(text, end) is not None and _HANDLES.search(text, max(start - 20, 0), start) is not None
