"""The records that flow from stage to stage: immutable, plain and picklable.

``read`` makes a `Document`; ``parse`` turns it into `Section`, `Entry` and `Skip`; ``describe`` reads
`Statement`s out of entries, each with its `Evidence`; ``resolve`` gathers them into one `Graph`.

Terms (classes and properties) are prefixed names such as ``atlas:runsOn``; nodes of a `Graph` are full IRIs.
Lines are 1-based; offsets count characters from 0.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from sys import maxsize
from typing import NamedTuple

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


class Document(NamedTuple):
    """One list, decoded: what ``read`` gives and ``parse`` takes."""

    source: str
    """The list's path or URL as it was given to the build."""
    text: str
    media_type: str = "text/markdown"
    """What the text is written in, as an IANA media type."""
    url: str = ""
    """Where anyone can see the text, at this commit where it has one; ``<url>#L12`` is its twelfth line."""
    commit: str = ""
    """The git commit that the text was read from; empty outside git."""


class Link(NamedTuple):
    """A hyperlink (or a bare URL) inside a piece of visible text."""

    url: str
    """The target as written, repaired where its author slipped."""
    start: int
    end: int
    """Where the link's words stand in the visible text around it."""
    line: int


class Mark(NamedTuple):
    """A stretch of visible text that its author set apart, or the place of a picture."""

    tag: str
    """The HTML element: ``strong``, ``em``, ``code``, ``del``, ``img``; ``td`` and ``li`` where a cell or a nested item begins."""
    start: int
    end: int
    value: str = ""
    """A picture's address."""
    text: str = ""
    """A picture's alternative text."""


class Passage(NamedTuple):
    """Visible text, with the way back to the characters of the source that it was read from.

    >>> cut = Passage("Flyte by Lyft", (), (), "[Flyte](u) by *Lyft*", ((0, 1), (5, 10), (9, 15)), 7)
    >>> cut.quote(0, 13)
    'Flyte](u) by *Lyft'
    >>> cut.quote(9, 13)
    'Lyft'
    """

    text: str
    links: tuple[Link, ...]
    marks: tuple[Mark, ...]
    raw: str
    """The source characters, markup included."""
    runs: tuple[tuple[int, int], ...]
    """Pairs (offset in `text`, offset in `raw`): from each pair on, both advance together."""
    line: int
    """The line of the source on which `raw` begins."""

    def quote(self, start: int, end: int) -> str:
        """Return the exact source characters behind ``text[start:end]``, a character reference in full."""
        if start >= end:
            return ""
        stop = self.offset(end - 1) + 1
        reference = _REFERENCE.match(self.raw, stop - 1)
        return self.raw[self.offset(start) : reference.end() if reference is not None else stop]

    def line_at(self, position: int) -> int:
        """Return the line of the source on which the character ``text[position]`` stands."""
        return self.line + self.raw.count("\n", 0, self.offset(position))

    def offset(self, position: int) -> int:
        """Return where in `raw` the character ``text[position]`` stands."""
        at = bisect_right(self.runs, (position, maxsize)) - 1
        start, offset = self.runs[at] if at >= 0 else (0, 0)
        return min(offset + position - start, len(self.raw))


class Section(NamedTuple):
    """A heading: a real one, or bold text that stands where a heading would."""

    level: int
    """1 is the outermost; only the order of levels carries meaning."""
    passage: Passage
    path: tuple[int, ...] = ()
    """The keys of the headings around this one, outermost first."""
    number: int = 0
    """What tells the section from another one of the same line; 0 where its line does."""

    @property
    def line(self) -> int:
        """The line that the heading stands on."""
        return self.passage.line

    @property
    def key(self) -> int:
        """What paths call the section: its line, or a number that no line of the document has."""
        return self.number or self.line


