#!/usr/bin/env python3
"""Load `linkatlas serve` with 50 clients at once, one request in ten slow, oversized or broken.

    python scripts/bench_serve.py [--requests 10000] [--clients 50] [FILE...]

The server runs on the loopback interface over the build of the built-in list, or the files that are named. Prints how often
each kind of request got each status, the latencies of the sound ones in milliseconds, and the resident memory of all of the
server's processes over the run. Ends with 1 where a status came that is not documented for that kind, or the memory grew.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

SLOW_SECONDS = 2
GROWTH = 1.3
"""How much more memory the last quarter of the run may have than the second."""


class Kind(NamedTuple):
    """A kind of request: its bytes, the statuses that are right for it, and how often it comes."""

    request: bytes
    statuses: frozenset[int]
    share: float
    drips: bool = False


def get(query: str, accept: str = "*/*") -> bytes:
    """Return a query as a request."""
    return f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n".encode()


def post(body: bytes, more: str = "") -> bytes:
    """Return a query as the body of a request."""
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n{more}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
SOUND, BUSY = frozenset({200}), frozenset({200, 503})
KINDS = {
    "select": Kind(get("SELECT ?t ?n { ?t a atlas:Tool ; skos:prefLabel ?n } ORDER BY ?n"), BUSY, 0.3),
    "ask, xml": Kind(get("ASK { ?t atlas:runsOn tool:kubernetes }", "application/sparql-results+xml"), BUSY, 0.1),
    "construct": Kind(get("CONSTRUCT WHERE { ?t atlas:developedBy ?v }", "text/turtle"), BUSY, 0.1),
    "post": Kind(post(b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), BUSY, 0.2),
    "search": Kind(b"GET /api/search?q=air HTTP/1.1\r\nHost: localhost\r\n\r\n", BUSY, 0.15),
    "query page": Kind(b"GET /query HTTP/1.1\r\nHost: localhost\r\n\r\n", SOUND, 0.05),
    "past its time": Kind(get(FOREVER), frozenset({504, 503}), 0.004),
    "past its memory": Kind(get(GREEDY), frozenset({507, 503, 504}), 0.006),
    "dripping": Kind(get("ASK {}"), frozenset({200, 408, 503}), 0.01, drips=True),
    "oversized": Kind(post(b"#" * (2**21)), frozenset({413}), 0.02),
    "wrong query": Kind(get("SELECT * {"), frozenset({400, 503}), 0.02),
    "no http": Kind(b"\x16\x03\x01\x02\x00" + b"\x00" * 100 + b"\r\n\r\n", frozenset({400}), 0.02),
    "wrong method": Kind(b"DELETE /sparql HTTP/1.1\r\nHost: localhost\r\n\r\n", frozenset({405}), 0.02),
}


class Measured(NamedTuple):
    """The kind of a request, the status it got (0 where the connection broke), and the milliseconds it took."""

    kind: str
    status: int
    milliseconds: float


def main() -> int:
    """Run the load, print the figures, and return 0 where all is as documented."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=50)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "linkatlas"]
        if not arguments.files:
            subprocess.run([*command, "build", "-q", "-o", folder], check=True)
        served = [str(path) for path in arguments.files] or [folder]
        words = ["serve", "--port", "0", "--timeout", str(SLOW_SECONDS), "--memory", "128", *served]
        with subprocess.Popen([*command, *words], stderr=subprocess.PIPE, text=True) as server:
            try:
                assert server.stderr is not None  # noqa: S101
                port = int(re.findall(r":(\d+)/", server.stderr.readline())[0])
                begun = time.perf_counter()
                measured, memory = asyncio.run(load(port, server.pid, arguments.requests, arguments.clients))
                seconds = time.perf_counter() - begun
            finally:
                server.terminate()
            ended = server.wait(30)
    return report(measured, memory, seconds, ended)


async def load(port: int, process: int, requests: int, clients: int) -> tuple[list[Measured], list[float]]:
    """Send the requests from so many clients at once; return what came back, and the memory in MiB, twice a second."""
    dice = random.Random(1)  # noqa: S311
    names = dice.choices(list(KINDS), [kind.share for kind in KINDS.values()], k=requests)
    measured: list[Measured] = []

    async def client() -> None:
        while names:
            name = names.pop()
            begun = time.perf_counter()
            status = await asked(port, KINDS[name])
            measured.append(Measured(name, status, (time.perf_counter() - begun) * 1000))

    async def watch() -> None:
        while True:
            memory.append(resident(process))
            await asyncio.sleep(0.5)

    memory: list[float] = []
    watching = asyncio.create_task(watch())
    await asyncio.gather(*(client() for _ in range(clients)))
    watching.cancel()
    return measured, memory


async def asked(port: int, kind: Kind) -> int:
    """Send a request on a connection of its own, read the whole answer, and return its status; 0 where there is none."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return 0
    try:
        for part in pieces(kind):
            writer.write(part)
            if kind.drips:
                await asyncio.sleep(0.2)
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        if length:
            await reader.readexactly(int(length[1]))
        return int(head.split()[1])
    except (OSError, asyncio.IncompleteReadError, TimeoutError):
        return 0
    finally:
        writer.close()


def pieces(kind: Kind) -> list[bytes]:
    """Return what is sent at once, one after another."""
    step = 8 if kind.drips else len(kind.request)
    return [kind.request[at : at + step] for at in range(0, len(kind.request), step)]


def resident(process: int) -> float:
    """Return the MiB of memory of a process and all below it, each shared page counted once; Linux tells it."""
    folder = Path("/proc", str(process))
    try:
        shares = re.search(r"(?m)^Pss: +(\d+) kB", (folder / "smaps_rollup").read_text())
        children = (folder / "task" / str(process) / "children").read_text().split()
    except OSError:  # it has ended in the meantime
        return 0.0
    return (int(shares[1]) / 1024 if shares else 0.0) + sum(resident(int(child)) for child in children)


def report(measured: list[Measured], memory: list[float], seconds: float, ended: int) -> int:
    """Print the figures; return 1 where one of them is not as documented."""
    statuses = {name: Counter(each.status for each in measured if each.kind == name) for name in KINDS}
    wrong = 0
    for name, counted in statuses.items():
        faults = sum(number for status, number in counted.items() if status not in KINDS[name].statuses)
        wrong += faults
        said = "  ".join(f"{status or 'none'}: {number}" for status, number in sorted(counted.items()))
        print(f"{name:<16} {said}{'   <- not as documented' if faults else ''}")
    sound = sorted(each.milliseconds for each in measured if each.status == 200 and not KINDS[each.kind].drips)
    at = {share: sound[min(len(sound) - 1, int(len(sound) * share))] for share in (0.5, 0.95, 0.99)}
    print(
        f"\n{len(measured)} requests in {seconds:.1f} s; answered with 200: "
        + ", ".join(f"{share:.0%} within {value:.0f} ms" for share, value in at.items())
    )
    quarter = max(1, len(memory) // 4)
    early, late = (
        sorted(part)[len(part) // 2] for part in (memory[quarter : 2 * quarter] or memory, memory[-quarter:])
    )
    print(
        f"memory: {early:.0f} MiB in the second quarter, {late:.0f} MiB in the last, {max(memory):.0f} MiB at the most"
    )
    print(f"the server ended with {ended}")
    return int(bool(wrong) or late > early * GROWTH or ended != 0)


if __name__ == "__main__":
    sys.exit(main())
