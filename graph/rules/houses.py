"""Whose site it is that an author writes for: a house that publishes, or a school that the author is at."""

from __future__ import annotations

from ..names import fold
from .makers import organisation
from .reading import Reading


def is_its_house(name: str, reading: Reading) -> bool:
    """Whether an organisation named behind an author is whose site it is: "Pip Wren, Alder Finch" tells who published.

    At a school people are, whatever it publishes.
    """
    url, vocabulary = reading.item.entry.url, reading.vocabulary
    said = [word.lower().strip(".,") for word in name.split()]
    if not vocabulary.words["school"].isdisjoint(said):
        return False
    key, owner = fold(name), fold(organisation(url, vocabulary))
    known = vocabulary.names.get(key)
    return bool(owner) and (owner == fold(known.label if known is not None else name) or key.startswith(owner))
