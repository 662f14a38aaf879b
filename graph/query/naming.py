"""From the name that a person types to the node that is meant.

A name is matched with labels and other spellings: as it stands, then without regard to case, spaces and signs, then by
way of the spellings that the ontology knows (``names.ttl``). What nothing matches is compared with every name there is;
the nearest are what the person may have meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

import pyoxigraph as ox

from ..names import fold
from ..namespaces import contract, expand
from ..triples import ontology_files
from .questions import ANY

ALIKE = 0.75
"""The least likeness of two names (difflib's ratio) at which one may be meant by the other."""
SURE = 0.85
"""The likeness from which the one name that is most alike is taken to be meant."""
_NEAR = 3


class Named(NamedTuple):
    """A node by one of its names."""

    name: str
    label: str
    """The first of its names."""
    cls: str
    """Prefixed name."""
    iri: str
    further: tuple[str, ...] = ()
    """Other classes that the node is of."""


class Match(NamedTuple):
    """What a name may mean."""

    nodes: tuple[Named, ...] = ()
    """The nodes of the kind that is asked for which bear the name, the likeliest first."""
    others: tuple[Named, ...] = ()
    """Where there is none, the nodes of other kinds that bear it."""
    near: tuple[Named, ...] = ()
    """Where there is none of these either, nodes of the kind with names like it, the likest first."""
    sure: bool = False
    """Whether the first of `near` is so like it, and so much more than the next, that it is meant."""


def named(store: ox.Store) -> list[Named]:
    """Return every name of every node of a graph, sorted."""
    labels = dict(_values(store, "skos:prefLabel"))
    classes: dict[str, list[str]] = {}
    for iri, cls in sorted(_values(store, "rdf:type")):
        classes.setdefault(iri, []).append(contract(cls))
    names = [*labels.items(), *_values(store, "skos:altLabel")]
    found = ((name, iri, classes.get(iri, [""])) for iri, name in names if iri in labels)
    return sorted(Named(name, labels[iri], of[0], iri, tuple(of[1:])) for name, iri, of in found)


def match(names: Sequence[Named], text: str, kind: str = ANY) -> Match:
    """Return what a name may mean among nodes of a kind: a class as a prefixed name, with its subclasses, or `ANY`.

    A node's IRI is one of its names.

    >>> airflow = Named("Airflow", "Apache Airflow", "atlas:Tool", "https://example.org/tool/apache-airflow")
    >>> match([airflow], "air-flow", "atlas:Entity").nodes == match([airflow], "airflwo").near == (airflow,)
    True
    >>> match([airflow], "Airflow", "atlas:Topic").others == (airflow,)
    True
    """
    found = _bearing(names, text) or _bearing(names, *_spellings().get(fold(text), ()))
    fitting = tuple(each for each in found if _fits(each, kind))
    if found:
        return Match(fitting, () if fitting else found)
    near = _near(text, [each for each in names if _fits(each, kind)])
    likest = {each.iri: each for _, each in reversed(near)}
    scores = [score for score, each in near if likest[each.iri] is each]
    sure = bool(scores) and scores[0] >= SURE and (len(scores) == 1 or scores[0] > scores[1])
    return Match(near=tuple(sorted(likest.values(), key=[each for _, each in near].index))[:_NEAR], sure=sure)


def _fits(node: Named, kind: str) -> bool:
    """Whether a node is of a kind; a product that stands for its maker is a tool and a vendor."""
    return any(is_a(cls, kind) for cls in (node.cls, *node.further))


def _bearing(names: Sequence[Named], *spellings: str) -> tuple[Named, ...]:
    """Return the nodes that bear one of some names, those that bear it as their label first."""
    folded = {fold(spelling) for spelling in spellings} - {""}
    bearers = [each for each in names if each.name in spellings or each.iri in spellings]
    bearers = bearers or [each for each in names if fold(each.name) in folded]
    bearers.sort(key=lambda each: (each.name != each.label, each.iri))
    return tuple({each.iri: each for each in bearers}.values())


def is_a(cls: str, kind: str) -> bool:
    """Return whether a class is a kind or below it in the ontology; every class is of the kind `ANY`.

    >>> is_a("atlas:Language", "atlas:Entity"), is_a("atlas:Topic", "atlas:Entity")
    (True, False)
    """
    return kind in (ANY, cls) or any(is_a(above, kind) for above in _superclasses().get(cls, ()))


def _near(text: str, names: Iterable[Named]) -> list[tuple[float, Named]]:
    """Return the names that are alike with their likeness, the likest first.

    A name in which the text stands as a word ("Spark" in "Apache Spark") is nearly sure, whatever else it says.
    """
    folded = fold(text)
    pairs = _pairs(folded)
    found = []
    word = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded)
    for each in names:
        other = fold(each.name)
        if word.search(each.name):
            found.append((SURE, each))
        # Two names without a third of their pairs of letters in common are not alike, and that is quick to tell.
        if 3 * len(pairs & _pairs(other)) < len(pairs) or abs(len(other) - len(folded)) > max(2, len(folded) // 2):
            continue
        matcher.set_seq1(other)
        if matcher.quick_ratio() >= ALIKE and (score := matcher.ratio()) >= ALIKE:
            found.append((score, each))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _values(store: ox.Store, predicate: str) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, ox.NamedNode(expand(predicate)), None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.subject.value, quad.object.value


@cache
def terms() -> frozenset[str]:
    """Return the names of all terms of the built-in ontology, with their prefix.

    >>> "atlas:runsOn" in terms(), "atlas:runOn" in terms(), "skos:broader" in terms()
    (True, False, False)
    """
    subjects = {quad.subject for quad in ox.parse(ontology_files()["atlas.ttl"], ox.RdfFormat.TURTLE)}
    names = (contract(subject.value) for subject in subjects if isinstance(subject, ox.NamedNode))
    return frozenset(name for name in names if name.startswith("atlas:"))


@cache
def _superclasses() -> dict[str, tuple[str, ...]]:
    """Return the direct superclasses of each class of the built-in ontology."""
    found: dict[str, tuple[str, ...]] = {}
    for quad in ox.parse(ontology_files()["atlas.ttl"], ox.RdfFormat.TURTLE):
        cls, above = quad.subject, quad.object
        named = isinstance(cls, ox.NamedNode) and isinstance(above, ox.NamedNode)
        if named and quad.predicate.value == expand("rdfs:subClassOf"):
            found[contract(cls.value)] = (*found.get(contract(cls.value), ()), contract(above.value))
    return found


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Return, for every folded name that the ontology knows, all spellings of what bears it."""
    known: dict[str, list[str]] = {}
    for quad in ox.parse(ontology_files()["names.ttl"], ox.RdfFormat.TURTLE):
        if quad.predicate.value in (expand("skos:prefLabel"), expand("skos:altLabel")) and isinstance(
            quad.object, ox.Literal
        ):
            known.setdefault(str(quad.subject), []).append(quad.object.value)
    return {fold(name): tuple(names) for names in known.values() for name in names}
