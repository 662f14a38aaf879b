"""Whether a relation can hold between two things: the domain and the range of its property say."""

from __future__ import annotations

from collections.abc import Collection

from .vocabulary import Vocabulary


def holds(predicate: str, subjects: Collection[str], objects: Collection[str], vocabulary: Vocabulary) -> bool:
    """Whether a property can hold between two things, by the classes of each.

    Of a literal or a URL, which have no class, the range says nothing.

    >>> from linkatlas.vocabulary import load
    >>> holds("atlas:inTopic", ("atlas:Tool",), ("atlas:Topic",), load())
    True
    >>> holds("atlas:inTopic", ("atlas:Person",), ("atlas:Topic",), load())
    False
    """
    term = vocabulary.properties.get(predicate)
    if term is None:
        return True
    ends = ((subjects, term.domain), (objects, term.range))
    return all(not classes or not end or any(vocabulary.is_a(cls, end) for cls in classes) for classes, end in ends)
