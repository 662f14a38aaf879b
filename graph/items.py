"""Entries as the rules read them: with a name, a kind, the headings above, and the thing that each is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .headings import TITLE, Heading
from .kinds import Weights
from .mentions import Defined
from .model import Entry, Place, Thing
from .names import fold
from .namesakes import in_a_language, made_for_its_name, namesake
from .short_names import known_in_full, short_name
from .titles import Title, take_apart
from .urls import canonical, split
from .vocabulary import Name, Vocabulary

BRACKET = re.compile(r"\s*\(([^()]{2,80})\)")
"""What stands in round brackets right behind a name."""

ENTITIES = ("atlas:Tool", "atlas:Language", "atlas:Vendor", "atlas:Person")
"""The kinds that are known by their names; all else that is listed is known by its URL."""
MARK = "@"
"""What parts, in the key of a thing that is told apart, the folded name from where the thing lies; no folded name has it."""
_MAKERS = ("atlas:Vendor", "atlas:Person")


def folded(key: str) -> str:
    """Return the folded name in the key of a thing, whatever tells it apart from others of the name; of a resource its address.

    >>> folded("n:bramble@acme/bramble"), folded("n:bramble"), folded("u:https://acme.example/@bramble")
    ('bramble', 'bramble', 'https://acme.example/@bramble')
    """
    return key[2:].partition(MARK)[0] if key.startswith("n:") else key[2:]


class Draft(NamedTuple):
    """An entry with what can be said of it before the other lists are read."""

    entry: Entry
    url: str
    """The canonical spelling of its URL."""
    title: Title
    weights: Weights
    description: str
    owners: tuple[str, ...]
    """Who owns the URL, folded: the account's name, or the owner's labels of the host."""
    cls: str = ""
    """The kind with most weight, as far as this place of its URL tells."""


class Item(NamedTuple):
    """An entry with what it and its surroundings say of it: what a rule looks at."""

    source: str
    entry: Entry
    title: Title
    cls: str
    headings: tuple[Heading, ...]
    """Those above it, outermost first."""
    thing: Thing
    body: int
    """Where what is said of the item begins; a bracket right behind a tool's name says something of it."""

    @property
    def folded(self) -> str:
        """The folded name in the key of the thing; of a resource its address."""
        return folded(self.thing.key)

    @property
    def name_text(self) -> str:
        """The text in which names are looked for: the passage's, or the name itself where it was made from the URL."""
        return self.entry.passage.text if self.title.span is not None else self.title.name

    @property
    def entity(self) -> bool:
        """Whether the item is a tool, a vendor or a person, not something to read."""
        return self.cls in ENTITIES


def _signs(label: str) -> str:
    """Return what tells a name without letters from another: "!!!", "∀"."""
    return "-".join(f"{ord(sign):x}" for sign in label if not sign.isspace())


def titled(above: Sequence[Heading], titles: Sequence[Heading]) -> list[Heading]:
    """Return the headings above a place, with the last of a list's titles before them where none of them is one.

    A heading of the title's own level ends its section, and what stands there is of the list all the same.
    """
    return [*(() if any(heading.role == TITLE for heading in above) else titles[-1:]), *above]


def settled(
    source: str,
    draft: Draft,
    cls: str,
    headings: tuple[Heading, ...],
    names: Defined,
    vocabulary: Vocabulary,
) -> Item:
    """Return an entry as the thing that its name is taken for, once all names are known."""
    entry, title, description = draft.entry, draft.title, draft.description
    place = Place(source, entry.line)
    if cls in ENTITIES:
        known = _known(draft, names, vocabulary)
        software = known is not None and cls == "atlas:Tool" and _is_software_of(known, draft.url, vocabulary)
        other = _other_account(known, draft.url) if known is not None and software else ""
        if (
            known is not None
            and cls == "atlas:Tool"
            and (fold(title.name) in vocabulary.names or fold(title.name) in names.at_home)
        ):
            other = other or namesake(title.name, draft.url, vocabulary)
            other = other or made_for_its_name(title.name, draft.url, description, vocabulary)
        label = known.label if known is not None and not other else title.name
        cls = known.cls if known is not None and known.cls in ENTITIES and not software else cls
        spelling = title.spelling or (title.name if title.name != label else "")
        account, repository = in_a_language(title.name, draft.url, description, vocabulary)
        if repository and cls == "atlas:Language":
            other, label, cls, spelling = account, repository, "atlas:Tool", ""
        key, sure = f"n:{other}{fold(label) or _signs(label)}", not other and fold(label) in vocabulary.names
        thing = Thing(key, cls, label, spelling, (entry.url,), description, place, sure)
    else:
        title = take_apart(title, entry.passage.text, cls, names.common, vocabulary)
        thing = Thing(f"u:{draft.url}", cls, title.name, "", (entry.url,), description, place)
    return Item(source, entry, title, cls, headings, thing, _body(entry, title, cls))


def _known(draft: Draft, names: Defined, vocabulary: Vocabulary) -> Name | None:
    """Return the name that the lexicon or a list has for an entry, in full, as it stands or in short."""
    entry, name = draft.entry, draft.title.name
    key, short = fold(name), fold(short_name(name, entry.url, vocabulary))
    full = known_in_full(name, entry.url, entry.passage.text[entry.body :], vocabulary)
    return full or vocabulary.names.get(key) or vocabulary.names.get(short) or names.names.get(key)


def _body(entry: Entry, title: Title, cls: str) -> int:
    """Return where what is said of an item begins."""
    bracket = BRACKET.match(entry.passage.text, title.span.end) if title.span is not None else None
    if title.span is None or bracket is None:
        return entry.body
    return title.span.end if cls in ENTITIES else max(entry.body, bracket.end())


def _is_software_of(known: Name, url: str, vocabulary: Vocabulary) -> bool:
    """Whether a name known for an organisation or a person stands at a repository: for software that is named after it."""
    site = split(url)
    return known.cls in _MAKERS and len(site.path) > 1 and vocabulary.keeps_code(site.host)


def _other_account(known: Name, url: str) -> str:
    """Return a repository's account, folded, but where the repository is the organisation's own of its own name."""
    account, repository = map(fold, split(url).path[:2])
    label = fold(known.label)
    return "" if repository == label and label in account else account


def listed_at(items: Iterable[Item]) -> dict[str, Thing]:
    """Return the entities that entries are by their canonical URLs: where one alone is listed, that is not told apart."""
    found: dict[str, dict[str, Thing]] = defaultdict(dict)
    for item in items:
        if item.entity and MARK not in item.thing.key:
            found[canonical(item.entry.url)][item.thing.key] = item.thing
    return {url: next(iter(same.values())) for url, same in found.items() if len(same) == 1}
