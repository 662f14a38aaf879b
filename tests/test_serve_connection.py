"""Clients that are slow on purpose: what a connection waits for, with the waiting cut short."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from linkatlas.serve import connection

Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]
GET = b"GET /%s HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n"


async def echo(request: Request) -> Response:
    return PlainTextResponse(await request.body())


async def endless(_: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        while True:
            yield b"." * 65536
            await asyncio.sleep(0)

    return StreamingResponse(pieces())


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[Callable[[], Awaitable[Client]], uvicorn.Server]]:
    app = Starlette(routes=[Route("/echo", echo, methods=["GET", "POST"]), Route("/endless", endless)])
    config = uvicorn.Config(
        app,
        http=connection.PatientProtocol,
        port=0,
        lifespan="off",
        log_config=None,
        ws="none",
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield lambda: asyncio.open_connection("127.0.0.1", port), server
    finally:
        for each in server.server_state.connections:
            if each.transport is not None:
                each.transport.abort()
        server.should_exit = True
        await running


def run(
    scenario: Callable[[Callable[[], Awaitable[Client]], uvicorn.Server], Awaitable[None]],
) -> None:
    async def main() -> None:
        async with serving() as (connect, server), asyncio.timeout(30):
            await scenario(connect, server)

    asyncio.run(main())


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "REQUEST_SECONDS", 0.3)
    monkeypatch.setattr(connection, "STALL_SECONDS", 0.3)


@pytest.mark.slow
@pytest.mark.parametrize("sent", [b"", b"GET / HT", POST, POST + b"abc", GET % b"echo" + b"GET"])
def test_a_request_that_does_not_arrive_is_given_up(sent: bytes) -> None:
    async def scenario(connect: Callable[[], Awaitable[Client]], _: uvicorn.Server) -> None:
        reader, writer = await connect()
        writer.write(sent)
        answer = await reader.read()  # to the end, so the connection was closed
        assert b"HTTP/1.1 408 Request Timeout\r\n" in answer or sent.endswith(b"\r\n\r\nGET")
        writer.close()

    run(scenario)


def test_a_request_that_drips_is_given_up() -> None:
    async def scenario(connect: Callable[[], Awaitable[Client]], _: uvicorn.Server) -> None:
        reader, writer = await connect()
        answer = asyncio.create_task(reader.read())
        for _letter in range(50):
            if answer.done():
                break
            writer.write(b"G")
            await asyncio.sleep(0.05)
        with contextlib.suppress(
            ConnectionError
        ):  # a letter on its way when the connection closed takes the answer with it
            assert b" 408 " in await answer
        assert answer.done()
        writer.close()

    run(scenario)


def test_a_client_that_does_not_read_is_given_up() -> None:
    async def scenario(connect: Callable[[], Awaitable[Client]], server: uvicorn.Server) -> None:
        _, writer = await connect()
        writer.write(GET % b"endless")
        while not server.server_state.connections:
            await asyncio.sleep(0.01)
        while server.server_state.connections:
            await asyncio.sleep(0.05)
        writer.close()

    run(scenario)


def test_who_asks_in_time_is_answered_again_and_again() -> None:
    async def scenario(connect: Callable[[], Awaitable[Client]], _: uvicorn.Server) -> None:
        reader, writer = await connect()
        for _round in range(4):
            writer.write(POST)
            await asyncio.sleep(0.15)
            writer.write(b"abcd")
            answer = await reader.readuntil(b"abcd")
            assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        writer.close()

    run(scenario)
