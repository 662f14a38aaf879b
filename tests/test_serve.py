"""`linkatlas serve`: what it serves, what it refuses, and how it starts and ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from linkatlas import cli
from linkatlas.output import write_all
from linkatlas.serve.app import PAGE
from linkatlas.vocabulary import load
from sample import BUILD, iri
from serving import Reply, Served, serving

AIRFLOW = iri("tool/apache-airflow")
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    write_all(folder, ["turtle", "evidence", "html"], BUILD, load())
    return folder


@pytest.fixture(scope="module")
def server(build: Path) -> Iterator[Served]:
    with serving(build) as served:
        yield served


def until(happens: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something that happens by itself."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)


def children(process: int) -> set[int]:
    """The processes that a process has started, and those that they have, which are not yet dead."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [(int(pid), int(parent)) for pid, parent, state in map(str.split, found.splitlines()) if state[0] != "Z"]
    own = {pid for pid, parent in rows if parent == process}
    return own.union(*(children(child) for child in own))


# What is where


def test_the_view_is_at_the_root(server: Served, build: Path) -> None:
    reply = server.get("/")
    assert (reply.status, reply.media_type) == (200, "text/html")
    assert reply.body == (build / "graph.html").read_bytes()
    again = server.send("GET", "/", headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_without_a_view_the_root_leads_to_the_query_page(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<http://a> <http://b> <http://c> .", encoding="utf-8")
    with serving(file) as served:
        reply = served.get("/")
    assert (reply.status, reply.headers["location"]) == (303, "/query")


def test_browsers_get_the_query_page_and_programs_the_description(server: Served) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert server.get("/sparql", browser).body == server.get("/query").body
    assert server.get("/sparql", "*/*").media_type == "text/turtle"
    assert server.ask("ASK {}", accept=browser).status == 200


def test_the_query_page_may_load_nothing_from_elsewhere(server: Served) -> None:
    for name in PAGE:
        reply = server.get(f"/page/{name}")
        policy = reply.headers["content-security-policy"]
        assert (reply.status, reply.media_type) == (200, PAGE[name])
        assert policy.startswith("default-src 'none'; script-src 'self';") and "http" not in policy
    page = server.get("/query").text
    assert "http" not in page.replace("https://www.w3.org", "") and "//" not in page.replace("<!--", "")
    assert "sourceMappingURL" not in server.get("/page/yasgui.min.js").text


def test_the_licence_of_everything_that_is_bundled_is_there(server: Served) -> None:
    text = server.get("/page/LICENSE.txt").text
    for name in ("@zazuko/yasgui", "codemirror", "datatables.net", "jquery", "dompurify", "n3", "sortablejs"):
        assert f"==== {name} " in text
    assert "GNU" not in text


@pytest.mark.parametrize("path", ["/page/../server.py", "/page/%2e%2e/app.py", "/page/", "/nothing", "/sparql/"])
def test_there_is_nothing_elsewhere(server: Served, path: str) -> None:
    assert server.get(path).status in (404, 307)


# Searching and looking


def found(reply: Reply) -> list[str]:
    assert reply.status == 200, reply.text
    return [result["iri"] for result in json.loads(reply.body)["results"]]


def test_search_finds_names_and_aliases_whatever_their_spelling(server: Served) -> None:
    assert found(server.get("/api/search?q=apache%20AIRFLOW"))[0] == AIRFLOW
    assert found(server.get("/api/search?q=k8s"))[0] == iri("tool/kubernetes")
    assert len(found(server.get("/api/search?q=a&limit=3"))) == 3
    assert found(server.get("/api/search?q=zzzz")) == []
    result = json.loads(server.get("/api/search?q=k8s").body)["results"][0]
    assert result == {"iri": iri("tool/kubernetes"), "label": "Kubernetes", "class": "atlas:Tool", "matched": "K8S"}


def test_a_node_has_its_edges_with_their_evidence(server: Served) -> None:
    node = json.loads(server.get(f"/api/node?iri={quote(AIRFLOW)}").body)
    assert (node["label"], node["class"], node["complete"]) == ("Apache Airflow", "atlas:Tool", True)
    assert "https://airflow.apache.org/" in node["urls"]
    runs = [edge for edge in node["edges"] if edge["predicate"] == "atlas:developedBy"]
    assert runs and all(edge["subject"]["iri"] == AIRFLOW and edge["object"]["label"] for edge in runs)
    evidence = runs[0]["evidence"][0]
    assert set(evidence) == {"quote", "source", "line", "rule", "confidence"}
    assert isinstance(evidence["line"], int) and 0 < evidence["confidence"] <= 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/search", 400),
        ("/api/search?q=%20", 400),
        ("/api/search?q=a&limit=0", 400),
        ("/api/search?q=a&limit=101", 400),
        ("/api/search?q=a&limit=%F0%9D%9F%97", 400),
        ("/api/node", 400),
        ("/api/node?iri=no", 400),
        ("/api/node?iri=http://example.org/no", 404),
    ],
)
def test_a_wrong_call_of_the_api_is_answered_in_json(server: Served, path: str, status: int) -> None:
    reply = server.get(path)
    assert (reply.status, reply.media_type) == (status, "application/json")
    assert json.loads(reply.body)["error"]


