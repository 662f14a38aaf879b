"""Pages and repositories are read from a real server on this machine; every fault is one clear sentence."""

from __future__ import annotations

import base64
import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from linkatlas.errors import InputError, NetworkError
from linkatlas.model import Document
from linkatlas.read import read, read_all
from linkatlas.read.checkout import page
from linkatlas.read.settings import LIMITS, Hosts

LIST = "# Tools\n- [Flyte](https://flyte.org) - by Lyft\n"
COMMIT = "0123456789abcdef0123456789abcdef01234567"

Route = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """Serves `routes`; `calls` are the addresses asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Route] = {}
        self.calls: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up in the middle are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.calls.append(self.path)
        self.server.routes.get(self.path, status(404))(self)

    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""


def body(data: str | bytes, content_type: str = "text/plain", **headers: str) -> Route:
    content = data.encode() if isinstance(data, str) else data
    sent = {"Content_Type": content_type, "Content_Length": str(len(content)), **headers}

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in sent.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return send


def status(code: int, **headers: str) -> Route:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return send


def silent(_: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def nonsense(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HELO\r\n")


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with Server() as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield running
        running.shutdown()


def refused(source: str) -> str:
    with pytest.raises(InputError) as caught:
        list(read(source))
    return str(caught.value)


def unreachable(source: str, **limits: float) -> str:
    with pytest.raises(NetworkError) as caught:
        list(read(source, limits=LIMITS._replace(**limits)))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_page(server: Server) -> None:
    server.routes["/list.md?x=a%20b"] = body(LIST)
    source = f"{server.url}/list.md?x=a b#there".replace(" ", "%20")
    assert list(read(source)) == [Document(source, LIST, "text/markdown", f"{server.url}/list.md?x=a%20b")]


def test_what_a_server_says_of_a_page(server: Server) -> None:
    server.routes["/a"] = body("é".encode("iso-8859-2"), "text/html; charset=ISO-8859-2")
    server.routes["/b.md"] = body("# é", "text/html; charset=ISO-8859-1")
    server.routes["/c.csv"] = body("name,url\na,https://a.example\n", "application/octet-stream")
    server.routes["/d"] = body(gzip.compress(LIST.encode()), "text/markdown", Content_Encoding="gzip")
    found = [document for name in ("a", "b.md", "c.csv", "d") for document in read(f"{server.url}/{name}")]
    assert [document.media_type for document in found] == ["text/html", "text/markdown", "text/csv", "text/markdown"]
    assert [document.text[:4] for document in found] == ["é", "# é", "name", "# To"]


def test_addresses_in_other_scripts(server: Server) -> None:
    server.routes["/caf%C3%A9.md"] = body(LIST)
    assert [document.url for document in read(f"{server.url}/café.md")] == [f"{server.url}/caf%C3%A9.md"]


def test_redirects_are_followed_so_far(server: Server) -> None:
    server.routes["/0"] = body(LIST, "text/markdown")
    for number in range(1, 7):
        server.routes[f"/{number}"] = status(302, Location=f"/{number - 1}")
    [document] = read(f"{server.url}/5")
    assert (document.source, document.url) == (f"{server.url}/5", f"{server.url}/0")
    assert unreachable(f"{server.url}/6") == f"{server.url}/6: more than 5 redirects"


def test_a_loop_of_redirects_ends(server: Server) -> None:
    server.routes["/"] = status(301, Location="/")
    assert unreachable(server.url) == f"{server.url}: more than 5 redirects"
    assert len(server.calls) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/", "http://[", "http://u:p@127.0.0.1/", ""])
def test_redirects_lead_to_web_addresses_alone(server: Server, target: str) -> None:
    server.routes["/x"] = status(302, Location=target)
    message = unreachable(f"{server.url}/x")
    assert ("more than 5" if not target else "not read" if ":p" in target else f"leads to {target!r}") in message


@pytest.mark.parametrize(
    "source",
    ["ftp://a.example/x", "file:///etc/passwd", "http://", "http://a b/", "http://[", "http://a:99999/", "github:x"],
)
def test_a_bad_address(source: str) -> None:
    assert refused(source).startswith(f"{source}: ")


def test_a_password_in_an_address_is_not_shown() -> None:
    message = refused("https://user:secret@a.example/list.md")
    assert message == "https://a.example: addresses with a user name or password are not read"


@pytest.mark.parametrize("code", [404, 403, 500, 204])
def test_a_status_that_is_no_success(server: Server, code: int) -> None:
    server.routes["/x"] = status(code)
    assert f"{server.url.removeprefix('http://')} answers {code} (" in unreachable(f"{server.url}/x")


def test_a_server_that_is_silent(server: Server) -> None:
    server.routes["/x"] = silent
    assert "is silent for 0.2 seconds" in unreachable(f"{server.url}/x", silence=0.2)


def test_a_server_that_drips(server: Server) -> None:
    server.routes["/x"] = dripping
    begun = time.monotonic()
    assert unreachable(f"{server.url}/x", seconds=0.5) == f"{server.url}/x: not finished after 0.5 seconds"
    assert time.monotonic() - begun < 3


def test_a_page_that_is_too_large(server: Server) -> None:
    server.routes["/x"] = body("x" * 2000)
    server.routes["/bomb"] = body(gzip.compress(b"x" * 50_000_000), Content_Encoding="gzip")
    for name in ("x", "bomb"):
        with pytest.raises(InputError, match="larger than the 1000 bytes"):
            list(read(f"{server.url}/{name}", limits=LIMITS._replace(size=1000)))


def test_a_page_that_is_no_text(server: Server) -> None:
    server.routes["/logo"] = body(b"<svg/>", "image/svg+xml")
    server.routes["/x.md"] = body(b"\x89PNG\r\n", "text/plain")
    server.routes["/br"] = body(LIST, Content_Encoding="br")
    assert "this is image/svg+xml, not a list" in refused(f"{server.url}/logo")
    assert "this is a picture, not a list" in refused(f"{server.url}/x.md")
    assert "not asked for (br)" in unreachable(f"{server.url}/br")


def test_a_page_that_ends_early(server: Server) -> None:
    server.routes["/length"] = body(LIST, Content_Length="1000")
    server.routes["/gzip"] = body(gzip.compress(LIST.encode())[:-12], Content_Encoding="gzip")
    server.routes["/garbage"] = body(b"not gzip", Content_Encoding="gzip")
    server.routes["/nothing"] = nonsense
    assert "ended before the page did" in unreachable(f"{server.url}/length")
    assert "ended before the page did" in unreachable(f"{server.url}/gzip")
    assert "not HTTP" in unreachable(f"{server.url}/garbage")
    assert "not HTTP" in unreachable(f"{server.url}/nothing")


def test_a_server_that_is_not_there() -> None:
    import socket

    with socket.socket() as held:  # a port that no other test's server takes, and where nobody listens
        held.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{held.getsockname()[1]}"
        assert unreachable(f"http://{place}") == f"http://{place}: {place} refuses the connection"


def test_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    monkeypatch.setenv("no_proxy", "*")
    assert unreachable("https://a.example/list.md") == (
        "https://a.example/list.md: cannot find a.example (is this machine online?)"
    )


# GitHub


@pytest.fixture
def hosts(server: Server) -> Hosts:
    """A stand-in for GitHub: a repository whose README is docs/README.md, and a branch with a slash in its name."""
    for ref in ("HEAD", "main", "feature/x", COMMIT):
        server.routes[f"/api/repos/lyft/lists/commits/{ref}"] = body(COMMIT)
    answer = {"path": "docs/README.md", "encoding": "base64", "content": base64.encodebytes(LIST.encode()).decode()}
    server.routes[f"/api/repos/lyft/lists/readme?ref={COMMIT}"] = body(json.dumps(answer))
    long = {"path": "sub/README.rst", "encoding": "none", "content": ""}
    server.routes[f"/api/repos/lyft/lists/readme/sub?ref={COMMIT}"] = body(json.dumps(long))
    server.routes[f"/raw/lyft/lists/{COMMIT}/sub/README.rst"] = body("Tools\n=====\n")
    server.routes[f"/raw/lyft/lists/{COMMIT}/a/list.md"] = body(LIST)
    return Hosts("https://github.com", f"{server.url}/api", f"{server.url}/raw")


@pytest.mark.parametrize(
    ("source", "path", "kind"),
    [
        ("github:lyft/lists", "docs/README.md", "text/markdown"),
        ("github:lyft/lists@main", "docs/README.md", "text/markdown"),
        ("github:lyft/lists@feature/x", "docs/README.md", "text/markdown"),
        (f"github:lyft/lists@{COMMIT}", "docs/README.md", "text/markdown"),
        ("https://github.com/lyft/lists", "docs/README.md", "text/markdown"),
        ("https://www.github.com/lyft/lists.git", "docs/README.md", "text/markdown"),
        ("https://github.com/lyft/lists/#readme", "docs/README.md", "text/markdown"),
        ("https://github.com/lyft/lists/tree/feature/x", "docs/README.md", "text/markdown"),
        ("https://github.com/lyft/lists/tree/main/sub", "sub/README.rst", "text/x-rst"),
        ("https://github.com/lyft/lists/blob/main/a/list.md", "a/list.md", "text/markdown"),
        ("https://github.com/lyft/lists/blob/feature/x/a/list.md?plain=1#L2", "a/list.md", "text/markdown"),
    ],
)
def test_a_repository(hosts: Hosts, source: str, path: str, kind: str) -> None:
    [document] = read(source, hosts=hosts)
    assert (document.source, document.media_type, document.commit) == (source, kind, COMMIT)
    assert document.url == page("github.com", "lyft/lists", COMMIT, path)
    assert document.text in (LIST, "Tools\n=====\n")


def test_one_repository_by_two_names_is_read_once(hosts: Hosts) -> None:
    assert len(list(read_all(["github:lyft/lists", "https://github.com/lyft/lists"], hosts=hosts))) == 1


def failure(source: str, hosts: Hosts) -> str:
    with pytest.raises(NetworkError) as caught:
        list(read(source, hosts=hosts))
    return str(caught.value)


def test_what_github_refuses(server: Server, hosts: Hosts) -> None:
    api = "/api/repos/a"
    server.routes[f"{api}/empty/commits/HEAD"] = status(409)
    server.routes[f"{api}/limit/commits/HEAD"] = status(403, X_RateLimit_Remaining="0")
    server.routes[f"{api}/down/commits/HEAD"] = status(502)
    server.routes[f"{api}/odd/commits/HEAD"] = body("<html>")
    server.routes[f"{api}/bare/commits/HEAD"] = body(COMMIT)
    server.routes[f"{api}/list/commits/HEAD"] = body(COMMIT)
    server.routes[f"{api}/list/readme?ref={COMMIT}"] = body("[1]")
    said = {
        "none": "GitHub knows no such repository, or it is private",
        "none@v1": "GitHub knows no such repository, or nothing named v1 in it",
        "empty": "the repository is empty",
        "limit": "GitHub answers no more calls from this address for now; try again within the hour",
        "odd": "GitHub names no commit for HEAD",
        "bare": "the repository has no README",
        "list": "GitHub's answer is not understood",
    }
    assert {name: failure(f"github:a/{name}", hosts) for name in said} == {
        name: f"github:a/{name}: {sentence}" for name, sentence in said.items()
    }
    assert "answers 502" in failure("github:a/down", hosts)
    missing = "https://github.com/lyft/lists/blob/main/none.md"
    assert failure(missing, hosts) == f"{missing}: no such file in the repository"


def test_other_pages_of_github_are_pages() -> None:
    from linkatlas.read import github

    for path in (
        "",
        "/lyft",
        "/topics/mlops",
        "/lyft/lists/issues",
        "/lyft/lists/blob",
        "/lyft/lists/blob/main",
        "/-/x",
    ):
        assert github.parse(f"https://github.com{path}", Hosts()) is None
    for address in ("https://gist.github.com/a/b", "ftp://github.com/a/b", "https://github.com/a/..", "https://["):
        assert github.parse(address, Hosts()) is None
