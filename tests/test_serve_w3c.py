"""The W3C's SPARQL 1.1 Protocol tests for queries, written anew from the specification, against a running server.

Each test has the name that it has there. Updates are another operation, which a query service need not have; here they are
refused, whatever their form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from serving import DIRECT, FORM, Reply, Served, serving

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
ONE, TWO, THREE = (DATA.format(number) for number in (1, 2, 3))
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
ASK = "ASK {}"

BOTH_IN_DEFAULT = f"ASK {{ <{ONE}> ?p ?o . <{TWO}> ?p ?o }}"
BOTH_NAMED = f"ASK {{ GRAPH ?a {{ <{ONE}> a <{DOCUMENT}> }} GRAPH ?b {{ <{TWO}> a <{DOCUMENT}> }} FILTER(?a != ?b) }}"
FULL = f"ASK {{ <{THREE}> a <{DOCUMENT}> . GRAPH ?a {{ <{ONE}> a <{DOCUMENT}> }} GRAPH ?b {{ <{TWO}> ?p ?o }} }}"

DEFAULT_GRAPHS = (("default-graph-uri", ONE), ("default-graph-uri", TWO))
NAMED_GRAPHS = (("named-graph-uri", ONE), ("named-graph-uri", TWO))

SELECT_TYPES = {
    "application/sparql-results+xml",
    "application/sparql-results+json",
    "text/tab-separated-values",
    "text/csv",
}
GRAPH_TYPES = {"application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of three graphs, each of which says that the document of its own name is one."""
    file = tmp_path_factory.mktemp("data") / "data.nq"
    lines = (
        f"<{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{DOCUMENT}> <{name}> .\n"
        f"<http://example.org/same> <http://example.org/in> <http://example.org/all> <{name}> .\n"
        for name in (ONE, TWO, THREE)
    )
    file.write_text("".join(lines), encoding="utf-8")
    with serving(file) as served:
        yield served


def truth(reply: Reply) -> bool:
    """The boolean of an answer, in whichever format it came."""
    assert reply.status == 200, reply.text
    if reply.media_type.endswith("json"):
        return json.loads(reply.body)["boolean"] is True
    found = ElementTree.fromstring(reply.body).find("{http://www.w3.org/2005/sparql-results#}boolean")  # noqa: S314
    assert found is not None
    return found.text == "true"


def test_bad_query_method(server: Served) -> None:
    reply = server.send("PUT", "/sparql?query=ASK%20%7B%7D")
    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_bad_multiple_queries(server: Served) -> None:
    assert server.ask(ASK, ("query", "SELECT * {}")).status == 400
    assert server.form(("query", ASK), ("query", "SELECT * {}")).status == 400


def test_bad_query_wrong_media_type(server: Served) -> None:
    assert server.post(b"query=ASK%20%7B%7D", "text/plain").status == 415


def test_bad_query_missing_form_type(server: Served) -> None:
    assert server.post(b"query=ASK%20%7B%7D", "").status == 415


def test_bad_query_missing_direct_type(server: Served) -> None:
    assert server.post(ASK.encode(), "").status == 415


def test_bad_query_non_utf8(server: Served) -> None:
    assert server.post(ASK.encode("utf-16"), f"{DIRECT}; charset=UTF-16").status == 415
    assert server.post(ASK.encode("utf-16")).status == 400


def test_bad_query_syntax(server: Served) -> None:
    for reply in (server.ask("ASK {"), server.form(("query", "ASK {")), server.post(b"ASK {"), server.ask("")):
        assert reply.status == 400
        assert reply.text


def test_query_get(server: Served) -> None:
    assert truth(server.ask(ASK))


def test_query_post_form(server: Served) -> None:
    assert truth(server.form(("query", ASK)))


def test_query_post_direct(server: Served) -> None:
    assert truth(server.post(ASK.encode()))
    assert truth(server.post("ASK { FILTER('é' = '\\u00e9') }".encode(), f"{DIRECT}; charset=utf-8"))


def test_query_dataset_default_graph(server: Served) -> None:
    query = f"ASK {{ <{ONE}> a <{DOCUMENT}> }}"
    assert truth(server.ask(query, ("default-graph-uri", ONE)))
    assert not truth(server.ask(query, ("default-graph-uri", TWO)))


def test_query_dataset_default_graphs_get(server: Served) -> None:
    assert truth(server.ask(BOTH_IN_DEFAULT, *DEFAULT_GRAPHS))
    assert not truth(server.ask(BOTH_IN_DEFAULT, DEFAULT_GRAPHS[0]))


def test_query_dataset_default_graphs_post(server: Served) -> None:
    assert truth(server.form(("query", BOTH_IN_DEFAULT), *DEFAULT_GRAPHS))
    assert truth(server.post(BOTH_IN_DEFAULT.encode(), DIRECT, *DEFAULT_GRAPHS))
    assert not truth(server.post(BOTH_IN_DEFAULT.encode(), DIRECT, DEFAULT_GRAPHS[1]))


def test_query_dataset_named_graphs_get(server: Served) -> None:
    assert truth(server.ask(BOTH_NAMED, *NAMED_GRAPHS))
    assert not truth(server.ask(BOTH_NAMED, NAMED_GRAPHS[0]))


def test_query_dataset_named_graphs_post(server: Served) -> None:
    assert truth(server.form(("query", BOTH_NAMED), *NAMED_GRAPHS))
    assert truth(server.post(BOTH_NAMED.encode(), DIRECT, *NAMED_GRAPHS))
    assert not truth(server.form(("query", BOTH_NAMED), NAMED_GRAPHS[1]))


