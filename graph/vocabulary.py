"""The ontology folder as one frozen `Vocabulary`: what the domain knows, compiled for the rules.

A fault in the ontology is found here, when it is loaded, and named with its file and line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from .errors import OntologyError
from .names import fold
from .namespaces import contract
from .triples import Triples, ontology_files


class Term(NamedTuple):
    """A class or a property of the ontology."""

    name: str
    """Prefixed name."""
    label: str
    plural: str
    """A class's label for many: "tools"; empty for properties."""
    comment: str
    words: str
    """A property as the verb of a sentence: "runs on", "was developed by"; empty for classes."""
    inverse_words: str
    """The same read from the object: "runs", "developed"; empty where the ontology gives none."""
    supers: tuple[str, ...]
    """Direct superclasses or superproperties, as prefixed names."""
    domain: str
    """The class of a property's subjects, as a prefixed name; empty for classes."""
    range: str
    """The class of its objects; a datatype where its values are literals."""
    literal: bool
    """Whether the property's values are literals."""


class Cue(NamedTuple):
    """A phrase beside a name that states a relation to it."""

    name: str
    property: str
    confidence: float
    subjects: tuple[str, ...]
    """Classes that the subject may be of; empty for any."""
    objects: tuple[str, ...]
    coins: str
    """The class of a name that no list defines and that the cue makes known; empty where it makes none."""
    given: frozenset[str]
    """Words of which one must stand before the phrase in the same clause; empty where none need."""
    unless: frozenset[str]
    """Words that, before the phrase in the same clause, take its meaning away."""
    not_for: frozenset[str]
    """Labels of objects of which the phrase says something else."""
    only_for: frozenset[str]
    """Labels of the only objects of which the phrase says it; empty where it says it of any."""
    closes: bool
    """Whether nothing but a further clause may follow the name."""
    whole: bool
    """Whether the name must be the object itself, not say of what kind the next noun is."""
    beside: bool
    """Whether the phrase must stand right behind the name."""
    itself: bool
    """Whether a product's name cannot stand for its maker."""
    opening: bool
    """Whether the name must open the description."""
    inverse: bool
    """Whether the relation runs from the name to the subject."""


class Name(NamedTuple):
    """A thing that the lexicon knows by name."""

    cls: str
    label: str
    aliases: tuple[str, ...]
    ordinary: bool
    """Whether the name is also a word, and so a name only where it is spelt exactly."""
    maker: bool = False
    """Whether the thing has accounts or a site in its own name: an organisation bears the name too."""


class Hint(NamedTuple):
    """What speaks for a kind of item, and how much."""

    name: str
    cls: str
    weight: float
    presumed: bool = False
    """Whether it counts as far as the items around are of the kind."""


PLACES = (
    *("inHeading", "atHeadingEnd", "inTitle", "atTitleEnd", "atRepositoryEnd", "inDescription", "describedAs"),
    *("opensDescription", "offers", "inHost", "inPath", "shape"),
)
"""Where hints of a kind are looked for."""


class SiteRule(NamedTuple):
    """Who is behind a host: its operator, or the account that a pattern finds in the URL."""

    operator: str
    account: re.Pattern[str] | None
    code: bool
    """Whether its accounts keep repositories of code: ``host/account/repository``."""


