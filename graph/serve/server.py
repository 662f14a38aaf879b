"""The server from its start to its end: the data, the socket, the signals."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import uvicorn

from ..errors import InputError
from .app import application
from .connection import ADDRESS_BYTES, PatientProtocol
from .desk import Desk, Tell
from .hosts import is_loopback
from .limits import Limits

CONNECTIONS = 500
"""At once; further requests are answered with 503."""
IDLE_SECONDS = 15
"""How long a connection without a request is kept."""
GRACE_SECONDS = 5
"""For the queries that run when the server is told to stop."""
LAST_SECONDS = 1
"""For their refusals to be sent."""


class Address(NamedTuple):
    """Where the server listens; the system chooses the port where it is 0."""

    host: str
    port: int


async def serve(paths: Sequence[Path], address: Address, limits: Limits, origins: Sequence[str], tell: Tell) -> None:
    """Serve build folders and RDF files until SIGINT or SIGTERM comes.

    `tell` is given a sentence for whoever started the server, `origins` are those of `application`. Raises `InputError`
    for data that cannot be read and an address that cannot be had.
    """
    for logger in ("uvicorn.error", "asyncio"):  # that a client sends nonsense, or goes away, is no news
        logging.getLogger(logger).setLevel(logging.ERROR)
    with _listening(address) as listener:
        desk = await Desk.open(paths, limits, tell)
        try:
            view = next((path / "graph.html" for path in paths if path.is_dir()), None)
            app = application(desk, limits, view, is_loopback(address.host), origins)
            server = _Server(_config(app), desk)
            tell(f"serving {desk.size:,} triples at {_url(listener)}; Ctrl-C stops")
            watching = asyncio.create_task(desk.watch())
            await server.serve(sockets=[listener])
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
        finally:
            await desk.close()
    tell("stopped")


def _config(app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        h11_max_incomplete_event_size=ADDRESS_BYTES,
    )


class _Server(uvicorn.Server):
    """uvicorn, but for its end: it would raise the signals anew when it has stopped, and cut requests off half-way."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at SIGINT and SIGTERM: the first gives requests a time, the second does not."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self._stop, loop)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)

    def _stop(self, loop: asyncio.AbstractEventLoop) -> None:
        grace = 0 if self.should_exit else GRACE_SECONDS
        self.should_exit = True
        loop.call_later(grace, self._desk.end_jobs)
        loop.call_later(grace + LAST_SECONDS, self._hang_up)

    def _hang_up(self) -> None:
        for connection in self.server_state.connections:
            if connection.transport is not None:
                connection.transport.abort()


def _listening(address: Address) -> socket.socket:
    """Return a socket that listens; raises `InputError` where the address cannot be had."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        return socket.create_server(address, family=family, backlog=1024)
    except (OSError, OverflowError) as error:
        number = getattr(error, "errno", None)
        reason = os.strerror(number) if number and number > 0 else str(error)
        raise InputError(f"{address.host}:{address.port} cannot be listened at: {reason.lower()}") from error


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
