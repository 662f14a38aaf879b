"""``evidence.ttl``: why each fact is in the graph, as Turtle.

Each reading of a fact is an ``rdf:Statement``: what was read, the line of the list that it was quoted from, the exact
words, the rule that read it and how far it is to be trusted. Reification is the form that every tool reads; RDF 1.2
triple terms are not. A fact that three entries state has three readings here and one triple in ``graph.ttl``.

A reading's IRI is made from what it says and where it was read, so that it stays the same from build to build. An
inferred fact has a rule and no line; it is derived from the readings of its premises, the surest of each.

The file is written as it goes: half a million readings take seconds and no memory of their own.

Reification: https://www.w3.org/TR/rdf-schema/#ch_reificationvocab, PROV-O: https://www.w3.org/TR/prov-o/
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from .. import store
from ..namespaces import expand
from . import utf8
from .turtle import blocks, dataset_iri, header, lists, prefixes, say, sayable, shortener, string, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..model import Build, Evidence, Graph, Statement
    from ..vocabulary import Vocabulary


def write(build: Build, vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write every reading of a build, and what follows by a rule, in the order of the facts."""
    graph = build.graph
    spaces = prefixes(graph, vocabulary) | {"reading": f"{graph.base_iri}reading/"}
    with utf8(out) as text:
        text.write("# Why the facts of graph.ttl are there: each time that a list says one, and in which words.\n\n")
        text.write(header(dict(sorted(spaces.items()))))
        text.writelines(blocks(lists(graph), shortener(spaces)))
        text.writelines(_readings(graph, vocabulary, shortener(spaces)))


def reading_name(statement: Statement, source: str) -> str:
    """Return the last part of a reading's IRI; `source` is the IRI of the list that says it, empty for what was inferred."""
    subject, predicate, value, said = statement
    key = f"{subject}\n{predicate}\n{value}\n{source}\n{said.line}\n{said.rule}\n{said.quote}"
    return blake2b(key.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _readings(graph: Graph, vocabulary: Vocabulary, short: Callable[[str], str]) -> Iterator[str]:
    """Yield each fact as a sentence, and then the block of each of its readings, each once."""
    places = {source.source: source.iri for source in graph.sources} | {"": ""}
    labels = {node.iri: node.label for node in graph.nodes}
    dataset = short(dataset_iri(graph))
    surest = _surest(graph, places)

    rule = cache(_string)

    @cache
    def name_of(predicate: str) -> str:
        return short(expand(predicate))

    @cache
    def object_of(predicate: str, value: str) -> str:
        """Return the object of a fact in the very term that ``graph.ttl`` has for it."""
        return term(sayable(store.value(predicate, value, vocabulary)), short)

    for (subject, predicate, value), found in graph.facts:
        # The same words on the same line, weighed twice, are one reading; the last one has the highest confidence.
        readings = {reading_name(statement, places[statement.evidence.source]): statement for statement in found}
        fact = (
            f"    rdf:subject {short(subject)} ;\n    rdf:predicate {name_of(predicate)} ;\n"
            f"    rdf:object {object_of(predicate, value)} ;\n"
        )
        yield f"\n# {_sentence(labels.get(subject, subject), predicate, labels.get(value, value), vocabulary)}\n"
        for name, statement in readings.items():
            said = statement.evidence
            if said.source:
                origin = _quoted(places[said.source], said)
            else:
                rests = sorted({f"reading:{surest[one]}" for one in said.premises if one in surest}) or [dataset]
                origin = f"prov:wasDerivedFrom {' , '.join(rests)}"
            yield (
                f"reading:{name} a rdf:Statement ;\n{fact}    {origin} ;\n"
                f"    atlas:rule {rule(said.rule)} ;\n    atlas:confidence {_decimal(said.confidence)} .\n"
            )


def _surest(graph: Graph, places: Mapping[str, str]) -> dict[tuple[str, str, str], str]:
    """Return the name of the surest reading of each fact that another follows from."""
    wanted = {premise for statement in graph.inferred for premise in statement.evidence.premises}
    found: dict[tuple[str, str, str], tuple[float, str]] = {}
    for statement in chain(graph.statements, graph.inferred):
        fact = statement[:3]
        if fact in wanted:
            said = statement.evidence
            here = said.confidence, reading_name(statement, places[said.source])
            found[fact] = max(found.get(fact, here), here)
    return {fact: reading for fact, (_, reading) in found.items()}


def _sentence(subject: str, predicate: str, value: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.properties.get(predicate)
    words = known.words if known is not None and known.words else predicate
    return " ".join(f"{subject} {words} {value}".split())  # a comment ends where its line does


def _quoted(source: str, said: Evidence) -> str:
    place = f"prov:wasQuotedFrom <{source}#L{said.line}>"
    return f"{place} ;\n    atlas:quote {_string(said.quote)} ;\n    atlas:line {said.line}"


def _string(text: str) -> str:
    return string(say(text))


@cache
def _decimal(number: float) -> str:
    """Return a number as an ``xsd:decimal``, which knows no exponent and needs a dot to be one in Turtle.

    >>> _decimal(0.95), _decimal(1), _decimal(1e-05)
    ('0.95', '1.0', '0.00001')
    """
    text = f"{number:.6f}".rstrip("0")
    return text + "0" if text.endswith(".") else text