class Vocabulary(NamedTuple):
    """Everything that the ontology folder says, ready for use. Mappings are sorted by key."""

    classes: Mapping[str, Term]
    """By prefixed name: ``atlas:Tool`` ..."""
    ancestors: Mapping[str, frozenset[str]]
    """The superclasses of each class, at any depth."""
    properties: Mapping[str, Term]
    """By prefixed name: ``atlas:runsOn`` ..."""
    before: Mapping[str, tuple[Cue, ...]]
    """Cues by the phrase that stands before the object, in lower case."""
    after: Mapping[str, tuple[Cue, ...]]
    closing: Mapping[str, tuple[int, ...]]
    """How many words the phrases in `before` have, the longest first, by their last words: behind any other no cue ends."""
    denying: frozenset[str]
    """The first words of the phrases that deny."""
    coining: frozenset[str]
    """The words that can stand right before a name that only a cue makes known: a cue's last ones, and fillers."""
    before_nouns: frozenset[str]
    """The nouns behind a name that make it known: plugin, bindings."""
    between: Mapping[str, tuple[Cue, ...]]
    """Cues by the phrase that stands alone between subject and object."""
    introduces: Mapping[str, tuple[Cue, ...]]
    """Cues by the word that opens a title and introduces what follows it."""
    hints: Mapping[str, Mapping[str, tuple[Hint, ...]]]
    """Hints of a kind by where they are looked for (``inTitle``, ``inHost`` ..., ``shape``) and by word."""
    opening: Mapping[str, frozenset[str]]
    """The first words of the phrases in `hints`, by where they are looked for."""
    names: Mapping[str, Name]
    """Known names by their folded label and aliases."""
    handles: Mapping[str, str]
    """Organisations by the folded name of an account of theirs."""
    brands: Mapping[str, str]
    """Organisations by the words with which their products' names begin, in lower case."""
    sites: Mapping[str, SiteRule]
    """By host."""
    topics: Mapping[str, str]
    """The folded name under which a topic is known, by each of its folded names."""
    roles: Mapping[str, str]
    """The property of a link, or of a field beside an entry, by its words: ``docs`` is ``atlas:documentation``."""
    tags: Mapping[str, tuple[str, str]]
    """What a tag says, property and value, by its folded words: a licence's page, or the one word for a general meaning."""
    words: Mapping[str, frozenset[str]]
    """Sets of general words by name: ``housekeeping``, ``filler`` ..."""
    files: Mapping[str, str]
    """The text of each Turtle file of the folder by its name (``rules.ttl``), for the stages that run it."""

    def keeps_code(self, host: str) -> bool:
        """Whether the accounts of a host keep repositories of code."""
        rule = self.sites.get(host)
        return rule is not None and rule.code

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether a class is another one or one of its subclasses, at any depth."""
        return cls == ancestor or ancestor in self.ancestors.get(cls, ())


def load(folder: Path | None = None) -> Vocabulary:
    """Load an ontology folder; the built-in one by default. What was read last is read once.

    Raises `OntologyError` where a file does not parse, or a cue or hint lacks what it needs; the message names the place.
    """
    return _read(tuple(ontology_files(folder).items()))


@lru_cache(maxsize=2)
def _read(files: tuple[tuple[str, str], ...]) -> Vocabulary:
    texts = dict(files)
    data = Triples(texts)
    sites = _sites(data)
    names = _names(data, {rule.operator for rule in sites.values()})
    cues = list(_cues(data, names))
    before, after = _by_phrase(data, "atlas:before", cues), _by_phrase(data, "atlas:after", cues)
    hints = _hints(data)
    words = {
        label: frozenset(data.texts(wording, "atlas:words"))
        for label, wording in data.named("atlas:Wording", "rdfs:label").items()
    }
    classes = _terms(data, "owl:Class", "rdfs:subClassOf")
    return Vocabulary(
        classes=classes,
        ancestors={name: frozenset(_above(name, classes)) for name in classes},
        properties=_terms(data, ("owl:ObjectProperty", "owl:DatatypeProperty"), "rdfs:subPropertyOf"),
        before=before,
        after=after,
        closing=_lengths(before),
        denying=frozenset(phrase.partition(" ")[0] for phrase in words.get("denials", ())),
        coining=_coining(before, words),
        before_nouns=frozenset(phrase.split()[0] for phrase, cues in after.items() if any(cue.coins for cue in cues)),
        between=_by_phrase(data, "atlas:between", cues),
        introduces=_by_phrase(data, "atlas:introduces", cues),
        hints=hints,
        opening={place: frozenset(phrase.partition(" ")[0] for phrase in table) for place, table in hints.items()},
        names=names,
        handles=_literals_to_label(data, "atlas:handle", fold),
        brands=_literals_to_label(data, "atlas:brand", str.lower),
        sites=sites,
        topics=_topics(data),
        roles={
            word: data.iri(role, "atlas:property")
            for role in data.of("atlas:LinkRole")
            for word in data.texts(role, "atlas:words")
        },
        tags=_tags(data),
        words=words,
        files=texts,
    )


def _terms(data: Triples, kinds: str | Iterable[str], above: str) -> dict[str, Term]:
    terms = {}
    for kind in (kinds,) if isinstance(kinds, str) else kinds:
        for member in data.of(kind):
            if isinstance(member, ox.BlankNode):
                continue
            name = contract(member.value)
            terms[name] = Term(
                name=name,
                label=data.text(member, "rdfs:label", name),
                plural=data.text(member, "atlas:plural", ""),
                comment=data.text(member, "rdfs:comment", ""),
                words=data.text(member, "atlas:inWords", ""),
                inverse_words=data.text(member, "atlas:inverseInWords", ""),
                supers=data.iris(member, above),
                domain=next(iter(data.iris(member, "rdfs:domain")), ""),
                range=next(iter(data.iris(member, "rdfs:range")), ""),
                literal=kind == "owl:DatatypeProperty",
            )
    return dict(sorted(terms.items()))


def _above(name: str, classes: Mapping[str, Term]) -> Iterator[str]:
    """Yield the superclasses of a class, at any depth; a circle of them ends where it closes."""
    seen, waiting = {name}, [name]
    while waiting:
        term = classes.get(waiting.pop())
        further = [above for above in (term.supers if term else ()) if above not in seen]
        seen.update(further)
        waiting += further
        yield from further


def _cues(data: Triples, names: Mapping[str, Name]) -> Iterator[tuple[ox.NamedNode | ox.BlankNode, Cue]]:
    """Yield the cues. Raises `OntologyError` where one is (or is not) said of a known thing by another name than its label."""

    def labels(member: ox.NamedNode | ox.BlankNode, place: str) -> frozenset[str]:
        said = frozenset(data.texts(member, place))
        for name in sorted(said):
            known = names.get(fold(name))
            if known is not None and known.label != name:
                raise OntologyError(f"{member.value}: {place} says “{name}” of what is called “{known.label}”")
        return said

    for member in data.of("atlas:Cue"):
        name = member.value.rpartition("#")[2]
        yield (
            member,
            Cue(
                name=name,
                property=data.iri(member, "atlas:property"),
                confidence=data.number(member, "atlas:confidence"),
                subjects=data.iris(member, "atlas:subjectClass"),
                objects=data.iris(member, "atlas:objectClass"),
                coins=data.iri(member, "atlas:coins", ""),
                given=frozenset(data.texts(member, "atlas:given")),
                unless=frozenset(data.texts(member, "atlas:unless")),
                not_for=labels(member, "atlas:notFor"),
                only_for=labels(member, "atlas:onlyFor"),
                closes=data.text(member, "atlas:closes", "false") == "true",
                whole=data.text(member, "atlas:whole", "false") == "true",
                beside=data.text(member, "atlas:beside", "false") == "true",
                itself=data.text(member, "atlas:itself", "false") == "true",
                opening=data.text(member, "atlas:opening", "false") == "true",
                inverse=data.text(member, "atlas:inverse", "false") == "true",
            ),
        )


def _by_phrase(
    data: Triples, place: str, cues: list[tuple[ox.NamedNode | ox.BlankNode, Cue]]
) -> dict[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = defaultdict(list)
    for member, cue in cues:
        for phrase in data.texts(member, place):
            found[phrase.lower().replace("-", " ") if place == "atlas:after" else phrase.lower()].append(cue)
    return {
        phrase: tuple(sorted(members, key=lambda cue: (-cue.confidence, cue.name)))
        for phrase, members in sorted(found.items())
    }


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        found[phrase.rpartition(" ")[2]].add(phrase.count(" ") + 1)
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in sorted(found.items())}


def _coining(before: Mapping[str, tuple[Cue, ...]], words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    lasts = {phrase.split()[-1] for phrase, cues in before.items() if any(cue.coins for cue in cues)}
    return frozenset(lasts) | words.get("filler", frozenset()) | {"and", "or"}


def _hints(data: Triples) -> dict[str, dict[str, tuple[Hint, ...]]]:
    found: dict[str, dict[str, list[Hint]]] = defaultdict(lambda: defaultdict(list))
    for member in data.of("atlas:KindHint"):
        hint = Hint(
            member.value.rpartition("#")[2],
            data.iri(member, "atlas:class"),
            data.number(member, "atlas:weight"),
            data.text(member, "atlas:presumed", "false") == "true",
        )
        for place in PLACES:
            for word in data.texts(member, f"atlas:{place}"):
                found[place][word.lower()].append(hint)
    return {
        place: {word: tuple(sorted(hints)) for word, hints in sorted(words.items())} for place, words in found.items()
    }


def _names(data: Triples, operators: set[str]) -> dict[str, Name]:
    names: dict[str, Name] = {}
    for member in data.of("atlas:Name"):
        label = data.text(member, "skos:prefLabel")
        ordinary = data.text(member, "atlas:ordinary", "false") == "true"
        aliases = tuple(sorted(data.texts(member, "skos:altLabel")))
        maker = label in operators or bool(data.texts(member, "atlas:handle"))
        name = Name(data.iri(member, "atlas:class"), label, aliases, ordinary, maker)
        for spelling in (label, *name.aliases):
            other = names.setdefault(fold(spelling), name)
            if other.label != label:
                raise OntologyError(f"{data.where(member)}: {spelling!r} names both {other.label} and {label}")
    return dict(sorted(names.items()))


def _tags(data: Triples) -> dict[str, tuple[str, str]]:
    said = [(member, ("dcterms:license", member.value)) for member in data.of("atlas:Licence")]
    said += [(member, ("schema:keywords", data.text(member, "skos:prefLabel"))) for member in data.of("atlas:Keyword")]
    tags: dict[str, tuple[str, str]] = {}
    for member, tag in said:
        for name in (*data.texts(member, "skos:prefLabel"), *data.texts(member, "skos:altLabel")):
            if tags.setdefault(fold(name), tag) != tag:
                raise OntologyError(f"{data.where(member)}: {name!r} is two tags")
    return dict(sorted(tags.items()))


def _topics(data: Triples) -> dict[str, str]:
    topics: dict[str, str] = {}
    for member in data.of("skos:Concept"):
        label = data.text(member, "skos:prefLabel")
        for name in (label, *data.texts(member, "skos:altLabel")):
            if topics.setdefault(fold(name), fold(label)) != fold(label):
                raise OntologyError(f"{data.where(member)}: {name!r} names two topics")
    return dict(sorted(topics.items()))


def _literals_to_label(data: Triples, predicate: str, key: Callable[[str], str]) -> dict[str, str]:
    pairs = (
        (key(text), data.text(member, "skos:prefLabel"))
        for member in data.having(predicate)
        for text in data.texts(member, predicate)
    )
    return dict(sorted(pairs))


def _sites(data: Triples) -> dict[str, SiteRule]:
    sites = {}
    for member in data.of("atlas:Site"):
        account = data.text(member, "atlas:account", "")
        try:
            rule = SiteRule(
                data.text(member, "atlas:operator", ""),
                re.compile(account) if account else None,
                data.text(member, "atlas:keepsCode", "false") == "true",
            )
        except re.error as error:
            raise OntologyError(f"{data.where(member)}: atlas:account is no regular expression: {error}") from error
        for host in data.texts(member, "atlas:host"):
            sites[host.lower()] = rule
    return dict(sorted(sites.items()))
