"""Requests that were meant for this server: what a loopback server answers, no other site may have a browser ask."""

from __future__ import annotations

import ipaddress
import re

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


def host_name(header: str) -> str | None:
    """Return the name or address in a Host header, in lower case and without brackets; None for what is none.

    >>> host_name("LocalHost:8000"), host_name("[::1]:80"), host_name("a b")
    ('localhost', '::1', None)
    """
    found = _HOST.fullmatch(header)
    return found["name"].strip("[]").lower() if found else None


def is_loopback(host: str) -> bool:
    """Return whether a name or an address means this machine and no other.

    >>> is_loopback("localhost"), is_loopback("127.0.0.2"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


class KnownHosts:
    """Refuses requests without a sound Host; with `loopback`, also those that ask for another machine.

    A page of another site can have its own name lead to 127.0.0.1 (DNS rebinding), and could then read all answers.
    """

    def __init__(self, app: ASGIApp, loopback: bool) -> None:
        self._app = app
        self._loopback = loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the application's place, or let it answer."""
        if scope["type"] == "http":
            host = host_name(Headers(scope=scope).get("host", ""))
            if host is None or (self._loopback and not is_loopback(host)):
                answer = PlainTextResponse("This server is asked by its own name only.\n", 400 if host is None else 421)
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)
