"""Tools of one name: which entries of several lists are one project's, and which have nothing in common but the name.

Lists that list a Bramble mean the same one as a rule, and where one has its home page and another its repository, the name
alone tells so. Two repositories of two accounts are another matter, and so are a repository and a page of which neither the
account nor the description knows anything: nearly all such pairs in 314 lists were two things, as Phoenix, a window manager
and a library for terminals. One project that has moved is told by accounts that are called alike, or by descriptions that say
the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from .headings import ENTITY, TITLE, Heading
from .items import MARK, Item, folded
from .model import Claim, Thing
from .names import fold
from .namesakes import SIGNS, of_another
from .urls import owner_label, split
from .vocabulary import Vocabulary

_WORD = re.compile(r"[a-z0-9+#]+(?:[.'-][a-z0-9+#]+)*")
_WORD_AS_IS = re.compile(r"[A-Za-z][\w+#]*")
_ALIKE = 0.6
"""Which share of the words of the shorter description the other must have, at a repository of the same name."""
_THE_SAME = 0.8
"""The share at a repository of another name."""
_FEW = 2
_SEVERAL = 4
"""How many words two descriptions must share, at a repository of the same name or of another."""
_MANY = 50
"""With more seats than these of one name no two are compared but by their accounts: so the time grows as the lists do."""
_ENOUGH = 12
"""How many descriptions of one project are compared."""
_PREFIX = 4
"""How many letters a name must have for another that begins with it to be called alike."""


class Seat(NamedTuple):
    """Where a tool lies, in small letters: an account's repository, an account without one, or a host.

    Who has an account of one name at two hosts is taken for one.
    """

    owner: str
    repository: str = ""


Apart: TypeAlias = Mapping[str, Mapping[Seat, str]]
"""By the key of a thing, and by the seats of what the lists have under its name: where the thing there lies that is another
one than the name is taken for; empty for the one that it is taken for."""


class _Project(NamedTuple):
    """What the lists say of one seat, or of several that are one project's."""

    seats: frozenset[Seat]
    sources: frozenset[str]
    """The lists that list it."""
    said: frozenset[frozenset[str]]
    """The words of the longest description that each list has, but those that are said of anything."""
    languages: frozenset[str]
    """Those that it is said to be in or for, or that a list or a section is about."""