def test_query_dataset_full(server: Served) -> None:
    dataset = (("default-graph-uri", THREE), *NAMED_GRAPHS)
    assert truth(server.ask(FULL, *dataset))
    assert truth(server.form(("query", FULL), *dataset))
    assert truth(server.post(FULL.encode(), DIRECT, *dataset))
    assert not truth(server.ask(FULL, *NAMED_GRAPHS))  # then the default graph is empty
    assert not truth(server.ask(FULL, ("default-graph-uri", THREE)))  # then no graph is named


def test_query_multiple_dataset(server: Served) -> None:
    """The dataset of the request replaces the one of the query (2.1.4)."""
    query = f"ASK FROM <{ONE}> {{ <{ONE}> ?p ?o }}"
    assert truth(server.ask(query))
    assert not truth(server.ask(query, ("default-graph-uri", TWO)))
    assert not truth(server.ask(query, ("named-graph-uri", ONE)))
    assert truth(server.ask(f"ASK FROM <{TWO}> {{ GRAPH ?g {{ <{ONE}> ?p ?o }} }}", ("named-graph-uri", ONE)))


@pytest.mark.parametrize(
    ("query", "types"),
    [
        pytest.param("SELECT (1 AS ?value) {}", SELECT_TYPES, id="query_content_type_select"),
        pytest.param(ASK, SELECT_TYPES, id="query_content_type_ask"),
        pytest.param("DESCRIBE <http://example.org/same>", GRAPH_TYPES, id="query_content_type_describe"),
        pytest.param("CONSTRUCT { <s> <p> 1 } WHERE {}", GRAPH_TYPES, id="query_content_type_construct"),
    ],
)
def test_query_content_type(server: Served, query: str, types: set[str]) -> None:
    assert server.ask(query).media_type in types
    for media_type in types:
        reply = server.ask(query, accept=f"{media_type}, */*;q=0.1")
        assert (reply.status, reply.media_type) == (200, media_type)
        assert reply.headers["vary"] == "Accept"
    refused = server.ask(query, accept="image/png")
    assert refused.status == 406
    assert all(media_type in refused.text for media_type in types)


@pytest.mark.parametrize("pair", [("update", "CLEAR ALL"), ("using-graph-uri", ONE)])
def test_updates_are_refused(server: Served, pair: tuple[str, str]) -> None:
    for reply in (
        server.get(f"/sparql?update=CLEAR%20ALL&{pair[0]}=x"),
        server.form(pair),
        server.form(("query", ASK), pair),
        server.post(b"CLEAR ALL", "application/sparql-update"),
        server.post(ASK.encode(), DIRECT, pair),
    ):
        assert reply.status == 403
    assert server.ask("CLEAR ALL").status == 400
    assert server.ask("INSERT DATA { <a> <b> <c> }").status == 400
    assert truth(server.ask(BOTH_IN_DEFAULT))


# What the tests of the W3C leave open


def test_without_a_dataset_the_union_is_asked_and_counts_each_triple_once(server: Served) -> None:
    def count(*pairs: tuple[str, str], clause: str = "") -> str:
        return server.ask(f"SELECT (COUNT(*) AS ?n) {clause} {{ ?s ?p ?o }}", *pairs, accept="text/csv").text.split()[1]

    assert count() == "4"
    assert count(*DEFAULT_GRAPHS) == "3"
    assert count(*DEFAULT_GRAPHS, ("default-graph-uri", "http://example.org/unknown")) == "3"
    assert count(clause=f"FROM <{ONE}>") == "2"
    assert count(clause=f"FROM <{ONE}> FROM <{TWO}> FROM NAMED <{THREE}>") == "3"
    assert count(clause=f"FROM NAMED <{ONE}>") == "0"
    assert count(("default-graph-uri", "http://example.org/unknown")) == "0"


def test_the_merge_of_a_request_is_gone_after_it(server: Served) -> None:
    query = "SELECT ?g { GRAPH ?g {} }"
    for _ in range(4):
        assert server.ask(BOTH_IN_DEFAULT, *DEFAULT_GRAPHS).status == 200
        assert sorted(server.ask(query, accept="text/csv").text.split()[1:]) == [ONE, TWO, THREE]


def test_relative_iris_are_resolved_at_the_endpoint(server: Served) -> None:
    reply = server.ask("SELECT ?x { BIND(<#a> AS ?x) }", accept="text/csv")
    assert reply.text.split() == ["x", f"{server.url}/sparql#a"]


def test_head_says_what_get_would(server: Served) -> None:
    path = "/sparql?query=ASK%20%7B%7D"
    got, head = server.get(path), server.send("HEAD", path)
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
    assert server.send("HEAD", "/sparql?query=ASK").status == 400


def test_options_names_the_methods(server: Served) -> None:
    reply = server.send("OPTIONS", "/sparql")
    assert (reply.status, reply.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")


@pytest.mark.parametrize("media_type", sorted(GRAPH_TYPES))
def test_the_endpoint_describes_itself(server: Served, media_type: str) -> None:
    reply = server.get("/sparql", media_type)
    assert (reply.status, reply.media_type) == (200, media_type)
    store = ox.Store()
    rdf_format = ox.RdfFormat.from_media_type(media_type)
    assert rdf_format is not None
    store.load(reply.body, rdf_format)
    asked = f"""
        PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        ASK {{ ?service a sd:Service ; sd:endpoint <{server.url}/sparql> ; sd:supportedLanguage sd:SPARQL11Query ;
            sd:feature sd:UnionDefaultGraph ; sd:defaultDataset/sd:namedGraph/sd:name <{TWO}> }}"""
    assert store.query(asked)


def test_a_form_may_be_as_browsers_send_it(server: Served) -> None:
    reply = server.send("POST", "/sparql", b"query=ASK+%7B%7D&submit=", {"Content-Type": f"{FORM};charset=UTF-8"})
    assert truth(reply)
