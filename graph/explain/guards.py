"""Why an entry that names two things relates them not: which guard would have to go for an edge to be there.

The rules are not asked for reasons. They run once more on the entry with a guard taken out of what they know (a
counterfactual), so that an explanation cannot differ from what the rules do. Of all guards together as few as possible
are left out: where each of them is needed, each is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ..describe import describe
from ..items import Item
from ..mentions import Finder
from ..model import Claim, Node, Thing
from ..relations import holds
from ..survey import Listing, Survey
from ..vocabulary import Cue, Name, Vocabulary

LOOSE = frozenset({"atlas:mentions", "atlas:relatedTo"})
"""Relations that say no more than that one is named where the other is."""


class Scene(NamedTuple):
    """An entry with all that the rules know when they read it."""

    item: Item
    survey: Survey
    vocabulary: Vocabulary
    nodes: tuple[Node, ...]
    """Those that are asked after."""

    def claims(self) -> list[Claim]:
        """Return what the rules read in the entry."""
        listing = next(one for one in self.survey.listings if one.document.source == self.item.source)
        alone = Listing(listing.document, (), (self.item,), (), own=listing.own)
        found = describe(alone, self.survey, self.vocabulary)
        return [one for one in found if isinstance(one, Claim)]


class Guard(NamedTuple):
    """Something that keeps a phrase from stating a relation."""

    words: str
    """What stands against the relation, as a sentence without its end."""
    lifted: Callable[[Scene], Scene]
    """Gives the scene without the guard."""


class Hindrance(NamedTuple):
    """An edge that an entry would state, were it not for some guards."""

    claim: Claim
    guards: tuple[str, ...]


def _without(words: str) -> Callable[[Scene], Scene]:
    def lifted(scene: Scene) -> Scene:
        sets = {**scene.vocabulary.words, words: frozenset[str]()}
        return scene._replace(vocabulary=scene.vocabulary._replace(words=sets))

    return lifted


def _cues(change: Callable[[Cue], Cue]) -> Callable[[Scene], Scene]:
    def changed(cues: Mapping[str, tuple[Cue, ...]]) -> dict[str, tuple[Cue, ...]]:
        return {phrase: tuple(map(change, found)) for phrase, found in cues.items()}

    def lifted(scene: Scene) -> Scene:
        known = scene.vocabulary
        before, after, between = changed(known.before), changed(known.after), changed(known.between)
        return scene._replace(vocabulary=known._replace(before=before, after=after, between=between))

    return lifted


def _of_any_class(scene: Scene) -> Scene:
    every = tuple(scene.vocabulary.classes)
    return _cues(lambda cue: cue._replace(subjects=every, objects=every))(scene)


def _as_no_question(scene: Scene) -> Scene:
    title = scene.item.title
    item = scene.item._replace(title=title._replace(name=title.name.rstrip("? ")))
    return _without("questions")(scene._replace(item=item))


def _as_names(scene: Scene) -> Scene:
    """Take every spelling of the nodes for a name, and no other name for one."""
    names = [Name(node.cls, node.label, node.aliases, ordinary=False) for node in scene.nodes]
    finder = Finder(names, {}, scene.vocabulary.words)
    return scene._replace(survey=scene.survey._replace(finder=finder))


GUARDS = (
    Guard("the phrase relates things of other kinds", _of_any_class),
    Guard("the name is written like a plain word, or is part of a longer name", _as_names),
    Guard(
        "more follows the name, so that the phrase says something else",
        _cues(lambda cue: cue._replace(closes=False, whole=False)),
    ),
    Guard("other words stand between the name and the phrase", _cues(lambda cue: cue._replace(beside=False))),
    Guard("the phrase lacks a word before it", _cues(lambda cue: cue._replace(given=frozenset[str]()))),
    Guard("the phrase does not open what is said", _cues(lambda cue: cue._replace(opening=False))),
    Guard("a product's name stands there, not its maker's", _cues(lambda cue: cue._replace(itself=False))),
    Guard(
        "a word of the clause takes the phrase's meaning away", _cues(lambda cue: cue._replace(unless=frozenset[str]()))
    ),
    Guard(
        "of this very thing the phrase says something else", _cues(lambda cue: cue._replace(not_for=frozenset[str]()))
    ),
    Guard("the phrase says so of few things only", _cues(lambda cue: cue._replace(only_for=frozenset[str]()))),
    Guard("the word opens a sentence and goes on as a verb", _without("verb followers")),
    Guard("the title asks", _as_no_question),
    Guard("words behind it say that it does not hold yet", _without("hopes")),
    Guard("a word before it denies, compares or hopes", _without("denials")),
)
"""Those that the ontology gives the rules; first the ones that are the least likely to be the only reason."""


def hindrance(scene: Scene, iris: Mapping[str, str]) -> Hindrance | None:
    """Return what keeps an entry from relating the nodes of a scene; None where no guard does.

    `iris` has the node of each key. The graph has no edge between the nodes that is closer than a mention. What a single
    guard keeps back comes before what several do, and a closer edge before a mention.
    """
    read = list(_between(scene, iris))
    for one in read:
        if one.predicate not in LOOSE:
            return Hindrance(one, (_afterwards(one, scene, iris),))
    said = {_fact(claim, iris) for claim in read}

    def new(guards: Iterable[Guard], loose: bool) -> Claim | None:
        lifted = scene
        for guard in guards:
            lifted = guard.lifted(lifted)
        found = (claim for claim in _between(lifted, iris) if _fact(claim, iris) not in said)
        return next((claim for claim in found if loose or claim.predicate not in LOOSE), None)

    for loose in (False, True):
        for guard in GUARDS:
            if (claim := new([guard], loose)) is not None:
                return Hindrance(claim, (guard.words,))
    left = list(GUARDS)
    if (claim := new(left, loose=False)) is None:
        return None
    for guard in GUARDS:
        others = [one for one in left if one is not guard]
        if (nearer := new(others, loose=False)) is not None:
            left, claim = others, nearer
    return Hindrance(claim, tuple(guard.words for guard in left))


def _afterwards(claim: Claim, scene: Scene, iris: Mapping[str, str]) -> str:
    """Return what keeps back a relation that an entry does state."""
    classes = {node.iri: (node.cls, *node.further) for node in scene.nodes}
    subject, predicate, target = _fact(claim, iris)
    if holds(predicate, classes[subject], classes[target], scene.vocabulary):
        return "a correction takes it away"
    return "by all that the lists say, the two are of kinds that it cannot relate"


def _fact(claim: Claim, iris: Mapping[str, str]) -> tuple[str, str, str]:
    target = claim.object if isinstance(claim.object, str) else iris.get(claim.object.key, "")
    return iris.get(claim.subject.key, ""), claim.predicate, target


def _between(scene: Scene, iris: Mapping[str, str]) -> Iterable[Claim]:
    """Yield what an entry says between the nodes of a scene."""
    wanted = {node.iri for node in scene.nodes}
    for claim in scene.claims():
        if isinstance(claim.object, Thing):
            ends = {iris.get(claim.subject.key, ""), iris.get(claim.object.key, "")}
            if ends == wanted:
                yield claim
