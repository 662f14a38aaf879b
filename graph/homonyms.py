"""Different tools of one name: entries of which something says that they are not one project's.

Lists that list a Bramble mean the same one as a rule, and where one has its home page and another its repository, the name
alone tells so. Repositories of two accounts are another matter, and so is a page of which neither the account nor the
description knows anything: most that lists have under one name are two things (Phoenix, a window manager and a web
framework). They are one project that has moved where the accounts are called alike or the descriptions say the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple, TypeAlias

from .headings import ENTITY
from .items import MARK, Item
from .model import Thing
from .names import fold
from .namesakes import of_another
from .urls import canonical, owner_label, split
from .vocabulary import Vocabulary

Apart: TypeAlias = Mapping[tuple[str, str], str]
"""By the key of a thing and a canonical address: where the thing lies that is another one than its name is taken for."""

_WORD = re.compile(r"[a-z0-9+#]+(?:[.'-][a-z0-9+#]+)*")
_WORD_AS_IS = re.compile(r"[A-Za-z][\w+#]*")
_SIGNS = re.compile(r"[-_.]+")
_ALIKE = 0.6
"""Which share of the words of the shorter description the other must have, at a repository of the same name."""
_THE_SAME = 0.8
"""The share at a repository of another name."""
_FEW = 2
_SEVERAL = 4
"""How many words two descriptions must share, at a repository of the same name or of another."""
_MANY = 50
"""Of how many seats of one name on no two are asked whether they are one project's: so the time grows as the lists do."""
_PREFIX = 4
"""How many letters an account must have for another that begins with it to be called alike."""
_LABEL = 3
"""How many letters a label of a host must have to be looked for in the name of an account."""


class Seat(NamedTuple):
    """Where a tool lies, in small letters: an account's repository, an account without one, or a host."""

    owner: str
    repository: str = ""


class _Project(NamedTuple):
    """What the lists say of one seat, or of several that are one project's."""

    seats: frozenset[Seat]
    sources: frozenset[str]
    """The lists that list it."""
    descriptions: frozenset[str]
    """The longest that each list has."""
    languages: frozenset[str]
    """Those that it is said to be in or for, or that a list or a section is about."""


