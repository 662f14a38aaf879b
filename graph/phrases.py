"""Which hints the words of a text give: those of the longest phrase that begins at each word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from .vocabulary import Hint, Vocabulary

LESSER = 0.5
"""How much is left of what speaks for another kind than what counts most: the noun on which a description turns, a page's look."""


def less(hint: Hint, share: float) -> Hint:
    """Return a hint with a share of its weight."""
    return hint if share == 1.0 else Hint(hint.name, hint.cls, hint.weight * share, hint.presumed)


def phrases(said: Sequence[str], place: str, vocabulary: Vocabulary) -> Iterator[Hint]:
    """Yield the hints of the longest phrase that begins at each word."""
    if vocabulary.opening[place].isdisjoint(said):
        return iter(())  # as most are
    return chain.from_iterable(hints for _, hints in longest(said, place, vocabulary))


def longest(said: Sequence[str], place: str, vocabulary: Vocabulary) -> Iterator[tuple[int, tuple[Hint, ...]]]:
    """Yield where the longest phrase that begins at each word ends, with its hints."""
    table, opening = vocabulary.hints[place], vocabulary.opening[place]
    for at, word in enumerate(said):
        if word in opening:
            for size in (3, 2, 1):
                if (hints := table.get(" ".join(said[at : at + size]))) is not None:
                    yield at + size, hints
                    break
