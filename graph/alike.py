"""Which names can be spellings of one, by their letters; the letters alone never make two things one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set

from .names import one_slip
from .vocabulary import Vocabulary

_AROUND = re.compile(r"^(?:the|an?) |[. ](?:js|io|com|org|net|dev|ai|app)$")
"""What names have around them that says nothing."""


def near(names: Set[str]) -> Set[tuple[str, str]]:
    """Return the pairs of folded names that can be related, without looking at every pair.

    A name that begins or ends with another holds it; two that differ by a slip are the same without one letter each.

    >>> sorted(near({"ray", "rays", "rya", "spark"}))
    [('ray', 'rays'), ('ray', 'rya')]
    """
    found = set()
    without_one: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        parts = {part for at in range(1, len(name)) for part in (name[:at], name[at:])} & names
        shorter = {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}
        found |= {(part, name) for part in parts} | {(one, name) for less in shorter for one in without_one[less]}
        for less in shorter:
            without_one[less].append(name)
    return {(min(pair), max(pair)) for pair in found}


def extends(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Whether one name goes on where the other ends, and so names a part of it: Akka, Akka Streams. "Foo project" does not."""
    short, long = sorted((left.lower().split(), right.lower().split()), key=len)
    further = long[len(short) :]
    idle = vocabulary.words["organisation suffix"] | vocabulary.words["list title"] | vocabulary.words["name endings"]
    return long[: len(short)] == short and any(word.strip(".,()") not in idle for word in further)


def restates(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Whether one of two names is the other in the plural, or with a word that says nothing: "The Foo", "Foo project", "Foo.js".

    >>> from linkatlas.vocabulary import load
    >>> [restates("Foo", other, load()) for other in ("Foos", "Foo Project", "The Foo.js", "Foo2", "Foo Streams")]
    [True, True, True, False, False]
    """
    short, long = sorted((_AROUND.sub("", name.lower()) for name in (left, right)), key=len)
    return (
        short == long or long == f"{short}s" or (long.startswith(f"{short} ") and not extends(left, right, vocabulary))
    )


def related(left: str, right: str) -> bool:
    """Whether two folded names can be spellings of one: one begins or ends with the other, or they differ by one slip."""
    short, long = sorted((left, right), key=len)
    return len(short) > 1 and (long.startswith(short) or long.endswith(short) or one_slip(short, long))
