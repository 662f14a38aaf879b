"""Answers written for programs: the four SPARQL 1.1 result formats, and RDF for CONSTRUCT and DESCRIBE.

Rows are written as they come, so that an answer may be longer than memory, and a writer can be stopped after any row.

JSON: https://www.w3.org/TR/sparql11-results-json/, XML: https://www.w3.org/TR/rdf-sparql-XMLres/,
CSV and TSV: https://www.w3.org/TR/sparql11-results-csv-tsv/
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple, TypeAlias
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

Term: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"
Row = Sequence["Term | None"]
"""One solution: a term for each variable, None where it is unbound. An `ox.QuerySolution` is one."""


class RowFormat(NamedTuple):
    """A way to write the answer of a SELECT or an ASK."""

    media_type: str
    rows: Callable[[Sequence[str], Iterable[Row]], Iterator[str]]
    """The text of an answer, piece by piece, from the names of its variables and its rows."""
    boolean: Callable[[bool], str]


class GraphFormat(NamedTuple):
    """A way to write the answer of a CONSTRUCT or a DESCRIBE."""

    media_type: str
    rdf: ox.RdfFormat


def variables(found: ox.QuerySolutions) -> tuple[str, ...]:
    """Return the names of an answer's variables, without question marks, in the order of its columns."""
    return tuple(variable.value for variable in found.variables)


def write_graph(
    found: Iterable[ox.Triple], kind: GraphFormat, out: BinaryIO, prefixes: Mapping[str, str] | None = None
) -> None:
    """Write the triples of a CONSTRUCT or DESCRIBE, each once, sorted; Turtle uses those of the prefixes that it needs."""
    triples = sorted(set(found), key=str)
    spaces = _needed(triples, prefixes or {}) if kind.rdf == ox.RdfFormat.TURTLE else {}
    ox.serialize(triples, out, kind.rdf, prefixes=spaces)


def _needed(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that the IRIs of some triples begin with.

    Left out is one under which an IRI ends in a dot: Oxigraph writes it as ``tool:x\\.``, which rdflib cannot read.
    """
    iris = {term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
    iris |= {t.object.datatype.value for t in triples if isinstance(t.object, ox.Literal)}
    needed = {}
    for prefix, space in sorted(prefixes.items()):
        within = [iri for iri in iris if iri.startswith(space)]
        if within and not any(iri.endswith(".") for iri in within):
            needed[prefix] = space
    return needed


# ---- JSON ------------------------------------------------------------------------------------------------------------


def _json_rows(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield f'{{"head":{{"vars":{_dumped(list(names))}}},"results":{{"bindings":['
    comma = "\n"
    for row in rows:
        yield comma + _dumped(
            {name: json_term(term) for name, term in zip(names, row, strict=True) if term is not None}
        )
        comma = ",\n"
    yield "\n]}}\n"


def json_term(term: Term) -> dict[str, Any]:
    """Return a term as the SPARQL JSON format has it; triple terms and directions are those of RDF 1.2."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: json_term(part) for name, part in parts.items()}}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
        if term.direction is not None:
            found["its:dir"] = term.direction.value
    elif term.datatype.value != _STRING:
        found["datatype"] = term.datatype.value
    return found


def _json_boolean(value: bool) -> str:
    return f'{{"head":{{}},"boolean":{_dumped(value)}}}\n'


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# ---- XML -------------------------------------------------------------------------------------------------------------

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml_rows(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    yield f"{_XML}\n<head>{head}</head>\n<results>\n"
    for row in rows:
        bound = (
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        yield f"<result>{''.join(bound)}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        inner = "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts.items())
        return f"<triple>{inner}</triple>"
    mark = ""
    if term.language:
        mark = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype.value != _STRING:
        mark = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{mark}>{_xml_text(term.value)}</literal>"


def _xml_text(text: str) -> str:
    """Return a text as XML's; the characters that XML 1.0 cannot hold become U+FFFD.

    >>> _xml_text("a<b\\x1b\\r")
    'a&lt;b\ufffd&#13;'
    """
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _xml_boolean(value: bool) -> str:
    return f"{_XML}\n<head/>\n<boolean>{_dumped(value)}</boolean>\n</sparql>\n"


# ---- CSV and TSV -----------------------------------------------------------------------------------------------------


def _csv_rows(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([plain(term) for term in row])
        yield _taken(line)
    yield _taken(line)


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


def plain(term: Term | None) -> str:
    """Return what a term says without saying what kind of term it is: an IRI's characters, a literal's text.

    >>> plain(ox.NamedNode("https://dvc.org/")), plain(ox.Literal(3)), plain(ox.BlankNode("b")), plain(None)
    ('https://dvc.org/', '3', '_:b', '')
    """
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _tsv_rows(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in rows:
        yield "\t".join("" if term is None else str(term) for term in row) + "\n"


def _plain_boolean(value: bool) -> str:
    return f"{_dumped(value)}\n"


_STRING = "http://www.w3.org/2001/XMLSchema#string"

ROW_FORMATS: Mapping[str, RowFormat] = {
    "csv": RowFormat("text/csv", _csv_rows, _plain_boolean),
    "tsv": RowFormat("text/tab-separated-values", _tsv_rows, _plain_boolean),
    "json": RowFormat("application/sparql-results+json", _json_rows, _json_boolean),
    "xml": RowFormat("application/sparql-results+xml", _xml_rows, _xml_boolean),
}
"""What SELECT and ASK are answered in, by the name that ``--format`` takes."""

GRAPH_FORMATS: Mapping[str, GraphFormat] = {
    "turtle": GraphFormat("text/turtle", ox.RdfFormat.TURTLE),
    "ntriples": GraphFormat("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "jsonld": GraphFormat("application/ld+json", ox.RdfFormat.JSON_LD),
}
"""What CONSTRUCT and DESCRIBE are answered in, by the name that ``--format`` takes."""
