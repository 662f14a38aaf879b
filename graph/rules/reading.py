"""What every rule works with: an item, the names in its text, and the words to state a claim."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from ..headings import words
from ..items import Item
from ..mentions import Mention, inside
from ..model import Claim, Evidence, Thing
from ..names import fold
from ..parse.links import label
from ..short_names import own_name, with_account
from ..spans import around
from ..survey import Survey
from ..titles import PERSON, is_person
from ..urls import owner_key
from ..vocabulary import Name, Vocabulary

_BEGIN = attrgetter("start")
_ONE_WORD = re.compile(r"[A-Za-z][a-z]+")
_ABBREVIATION = re.compile(r"[A-Z]{2,5}")
_AMONG_CAPITALS = re.compile(r"(?:(?<![\w.])[A-Z][\w.-]*[ &]+|^\W*|[.!?:–—\n|-]\s+\W*|[\"“(\[]\W*)$")
"""What ends in a word with a capital, or in nothing, or in what ends a sentence, so that the next word has one anyhow."""
_SITE_BEHIND = re.compile(r"\s[|·–—-]\s+$")
_LICENCE = re.compile(r"(?: (?:[A-Z]\w+|\d\S*)){0,3} [Ll]icen[cs]es?\b")
"""How a licence's name goes on behind an organisation's."""
_ON_WITH_CAPITALS = re.compile(r" (?:[A-Z]|\d{1,2}\b)|['’]t\b")


class Reading(NamedTuple):
    """An item with the names that its text holds."""

    item: Item
    names: tuple[Mention, ...]
    """In the passage's text."""
    called: tuple[Mention, ...]
    """In the item's name, where that was made from the URL."""
    vocabulary: Vocabulary
    survey: Survey
    often: frozenset[str] = frozenset()
    """The labels of what several entries of the item's list name."""
    parts: frozenset[str] = frozenset()
    """The folded parts that the names of several entries under the item's heading have: babel-bramble, bramble-kite."""

    def evidence(self, rule: str, confidence: float, start: int = 0, end: int | None = None) -> Evidence:
        """Return the evidence that the characters ``start`` to ``end`` of the passage give; all of it by default."""
        passage = self.item.entry.passage
        quote = passage.quote(start, len(passage.text) if end is None else end) or passage.raw
        return Evidence(self.item.source, self.item.entry.line, quote, rule, confidence)

    def url_evidence(self, rule: str, confidence: float, url: str) -> Evidence:
        """Return the evidence that one of the item's URLs gives."""
        return Evidence(self.item.source, self.item.entry.line, url, rule, confidence)

    def thing(self, mention: Mention, spelling: str) -> Thing:
        """Return the thing that a mention stands for: a known one where the lexicon knows the name."""
        thing = named(mention.name, "" if mention.by_link else spelling)
        return thing if fold(mention.name.label) in self.vocabulary.names else thing._replace(known=False)

    def is_stray(self, mention: Mention, text: str) -> bool:
        """Whether a word that only other lists know for a name is likely to be but a word here: a vegan summit.

        That is a single word that is written small, or has a capital anyhow: among others, or at the beginning of a sentence;
        or an abbreviation that no list spells so: AMP is not Amp.
        """
        said, name = text[mention.start : mention.end], mention.name
        key = fold(name.label)
        abbreviated = _ABBREVIATION.fullmatch(said) is not None and said not in (name.label, *name.aliases)
        if not (abbreviated or _ONE_WORD.fullmatch(said)):
            return False
        if key in self.vocabulary.names or self.of_the_list(key) or self.of_the_list(fold(said)):
            return False
        if fold(said) == owner_key(self.item.entry.url):
            return False  # on its own site
        link = around(self.item.entry.links, mention.start, mention.end)
        if link is not None and (link.start, link.end) == (mention.start, mention.end):
            return False
        return (
            abbreviated
            or said.lower() in self.survey.names.common
            or said.islower()
            or _AMONG_CAPITALS.search(text, max(mention.start - 30, 0), mention.start) is not None
            or _ON_WITH_CAPITALS.match(text, mention.end) is not None
        )

    def name_at(self, start: int) -> Mention | None:
        """Return the name that begins at a place in the text."""
        at = bisect_left(self.names, start, key=_BEGIN)
        return self.names[at] if at < len(self.names) and self.names[at].start == start else None

    def known(self, key: str) -> Name | None:
        """Return the name that a folded spelling is, for the lexicon or in the item's own list."""
        return self.vocabulary.names.get(key) or self.of_the_list(key)

    def of_the_list(self, key: str) -> Name | None:
        """Return the name that a folded spelling is in the item's own list: an entry's, a heading's or its subject's."""
        return self.survey.names.names.get(key) if self.item.source in self.survey.definers.get(key, ()) else None

    def is_person(self, name: str) -> bool:
        """Whether all of some words can be a person's name."""
        return PERSON.fullmatch(name) is not None and is_person(name, self.survey.names.common, self.vocabulary)

    @property
    def made_by(self) -> str:
        """The relation of the item to a person who made it."""
        return "atlas:developedBy" if self.item.entity else "atlas:createdBy"

    def maker(self, name: str) -> Thing:
        """Return the organisation of a name; one that bears the name of a tool that a list defines is another thing."""
        defined = self.survey.names.names.get(fold(name))
        if defined is not None and with_account(defined.label)[0]:
            defined = None  # it is not called as its maker is
        if fold(name) not in self.vocabulary.names and defined is not None and defined.cls == "atlas:Tool":
            return Thing(f"v:{fold(name)}", "atlas:Vendor", defined.label)
        return coined(name, "atlas:Vendor", self.vocabulary)

    @property
    def kinds(self) -> frozenset[str]:
        """What the list lists, in the singular: the plurals in the headings above."""
        said = (_plurals(heading.section.passage.text) for heading in self.item.headings)
        return frozenset().union(*said) - self.vocabulary.words["of languages"]

    def title_names(self) -> Sequence[Mention]:
        """Return the names in the item's title, but that of the item: "Brambledb: Data for all" is Brambledb's own page."""
        span = self.item.title.span
        if span is None:
            return self.called
        item = self.item
        own = "" if item.entity else fold(own_name(item.title.name, item.entry.url, item.cls, self.vocabulary))
        named = inside(self.names, span.start, span.end)
        text, lettered = self.item.name_text, self.vocabulary.words["lettered"]
        return [
            one
            for one in named
            if not (one.start == span.start and fold(text[one.start : one.end]) == own)
            and not self._is_of_the_site(one, span.start, span.end)
            and not (one.name.cls == "atlas:Vendor" and _LICENCE.match(text, one.end))
            and not (one.end - one.start == 1 and text[: one.start].lower().rstrip().rpartition(" ")[2] in lettered)
        ]

    def _is_of_the_site(self, mention: Mention, start: int, end: int) -> bool:
        """Whether a name is that of the site, which stands behind many a page's title: "Ten ropes | Alder Finch"."""
        text = self.item.name_text
        if mention.end < end or not _SITE_BEHIND.search(text, start, mention.start):
            return False
        return fold(text[mention.start : mention.end]) == owner_key(self.item.entry.url)

    def body_names(self) -> Sequence[Mention]:
        """Return the names in the item's description: the last ones, as they stand in reading order."""
        return self.names[bisect_left(self.names, self.item.body, key=_BEGIN) :]


