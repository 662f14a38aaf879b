"""The query operation of the SPARQL 1.1 Protocol: from what came over HTTP to the query that is asked, or a refusal.

Section numbers are those of https://www.w3.org/TR/sparql11-protocol/. Everything here is pure: bytes and header values
in, a record out. What the specification leaves open is decided for the reader who errs: a request that could be meant in
two ways is refused with a sentence, never half obeyed.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl

from .refusal import Refusal

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
"""What the endpoint answers; RFC 9110 has HEAD wherever GET is."""

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"

PARAMETERS_AT_MOST = 1000
"""More pairs in one request are nobody's dataset."""

_OF_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
_OF_THE_PROTOCOL = ("query", "default-graph-uri", "named-graph-uri", *_OF_UPDATES)
# RFC 3986: a scheme, then what an IRI reference may hold. SPARQL forbids the same characters inside <>.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")

_Pairs = list[tuple[str, str]]


class Dataset(NamedTuple):
    """The IRIs of the graphs that a request names; together they replace what the query says (section 2.1.4)."""

    default: tuple[str, ...]
    named: tuple[str, ...]


class Query(NamedTuple):
    """A query operation; `dataset` is None where the request leaves the dataset to the query (section 2.1.4)."""

    text: str
    dataset: Dataset | None = None


def operation(method: str, query_string: bytes, content_type: str, body: bytes) -> Query | None:
    """Return the query that a request asks, or None where it asks for the service description.

    `content_type` is empty where the request has no such header. Raises `Refusal` for a request that is no query
    operation, with the status that section 2.1.6 and RFC 9110 have for it.

    >>> operation("GET", b"query=ASK%20%7B%7D&default-graph-uri=http%3A%2F%2Fexample.org%2Fa", "", b"")
    Query(text='ASK {}', dataset=Dataset(default=('http://example.org/a',), named=()))
    >>> operation("POST", b"", "application/sparql-query; charset=UTF-8", b"ASK {}")
    Query(text='ASK {}', dataset=None)
    """
    in_address = _pairs(query_string)
    if method in ("GET", "HEAD"):
        if not any(name in _OF_THE_PROTOCOL for name, _ in in_address):
            return None
        return _query(in_address)
    if method != "POST":
        raise Refusal(405, f"The method {method} is not allowed here.", {"Allow": ", ".join(METHODS)})
    media_type, charset = _media_type(content_type)
    if media_type == UPDATE:
        raise _read_only()
    if media_type not in (FORM, DIRECT):
        given = f"not as {media_type}" if media_type else "with a Content-Type"
        raise Refusal(415, f"A query is sent as {FORM} or {DIRECT}, {given}.", {"Accept-Post": f"{FORM}, {DIRECT}"})
    if charset != "utf-8":
        raise Refusal(415, f"A query is sent in UTF-8, not in {charset}.")
    if media_type == DIRECT:
        return _direct(in_address, body)
    if any(name in _OF_THE_PROTOCOL for name, _ in in_address):
        raise Refusal(400, "A query that is sent as a form has its parameters in the body, and none in the address.")
    return _query(_pairs(body))


def _query(pairs: _Pairs) -> Query:
    """Return the query of URL-encoded parameters (sections 2.1.1 and 2.1.2)."""
    _refuse_updates(pairs)
    texts = [value for name, value in pairs if name == "query"]
    if len(texts) != 1:
        raise Refusal(400, f"A request has one parameter 'query'; this one has {len(texts)}.")
    return Query(texts[0], _dataset(pairs))


def _direct(in_address: _Pairs, body: bytes) -> Query:
    """Return the query that is a body itself, its dataset in the address (section 2.1.3)."""
    _refuse_updates(in_address)
    if any(name == "query" for name, _ in in_address):
        raise Refusal(400, "This request has one query in its body and another in its address.")
    try:
        return Query(body.decode("utf-8"), _dataset(in_address))
    except UnicodeDecodeError as error:
        raise Refusal(400, f"The query is not UTF-8: byte {error.start + 1} is wrong.") from error


def _dataset(pairs: _Pairs) -> Dataset | None:
    default, named = (
        tuple(dict.fromkeys(value for name, value in pairs if name == wanted))
        for wanted in ("default-graph-uri", "named-graph-uri")
    )
    for graph in default + named:
        if not _ABSOLUTE.fullmatch(graph):
            raise Refusal(400, f"A graph is named by an absolute IRI; {graph[:200]!r} is none.")
    return Dataset(default, named) if default or named else None


def _pairs(encoded: bytes) -> _Pairs:
    """Return the names and values of URL-encoded text, in order."""
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=PARAMETERS_AT_MOST)
    except UnicodeDecodeError as error:
        raise Refusal(400, "The parameters are not percent-encoded UTF-8.") from error
    except ValueError as error:
        raise Refusal(400, f"A request has {PARAMETERS_AT_MOST} parameters at the most.") from error


def _media_type(header: str) -> tuple[str, str]:
    """Return a Content-Type's media type and charset, both in lower case; UTF-8 where no charset is named."""
    media_type, *parameters = (part.strip() for part in header.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.lower(), value.strip().strip('"').lower()
    return media_type.lower(), "utf-8"


def _refuse_updates(pairs: _Pairs) -> None:
    if any(name in _OF_UPDATES for name, _ in pairs):
        raise _read_only()


def _read_only() -> Refusal:
    return Refusal(403, "This endpoint is read-only: it takes queries, no updates.")
