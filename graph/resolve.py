"""Which things are one node: by URL and by name, for a reason, in any order the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cache
from itertools import chain, groupby
from typing import NamedTuple

from .alike import extends, near, related, restates
from .iris import iri, is_absolute
from .items import MARK, folded
from .model import Claim, Evidence, Graph, Kept, Node, Place, Source, Statement, Thing
from .names import fold, slug
from .namespaces import BASE_IRI
from .relations import holds
from .titles import PERSON
from .urls import canonical, owner_key, owner_label, split
from .vocabulary import Vocabulary

_WHOLE_PAGE = ("readme", "about", "top", "start-of-content")
"""How fragments begin that lead to the whole of a page."""
_SCRIPT = re.compile(r"(.{3,}?)[. ]?[Jj][Ss]")
_BESIDE = 2
"""Within how many lines two entries of one address are meant to be two: cgminer and sgminer, on one page."""
_PATHS = {"atlas:Vendor": "vendor", "atlas:Person": "person", "atlas:Topic": "topic", "atlas:Event": "event"}


class Merge(NamedTuple):
    """Why the things of two keys are one node."""

    left: str
    right: str
    reason: str
    """The end of a sentence that begins with the two names."""
    place: Place | None
    """Where a list gives the reason; None where the names alone do."""


class Said(NamedTuple):
    """A claim that names its things by their keys."""

    subject: str
    predicate: str
    object: str
    named: bool
    """Whether the object is the key of a thing, not a URL or a literal's text."""
    evidence: Evidence


class Told(NamedTuple):
    """What a list tells, in as few records as say it: each thing once, with how often the list names it, and the claims."""

    things: Mapping[Thing, int]
    claims: tuple[Said, ...]


class Resolution(NamedTuple):
    """What is one node, and why."""

    graph: Graph
    iris: Mapping[str, str]
    """The IRI of the node of each key."""
    things: tuple[Thing, ...]
    """Everything that became a node, as the places of the lists name it, each once."""
    merges: tuple[Merge, ...]
    """The reasons for which keys were put together, each once, sorted."""


def gather(found: Iterable[Thing | Claim]) -> Told:
    """Return the things and claims of a list as `resolve` takes them."""
    things, claims = [], []
    for one in found:
        if not isinstance(one, Claim):
            things.append(one)
            continue
        subject, predicate, value, evidence = one
        things.append(subject)
        if isinstance(value, str):
            claims.append(Said(subject.key, predicate, value, False, evidence))
        else:
            things.append(value)
            claims.append(Said(subject.key, predicate, value.key, True, evidence))
    return Told(Counter(things), tuple(claims))


def resolve(
    lists: Sequence[Told], sources: Sequence[Source], vocabulary: Vocabulary, base_iri: str = BASE_IRI
) -> Resolution:
    """Gather what lists tell into one graph; the result does not depend on their order."""
    named: Counter[Thing] = Counter()
    for told in lists:
        named.update(told.things)
    merges = tuple(sorted(set(_same(named, vocabulary)), key=_by_keys))
    groups = _groups({thing.key for thing in named}, merges)
    members: dict[str, list[tuple[Thing, int]]] = defaultdict(list)
    for thing, times in named.items():
        members[groups[thing.key]].append((thing, times))
    nodes = {key: _node(key, group, vocabulary) for key, group in members.items()}
    minted = _iris(nodes, base_iri)
    iris = {key: minted[group] for key, group in groups.items()}
    graph = Graph(
        base_iri,
        tuple(sorted(node._replace(iri=minted[key]) for key, node in nodes.items())),
        _statements(chain.from_iterable(told.claims for told in lists), iris, _classes(nodes, minted), vocabulary),
        (),
        tuple(sorted(_placed(source, iris) for source in sources)),
    )
    return Resolution(graph, iris, tuple(named), merges)