def homonyms(items: Iterable[Item], subjects: Mapping[str, Collection[str]], vocabulary: Vocabulary) -> Apart:
    """Return what lies where under each name that several things have; the order of the entries changes nothing.

    `subjects` has what each list says that it is about. Of several projects of one name the one that most lists list has the
    name, all the more where its account bears the name.
    """
    found: dict[str, dict[Seat, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if item.thing.cls == "atlas:Tool" and item.thing.key.startswith("n:"):
            found[item.thing.key][seat(item.entry.url, vocabulary)].append(item)
    apart = {}
    for key, listed in sorted(found.items()):
        if len(listed) > 1:
            name = folded(key)
            told = [_project(one, name, items, subjects, vocabulary) for one, items in sorted(listed.items())]
            projects = _projects([one for one in told if _is_code(one)], name, vocabulary)
            if projects and name not in vocabulary.names and len(told) <= _MANY:
                projects = _with_sites(projects, [one for one in told if not _is_code(one)], name, vocabulary)
            if len(projects) > 1:
                apart[key] = dict(_marks(projects, name, vocabulary))
    return apart


def seat(url: str, vocabulary: Vocabulary) -> Seat:
    """Return where a URL leads.

    >>> from linkatlas.vocabulary import load
    >>> vocabulary = load()
    >>> seat("https://github.com/Acme/Bramble.git", vocabulary), seat("https://docs.acme.example/bramble", vocabulary)
    (Seat(owner='acme', repository='bramble'), Seat(owner='docs.acme.example', repository=''))
    """
    site = split(url)
    rule = vocabulary.sites.get(site.host)
    if rule is None or rule.account is None:
        return Seat(site.host)
    owner = rule.account.search("/".join((site.host, *site.path)))
    if owner is None:
        return Seat(site.host)
    within = rule.code and len(site.path) > 1 and owner[1] == site.path[0]
    return Seat(owner[1].lower(), site.path[1].lower().removesuffix(".git") if within else "")


def told_apart(item: Item, apart: Apart, vocabulary: Vocabulary) -> Item:
    """Return an item as the thing that it is, where it is another one than its name is taken for."""
    mark = _mark(item.thing.key, item.entry.url, apart, vocabulary)
    if not mark:
        return item
    name = item.title.name
    spelling = item.title.spelling if item.title.spelling != name else ""
    key = f"{item.thing.key}{MARK}{mark}"
    return item._replace(thing=item.thing._replace(key=key, name=name, spelling=spelling, known=False))


def linked(thing: Thing, said: str, url: str, apart: Apart, vocabulary: Vocabulary) -> Thing:
    """Return what a name with a link means: the thing of its name that lies at the link, whatever the list has of the name."""
    mark = _mark(thing.key, url, apart, vocabulary)
    if mark is None:
        return thing
    meant = thing._replace(key=f"{thing.key}{MARK}{mark}")
    return meant._replace(name=said, spelling="", known=False) if mark else meant


def _mark(key: str, url: str, apart: Apart, vocabulary: Vocabulary) -> str | None:
    """Return where the thing lies that a URL leads to, as `Apart` has it; None where nothing of the name lies there."""
    return apart[key].get(seat(url, vocabulary)) if key in apart else None


def meanings(items: Iterable[Item], headings: Iterable[Heading], vocabulary: Vocabulary) -> Mapping[str, Thing]:
    """Return what the names of a list's own entries mean in it, by the keys that they have in other lists.

    A name that the lexicon knows means what it does everywhere where it is no other word, or the list has it for a heading:
    "for MongoDB" beside the entry of a driver called MongoDB.
    """
    found: dict[str, dict[str, Thing]] = defaultdict(dict)
    for item in items:
        if item.entity:
            thing = Thing(item.thing.key, item.thing.cls, item.thing.name)
            same = found[f"n:{item.folded}"]
            same[thing.key] = min(thing, same.get(thing.key, thing))
    about = {fold(heading.name) for heading in headings if heading.role in (ENTITY, TITLE)}
    own = {}
    for plain, same in found.items():
        (key, thing), *others = same.items()
        known = vocabulary.names.get(plain[2:])
        if MARK in key and not others and (known is None or (known.ordinary and plain[2:] not in about)):
            own[plain] = thing
    return own


def as_meant(claim: Claim, own: Mapping[str, Thing]) -> Claim:
    """Return a claim on what a list means by its names; what a link means stays."""
    subject = meant(claim.subject, own)
    value = meant(claim.object, own) if isinstance(claim.object, Thing) else claim.object
    if subject is claim.subject and value is claim.object:
        return claim  # as most are
    return Claim(subject, claim.predicate, value, claim.evidence)


def meant(thing: Thing, own: Mapping[str, Thing]) -> Thing:
    """Return what a list means by a thing's name; what a link means stays."""
    if thing.key.endswith(MARK):  # the one that has the name, by a link
        return thing._replace(key=thing.key[: -len(MARK)])
    return own.get(thing.key, thing)


def _is_code(project: _Project) -> bool:
    return all(one.repository for one in project.seats)


def _project(
    where: Seat, name: str, items: Sequence[Item], subjects: Mapping[str, Collection[str]], vocabulary: Vocabulary
) -> _Project:
    idle = vocabulary.words["said of anything"] | {name}
    longest: dict[str, str] = {}
    languages = set[str]()
    for item in items:
        described = longest.get(item.source, ""), item.thing.description
        longest[item.source] = max(described, key=lambda said: (len(said), said))
        languages.update(_languages(item, subjects.get(item.source, ()), vocabulary))
    texts = sorted({*longest.values()} - {""})[:_ENOUGH]
    said = frozenset(frozenset(_WORD.findall(text.lower())) - idle for text in texts)
    return _Project(frozenset({where}), frozenset(longest), said, frozenset(languages))


def _together(projects: Sequence[_Project]) -> _Project:
    return _Project(
        frozenset().union(*(one.seats for one in projects)),
        frozenset().union(*(one.sources for one in projects)),
        frozenset().union(*(one.said for one in projects)),
        frozenset().union(*(one.languages for one in projects)),
    )


def _projects(told: Sequence[_Project], name: str, vocabulary: Vocabulary) -> list[_Project]:
    """Put repositories together that are one project's; of a great many of one name, which says nothing, those of one account."""
    if len(told) > _MANY:
        return [_together(list(same)) for _, same in groupby(told, key=lambda one: min(one.seats).owner)]
    left, done = [*told], list[_Project]()
    while left:
        project = left.pop(0)
        same = next((other for other in done if _is_one(project, other, name, vocabulary)), None)
        if same is None:
            done.append(project)
        else:
            done.remove(same)
            left.insert(0, _together([project, same]))
    return done


def _is_one(left: _Project, right: _Project, name: str, vocabulary: Vocabulary) -> bool:
    """Whether something says that the projects of two repositories are one."""
    pairs = [(one, other) for one in left.seats for other in right.seats]
    if any(one.owner == other.owner for one, other in pairs):
        return any(one.owner == other.owner and not _differ(one, other, vocabulary) for one, other in pairs)
    named_alike = any(fold(one.repository) == fold(other.repository) for one, other in pairs)
    if named_alike and any(_of_one_house(one.owner, other.owner, vocabulary) for one, other in pairs):
        return True
    if not left.sources.isdisjoint(right.sources):
        return False  # a list has both
    if left.languages and right.languages and left.languages.isdisjoint(right.languages):
        return False
    if _say_the_same(left, right, named_alike):
        return True
    if not named_alike:
        return False
    if any(_called_alike(one.owner, other.owner, name, vocabulary) for one, other in pairs):
        return True
    known = vocabulary.names.get(name)
    famous = known is not None and not known.ordinary
    silent = not left.said or not right.said
    return (famous or silent) and any(name in fold(one.owner) for pair in pairs for one in pair)


def _of_one_house(one: str, other: str, vocabulary: Vocabulary) -> bool:
    """Whether the ontology says that two accounts are one organisation's: uber, uber-common."""
    house = vocabulary.handles.get(fold(one))
    return house is not None and house == vocabulary.handles.get(fold(other))


def _differ(one: Seat, other: Seat, vocabulary: Vocabulary) -> bool:
    """Whether the names of two repositories of one account say that they are for or in different things: x-node, x-php."""
    parts = {*SIGNS.split(one.repository)} ^ {*SIGNS.split(other.repository)}
    return any(of_another(part, vocabulary) for part in parts)


def _called_alike(one: str, other: str, name: str, vocabulary: Vocabulary) -> bool:
    """Whether one account is called as another begins, and neither just as the thing: google, google-ai-edge."""
    short, long = sorted((one, other), key=len)
    rest = long[len(short) :]
    ends = rest.startswith(("-", "_", ".")) or rest in vocabulary.words["evident owner"]
    return ends and len(short) >= _PREFIX and long.startswith(short) and fold(short) != name


def _say_the_same(left: _Project, right: _Project, named_alike: bool) -> bool:
    """Whether a description of each has most words of one of the other's."""
    share, least = (_ALIKE, _FEW) if named_alike else (_THE_SAME, _SEVERAL)
    return any(
        len(one & other) >= max(least, share * min(len(one), len(other))) for one in left.said for other in right.said
    )


def _languages(item: Item, subjects: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the languages that an entry is said to be in or for, or that the list or the section is about."""
    above = [heading.name for heading in item.headings if heading.role == ENTITY]
    first, *further = _WORD_AS_IS.findall(item.thing.description) or [""]
    for word in (first.lower(), *subjects, *above, *further):
        name = vocabulary.names.get(fold(word))
        if name is not None and name.cls == "atlas:Language" and (word[0].isupper() or not name.ordinary):
            yield name.label


def _with_sites(
    projects: Sequence[_Project], sites: Iterable[_Project], name: str, vocabulary: Vocabulary
) -> list[_Project]:
    """Return the projects of repositories with the pages that are theirs, and with those together that are nobody's.

    A library's page at a registry belongs to the repository in its language. Where nothing is described, or the site is
    called like the thing, nothing speaks against the name, and the page has it.
    """
    with_own, strangers = [*projects], list[_Project]()
    for site in sites:
        labels = _labels(min(site.seats), vocabulary)
        own = next((one for one in with_own if _is_its_site(labels, one) or _say_the_same(site, one, True)), None)
        own = own or next((one for one in with_own if site.languages & one.languages), None)
        if own is not None:
            with_own[with_own.index(own)] = _together([own, site])
        elif site.said and all(one.said for one in with_own) and name not in labels:
            strangers.append(site)
    return [*with_own, _together(strangers)] if strangers else with_own


def _is_its_site(labels: Iterable[str], project: _Project) -> bool:
    """Whether a page's account or host is called as the account of a repository is, or as one begins where the other ends."""
    accounts = [fold(one.owner) for one in project.seats if one.repository]
    pairs = (sorted((label, account), key=len) for label in labels for account in accounts)
    return any(short == long or (len(short) >= _PREFIX and long.startswith(short)) for short, long in pairs)


def _labels(where: Seat, vocabulary: Vocabulary) -> list[str]:
    """Return what an account, or a host, is called, folded; not by what any host may begin with: docs, blog."""
    host = where.owner
    labels = (owner_label(host), host.partition(".")[0]) if "." in host else (host,)
    return [fold(label) for label in labels if label and label not in vocabulary.hints["inHost"]]


def _marks(projects: Sequence[_Project], name: str, vocabulary: Vocabulary) -> Iterator[tuple[Seat, str]]:
    """Yield the seats of all projects, each with where its project lies; with nothing for the project that has the name."""
    bearers = [project for project in projects if _can_bear(project, name, vocabulary)]
    first = max(bearers, key=lambda one: (_weight(one, name), sorted(one.seats)), default=None)
    for project in projects:
        mark = "" if project is first else "/".join(part for part in min(project.seats) if part)
        yield from ((one, mark) for one in sorted(project.seats))


def _can_bear(project: _Project, name: str, vocabulary: Vocabulary) -> bool:
    """Whether a project can be the one that its name means: of a known tool, one whose repository is called like it.

    That of an account of its name may be called otherwise, but not for or in something else.
    """
    known = vocabulary.names.get(name)
    if known is None:
        return True
    return any(
        vocabulary.names.get(fold(one.repository)) is known
        or (name in fold(one.owner) and not any(of_another(part, vocabulary) for part in SIGNS.split(one.repository)))
        for one in project.seats
    )


def _weight(project: _Project, name: str) -> int:
    """Return how much speaks for a project to be the one that its name means: the lists, and an owner that bears the name."""
    owners = {fold(one.owner) for one in project.seats}
    paths = {fold(f"{one.owner}{one.repository}") for one in project.seats}
    borne = 2 if name in owners | paths else 1 if any(name in owner for owner in owners) else 0
    return len(project.sources) + borne
