"""``graph.ttl``: the plain facts as Turtle, clean enough to read and to import anywhere.

A reader finds first what the file is (VoID, DCAT and PROV-O, without any clock), then the nodes by class: topics,
tools, vendors, people and then every kind of resource. What is known of a node stands in one place, each fact once,
however many lines of however many lists say it. Which facts are inferred, and why any is there, is in ``evidence.ttl``.

What the facts are is `linkatlas.store.terms`'s to say, and how a literal is escaped is Oxigraph's. The layout is our
own: Oxigraph writes an IRI that ends in a dot as ``schema:Thing\\.``, which is right but which rdflib cannot read, and
rdflib's writer takes minutes for a graph of 500,000 facts.

Turtle: https://www.w3.org/TR/turtle/
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

import pyoxigraph as ox

from ..namespaces import ATLAS, NODE_KINDS, PREFIXES, expand
from ..store import TYPE, Terms, terms
from . import utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..model import Build, Graph
    from ..vocabulary import Vocabulary

Object: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"

READING_ORDER = ("atlas:Topic", "atlas:Tool", "atlas:Language", "atlas:Vendor", "atlas:Person")
"""The classes that a reader meets first; the others follow by name."""

_HOME = "https://w3id.org/linkatlas"
_LINE = 120
# The part of Turtle's PN_LOCAL that needs no escape and that every parser tried reads alike.
_LETTER = r"A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff"
_LOCAL = re.compile(rf"[{_LETTER}](?:[{_LETTER}.-]*[{_LETTER}-])?")
_BARE = {expand("xsd:integer"): re.compile("[0-9]+"), expand("xsd:decimal"): re.compile(r"[0-9]+\.[0-9]+")}
_STRING = expand("xsd:string")
_UNSAYABLE = re.compile("[\0\ufffe\uffff]")


def write(build: Build, vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write the facts of a build, read and inferred, each once, under a description of the dataset."""
    graph = build.graph
    spaces = prefixes(graph, vocabulary)
    short = shortener(spaces)
    sections: dict[str, list[str]] = {}
    total = 0
    for here, found in groupby(terms(graph, vocabulary), key=itemgetter(0)):
        facts = said(found, short)
        total += len(facts)
        cls = next((value for predicate, value in facts if predicate == "a"), "")
        sections.setdefault(cls, []).append(block(short(here.value), facts))
    with utf8(out) as text:
        text.write("# What the lists say: the facts, each once. Why each of them is here is in evidence.ttl.\n\n")
        text.write(header(spaces))
        text.writelines(blocks([*_dataset(graph, total), *lists(graph)], short))
        for cls in sorted(sections, key=_rank):
            text.write(f"\n# ---- {_title(cls, vocabulary)}: {len(sections[cls]):,}\n")
            text.writelines(sections[cls])