@lru_cache(maxsize=1 << 12)
def _plurals(heading: str) -> frozenset[str]:
    """Return the plurals among the words of a heading, in the singular."""
    return frozenset(word[:-1] for word in words(heading) if word.endswith("s"))


Rule = Callable[[Reading], Iterator[Claim]]


def named(name: Name, spelling: str = "") -> Thing:
    """Return the thing that a known name stands for."""
    other = spelling if spelling and spelling != name.label else ""
    return Thing(f"n:{fold(name.label)}", name.cls, name.label, other, known=True)


def coined(text: str, cls: str, vocabulary: Vocabulary) -> Thing:
    """Return the thing of a name that only the text at hand gives; a known one where the lexicon knows the spelling.

    An organisation that bears its product's name (GitLab, MongoDB) is another thing than the product.
    """
    known = vocabulary.names.get(fold(text)) if not text.endswith(".sh") else None  # z.sh is no Zsh
    if known is not None and cls == "atlas:Vendor" and vocabulary.is_a(known.cls, "atlas:Tool"):
        return Thing(f"v:{fold(known.label)}", cls, known.label)
    if known is not None:
        return named(known, text)
    return Thing(f"n:{fold(text)}", cls, text)


def is_organisation(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name is an organisation's: a known one, or it has a word that they have."""
    known = vocabulary.names.get(fold(name))
    if known is not None:
        return known.cls == "atlas:Vendor" or known.maker
    return " " in name and any(word in vocabulary.words["organisation"] for word in words(name))


def unlabelled(reading: Reading, start: int) -> str:
    """Return an item's text with blanks in place of the words of its links that only say what part they open."""
    text = reading.item.entry.passage.text
    for link in reading.item.entry.passage.links:
        if link.start >= start and label(text[link.start : link.end]) in reading.vocabulary.roles:
            text = text[: link.start] + " " * (link.end - link.start) + text[link.end :]
    return text