TAG, ASIDE, MARK, QUALIFIER = "tag", "aside", "mark", "qualifier"
"""What a fact's field is called that has no name: one of the list's own tags, or what looks like one and stands there once;
what a legend explains; and what stands in brackets between a name and its description."""


class Fact(NamedTuple):
    """What stands beside an entry and says something of it: a column's cell, a key's value, a tag, a mark."""

    field: str
    """What the list calls it, in words: ``license``, ``repo url``; where it has no name: ``tag``, ``aside`` for what only
    looks like a tag, ``mark`` for what a legend explains."""
    value: str
    """Its text; for a mark, what the legend says that it means."""
    quote: str
    """The source characters of the field."""
    span: tuple[int, int] = (0, 0)
    """Where in the passage's text it stands apart from what is said of the entry; both 0 where it stands elsewhere."""


class Entry(NamedTuple):
    """One item of a list, as its author meant it: a name, a link and what is said of it."""

    passage: Passage
    title: tuple[int, int]
    """Where the entry's name stands in the passage's text."""
    body: int
    """Where its description begins in the passage's text; the text's length where there is none."""
    url: str
    """The link that the entry is about."""
    links: tuple[Link, ...]
    """The further links that belong to it, in reading order."""
    path: tuple[int, ...]
    """The keys of the headings above it, outermost first."""
    line: int
    facts: tuple[Fact, ...] = ()
    """What fields, tags and marks beside it state."""


class Skip(NamedTuple):
    """A link that became nothing, and the reason."""

    url: str
    line: int
    reason: str
    """One of `SKIP_REASONS`."""


SKIP_REASONS = {
    "image": "the link shows or opens a picture",
    "badge": "the link is a badge: a picture that states a figure",
    "anchor": "the link scrolls within its own page",
    "contents": "the link stands in a table of contents",
    "navigation": "the link stands in a menu, header, footer or side bar, in a line of nothing but links, or shares the list",
    "housekeeping": "the link stands in a section on contributing, licence or the like",
    "prose": "the link stands in running text around the entries",
    "heading": "the link stands in a heading",
    "scheme": "the link is neither http, https nor a relative path",
    "empty": "the link has no target, or no words",
    "broken": "the link stands behind a fault that ends what can be read of the list",
}
"""Every reason for which a link becomes nothing; ``report.json`` counts them."""


class Evidence(NamedTuple):
    """Why a statement is in the graph: where the list says it, in which words, read by which rule."""

    source: str
    """The list; empty for what was inferred, not read."""
    line: int
    """The line of the entry or heading that says it; 0 for what was inferred."""
    quote: str
    """The exact characters of the source that say it."""
    rule: str
    confidence: float
    """0 to 1: of the statements said with this confidence, this share is expected to be right."""
    premises: tuple[tuple[str, str, str], ...] = ()
    """Subject, predicate and object of each fact that it follows from, where it was inferred."""


class Place(NamedTuple):
    """A line of a list."""

    source: str
    line: int


class Thing(NamedTuple):
    """A node as one place of a list names it; ``resolve`` decides which things are one node."""

    key: str
    """A provisional identity: ``u:`` and a canonical URL, or ``n:`` and a folded name; ``v:`` for an organisation that
    bears its product's name, ``t:`` for a topic, ``e:`` for an event."""
    cls: str
    name: str
    spelling: str = ""
    """Another spelling that stands there; empty where it is the name itself."""
    urls: tuple[str, ...] = ()
    description: str = ""
    place: Place | None = None
    """The line of the entry that lists it; None where it is only named."""
    known: bool = False
    """Whether the lexicon gives the name, so that no list's spelling outvotes it."""


class Claim(NamedTuple):
    """One reading of one fact, before it is decided which things are one node."""

    subject: Thing
    predicate: str
    object: Thing | str
    """A thing, or a URL or a literal's text."""
    evidence: Evidence