def homonyms(items: Iterable[Item], subjects: Mapping[str, Collection[str]], vocabulary: Vocabulary) -> Apart:
    """Return which entries are other things than those that their names are taken for, whatever the order of the entries.

    `subjects` has what each list says that it is about. Of several projects of one name the one that most lists list keeps
    the name, more so where its account bears the name; a mention means that one, but in a list that lists another alone.
    """
    found: dict[str, dict[Seat, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if item.thing.cls == "atlas:Tool" and item.thing.key.startswith("n:"):
            found[item.thing.key][seat(item.entry.url, vocabulary)].append(item)
    apart: dict[tuple[str, str], str] = {}
    for key, listed in sorted(found.items()):
        if len(listed) == 1:
            continue
        told = [_project(one, items, subjects, vocabulary) for one, items in sorted(listed.items())]
        projects = _projects([one for one in told if _is_code(one)], key, vocabulary)
        if projects and key[2:] not in vocabulary.names and len(told) <= _MANY:
            projects = _with_sites(projects, [one for one in told if not _is_code(one)], key, vocabulary)
        if len(projects) > 1:
            apart |= {
                (key, canonical(item.entry.url)): mark
                for one, mark in _marks(projects, key, vocabulary)
                for item in listed[one]
            }
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


def told_apart(item: Item, apart: Apart) -> Item:
    """Return an item as the thing that it is, where it is another one than its name is taken for."""
    thing = linked(item.thing, item.title.name, item.entry.url, apart)
    if thing is item.thing:
        return item
    spelling = item.title.spelling if item.title.spelling != thing.name else ""
    return item._replace(thing=thing._replace(spelling=spelling))


def linked(thing: Thing, said: str, url: str, apart: Apart) -> Thing:
    """Return what a name with a link means: the thing itself, or the one of its name at the link, as it is spelt there."""
    mark = apart.get((thing.key, canonical(url)))
    return (
        thing if mark is None else thing._replace(key=f"{thing.key}{MARK}{mark}", name=said, spelling="", known=False)
    )


def meant(items: Iterable[Item], vocabulary: Vocabulary) -> dict[str, Thing]:
    """Return what the names of a list's own entries mean in it, by the keys that they have in other lists.

    A name that the lexicon knows, and that is no other word, means what it does everywhere: "for MongoDB" beside the entry
    of a driver called MongoDB.
    """
    found: dict[str, set[Thing]] = defaultdict(set)
    for item in items:
        if item.entity:
            found[f"n:{item.folded}"].add(Thing(item.thing.key, item.thing.cls, item.thing.name))
    known = vocabulary.names
    return {
        plain: next(iter(things))
        for plain, things in sorted(found.items())
        if len(things) == 1 and MARK in next(iter(things)).key and (plain[2:] not in known or known[plain[2:]].ordinary)
    }


def _is_code(project: _Project) -> bool:
    return all(one.repository for one in project.seats)


def _project(
    where: Seat, items: Sequence[Item], subjects: Mapping[str, Collection[str]], vocabulary: Vocabulary
) -> _Project:
    longest: dict[str, str] = {}
    languages = set[str]()
    for item in items:
        described = longest.get(item.source, ""), item.thing.description
        longest[item.source] = max(described, key=lambda said: (len(said), said))
        languages.update(_languages(item, subjects.get(item.source, ()), vocabulary))
    return _Project(frozenset({where}), frozenset(longest), frozenset(longest.values()) - {""}, frozenset(languages))


def _together(projects: Sequence[_Project]) -> _Project:
    return _Project(*(frozenset[Seat | str]().union(*said) for said in zip(*projects, strict=True)))  # type: ignore[arg-type]


def _projects(told: list[_Project], key: str, vocabulary: Vocabulary) -> list[_Project]:
    """Put repositories together that are one project's; of a great many of one name, which says nothing, those of one account."""
    if len(told) > _MANY:
        return [_together(list(same)) for _, same in groupby(told, key=lambda one: min(one.seats).owner)]
    idle = vocabulary.words["said of anything"] | {key[2:]}
    done: list[_Project] = []
    while told:
        project = told.pop(0)
        same = next((other for other in done if _is_one(project, other, key, idle, vocabulary)), None)
        if same is None:
            done.append(project)
        else:
            done.remove(same)
            told.insert(0, _together([project, same]))
    return done


def _is_one(left: _Project, right: _Project, key: str, idle: Set[str], vocabulary: Vocabulary) -> bool:
    """Whether something says that the projects of two repositories are one."""
    pairs = [(one, other) for one in left.seats for other in right.seats]
    if any(one.owner == other.owner for one, other in pairs):
        return any(one.owner == other.owner and not _differ(one, other, vocabulary) for one, other in pairs)
    if not left.sources.isdisjoint(right.sources):
        return False  # a list has both
    if left.languages and right.languages and left.languages.isdisjoint(right.languages):
        return False
    named_alike = any(fold(one.repository) == fold(other.repository) for one, other in pairs)
    if _say_the_same(left, right, idle, named_alike):
        return True
    if not named_alike:
        return False
    if any(_called_alike(one.owner, other.owner, key) for one, other in pairs):
        return True
    known = vocabulary.names.get(key[2:])
    famous = known is not None and not known.ordinary
    silent = not left.descriptions or not right.descriptions
    return (famous or silent) and any(key[2:] in fold(one.owner) for pair in pairs for one in pair)


def _differ(one: Seat, other: Seat, vocabulary: Vocabulary) -> bool:
    """Whether the names of two repositories of one account say that they are for or in different things: x-node, x-php."""
    parts = {*_SIGNS.split(one.repository)} ^ {*_SIGNS.split(other.repository)}
    return any(of_another(part, vocabulary) for part in parts)


def _called_alike(one: str, other: str, key: str) -> bool:
    """Whether one account is called as another begins, and neither just as the thing: google, google-ai-edge."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _PREFIX and long.startswith(short) and fold(short) != key[2:]


def _say_the_same(left: _Project, right: _Project, idle: Set[str], named_alike: bool) -> bool:
    share, least = (_ALIKE, _FEW) if named_alike else (_THE_SAME, _SEVERAL)
    for one in left.descriptions:
        for other in right.descriptions:
            said = _words(one) - idle, _words(other) - idle
            both = len(said[0] & said[1])
            if both >= least and both >= share * min(map(len, said)):
                return True
    return False


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _languages(item: Item, subjects: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the languages that an entry is said to be in or for, or that the list or the section is about."""
    above = [heading.name for heading in item.headings if heading.role == ENTITY]
    first, *further = _WORD_AS_IS.findall(item.thing.description) or [""]
    for word in (first.lower(), *subjects, *above, *further):
        name = vocabulary.names.get(fold(word))
        if name is not None and name.cls == "atlas:Language" and (word[0].isupper() or not name.ordinary):
            yield name.label


def _with_sites(projects: list[_Project], sites: list[_Project], key: str, vocabulary: Vocabulary) -> list[_Project]:
    """Return the projects of repositories with the pages that are theirs, and with those together that are nobody's.

    A library's page at a registry belongs to the repository in its language. Where nothing is described, or the site is
    called like the thing, nothing speaks against the name, and the page has it.
    """
    idle = vocabulary.words["said of anything"] | {key[2:]}
    strangers = []
    for site in sites:
        own = next((one for one in projects if _is_its_site(site, one) or _say_the_same(site, one, idle, True)), None)
        own = own or next((one for one in projects if site.languages & one.languages), None)
        if own is not None:
            projects[projects.index(own)] = _together([own, site])
        elif site.descriptions and all(one.descriptions for one in projects):
            strangers += [site] if key[2:] not in _labels(min(site.seats)) else []
    return [*projects, _together(strangers)] if strangers else projects


def _is_its_site(site: _Project, project: _Project) -> bool:
    """Whether a page's account or host is called as the account of a repository is, or as a part of that."""
    labels = _labels(min(site.seats))
    return any(
        label in account or (len(account) >= _LABEL and account in label)
        for account in (fold(one.owner) for one in project.seats)
        for label in labels
    )


def _labels(where: Seat) -> list[str]:
    """Return what an account, or a host, is called, folded."""
    host = where.owner
    labels = (owner_label(host), host.partition(".")[0]) if "." in host else (host,)
    return [label for label in map(fold, labels) if len(label) >= _LABEL]


def _marks(projects: Sequence[_Project], key: str, vocabulary: Vocabulary) -> Iterator[tuple[Seat, str]]:
    """Yield the seats of all projects but the one that has the name, each with where its project lies."""
    bearers = [project for project in projects if _can_bear(project, key, vocabulary)]
    first = max(bearers, key=lambda one: (_weight(one, key), sorted(one.seats)), default=None)
    for project in projects:
        if project is not first:
            mark = "/".join(part for part in min(project.seats) if part)
            yield from ((one, mark) for one in sorted(project.seats))


def _can_bear(project: _Project, key: str, vocabulary: Vocabulary) -> bool:
    """Whether a project can be the one that its name means: of a known tool, one whose repository is called like it.

    That of an account of its name may be called otherwise, but not for or in something else.
    """
    known = vocabulary.names.get(key[2:])
    if known is None:
        return True
    return any(
        vocabulary.names.get(fold(one.repository)) is known
        or (
            key[2:] in fold(one.owner)
            and not any(of_another(part, vocabulary) for part in _SIGNS.split(one.repository))
        )
        for one in project.seats
    )


def _weight(project: _Project, key: str) -> int:
    """Return how much speaks for a project to be the one that its name means: the lists, and an owner that bears the name."""
    owners = {fold(one.owner) for one in project.seats}
    paths = {fold(f"{one.owner}{one.repository}") for one in project.seats}
    borne = 2 if key[2:] in owners | paths else 1 if any(key[2:] in owner for owner in owners) else 0
    return len(project.sources) + borne
