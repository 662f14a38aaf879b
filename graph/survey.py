"""The lists read as lists: what each heading is, what each entry is called and of which kind, which names they define."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from .descriptions import description as describe_entry
from .facts import told
from .headings import ENTITY, HOUSEKEEPING, TITLE, Heading, read_headings
from .homonyms import Apart, homonyms, meanings, told_apart
from .items import ENTITIES, MARK, Draft, Item, listed_at, settled, titled
from .kinds import Above, choose, read_above, weigh
from .list_subject import full_subject, short_subject, spelt, subject_class, without_ending
from .local_names import local_names
from .mentions import Defined, Definition, Finder, defined_names, finder
from .model import Document, Entry, Section, Skip, Thing
from .names import fold
from .neighbours import among
from .own_pages import documented
from .references import as_reference
from .short_names import short_name, spellings_in, with_account
from .small_words import Small, common_words, small_words
from .titles import Title, read_title
from .urls import canonical, owner_label, split
from .vocabulary import Name, Vocabulary


class Listing(NamedTuple):
    """One list, read."""

    document: Document
    headings: tuple[Heading, ...]
    items: tuple[Item, ...]
    skips: tuple[Skip, ...]
    subjects: tuple[str, ...] = ()
    """What the list is about, in the spellings in which it uses that as a name."""
    own: Mapping[str, Thing] = MappingProxyType({})
    """What the names of its own entries mean in it, by their keys, where that is another thing than elsewhere."""


class Survey(NamedTuple):
    """All lists of a build, read, and the names that they define together."""

    listings: tuple[Listing, ...]
    names: Defined
    listed: frozenset[str]
    """The folded names of all entities that are an entry or a heading of a list."""
    definers: Mapping[str, frozenset[str]]
    """The lists that have a name for an entry's, a heading's or their own subject's, by the folded name."""
    makers: Mapping[str, frozenset[str]]
    """Who owns the URLs of each listed entity, by its folded name, with where it lies if told apart: accounts, labels of hosts."""
    finder: Finder
    apart: Apart
    """What lies where under each name that several things have."""
    listed_at: Mapping[str, Thing]
    """See `items.listed_at`."""


class Subject(NamedTuple):
    """What a list is about."""

    name: str
    cls: str
    spelling: str = ""
    """What the list calls it for short, or nothing."""


class Drafted(NamedTuple):
    """A list with what can be said of it before the other lists are read."""

    parts: tuple[Section | Entry | Skip, ...]
    drafts: tuple[Draft, ...]
    """The entries, but those of housekeeping."""
    subjects: tuple[Subject, ...]
    """What the list is about, where it uses that as a name, in each spelling in which it does."""
    titles: tuple[str, ...]
    """What the list's titles say that it is about."""
    headings: Mapping[int, Heading]
    """The headings by key, as far as they are known by the lexicon alone."""
    asked: frozenset[str]
    """The folded names that would be known by more, were they defined."""
    small: Small


def draft(parts: Iterable[Section | Entry | Skip], vocabulary: Vocabulary) -> Drafted:
    """Give the entries of a list their names, their descriptions and the hints of their kinds."""
    parts = tuple(parts)
    asked = set[str]()
    headings = _headings_of(parts, vocabulary, asked.add)
    drafts = []
    sections: dict[tuple[int, ...], Above] = {}
    titles = [heading for heading in headings.values() if heading.role == TITLE]
    for entry in (as_reference(part, vocabulary) for part in parts if isinstance(part, Entry)):
        if (above := sections.get(entry.path)) is None:
            above = sections[entry.path] = read_above(
                titled([headings[line] for line in entry.path], titles), vocabulary
            )
        title = _with_short_name(read_title(entry, vocabulary), entry, vocabulary)
        if not (above.headings and above.headings[-1].role == HOUSEKEEPING) and not _is_housekeeping(title, vocabulary):
            weights = weigh(entry, title.name, above, vocabulary)
            description = describe_entry(entry, vocabulary.roles, lambda tag: told(tag, vocabulary))
            owners = _owners(entry.url, title.name, vocabulary)
            drafts.append(Draft(entry, canonical(entry.url), title, weights, description, owners))
    weighed = among([(draft.entry, draft.weights) for draft in drafts], vocabulary)
    drafts = [draft._replace(weights=each, cls=choose([each])) for draft, each in zip(drafts, weighed, strict=True)]
    about = tuple(dict.fromkeys(heading.name for heading in titles))
    return Drafted(
        parts,
        tuple(drafts),
        tuple(_subjects(about, drafts, vocabulary)),
        about,
        headings,
        frozenset(asked),
        small_words(map(_description, drafts)),
    )