class Statement(NamedTuple):
    """One reading of one fact.

    After ``resolve`` the subject is a node's IRI and the object a node's IRI, a URL or, for the few properties
    whose range is a literal (``dcterms:date``), the literal's text. The same fact read in three places is three statements.
    """

    subject: str
    predicate: str
    object: str
    evidence: Evidence


class Node(NamedTuple):
    """One thing: a tool, a vendor, a person, a topic or a resource."""

    iri: str
    cls: str
    """The most specific class: ``atlas:Tool``, ``atlas:Article``, ``atlas:Topic``, ..."""
    label: str
    aliases: tuple[str, ...] = ()
    """Every other spelling met, sorted."""
    urls: tuple[str, ...] = ()
    """Every URL of the thing as written (home page, repository, documentation, the resource itself), sorted."""
    description: str = ""
    """What the lists say of it, in their words: plain text; the longest where several do."""
    listed_at: tuple[Place, ...] = ()
    """Where it is an entry or a heading of a list, sorted; empty for what is only named."""
    lists: int = 0
    """How many lists list it or name it; 0 where nobody has counted."""
    further: tuple[str, ...] = ()
    """Other classes that it is of: a product that stands for its maker of the same name is a vendor too."""


class Kept(NamedTuple):
    """A link that became something, and what."""

    line: int
    url: str
    became: str
    """One of `FATES`."""
    node: str
    """The IRI of the node that the link belongs to; before ``resolve`` its thing's key."""


FATES = {
    "entry": "the link is what an entry is about",
    "part": "the link is a further one of an entry",
    "evidence": "the link is a further one of an entry, and a fact was read from it: its address or its words",
}
"""What becomes of a link that is not skipped."""


class Source(NamedTuple):
    """What became of one list that was read."""

    source: str
    iri: str
    """The list itself as a resource; ``<iri>#L12`` is its twelfth line."""
    title: str
    media_type: str
    characters: int
    entries: int
    links: int
    """All links met; each is an entry's, part of an entry, or one of the skips."""
    skips: tuple[Skip, ...] = ()
    kept: tuple[Kept, ...] = ()
    """The links that are not skipped, by line."""
    curated: bool = False
    """Whether it is a curator's file of corrections, and no list."""

    @property
    def parts(self) -> int:
        """The links that belong to an entry beside its own."""
        return self.links - self.entries - len(self.skips)


class Graph(NamedTuple):
    """The finished knowledge graph: what every exporter takes."""

    base_iri: str
    """Minted IRIs are ``<base_iri>tool/apache-airflow``, ``<base_iri>vendor/lyft``, ``topic/``, ``person/``, ``event/``."""
    nodes: tuple[Node, ...]
    """Sorted by IRI."""
    statements: tuple[Statement, ...]
    """Everything the lists say, sorted; a fact that several entries state is here several times."""
    inferred: tuple[Statement, ...] = ()
    """What follows by the rules of the ontology, sorted; never a fact that was also read."""
    sources: tuple[Source, ...] = ()

    @property
    def lists(self) -> tuple[Source, ...]:
        """The sources that are lists."""
        return tuple(source for source in self.sources if not source.curated)

    @property
    def told(self) -> list[Statement]:
        """Everything that was read or inferred, in one order."""
        return sorted((*self.statements, *self.inferred))  # two sorted runs, which sorting merges

    @property
    def facts(self) -> Iterator[tuple[tuple[str, str, str], Iterator[Statement]]]:
        """Each fact (subject, predicate, object) once, in order, with its readings."""
        return groupby(self.told, key=itemgetter(0, 1, 2))


class Finding(NamedTuple):
    """A node or statement that breaks a shape of the ontology."""

    node: str
    """The IRI of the focus node."""
    shape: str
    """The IRI of the shape."""
    severity: str
    """``Violation``, ``Warning`` or ``Info``."""
    message: str


class Build(NamedTuple):
    """What a build gives: the graph, and what in it breaks a shape."""

    graph: Graph
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    """Corrections that came to nothing, a sentence each."""