def test_the_prefixes_need_no_declaration(server: Served) -> None:
    assert json.loads(server.get("/api/prefixes").body)["tool"] == iri("tool/")
    assert "Apache Airflow" in server.ask("SELECT ?n { tool:apache-airflow skos:prefLabel ?n }").text


# Limits


@pytest.fixture(scope="module")
def tight(build: Path) -> Iterator[Served]:
    """A server with one worker that has little of everything."""
    with serving(build, "--workers", "1", "--timeout", "1", "--memory", "64", "--limit", "20") as served:
        yield served


def test_a_query_past_its_time_ends_alone(tight: Served) -> None:
    reply = tight.ask(FOREVER)
    assert (reply.status, reply.text) == (504, "The query was ended after 1 s.\n")
    assert tight.ask("ASK {}").status == 200


def test_a_query_past_its_memory_ends_alone(tight: Served) -> None:
    for query in ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", f"ASK {{ FILTER{'(' * 100_000} }}"):
        reply = tight.form(("query", query))
        assert reply.status == 507, reply.text
        assert "64 MiB" in reply.text
        assert tight.ask("ASK {}").status == 200


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
@pytest.mark.parametrize("media_type", ["", "text/csv, text/turtle"])
def test_an_answer_past_its_rows_is_refused(tight: Served, query: str, media_type: str) -> None:
    reply = tight.ask(query, accept=media_type)
    assert (reply.status, reply.text) == (422, "The answer has more than 20 rows; ask for fewer with LIMIT.\n")
    assert tight.ask(f"{query} LIMIT 20", accept=media_type).status == 200


def test_a_body_past_its_length_is_refused(server: Served) -> None:
    assert server.post(b"#" * 2**20).status == 400
    assert server.post(b"#" * (2**20 + 1)).status == 413
    pieces = b"".join(b"10000\r\n%s\r\n" % (b"#" * 0x10000) for _ in range(20))
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked"
    with server.connect() as client:
        client.sendall(head + b"\r\n\r\n" + pieces + b"0\r\n\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_too_many_queries_are_told_to_come_back(build: Path) -> None:
    with serving(build, "--workers", "1", "--timeout", "2") as served:
        waiting = [served.connect() for _ in range(70)]
        for client in waiting:
            client.sendall(f"GET /sparql?query={quote(FOREVER)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.01)
        with waiting[-1] as last:  # it came when 64 were waiting
            said = last.recv(1000)
        assert said.startswith(b"HTTP/1.1 503 ") and b"\r\nretry-after: 1\r\n" in said
        for client in waiting:
            client.close()


def test_who_leaves_frees_the_worker(build: Path) -> None:
    with serving(build, "--workers", "1", "--timeout", "600") as served:
        with served.connect() as client:
            client.sendall(f"GET /sparql?query={quote(FOREVER)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.5)
        assert served.ask("ASK {}").status == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ service silent <{0}> {{ ?s ?p ?o }} }}",
        "PREFIX : <{0}> SELECT * {{ SERVICE:x {{ ?s ?p ?o }} }}",
        "PREFIX : <{0}> SELECT * {{ SERVICE SILENT:x {{ ?s ?p ?o }} }}",
        "SELECT * {{ FILTER(1<'>') SERVICE SILENT <{0}> {{ ?s ?p ?o }} FILTER('' = '') }}",
    ],
)
def test_no_query_leads_to_another_endpoint(server: Served, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.setblocking(False)
        reply = server.ask(query.format(f"http://127.0.0.1:{other.getsockname()[1]}/"))
        assert reply.status == 403 or ("SILENT:" in query or "'>'" in query)
        with pytest.raises(BlockingIOError):
            other.accept()


# Broken clients


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 600,
    ],
)
def test_a_broken_request_is_refused(server: Served, sent: bytes) -> None:
    with server.connect() as client:
        client.sendall(sent)
        assert client.recv(1000).startswith(b"HTTP/1.1 4")
    assert server.ask("ASK {}").status == 200


# Who may ask


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]:8000", "127.1.2.3"])
def test_a_loopback_server_answers_to_its_names(server: Served, host: str) -> None:
    assert server.send("GET", "/sparql", headers={"Host": host}).status == 200


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "localhost.example.org:80", "10.0.0.1"])
def test_a_loopback_server_answers_to_no_other_name(server: Served, host: str) -> None:
    assert server.send("GET", "/sparql", headers={"Host": host}).status == 421