def _description(draft: Draft) -> str:
    """Return the text of an entry behind its title, as it stands there."""
    return draft.entry.passage.text[draft.entry.body :]


def _with_short_name(title: Title, entry: Entry, vocabulary: Vocabulary) -> Title:
    """Return a title with the short name in it for another spelling, where nothing else is."""
    return title if title.spelling else title._replace(spelling=short_name(title.name, entry.url, vocabulary))


def _subjects(titles: Iterable[str], drafts: Sequence[Draft], vocabulary: Vocabulary) -> Iterator[Subject]:
    texts = [draft.entry.passage.text for draft in drafts]
    for title in titles:
        cls = subject_class(title, texts, vocabulary)
        if cls and (full := full_subject(title, vocabulary)) is not None:
            yield Subject(full.label, full.cls, title)
        elif cls:
            yield Subject(title, cls, without_ending(title, texts))
        if short := short_subject(title, texts, vocabulary):
            yield Subject(short, "atlas:Tool")


def _owners(url: str, name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return who owns a URL, folded. What a shop sells is its own only where its name begins the thing's."""
    site = split(url)
    if site.path and vocabulary.keeps_code(site.host):
        return (fold(site.path[0]),)
    rule = vocabulary.sites.get(site.host)
    shop = rule is not None and not rule.operator
    if shop and fold(owner_label(site.host)) not in _beginnings(name):
        return ()
    label = site.host.split(".")[0] if site.host.count(".") > 1 else owner_label(site.host)
    return fold(owner_label(site.host)), fold(label)


def _beginnings(name: str) -> tuple[str, ...]:
    """Return the first word of a name, the first two and the first three, folded."""
    words = name.split()[:3]
    return tuple(fold(" ".join(words[:size])) for size in range(1, len(words) + 1))


def survey(lists: Sequence[tuple[Document, Drafted]], vocabulary: Vocabulary) -> Survey:
    """Read the headings and the entries of all lists; the result does not depend on the lists' order."""
    drafts = [draft for _, drafted in lists for draft in drafted.drafts]
    places: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        places[draft.url].append(draft)
    kinds = {
        url: same[0].cls if len(same) == 1 else choose(draft.weights for draft in same) for url, same in places.items()
    }
    within = _within_accounts(drafted.drafts for _, drafted in lists)
    definitions = _definitions(lists, kinds, within, vocabulary)
    names = defined_names(definitions, common_words(drafted.small for _, drafted in lists), vocabulary)
    names = _with_spellings(lists, kinds, names, vocabulary)
    dating = vocabulary.words["dating"]
    local = local_names(names.names, definitions, map(_description, drafts), dating) if len(lists) > 1 else {}
    names = names._replace(local={**names.local, **_local(definitions, within), **local})
    at_home = {fold(draft.title.name) for draft in drafts if fold(draft.title.name) in _of_site(draft, vocabulary)}
    names = names._replace(subjects=_about(lists, kinds, names, vocabulary), at_home=frozenset(at_home))
    listings = [_listing(document, drafted, kinds, names, vocabulary) for document, drafted in lists]
    about = {
        listing.document.source: [heading.name for heading in listing.headings if heading.role == TITLE]
        for listing in listings
    }
    apart = homonyms(chain.from_iterable(listing.items for listing in listings), about, vocabulary)
    listings = [_as_meant(listing, apart, vocabulary) for listing in listings] if apart else listings
    listed = {item.folded for listing in listings for item in listing.items if item.entity}
    listed |= {fold(item.title.name) for listing in listings for item in listing.items if item.entity}
    listed |= {fold(heading.name) for listing in listings for heading in listing.headings if heading.role == ENTITY}
    definers, found = _definers(definitions, listings), finder(vocabulary, names, _called(lists, vocabulary))
    entries = listed_at(chain.from_iterable(listing.items for listing in listings))
    return Survey(tuple(listings), names, frozenset(listed), definers, _makers(drafts, listings), found, apart, entries)


def _called(lists: Sequence[tuple[Document, Drafted]], vocabulary: Vocabulary) -> dict[str, dict[str, Name]]:
    """Return by list how else it writes a known thing that it is about: Arch, in a list on Arch Linux; slack, in one on Slack."""
    called = {}
    for document, drafted in lists:
        called[document.source] = {
            spelling: name for title in drafted.titles for spelling, name in spelt(title, vocabulary)
        }
        for one in drafted.subjects:
            if one.spelling and fold(one.name) in vocabulary.names:
                called[document.source][one.spelling] = vocabulary.names[fold(one.name)]
    return called


def _definitions(
    lists: Sequence[tuple[Document, Drafted]],
    kinds: Mapping[str, str],
    within: Mapping[str, str],
    vocabulary: Vocabulary,
) -> list[Definition]:
    """Return where lists give names: to their entries, and to what they are about."""
    found = [
        Definition(
            draft.title.name,
            kinds[draft.url],
            draft.title.spelling or within.get(draft.title.name, ""),
            document.source,
        )
        for document, drafted in lists
        for draft in drafted.drafts
        if kinds[draft.url] in ENTITIES
    ]
    found += [
        Definition(one.name, one.cls, one.spelling, document.source)
        for document, drafted in lists
        for one in drafted.subjects
    ]
    return [*found, *_documented(lists, kinds, {fold(one.name) for one in found}, vocabulary)]


def _within_accounts(lists: Iterable[Sequence[Draft]]) -> Mapping[str, str]:
    """Return what texts call the repositories of lists that have most with their accounts, where one alone is called so.

    Elsewhere an acme/scanner is listed so because there are other scanners.
    """
    called: dict[str, dict[str, str]] = defaultdict(dict)
    for drafts in lists:
        short = {
            draft.title.name: name
            for draft in drafts
            if "/" in draft.title.name
            and (name := with_account(draft.title.name)[1])
            and draft.url.endswith(f"/{name}")
        }
        if 2 * len(short) > len(drafts):
            for title, name in short.items():
                called[fold(name)][title] = name
    return {title: name for same in called.values() if len(same) == 1 for title, name in same.items()}


def _local(definitions: Iterable[Definition], within: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Return by name the lists that alone call a repository so: elsewhere it may be another's."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in definitions:
        if one.name in within:
            found[one.name].add(one.source)
    return {name: frozenset(sources) for name, sources in sorted(found.items())}


def _as_meant(listing: Listing, apart: Apart, vocabulary: Vocabulary) -> Listing:
    """Return a list with its entries as the things that they are, and with what their names mean in it."""
    items = tuple(told_apart(item, apart, vocabulary) for item in listing.items)
    return listing._replace(items=items, own=meanings(items, listing.headings, vocabulary))


def _documented(
    lists: Sequence[tuple[Document, Drafted]], kinds: Mapping[str, str], known: Set[str], vocabulary: Vocabulary
) -> Iterator[Definition]:
    """Yield the tools that lists know only by pages on them at their own sites: their documentation, their forum."""
    for document, drafted in lists:
        for draft in drafted.drafts:
            if kinds[draft.url] not in ENTITIES:
                name = documented(draft.title.name, draft.entry.url, vocabulary)
                if name and fold(name) not in known:
                    yield Definition(name, "atlas:Tool", "", document.source)


def _with_spellings(
    lists: Sequence[tuple[Document, Drafted]], kinds: Mapping[str, str], names: Defined, vocabulary: Vocabulary
) -> Defined:
    """Return the names with the further spellings that the titles of the lists that define them have."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, drafted in lists:
        own = {fold(draft.title.name) for draft in drafted.drafts if kinds[draft.url] in ENTITIES}
        own |= {fold(one.name) for one in drafted.subjects}
        labels = {key: names.names[key].label for key in own if key in names.names and key not in vocabulary.names}
        for draft in drafted.drafts:
            if kinds[draft.url] not in ENTITIES:
                for key, spelling in spellings_in(draft.title.name, labels, vocabulary):
                    found[key].add(spelling)
    respelt = {
        key: names.names[key]._replace(aliases=tuple(sorted({*names.names[key].aliases, *spellings})))
        for key, spellings in sorted(found.items())
    }
    return names._replace(names={**names.names, **respelt})


def _definers(definitions: Iterable[Definition], listings: Iterable[Listing]) -> dict[str, frozenset[str]]:
    """Return the lists that have a name for an entry's, a heading's or their own subject's, by the folded name."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in definitions:
        for name in (one.name, one.spelling):
            found[fold(name)].add(one.source)
    for listing in listings:
        for heading in listing.headings:
            if heading.role == ENTITY:
                found[fold(heading.name)].add(listing.document.source)
    return {key: frozenset(sources) for key, sources in found.items()}


def _about(
    lists: Sequence[tuple[Document, Drafted]], kinds: Mapping[str, str], names: Defined, vocabulary: Vocabulary
) -> dict[str, frozenset[str]]:
    """Return by label what whole lists are about, with these: what they use as a name, or have an entry of at its own site."""
    about: dict[str, set[str]] = defaultdict(set)
    for document, drafted in lists:
        keys = {fold(one.name) for one in drafted.subjects}
        titles = {fold(title) for title in drafted.titles}
        for draft in drafted.drafts:
            key = fold(draft.title.name)
            if (
                key in titles
                and not key.endswith("s")
                and kinds[draft.url] in ENTITIES
                and key in _of_site(draft, vocabulary)
            ):
                keys.add(key)
        for key in keys:
            name = names.get(key, document.source)
            if name is not None:
                about[name.label].add(document.source)
    return {label: frozenset(sources) for label, sources in sorted(about.items())}


def _of_site(draft: Draft, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what an entry's site is called, folded: the repository, or the owner's labels of the host."""
    site = split(draft.entry.url)
    if vocabulary.keeps_code(site.host) and len(site.path) > 1:
        return (fold(site.path[1]),)
    return (*draft.owners, *map(fold, site.path[-1:]))


def _makers(drafts: Sequence[Draft], listings: Sequence[Listing]) -> dict[str, frozenset[str]]:
    """Return who owns the URLs of each listed entity, by its name in full and as its list has it."""
    found: dict[str, set[str]] = defaultdict(set)
    for draft, item in zip(drafts, chain.from_iterable(listing.items for listing in listings), strict=True):
        if item.entity:
            plain = {fold(item.title.name)} if MARK not in item.thing.key else set[str]()
            for name in {item.thing.key[2:], *plain}:
                found[name].update(draft.owners)
    return {key: frozenset(owners) for key, owners in found.items()}


def _is_housekeeping(title: Title, vocabulary: Vocabulary) -> bool:
    return title.name.casefold() in vocabulary.words["housekeeping page"]


def _headings_of(
    parts: Sequence[Section | Entry | Skip], vocabulary: Vocabulary, names: Callable[[str], Name | None]
) -> dict[int, Heading]:
    sections = [part for part in parts if isinstance(part, Section)]
    used = {line for part in parts if isinstance(part, Entry) for line in part.path}
    return read_headings(sections, used, vocabulary, names)


def _listing(
    document: Document, drafted: Drafted, kinds: Mapping[str, str], names: Defined, vocabulary: Vocabulary
) -> Listing:
    parts = drafted.parts
    headings = drafted.headings
    if any(_heading_name(key, document.source, names) is not None for key in drafted.asked):
        headings = _headings_of(parts, vocabulary, lambda key: _heading_name(key, document.source, names))
    items = []
    titles = [heading for heading in headings.values() if heading.role == TITLE]
    for draft in drafted.drafts:
        above = tuple(titled([headings[line] for line in draft.entry.path], titles))
        items.append(settled(document.source, draft, kinds[draft.url], above, names, vocabulary))
    kept = {id(item.entry) for item in items}
    skips = [part for part in parts if isinstance(part, Skip)]
    for part in parts:
        if isinstance(part, Entry) and id(part) not in kept:
            skips += [Skip(link.url, link.line, "housekeeping") for link in part.links]
            skips.append(Skip(part.url, part.line, "housekeeping"))
    skips.sort(key=lambda skip: (skip.line, skip.url))
    subjects = tuple(name for one in drafted.subjects for name in (one.name, one.spelling) if name)
    return Listing(document, tuple(headings.values()), tuple(items), tuple(skips), subjects)


def _heading_name(key: str, source: str, names: Defined) -> Name | None:
    """Return the name that a heading may stand for; several plain words are a subject, though an entry has them for its name."""
    found = names.get(key, source)
    return None if found is not None and " " in found.label and found.label in names.local else found
