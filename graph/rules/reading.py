"""What every rule works with: an item, the names in its text, and the words to state a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..headings import words
from ..mentions import Mention
from ..model import Claim, Evidence, Thing
from ..names import fold
from ..survey import Item, Survey
from ..vocabulary import Name, Vocabulary


class Reading(NamedTuple):
    """An item with the names that its text holds."""

    item: Item
    names: tuple[Mention, ...]
    """In the passage's text, or in the item's name where that was made from the URL."""
    vocabulary: Vocabulary
    survey: Survey

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
        return named(mention.name, spelling)._replace(known=fold(mention.name.label) in self.vocabulary.names)

    def maker(self, name: str) -> Thing:
        """Return the organisation of a name; one that bears the name of a tool that a list defines is another thing."""
        defined = self.survey.names.names.get(fold(name))
        if fold(name) not in self.vocabulary.names and defined is not None and defined.cls == "atlas:Tool":
            return Thing(f"v:{fold(name)}", "atlas:Vendor", defined.label)
        return coined(name, "atlas:Vendor", self.vocabulary)

    @property
    def kinds(self) -> frozenset[str]:
        """What the list lists, in the singular: the plurals in the headings above."""
        said = {word for heading in self.item.headings for word in words(heading.section.passage.text)}
        return frozenset(word[:-1] for word in said if word.endswith("s")) - self.vocabulary.words["of languages"]

    def title_names(self) -> Iterator[Mention]:
        """Yield the names in the item's title."""
        span = self.item.title.span
        for mention in self.names:
            if span is None or (span.start <= mention.start and mention.end <= span.end):
                yield mention

    def body_names(self) -> Iterator[Mention]:
        """Yield the names in the item's description."""
        if self.item.title.span is not None:
            yield from (mention for mention in self.names if mention.start >= self.item.body)


Rule = Callable[[Reading], Iterator[Claim]]


def named(name: Name, spelling: str = "") -> Thing:
    """Return the thing that a known name stands for."""
    other = spelling if spelling and spelling != name.label else ""
    return Thing(f"n:{fold(name.label)}", name.cls, name.label, other, known=True)


def coined(text: str, cls: str, vocabulary: Vocabulary) -> Thing:
    """Return the thing of a name that only the text at hand gives; a known one where the lexicon knows the spelling.

    An organisation that bears its product's name (GitLab, MongoDB) is another thing than the product.
    """
    known = vocabulary.names.get(fold(text))
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