def prefixes(graph: Graph, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the namespaces of a graph's terms and nodes by prefix, sorted."""
    used = {"atlas", "dcat", "dcterms", "prov", "rdf", "rdfs", "schema", "skos", "void", "xsd"}
    used |= {name.partition(":")[0] for name in (*vocabulary.classes, *vocabulary.properties)}
    minted = {kind: f"{graph.base_iri}{kind}/" for kind in NODE_KINDS}
    return dict(sorted(({prefix: PREFIXES[prefix] for prefix in used} | minted).items()))


def header(spaces: dict[str, str]) -> str:
    """Return the declarations of prefixes.

    >>> header({"tool": "https://example.org/tool/"})
    '@prefix tool: <https://example.org/tool/> .\\n'
    """
    return "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in spaces.items())


def shortener(spaces: dict[str, str]) -> Callable[[str], str]:
    """Return the function that writes an IRI in Turtle: as a prefixed name where that needs no escapes.

    >>> short = shortener({"tool": "https://example.org/tool/"})
    >>> short("https://example.org/tool/node.js"), short("https://example.org/tool/a.")
    ('tool:node.js', '<https://example.org/tool/a.>')
    """
    prefix_of = {space: prefix for prefix, space in spaces.items()}

    @cache
    def short(iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = prefix_of.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL.fullmatch(iri, cut) else f"<{iri}>"

    return short


def term(value: Object, short: Callable[[str], str]) -> str:
    """Return an IRI or a literal as Turtle; a number that is written as one stands without quotes.

    >>> short = shortener({"xsd": PREFIXES["xsd"]})
    >>> [term(ox.Literal(text, datatype=ox.NamedNode(expand("xsd:integer"))), short) for text in ("12", "twelve")]
    ['12', '"twelve"^^xsd:integer']
    """
    if isinstance(value, ox.NamedNode):
        return short(value.value)
    if not isinstance(value, ox.Literal) or value.language:
        return str(value)
    text, datatype = value.value, value.datatype.value
    if datatype == _STRING:
        return string(text)
    if datatype in _BARE and _BARE[datatype].fullmatch(text):
        return text
    return f"{string(text)}^^{short(datatype)}"


def string(text: str) -> str:
    """Return a text between quotes.

    >>> print(string('plain'), string('"quoted"'))
    "plain" "\\"quoted\\""
    """
    if text.isprintable() and '"' not in text and "\\" not in text:  # as most are, which need no escape in any syntax
        return f'"{text}"'
    return str(ox.Literal(text))


def say(text: str) -> str:
    """Return a text as every parser reads it: NUL, U+FFFE and U+FFFF become U+FFFD, lone surrogates a question mark.

    Turtle allows the first three as escapes. But rapper ends a text at a NUL, and a whole file at one of the others.

    >>> say("a\\0b")
    'a\ufffdb'
    """
    return text if text.isprintable() else _UNSAYABLE.sub("\ufffd", text.encode("utf-8", "replace").decode("utf-8"))


def sayable(value: Object) -> Object:
    """Return a literal as every parser reads it (see `say`), and anything else as it is."""
    if not isinstance(value, ox.Literal) or not _UNSAYABLE.search(value.value):
        return value
    return ox.Literal(say(value.value), datatype=value.datatype)


def said(facts: Iterable[Terms], short: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return predicates and objects in Turtle, each pair once."""
    pairs = (
        ("a" if predicate is TYPE or predicate == TYPE else short(predicate.value), term(sayable(value), short))
        for _, predicate, value in facts
    )
    return list(dict.fromkeys(pairs))


def block(subject: str, facts: Iterable[tuple[str, str]]) -> str:
    """Return the facts of one subject, grouped by predicate as they come, with an empty line before them.

    >>> block("tool:a", [("a", "atlas:Tool"), ("atlas:runsOn", "tool:b"), ("atlas:runsOn", "tool:c")])
    '\\ntool:a a atlas:Tool ;\\n    atlas:runsOn tool:b, tool:c .\\n'
    """
    lines = []
    for predicate, found in groupby(facts, key=itemgetter(0)):
        objects = [value for _, value in found]
        line = f"{predicate} {', '.join(objects)}"
        if len(objects) > 1 and len(line) > _LINE:
            line = f"{predicate}\n        " + ",\n        ".join(objects)
        lines.append(line)
    return f"\n{subject} " + " ;\n    ".join(lines) + " .\n"


def blocks(facts: Iterable[Terms], short: Callable[[str], str]) -> Iterator[str]:
    """Yield the facts of several subjects, a block for each run of one subject."""
    runs = groupby(facts, key=itemgetter(0))
    return (block(short(subject.value), said(found, short)) for subject, found in runs)


def dataset_iri(graph: Graph) -> str:
    """Return the IRI of a graph as a dataset: one for each set of lists that a graph can be read from."""
    read = "\n".join(sorted(source.iri for source in graph.sources))
    return f"{graph.base_iri}dataset/{blake2b(read.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


def lists(graph: Graph) -> Iterator[Terms]:
    """Yield what is known of each list that was read: its title, where it was read from, what it is written in."""
    for source in sorted(graph.sources, key=lambda source: source.iri):
        about = [
            ("dcterms:title", source.title),
            ("dcterms:identifier", source.source),
            ("dcterms:format", source.media_type),
        ]
        yield _fact(source.iri, "rdf:type", _iri("prov:Entity"))
        yield from (_fact(source.iri, predicate, _text(value)) for predicate, value in about if value)


def _dataset(graph: Graph, facts: int) -> list[Terms]:
    """Return the description of the dataset and of the run that made it; ``void:triples`` counts these lines too."""
    here = dataset_iri(graph)
    run = f"{here}#build"
    sources = sorted(source.iri for source in graph.sources)
    read = graph.lists
    title = read[0].title or read[0].source if len(read) == 1 else f"{len(read):,} lists"
    about = [
        _fact(here, "rdf:type", _iri("void:Dataset")),
        _fact(here, "rdf:type", _iri("dcat:Dataset")),
        _fact(here, "dcterms:title", _text(f"{title}, as a graph")),
        *(_fact(here, "dcterms:source", ox.NamedNode(source)) for source in sources),
        _fact(here, "prov:wasGeneratedBy", ox.NamedNode(run)),
        _fact(here, "void:uriSpace", _text(graph.base_iri)),
        _fact(here, "void:vocabulary", ox.NamedNode(ATLAS)),
        _fact(here, "void:entities", ox.Literal(len(graph.nodes))),
    ]
    made = [
        _fact(run, "rdf:type", _iri("prov:Activity")),
        *(_fact(run, "prov:used", ox.NamedNode(source)) for source in sources),
        _fact(run, "prov:wasAssociatedWith", ox.NamedNode(_HOME)),
        _fact(_HOME, "rdf:type", _iri("prov:SoftwareAgent")),
        _fact(_HOME, "rdfs:label", _text("linkatlas")),
    ]
    total = facts + len(about) + 1 + len(made) + sum(1 for _ in lists(graph))
    return [*about, _fact(here, "void:triples", ox.Literal(total)), *made]


def _title(cls: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.classes.get(cls)
    words = (known.plural or known.label if known else cls or "without a class").split()
    return " ".join(words).capitalize()


def _rank(cls: str) -> tuple[int, str]:
    return (READING_ORDER.index(cls) if cls in READING_ORDER else len(READING_ORDER), cls)


def _fact(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> Terms:
    return ox.NamedNode(subject), _iri(predicate), value


def _iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def _text(value: str) -> ox.Literal:
    return ox.Literal(say(value))