def _classes(nodes: Mapping[str, Node], minted: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the classes of each node by its IRI."""
    return {minted[key]: (node.cls, *node.further) for key, node in nodes.items()}


def _statements(
    claims: Iterable[Said], iris: Mapping[str, str], classes: Mapping[str, tuple[str, ...]], vocabulary: Vocabulary
) -> tuple[Statement, ...]:
    """Return claims as statements of nodes, each once, sorted; what is said of a thing and itself is left out.

    What all lists together make of a thing can be another class than one list did. A relation that cannot hold between
    what the two are is weakened to a mention, or left out where no mention can hold either.
    """

    @cache
    def weakened(predicate: str, subjects: tuple[str, ...], objects: tuple[str, ...]) -> str:
        wanted = (predicate, "atlas:mentions") if objects else (predicate,)
        return next((name for name in wanted if holds(name, subjects, objects, vocabulary)), "")

    found = []
    for subject, predicate, value, named, evidence in claims:
        one, other = iris[subject], iris[value] if named else value
        relation = weakened(predicate, classes[one], classes[other] if named else ())
        if one != other and relation:
            found.append(Statement(one, relation, other, evidence))
    found.sort()
    return tuple(statement for statement, _ in groupby(found))


def _by_keys(merge: Merge) -> tuple[str, str, str, Place]:
    return merge.left, merge.right, merge.reason, merge.place or Place("", 0)


def _placed(source: Source, iris: Mapping[str, str]) -> Source:
    """Return a list's account with the IRIs of the nodes that its links belong to."""
    return source._replace(kept=tuple(Kept(line, url, became, iris[key]) for line, url, became, key in source.kept))


def _groups(keys: Iterable[str], merges: Iterable[Merge]) -> dict[str, str]:
    """Return for each key the one that stands for all that are the same thing (union-find; the least key stands)."""
    parent = {key: key for key in keys}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for merge in merges:
        first, second = sorted((root(merge.left), root(merge.right)))
        parent[second] = first
    return {key: root(key) for key in parent}


def _same(things: Collection[Thing], vocabulary: Vocabulary) -> Iterable[Merge]:
    """Yield the pairs of keys that name one thing, each with the reason."""
    keys = {thing.key for thing in things}
    by_url: dict[tuple[str, str], dict[str, tuple[Place, str]]] = defaultdict(dict)
    listed: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        if thing.place is not None:
            listed[thing.key].update(thing.urls)
            sources[thing.key].add(thing.place.source)
    tools = {thing.key for thing in things if thing.cls == "atlas:Tool" and folded(thing.key) not in vocabulary.names}
    organisations = keys - {thing.key for thing in things if thing.cls == "atlas:Tool"}
    for thing in things:
        if thing.key.startswith("v:") and f"n:{thing.key[2:]}" in keys:
            yield Merge(thing.key, f"n:{thing.key[2:]}", "are a maker and its product of the same name", None)
        if thing.key.startswith("n:"):
            told_apart = MARK in thing.key  # and so is not what its name alone means
            if thing.spelling and not told_apart:
                yield from _respelt(thing, keys, listed.keys(), vocabulary)
            if thing.cls == "atlas:Vendor":
                yield from _without_form(thing, organisations, vocabulary)
            if thing.cls == "atlas:Tool" and folded(thing.key) not in vocabulary.names and not told_apart:
                yield from _without_maker(thing, keys, listed, vocabulary)
                yield from _without_script(thing, tools, listed.keys())
            if thing.cls == "atlas:Tool" and thing.place is not None:
                for url in thing.urls:
                    section = split(url).fragment.lower()
                    section = "" if section.startswith(_WHOLE_PAGE) else section
                    listings, here = by_url[canonical(url), section], (thing.place, thing.name)
                    listings[thing.key] = min(here, listings.get(thing.key, here))
    yield from _by_domain(things, listed.keys(), vocabulary)
    for (url, _), same in by_url.items():
        if len(same) > 1:
            yield from _alike(url, same, sources, vocabulary)


def _respelt(thing: Thing, keys: Set[str], listed: Set[str], vocabulary: Vocabulary) -> Iterable[Merge]:
    """Yield a thing's key with that of another spelling that stands beside its name, where the two are related.

    What is known in full is not what another entry has for its whole name: Apache Pig, and a Pig.
    """
    other = fold(thing.spelling)
    if thing.known and f"n:{other}" in listed:
        return
    if f"n:{other}" in keys and other not in vocabulary.names and related(other, folded(thing.key)):
        yield Merge(thing.key, f"n:{other}", "stand there for one thing", thing.place)


def _without_form(thing: Thing, keys: Set[str], vocabulary: Vocabulary) -> Iterable[Merge]:
    """Yield an organisation's key with that of its name without its legal form, or without what its own site leaves out."""
    *first, last = thing.name.split()
    short = fold(" ".join(first))
    if not first or f"n:{short}" not in keys:
        return
    if last.lower() in vocabulary.words["legal form"]:
        yield Merge(thing.key, f"n:{short}", "differ by a legal form", None)
    elif last.lower() in vocabulary.words["organisation suffix"] and any(owner_key(url) == short for url in thing.urls):
        yield Merge(thing.key, f"n:{short}", "differ by a word that the organisation's own site leaves out", None)


def _without_maker(
    thing: Thing, keys: Set[str], listed: Mapping[str, Collection[str]], vocabulary: Vocabulary
) -> Iterable[Merge]:
    """Yield the key of a tool with that of its name without its maker's: Netflix Conductor is Conductor.

    A single word that no list lists is too little to go by. Where lists list both, the maker must own what the short name
    is listed with.
    """
    said = thing.name.split()
    for size in range(1, min(len(said), 3)):
        if " ".join(said[:size]).lower() not in vocabulary.brands:
            continue
        short = f"n:{fold(' '.join(said[size:]))}"
        maker = fold(" ".join(said[:size]))
        plain = short in listed and (
            thing.key not in listed or any(maker in _owners(url, vocabulary) for url in listed[short])
        )
        if short in keys and (plain or len(said) - size > 1):
            yield Merge(thing.key, short, "differ by the maker's name before it", None)


def _owners(url: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return who may own a page, folded: the account on a host of code, and what the host is called."""
    site = split(url)
    return fold(owner_label(site.host)), *(map(fold, site.path[:1]) if vocabulary.keeps_code(site.host) else ())


def _by_domain(things: Iterable[Thing], listed: Set[str], vocabulary: Vocabulary) -> Iterable[Merge]:
    """Yield the key of what is called like the host it is listed with, and that of a name that is the host's label.

    Acme.example is Acme, where no list lists an Acme, no other domain has that label, and it is no plain word.
    """
    short_of = {
        thing.key: f"n:{fold(thing.name.rpartition('.')[0])}"
        for thing in things
        if "." in thing.name
        and thing.key in listed
        and thing.key.startswith("n:")
        and MARK not in thing.key
        and _is_host(thing)
    }
    named = {thing.key for thing in things if thing.known or thing.name.isalnum()} - listed
    hosts = {host: f"n:{fold(rule.operator)}" for host, rule in vocabulary.sites.items()}
    elsewhere = {*hosts.values()} - {key for host, key in hosts.items() if f"n:{fold(host)}" in short_of}
    taken = elsewhere | {f"n:{word}" for word in vocabulary.words["plain"]}
    times = Counter(short_of.values())
    for key, short in short_of.items():
        if short in named and short not in taken and times[short] == 1:
            yield Merge(key, short, "differ by the ending of the domain that is listed", None)


def _is_host(thing: Thing) -> bool:
    return any(split(url).host == thing.name.lower() for url in thing.urls)


def _without_script(thing: Thing, tools: Set[str], listed: Set[str]) -> Iterable[Merge]:
    """Yield the key of a tool with that of its name without ".js": Marionette.js is Marionette, where not both are listed."""
    found = _SCRIPT.fullmatch(thing.name) if thing.name.endswith(("s", "S")) else None
    short = f"n:{fold(found[1])}" if found else ""
    if short in tools and not (short in listed and thing.key in listed):
        yield Merge(thing.key, short, "differ by what JavaScript's tools have behind their names", None)


def _alike(
    url: str, listings: Mapping[str, tuple[Place, str]], sources: Mapping[str, Set[str]], vocabulary: Vocabulary
) -> Iterable[Merge]:
    """Yield the pairs of keys under which one URL is listed and whose names are related: the URL alone is no reason.

    A name that goes on where the other ends names a part of what is known, or of what a list has beside it; where no list
    has both, it is another name: Bramble, and Bramble Fonts at the same address. What stands side by side is two things.
    """
    keys = {folded(key): key for key in sorted(listings)}
    for left, right in sorted(near(keys.keys())):
        known = [name in vocabulary.names for name in (left, right)]
        (first, name), (second, other) = listings[keys[left]], listings[keys[right]]
        beside = first.source == second.source and abs(first.line - second.line) <= _BESIDE
        if beside and not restates(name, other, vocabulary):
            continue
        both = any(known) or not sources[keys[left]].isdisjoint(sources[keys[right]])
        if not all(known) and related(left, right) and not (both and extends(name, other, vocabulary)):
            yield Merge(keys[left], keys[right], f"are alike, and both are listed with {url}", max(first, second))


def _node(key: str, group: Sequence[tuple[Thing, int]], vocabulary: Vocabulary) -> Node:
    """Return the node of all the things that are one, each with how often it is named; its IRI is given later."""
    spellings: dict[str, int] = {}
    classes: dict[str, int] = {}
    for thing, times in group:
        if thing.spelling:
            spellings[thing.spelling] = spellings.get(thing.spelling, 0) + times
        spellings[thing.name] = spellings.get(thing.name, 0) + times
        classes[thing.cls] = classes.get(thing.cls, 0) + (times << 20 if thing.place is not None else times)
    things = [thing for thing, _ in group]
    known = sorted({thing.name for thing in things if thing.known and fold(thing.name) in vocabulary.names})
    label = known[0] if known else max(spellings, key=lambda name: (_well_formed(name), spellings[name], name))
    descriptions = {thing.description for thing in things if thing.description}
    cls, further = _class(classes, label, vocabulary.names[fold(label)].cls if known else "", vocabulary)
    return Node(
        iri=key,
        cls=cls,
        label=label,
        aliases=tuple(sorted(spellings.keys() - {label})),
        urls=tuple(sorted({iri(url) for thing in things for url in thing.urls if is_absolute(url)})),
        description=min(descriptions, key=lambda text: (-len(text), text)) if descriptions else "",
        listed_at=tuple(sorted({thing.place for thing in things if thing.place is not None})),
        further=further,
    )


def _class(classes: Mapping[str, int], label: str, known: str, vocabulary: Vocabulary) -> tuple[str, tuple[str, ...]]:
    """Return the class of a node, the lexicon's or the one that most lists see in it, and a second one where it has two.

    A product and its maker that bear one name are one node of both classes: Joblib, by the account joblib. Who is credited
    under a name of several words is a person, whatever a list makes of the page that it links.
    """
    cls = known or max(classes, key=lambda cls: (classes[cls], cls))
    tools = [one for one in classes if vocabulary.is_a(one, "atlas:Tool")]
    if known or not tools or cls not in (*tools, "atlas:Vendor"):
        return cls, ("atlas:Vendor",) if cls in tools and "atlas:Vendor" in classes else ()
    if "atlas:Person" in classes and PERSON.fullmatch(label):
        return "atlas:Person", ()
    if cls == "atlas:Vendor":
        return cls, (max(tools, key=lambda one: (classes[one], one)),)
    return cls, ("atlas:Vendor",) if {"atlas:Vendor", "atlas:Person"} & set(classes) else ()


def _well_formed(name: str) -> bool:
    return any(map(str.isupper, name)) and not name.isupper()


def _iris(nodes: Mapping[str, Node], base_iri: str) -> dict[str, str]:
    """Return each node's IRI: a resource's URL, else the base IRI with the kind and the name; none is given twice.

    Of several things of one name the one that it is known to mean has the IRI that is made from the name alone.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for key, node in nodes.items():
        wanted[_wanted(key, node, base_iri)].append(key)
    iris: dict[str, str] = {}
    taken, again = {*wanted}, Counter[str]()
    for name, keys in sorted(wanted.items()):
        first, *others = sorted(keys, key=lambda key: (key[2:] != fold(nodes[key].label), key))
        iris[first] = name
        for key in others:
            place = key[2:].partition(MARK)[2] if key.startswith("n:") else ""
            iri = longer = f"{name}-{slug(place or key[2:])}"
            while iri in taken:
                again[longer] += 1
                iri = f"{longer}-{again[longer] + 1}"
            taken.add(iri)
            iris[key] = iri
    return iris


def _wanted(key: str, node: Node, base_iri: str) -> str:
    if key.startswith("u:") and node.urls:
        return min(node.urls, key=lambda url: (len(url), url))
    kind = "resource" if key.startswith("u:") else _PATHS.get(node.cls, "tool")
    return f"{base_iri}{kind}/{slug(node.label) or slug(key[2:]) or 'unnamed'}"
