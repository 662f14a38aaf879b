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
    domain, codomain = ends(predicate, vocabulary)
    return suit(subjects, domain, vocabulary) and suit(objects, codomain, vocabulary)


def ends(predicate: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the classes that a property takes for its subject and for its object; none where it takes any."""
    term = vocabulary.properties.get(predicate)
    return ((term.domain,) if term and term.domain else (), (term.range,) if term and term.range else ())


def suit(classes: Collection[str], wanted: Collection[str], vocabulary: Vocabulary) -> bool:
    """Whether a thing of some classes is of one of those that are wanted; it is where none are, or it has none."""
    return not classes or not wanted or any(vocabulary.is_a(cls, one) for cls in classes for one in wanted)
