"""Finding things by their names, in a build or in any RDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from ..names import fold
from ..namespaces import expand

LABELS = tuple(
    ox.NamedNode(expand(name))
    for name in (
        "skos:prefLabel",
        "rdfs:label",
        "schema:name",
        "foaf:name",
        "doap:name",
        "dcterms:title",
        "skos:altLabel",
    )
)
"""The properties that name a thing; what the first of them says is what the thing is called."""


class Name(NamedTuple):
    """One of a thing's names; `rank` is the place of its property in `LABELS`."""

    iri: str
    rank: int
    text: str
    folded: str


def names(store: ox.Store) -> tuple[Name, ...]:
    """Return every name of every thing in the default graph, in the order of IRIs."""
    return tuple(
        sorted(
            Name(quad.subject.value, rank, quad.object.value, fold(quad.object.value))
            for rank, label in enumerate(LABELS)
            for quad in store.quads_for_pattern(None, label, None, ox.DefaultGraph())
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        )
    )


def search(known: Iterable[Name], text: str, most: int) -> Sequence[Name]:
    """Return the best name of each thing that is called like `text`, the likest first, `most` at the most.

    Case, accents and punctuation make no difference. A whole name comes before one that begins with the text, and that
    before one in which a later word does, or which only holds it.

    >>> known = [Name("ex:a", 0, "Apache Airflow", "apacheairflow"), Name("ex:b", 0, "AirByte", "airbyte")]
    >>> [name.text for name in search(known, "air", 9)]
    ['AirByte', 'Apache Airflow']
    """
    wanted = fold(text)
    if not wanted:
        return []
    found: dict[str, tuple[tuple[int, int, int, str], Name]] = {}
    for name in known:
        if wanted in name.folded:
            rank = (_likeness(name, wanted), name.rank, len(name.text), name.text)
            if name.iri not in found or rank < found[name.iri][0]:
                found[name.iri] = (rank, name)
    return [name for _, name in sorted(found.values())[:most]]


def _likeness(name: Name, wanted: str) -> int:
    """Return how like a name that holds a folded text is: 0 the same, 1 begins so, 2 a word of it does, 3 holds it."""
    if name.folded == wanted:
        return 0
    if name.folded.startswith(wanted):
        return 1
    start = 0
    for word in name.text.split():
        if name.folded.startswith(wanted, start):
            return 2
        start += len(fold(word))
    return 3
