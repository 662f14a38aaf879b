"""Other programs talk to `linkatlas serve` as they would to any SPARQL endpoint."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.term import Literal, URIRef
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from linkatlas.output import write_all
from linkatlas.serve.limits import Limits
from linkatlas.vocabulary import load
from sample import BUILD, iri
from serving import Served, serving

KEDRO = iri("tool/kedro")
PREFIXES = """PREFIX atlas: <https://w3id.org/linkatlas/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
MAKERS = PREFIXES + "SELECT ?tool ?maker { ?tool atlas:developedBy ?maker } ORDER BY ?tool ?maker"
DESCRIBED = f"CONSTRUCT {{ <{KEDRO}> ?p ?o }} WHERE {{ <{KEDRO}> ?p ?o }}"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    write_all(folder, ["turtle"], BUILD, load())
    return folder


@pytest.fixture(scope="module")
def makers(build: Path) -> list[tuple[str, str]]:
    """Who made what, by the file itself."""
    rows = Graph().parse(build / "graph.ttl").query(MAKERS)
    found = [(str(row[0]), str(row[1])) for row in rows if isinstance(row, tuple)]
    assert found
    return found


@pytest.fixture(scope="module")
def endpoint(build: Path) -> Iterator[Served]:
    with serving(build) as served:
        yield served._replace(url=f"{served.url}/sparql")


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlstore_of_rdflib(endpoint: Served, makers: list[tuple[str, str]], method: str, form: str) -> None:
    graph = Graph(SPARQLStore(endpoint.url, returnFormat=form, method=method))
    rows = [(str(row[0]), str(row[1])) for row in graph.query(MAKERS) if isinstance(row, tuple)]
    if form == "tsv":  # rdflib leaves the brackets of IRIs where they are
        rows = [(tool.strip("<>"), maker.strip("<>")) for tool, maker in rows]
    assert rows == makers


def test_sparqlstore_of_rdflib_sees_triples_and_graphs(endpoint: Served, build: Path) -> None:
    graph = Graph(SPARQLStore(endpoint.url))
    label = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert graph.value(URIRef(KEDRO), label) == Literal("Kedro")
    assert (URIRef(KEDRO), label, Literal("Kedro")) in graph
    assert len(graph) == len(Graph().parse(build / "graph.ttl"))
    answer = graph.query(DESCRIBED).graph
    assert answer is not None and (URIRef(KEDRO), label, Literal("Kedro")) in answer


def test_sparqlwrapper(endpoint: Served, makers: list[tuple[str, str]]) -> None:
    client: Any = SPARQLWrapper(endpoint.url)
    client.setQuery(MAKERS)
    for method in ("GET", POST):
        client.setMethod(method)
        client.setReturnFormat(JSON)
        found = client.queryAndConvert()["results"]["bindings"]
        assert [(row["tool"]["value"], row["maker"]["value"]) for row in found] == makers
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == len(makers)
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().splitlines()[1:] == [",".join(row) for row in makers]
    client.setQuery(DESCRIBED)
    client.setReturnFormat(TURTLE)
    assert "Kedro" in client.queryAndConvert().decode()
    client.setReturnFormat(JSON)
    client.setQuery("SELECT ?x {")
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        client.query()


def test_curl(endpoint: Served, makers: list[tuple[str, str]]) -> None:
    def curl(*words: str) -> str:
        command = ["curl", "--silent", "--show-error", "--noproxy", "*", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    csv = ["tool,maker", *(",".join(row) for row in makers)]
    asked = ("--data-urlencode", f"query={MAKERS}", "--header", "Accept: text/csv", endpoint.url)
    assert curl(*asked).split() == csv
    assert curl("--get", *asked).split() == csv
    direct = ("--data-binary", MAKERS, "--header", "Content-Type: application/sparql-query")
    assert curl(*direct, *asked[2:]).split() == csv
    big = ("--data-binary", "@-", "--header", "Content-Type: application/sparql-query", "--write-out", "%{http_code}")
    command = ["curl", "--silent", "--noproxy", "*", *big, endpoint.url]
    done = subprocess.run(command, input=b"#" * (Limits().body * 3), capture_output=True, check=False)
    assert done.stdout.endswith(b"413")


def federated(endpoint: Served) -> str:
    pattern = f"SERVICE <{endpoint.url}> {{ ?tool atlas:developedBy ?maker }}"
    return f"{PREFIXES} SELECT ?tool ?maker {{ {pattern} }} ORDER BY ?tool ?maker"


def test_rdflib_asks_it_from_within_a_query(endpoint: Served, makers: list[tuple[str, str]]) -> None:
    rows = Graph().query(federated(endpoint))
    assert [(str(row[0]), str(row[1])) for row in rows if isinstance(row, tuple)] == makers


def test_oxigraph_asks_it_from_within_a_query(endpoint: Served, makers: list[tuple[str, str]]) -> None:
    rows = ox.Store().query(federated(endpoint))
    assert isinstance(rows, ox.QuerySolutions)
    assert [(row["tool"].value, row["maker"].value) for row in rows] == makers


@pytest.mark.slow
def test_jena_asks_it_from_within_a_query(endpoint: Served, makers: list[tuple[str, str]], arq: list[str]) -> None:
    command = [*arq, "--results=csv", federated(endpoint)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split()[1:] == [",".join(row) for row in makers]


def test_one_server_asks_no_other(endpoint: Served) -> None:
    reply = endpoint._replace(url=endpoint.url.removesuffix("/sparql")).ask(federated(endpoint))
    assert reply.status == 403
