"""What the words around a cue say against it: that it does not hold, or not yet, or that it is told of something else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..vocabulary import Vocabulary

TOKEN = re.compile(r"(?<![\w.])\.[A-Z]{2}\w*|[\w+#'’@%-]+(?:\.[\w+#]+)*\.?|[.;:!?()\[\]\n]")
"""A word, or a mark between words; the dot before .NET is a part of the word."""
_TOLD_OF_USE = re.compile(
    r"using [^.!?]* (?:can|could|is|are|was|will|may|might|should|has|makes|requires)\b", re.IGNORECASE
)
_RELATIVE = frozenset({"that", "which", "to", "be", "can"})
"""What may stand between what is made and what is said of it: games that run on."""
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
    """Whether the word right before a cue is a noun of speech, which says on what something is told."""
    before = next((word for word, at in reversed(left) if at < start), "")
    return before in vocabulary.words["told"]


def is_of_what_is_made(left: Sequence[tuple[str, int]], start: int, vocabulary: Vocabulary) -> bool:
    """Whether a cue speaks of what is made with a thing, which the verb before says: an engine to build games that run on Linux.

    With no "that" between, only what is based on something or runs there: "apps based on", but "building apps on Linux".
    """
    words = [word for word, at in left if at < start]
    said = next((word for word, at in left if at == start), "")
    if said in vocabulary.words["made things"]:
        return not vocabulary.words["making"].isdisjoint(words)  # "to create games for iOS"
    bare = said in _PARTICIPLES
    while words and words[-1] in _RELATIVE:
        words, bare = words[:-1], True
    made = bare and bool(words) and words[-1] in vocabulary.words["made things"]
    return made and not vocabulary.words["making"].isdisjoint(words)


def is_told_of_use(text: str, begin: int, start: int) -> bool:
    """Whether a text begins with "using", and goes on to say something of that: "Using Bramble for rivers can be tricky"."""
    return _TOLD_OF_USE.match(text, start) is not None and not any(map(str.isalnum, text[begin:start]))