def test_pages_of_other_origins_read_nothing_unless_allowed(server: Served, build: Path) -> None:
    origin = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    for method in ("GET", "OPTIONS"):
        assert not [name for name in server.send(method, "/sparql", headers=origin).headers if "access-control" in name]
    with serving(build, "--cors", "https://example.org") as served:
        for method in ("GET", "OPTIONS"):
            reply = served.send(method, "/sparql", headers=origin)
            assert reply.headers["access-control-allow-origin"] == "https://example.org"
        other = served.send("GET", "/sparql", headers={"Origin": "https://example.com"})
        assert "access-control-allow-origin" not in other.headers


# Reloading


@pytest.mark.slow
def test_new_data_is_served_and_no_request_dropped(tmp_path: Path) -> None:
    file, new = tmp_path / "data.nt", tmp_path / "new.nt"
    line = "<http://a/{}> <http://b> <http://c> .\n"
    file.write_text(line.format(0), encoding="utf-8")

    def count(served: Served) -> str:
        reply = served.ask(COUNT, accept="text/csv")
        assert reply.status == 200
        return reply.text.split()[1]

    with serving(file) as served:
        for size in (2, 3):
            new.write_text("".join(map(line.format, range(size))), encoding="utf-8")
            new.replace(file)
            until(lambda size=size: count(served) == str(size))  # type: ignore[misc]
            assert f"loaded anew: {size} triples" in served.said()
        file.write_text("<http://a/", encoding="utf-8")
        assert "data.nt:1: " in served.said()
        assert count(served) == "3"
        file.unlink()
        time.sleep(1.5)
        assert count(served) == "3"
        file.write_text(line.format(0), encoding="utf-8")
        until(lambda: count(served) == "1")
        until(lambda: len(children(served.process.pid)) == 3)  # the process that forks, and two workers


def test_a_query_that_runs_while_the_data_changes_is_answered(tmp_path: Path) -> None:
    file = tmp_path / "data.nt"
    file.write_text("".join(f"<http://a/{n}> <http://b> <http://c> .\n" for n in range(1500)), encoding="utf-8")
    with serving(file, "--workers", "1", "--timeout", "60") as served, served.connect() as client:
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?a)) != STRLEN(STR(?d))) }"
        client.sendall(f"GET /sparql?query={quote(slow)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.2)
        file.write_text("<http://a/0> <http://b> <http://c> .\n", encoding="utf-8")
        assert "loaded anew: 1 triples" in served.said()
        assert client.recv(12) == b"HTTP/1.1 200"


def test_the_process_that_forks_is_replaced(server: Served) -> None:
    before = children(server.process.pid)
    os.kill(min(before), signal.SIGKILL)
    until(lambda: len(children(server.process.pid) - before) == 3)
    assert "loaded anew" in server.said()
    assert server.ask("ASK {}").status == 200


# Starting and ending


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(build: Path, number: signal.Signals) -> None:
    with serving(build, "--timeout", "600") as served, served.connect() as client, served.connect():
        client.sendall(f"GET /sparql?query={quote(FOREVER)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.3)
        family = children(served.process.pid)
        assert len(family) == 3
        served.process.send_signal(number)
        served.process.wait(30)
        assert served.process.returncode == 0
        alive = subprocess.run(
            ["ps", "-o", "pid=", "-p", ",".join(map(str, family))], capture_output=True, text=True, check=False
        )
        assert alive.stdout == ""


def test_nothing_is_left_of_it_when_it_is_killed(build: Path) -> None:
    command = [sys.executable, "-m", "linkatlas", "serve", "--port", "0", "--timeout", "600", str(build)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        served = Served(process, process.stderr.readline().split(" at ")[1].split("/;")[0])
        with served.connect() as client:
            client.sendall(f"GET /sparql?query={quote(FOREVER)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.3)
            family = children(process.pid)
            process.kill()
        until(lambda: not family & {pid for pid in family if Path(f"/proc/{pid}").exists()})


def test_without_a_build_it_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["serve", "--port", "0"]) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "linkatlas build" in said
    assert cli.run(["serve", "--port", "0", "missing.ttl"]) == 3
    assert capsys.readouterr().err.startswith("linkatlas: missing.ttl: ")


def test_a_taken_port_is_said_in_one_sentence(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert cli.run(["serve", "--port", str(port), str(build)]) == 3
    assert capsys.readouterr().err == f"linkatlas: 127.0.0.1:{port} cannot be listened at: address already in use\n"


@pytest.mark.parametrize("words", [["--port", "-1"], ["--timeout", "0"], ["--cors", "example.org"], ["--limit", "0"]])
def test_a_wrong_option_is_refused(words: list[str]) -> None:
    assert cli.run(["serve", *words]) == 2


def test_the_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["serve", "--help"]) == 0
    said = capsys.readouterr().out
    assert "/sparql" in said and "/api/node?iri=" in said and "linkatlas serve data.trig" in said
    assert all(len(line) <= 100 for line in said.splitlines())
