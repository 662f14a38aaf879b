"""Connections that end: uvicorn's HTTP/1.1, with a time for those who are slow on purpose.

uvicorn waits for ever for the rest of a request, and for a client that does not read; each such client would keep a
connection, and the file with its answer.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10.0
"""From a request's first byte (or the connection, for the first request) to its last."""
STALL_SECONDS = 30.0
"""While nothing of an answer is taken."""
ADDRESS_BYTES = 64 * 1024
"""Of a request's line and headers."""

_LATE = b"The request did not arrive within %g s.\n" % REQUEST_SECONDS
_RECEIVED = {h11.DONE, h11.MUST_CLOSE, h11.CLOSED, h11.ERROR}


class PatientProtocol(H11Protocol):
    """A connection with a deadline for each request, and for each pause in taking its answer."""

    _request_timer: asyncio.TimerHandle | None = None
    _stall_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._expect_request()

    def data_received(self, data: bytes) -> None:
        """Take what has come, and wait for the rest of the request only so long."""
        super().data_received(data)
        if self.conn.their_state in _RECEIVED:
            self._request_timer = self._stop(self._request_timer)
        else:
            self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._request_timer = self._stop(self._request_timer)
        self._stall_timer = self._stop(self._stall_timer)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait for the client to take what it has asked for."""
        super().pause_writing()
        self._stall_timer = self._stall_timer or self.loop.call_later(STALL_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client goes on."""
        self._stall_timer = self._stop(self._stall_timer)
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection without further requests, with an end to waiting for the last answer's last bytes."""
        super().timeout_keep_alive_handler()
        self._stall_timer = self._stall_timer or self.loop.call_later(STALL_SECONDS, self.transport.abort)

    def _expect_request(self) -> None:
        if self._request_timer is None:
            self._request_timer = self.loop.call_later(REQUEST_SECONDS, self._late)

    def _late(self) -> None:
        """Say that the request is late, where nothing else has been said yet, and close."""
        self._request_timer = None
        begun = self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
        if not begun and self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            headers = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")]
            headers.append(("Content-Length", str(len(_LATE))))
            parts = (h11.Response(status_code=408, headers=headers, reason=b"Request Timeout"), h11.Data(data=_LATE))
            for event in (*parts, h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    @staticmethod
    def _stop(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
        """Stop a timer, if there is one, and return what takes its place."""
        if timer is not None:
            timer.cancel()
        return None
