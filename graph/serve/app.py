"""The web application: what is where, and how an answer is sent.

===================  =============================================================================================
``/sparql``          the endpoint; in a browser, without a query, the query page
``/query``           the query page
``/``                the HTML view of the build, where there is one
``/api/search?q=``   things by their names, as JSON
``/api/node?iri=``   a thing with its edges and their evidence, as JSON
``/api/prefixes``    the prefixes that queries need not declare, as JSON
===================  =============================================================================================
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from .desk import Desk
from .files import sent, stored
from .hosts import KnownHosts
from .jobs import Asked, Described, Job, Looked, Searched, Shortened
from .limits import Limits
from .negotiate import best
from .protocol import METHODS, operation
from .refusal import Refusal

RESULTS = 20
RESULTS_AT_MOST = 100
"""Of a search."""

HTML = "text/html"
PAGE = {
    "query.html": HTML,
    "query.js": "text/javascript",
    "query.css": "text/css",
    "yasgui.min.js": "text/javascript",
    "yasgui.min.css": "text/css",
    "LICENSE.txt": "text/plain",
}
"""The files of the query page, with their media types."""
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""What the query page may load: nothing from elsewhere. The editor sets styles on what it draws."""

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
T = TypeVar("T")


def application(desk: Desk, limits: Limits, view: Path | None, loopback: bool, origins: Sequence[str]) -> Starlette:
    """Return the application.

    `view` is where the HTML view lies, if there is one; `loopback` says that only this machine may ask; `origins` are the
    web origins whose pages may read the answers (CORS).
    """
    handlers = _Handlers(desk, limits, view)
    middleware = [Middleware(KnownHosts, loopback=loopback)]
    if origins:
        middleware.append(Middleware(CORSMiddleware, allow_origins=origins, allow_methods=METHODS, allow_headers=["*"]))
    routes = [
        Route("/", _said(handlers.view)),
        Route("/query", _said(handlers.page)),
        Route("/page/{name}", _said(handlers.page)),
        Route("/sparql", _AnyMethod(_said(handlers.sparql))),
        Route("/api/search", _said(handlers.search, as_json=True)),
        Route("/api/node", _said(handlers.node, as_json=True)),
        Route("/api/prefixes", _said(handlers.prefixes, as_json=True)),
    ]
    return Starlette(routes=routes, middleware=middleware)


class _Handlers:
    """One method a kind of request; each may raise `Refusal`."""

    def __init__(self, desk: Desk, limits: Limits, view: Path | None) -> None:
        self._desk = desk
        self._limits = limits
        self._view = view

    async def sparql(self, request: Request) -> Response:
        """Answer a query, describe the endpoint, or, to a browser, show the query page."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
        header = request.headers
        body = await _body(request, self._limits.body) if request.method == "POST" else b""
        query = operation(request.method, request.scope["query_string"], header.get("content-type", ""), body)
        accept = ", ".join(header.getlist("accept"))
        endpoint = f"{request.url.scheme}://{header['host']}/sparql"
        if query is not None:
            return await self._done(request, Asked(query, accept, endpoint))
        if best(accept, ["text/turtle", HTML]) == HTML:
            return await self.page(request)
        return await self._done(request, Described(accept, endpoint))

    async def view(self, request: Request) -> Response:
        """Send the HTML view; where there is none, lead to the query page."""
        if self._view is not None and self._view.is_file():
            return stored(request, self._view.open("rb"), HTML)
        return RedirectResponse("/query", 303)

    async def page(self, request: Request) -> Response:
        """Send the query page, or one of its files."""
        name = request.path_params.get("name", "query.html")
        if name not in PAGE:
            raise Refusal(404, "There is nothing here.")
        headers = {
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        with as_file(files(__package__) / "page" / name) as path:
            return stored(request, path.open("rb"), PAGE[name], {**headers, "Vary": "Accept"})

    async def search(self, request: Request) -> Response:
        """Find things by their names."""
        text, most = request.query_params.get("q", ""), request.query_params.get("limit", str(RESULTS))
        if not text.strip():
            raise Refusal(400, "Say what to search for: /api/search?q=...")
        if not (most.isascii() and most.isdecimal() and len(most) < 4 and 1 <= int(most) <= RESULTS_AT_MOST):
            raise Refusal(400, f"A limit is a number from 1 to {RESULTS_AT_MOST}.")
        return await self._done(request, Searched(text, int(most)))

    async def node(self, request: Request) -> Response:
        """Give all that is known of a thing."""
        if "iri" not in request.query_params:
            raise Refusal(400, "Say which thing is meant: /api/node?iri=...")
        return await self._done(request, Looked(request.query_params["iri"]))

    async def prefixes(self, request: Request) -> Response:
        """Give the prefixes that queries need not declare."""
        return await self._done(request, Shortened())

    async def _done(self, request: Request, job: Job) -> Response:
        """Have a job done, and return its answer as it is to be sent; a job whose client goes away is ended."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when it has been sent
        try:
            outcome = await _while_wanted(request, self._desk.run(job, file.fileno()))
            if outcome.status == 200:
                return sent(file, outcome.text, {"Vary": "Accept", "Cache-Control": "no-cache"})
        except BaseException:
            file.close()
            raise
        file.close()
        if outcome.status == 500:
            print(outcome.text, file=sys.stderr)
            raise Refusal(500, "The server has a fault; what is known of it was written to its log.")
        raise Refusal(outcome.status, outcome.text)


class _AnyMethod:
    """A handler that is asked whatever the method is; Starlette gives plain functions GET alone."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._handler(Request(scope, receive))
        await response(scope, receive, send)


def _said(handler: Handler, as_json: bool = False) -> Handler:
    """Return a handler whose refusals are answers: a sentence, or the same as JSON."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except Refusal as refusal:
            if as_json:
                return JSONResponse({"error": str(refusal)}, refusal.status, refusal.headers)
            return PlainTextResponse(f"{refusal}\n", refusal.status, refusal.headers)
        except ClientDisconnect:
            return Response(status_code=400)  # which nobody reads

    return handle


async def _body(request: Request, most: int) -> bytes:
    """Return a request's body; raises `Refusal` where it is too long, as soon as that is known."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Refusal(415, "A query is sent as it is, not compressed.", {"Accept-Encoding": "identity"})
    body = bytearray()
    too_long = Refusal(413, f"A request has {most:,} bytes at the most.")
    if int(request.headers.get("content-length", "0")) > most:
        raise too_long
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise too_long
    return bytes(body)


async def _while_wanted(request: Request, work: Awaitable[T]) -> T:
    """Return what `work` gives, or end it and raise `ClientDisconnect` when the client goes away before."""
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
