"""A server for tests: the command itself, in a process of its own, and requests to it, byte by byte where it matters."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def media_type(self) -> str:
        return self.headers["content-type"].partition(";")[0]


class Served(NamedTuple):
    """A running server."""

    process: subprocess.Popen[str]
    url: str

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            got = connection.getresponse()
            return Reply(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str | None = None) -> Reply:
        return self.send("GET", path, headers={} if accept is None else {"Accept": accept})

    def ask(self, query: str, *pairs: tuple[str, str], accept: str | None = None) -> Reply:
        return self.get("/sparql?" + urlencode([("query", query), *pairs]), accept)

    def form(self, *pairs: tuple[str, str]) -> Reply:
        return self.send("POST", "/sparql", urlencode(pairs).encode(), {"Content-Type": FORM})

    def post(self, query: bytes, content_type: str = DIRECT, *pairs: tuple[str, str]) -> Reply:
        address = "/sparql?" + urlencode(pairs) if pairs else "/sparql"
        return self.send("POST", address, query, {"Content-Type": content_type} if content_type else {})

    def connect(self) -> socket.socket:
        place = urlsplit(self.url)
        return socket.create_connection((place.hostname, place.port), timeout=60)

    def said(self) -> str:
        """The next line that the server writes for whoever started it."""
        assert self.process.stderr is not None
        return self.process.stderr.readline()


@contextmanager
def serving(*words: str | Path, cwd: Path | None = None) -> Iterator[Served]:
    """Run ``linkatlas serve`` with these words on a free port; at the end it must have stopped cleanly."""
    command = [sys.executable, "-m", "linkatlas", "serve", "--port", "0", *map(str, words)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=cwd)
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"at (http://\S+)/;", said)
        assert found, said + process.stderr.read()
        yield Served(process, found[1])
        process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=60)[1]
        assert process.returncode == 0, rest
        assert rest.endswith("linkatlas: stopped\n") and "Traceback" not in rest, rest
    finally:
        process.kill()
        process.wait()
