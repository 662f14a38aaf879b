"""From request to query: the SPARQL 1.1 Protocol and HTTP's content negotiation, without a server."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkatlas.serve.negotiate import best
from linkatlas.serve.protocol import DIRECT, FORM, METHODS, Dataset, Query, operation
from linkatlas.serve.refusal import Refusal

ASK = "ASK {}"
A, B, C = ("http://example.org/a", "http://example.org/b", "http://example.org/é")
TEXT = st.text(st.characters(codec="utf-8"))


def encoded(*pairs: tuple[str, str]) -> bytes:
    return urlencode(pairs).encode()


def refused(method: str, address: bytes = b"", content_type: str = "", body: bytes = b"") -> Refusal:
    with pytest.raises(Refusal) as caught:
        operation(method, address, content_type, body)
    return caught.value


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_query_in_the_address(method: str) -> None:
    assert operation(method, encoded(("query", ASK)), "", b"") == Query(ASK)


@pytest.mark.parametrize("content_type", [FORM, f"{FORM};charset=utf-8", "Application/X-WWW-Form-urlencoded"])
def test_a_query_as_a_form(content_type: str) -> None:
    assert operation("POST", b"", content_type, encoded(("query", ASK))) == Query(ASK)


@pytest.mark.parametrize("content_type", [DIRECT, f'{DIRECT}; charset="UTF-8"', f"{DIRECT};x=y"])
def test_a_query_as_the_body(content_type: str) -> None:
    assert operation("POST", b"", content_type, ASK.encode()) == Query(ASK)


@given(TEXT, st.lists(st.sampled_from([A, B, C])), st.lists(st.sampled_from([A, B, C])))
def test_the_three_ways_ask_the_same(text: str, default: list[str], named: list[str]) -> None:
    graphs = [("default-graph-uri", graph) for graph in default] + [("named-graph-uri", graph) for graph in named]
    form = encoded(("query", text), *graphs)
    dataset = Dataset(tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named))) if graphs else None
    wanted = Query(text, dataset)
    assert operation("GET", form, "", b"") == wanted
    assert operation("POST", b"", FORM, form) == wanted
    assert operation("POST", encoded(*graphs), DIRECT, text.encode()) == wanted


def test_other_parameters_are_left_alone() -> None:
    assert operation("GET", encoded(("query", ASK), ("format", "json"), ("format", "xml")), "", b"") == Query(ASK)
    assert operation("POST", b"key=1", FORM, encoded(("query", ASK), ("output", "json"))) == Query(ASK)


def test_without_a_query_the_description_is_asked_for() -> None:
    assert operation("GET", b"", "", b"") is None
    assert operation("HEAD", b"format=turtle", "", b"") is None


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_other_methods_are_refused_and_told_which_there_are(method: str) -> None:
    refusal = refused(method, encoded(("query", ASK)))
    assert refusal.status == 405
    assert refusal.headers == {"Allow": ", ".join(METHODS)}


def test_a_request_has_one_query() -> None:
    assert refused("GET", encoded(("query", ASK), ("query", ASK))).status == 400
    assert refused("POST", b"", FORM, encoded(("query", ASK), ("query", ASK))).status == 400
    assert refused("GET", encoded(("default-graph-uri", A))).status == 400
    assert refused("POST", b"", FORM, b"").status == 400


def test_a_request_has_one_place_for_its_parameters() -> None:
    assert refused("POST", encoded(("query", ASK)), FORM, encoded(("query", ASK))).status == 400
    assert refused("POST", encoded(("default-graph-uri", A)), FORM, encoded(("query", ASK))).status == 400
    assert refused("POST", encoded(("query", ASK)), DIRECT, ASK.encode()).status == 400


@pytest.mark.parametrize("content_type", ["", "text/plain", "multipart/form-data; boundary=x", "sparql"])
def test_another_media_type_is_refused(content_type: str) -> None:
    refusal = refused("POST", b"", content_type, encoded(("query", ASK)))
    assert refusal.status == 415
    assert DIRECT in str(refusal)


@pytest.mark.parametrize("charset", ["UTF-16", "iso-8859-1"])
def test_another_charset_is_refused(charset: str) -> None:
    assert refused("POST", b"", f"{DIRECT}; charset={charset}", ASK.encode(charset)).status == 415


@pytest.mark.parametrize("broken", [b"ASK {} # \xff", b"ASK {} # \xed\xa0\x80", "ASK {}".encode("utf-16")])
def test_what_is_not_utf_8_is_refused(broken: bytes) -> None:
    assert refused("POST", b"", DIRECT, broken).status == 400
    assert refused("POST", b"", FORM, b"query=" + b"".join(b"%%%02x" % byte for byte in broken)).status == 400
    assert refused("POST", b"", FORM, b"query=" + broken).status == 400


@pytest.mark.parametrize("name", ["update", "using-graph-uri", "using-named-graph-uri"])
def test_updates_are_refused_in_every_form(name: str) -> None:
    pair = (name, "CLEAR ALL" if name == "update" else A)
    for refusal in (
        refused("GET", encoded(pair)),
        refused("GET", encoded(("query", ASK), pair)),
        refused("POST", b"", FORM, encoded(pair)),
        refused("POST", encoded(pair), DIRECT, ASK.encode()),
        refused("POST", b"", "application/sparql-update", b"CLEAR ALL"),
    ):
        assert refusal.status == 403
        assert "read-only" in str(refusal)


@pytest.mark.parametrize("graph", ["", "a", "/a", "http://example.org/a b", "http://example.org/<a>", "1:a"])
def test_a_graph_has_an_absolute_iri(graph: str) -> None:
    assert refused("GET", encoded(("query", ASK), ("default-graph-uri", graph))).status == 400
    assert refused("GET", encoded(("query", ASK), ("named-graph-uri", graph))).status == 400


def test_no_request_has_endless_parameters() -> None:
    assert refused("POST", b"", FORM, b"a=1&" * 2000 + b"query=ASK").status == 400


@given(st.sampled_from(["GET", "POST"]), st.binary(), st.sampled_from(["", FORM, DIRECT, ";;;=", DIRECT + ";charset"]))
def test_any_request_is_a_query_or_refused(method: str, noise: bytes, content_type: str) -> None:
    try:
        operation(method, b"query=" + noise.hex().encode(), content_type, noise)
    except Refusal as refusal:
        assert 400 <= refusal.status < 500 and str(refusal)


JSON, XML, CSV = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        (XML, XML),
        ("Text/CSV", CSV),
        ("text/*", CSV),
        ("application/*;q=0.2, text/csv;q=0.1", JSON),
        (f"{JSON};q=0.5, {XML};q=0.9, */*;q=0.1", XML),
        (f"*/*, {JSON};q=0", XML),
        (f"{JSON};q=0, {XML};q=0, text/*;q=0.001", CSV),
        (f"{XML};charset=utf-8;q=0.7, {JSON};q=0.6", XML),
        ("image/png", None),
        ("*/*;q=0", None),
        (f"{JSON};q=much", None),
        (f"{JSON};q=nan", None),
        ("nonsense", None),
        (" ,", None),
    ],
)
def test_what_is_wished_for_most_is_chosen(accept: str, chosen: str | None) -> None:
    assert best(accept, [JSON, XML, CSV]) == chosen


@given(st.text())
def test_any_header_chooses_one_of_what_there_is_or_nothing(accept: str) -> None:
    assert best(accept, [JSON, XML]) in (JSON, XML, None)
