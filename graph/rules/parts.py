"""Names that extend another tool's: the parts of a whole, or what is made for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..headings import ENTITY
from ..items import Item
from ..model import Claim
from ..names import fold
from ..urls import owner_label, split
from ..vocabulary import Name, Vocabulary
from .clauses import title_evidence
from .cues import LONGER, find_cue
from .reading import Reading, named

_SURE = 0.95
"""How sure a cue is that says in so many words what a thing is made for."""
_MOST_WORDS = 4
"""How many words the name of a whole has at the most."""
_IS = re.compile(r" is (?:an?|the)\b")
_VERSION = re.compile(r"v?\d[\w.]*|[A-Z][a-z]{2}-\d+|\d+x\d+\w*")


def named_after(reading: Reading) -> Iterator[Claim]:
    """A name that extends another tool's is part of it: Kubeflow Pipelines, under the heading Kubeflow, is part of Kubeflow.

    The whole must be near: the heading above, or an entry whose URL has the same owner, or the owner itself (symfony/workflow).
    A connector, a client, a plugin is no part of what it connects to.
    """
    item, vocabulary = reading.item, reading.vocabulary
    makers = reading.survey.makers.get(item.thing.key[2:], frozenset())
    above = {fold(heading.name) for heading in item.headings if heading.role == ENTITY}
    seen = set()
    texts = (item.entry.passage.text, reading.names), (item.title.name, reading.called)
    for mention, spelling in ((name, text[name.start : name.end]) for text, names in texts for name in names):
        short = item.title.spelling  # "Brambledb Studio - Views of data"
        *first, last = (short if short and spelling.startswith(f"{short} ") else spelling).split()
        if not 0 < len(first) <= _MOST_WORDS or "/" in first:
            continue  # a title that is a sentence; two names in one cell
        base = fold(" ".join(first))
        whole = vocabulary.names.get(base) or reading.survey.names.get(base, item.source)
        edition = last.startswith("(") or _is_edition(last.strip("()"), vocabulary)
        if whole is None or edition or mention.name.label in seen or _names_a_kind(last, vocabulary):
            continue
        if whole.label == mention.name.label or not whole.cls == mention.name.cls == "atlas:Tool":
            continue
        if mention.name.label in vocabulary.words["no part"]:
            continue
        if whole.ordinary and whole.label.lower() in vocabulary.brands and not _is_told_of(whole, reading):
            continue  # an Eclipse Che has its maker's name, and is no part of the editor
        own = fold(mention.name.label) == item.folded
        if own and _opens_with(whole, reading):
            continue  # "Bramble is a database", of a Bramble Data
        owner = own and not whole.maker and _house(item, vocabulary) in (base, fold(whole.label))
        beside = own and bool(makers & reading.survey.makers.get(base, frozenset())) and not _is_of(last, item)
        listed = fold(whole.label) in reading.survey.listed
        owner = owner or (own and _lies_in(item.entry.url, whole, vocabulary))
        near = owner or (listed and (beside if own else fold(whole.label) in above))
        if near and (owner or not _is_made_for(whole, reading)):
            seen.add(mention.name.label)
            evidence = title_evidence(reading, "name extends name", 0.85, mention.start, mention.end)
            yield Claim(reading.thing(mention, ""), "atlas:partOf", named(whole), evidence)


def _is_of(last: str, item: Item) -> bool:
    """Whether an item's domain is called as its name ends, or as all of it: bramble.finch.example has Finch's "Bramble Finch"."""
    host = split(item.entry.url).host
    return fold(owner_label(host)) == fold(last) or fold(host) == item.folded


def _opens_with(whole: Name, reading: Reading) -> bool:
    """Whether a description begins with what its name begins with, and says what that is: it is the thing itself."""
    text, body = reading.item.entry.passage.text, reading.item.body
    return any(
        mention.name.label == whole.label
        and not text[body : mention.start].strip(" -–—:*")
        and _IS.match(text, mention.end)
        for mention in reading.body_names()
    )


def _is_told_of(whole: Name, reading: Reading) -> bool:
    """Whether a description names a whole by itself, and not as the beginning of a longer name."""
    text = reading.item.entry.passage.text
    return any(
        mention.name.label == whole.label and not LONGER.match(text, mention.end) for mention in reading.body_names()
    )


def _is_made_for(whole: Name, reading: Reading) -> bool:
    """Whether a description says in so many words that an item is made for what its name begins with: a plugin for Bramble."""
    text, item = reading.item.entry.passage.text, reading.item
    cues = (
        find_cue(text, mention, item.body, item.thing.cls, reading.vocabulary)
        for mention in reading.body_names()
        if mention.name.label == whole.label
    )
    return any(
        found is not None
        and found.direct
        and found.cue.property == "atlas:integratesWith"
        and found.cue.confidence >= _SURE
        for found in cues
    )


def _is_edition(last: str, vocabulary: Vocabulary) -> bool:
    """Whether the last word of a name makes it an edition of what the rest names, or a thing for it in another's language."""
    known = vocabulary.names.get(fold(last))
    other = known is not None and known.cls in ("atlas:Tool", "atlas:Language") and not known.ordinary
    words = vocabulary.words
    return other or last.lower() in words["name endings"] | words["editions"] or _VERSION.fullmatch(last) is not None


def _house(item: Item, vocabulary: Vocabulary) -> str:
    """Return whose account, or whose site, an item's page lies in, folded; nothing for a home page, which lies in its own."""
    site = split(item.entry.url)
    if vocabulary.keeps_code(site.host):
        return fold(site.path[0]) if site.path else ""
    return fold(owner_label(site.host)) if site.path or site.host.count(".") > 1 else ""


def _lies_in(url: str, whole: Name, vocabulary: Vocabulary) -> bool:
    """Whether a URL leads into a tool's own repository: apache/kafka is that of Apache Kafka."""
    site = split(url)
    if len(site.path) < 2 or not vocabulary.keeps_code(site.host):
        return False
    account, repository = site.path[:2]
    return vocabulary.names.get(fold(repository)) is whole and whole.label.lower().startswith(f"{account.lower()} ")


def _names_a_kind(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word behind a tool's name makes it another kind of thing: a plugin for it, a conference on it."""
    return word.lower() in vocabulary.after or word.lower() in vocabulary.hints["inTitle"]
