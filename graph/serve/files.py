"""Files as answers: sent piece by piece, so that a slow client costs a file and no memory."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

_PIECE = 64 * 1024


def sent(file: BinaryIO, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a response that sends an open file from its beginning, and closes it."""
    length = {"Content-Length": str(os.fstat(file.fileno()).st_size)}
    return StreamingResponse(_pieces(file), media_type=media_type, headers={**length, **(headers or {})})


def stored(request: Request, file: BinaryIO, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a response that sends an open file unless the client has it already (RFC 9110, 13.1.2)."""
    found = os.fstat(file.fileno())
    tag = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
    known = {"ETag": tag, "Cache-Control": "no-cache", **(headers or {})}
    if tag in (word.strip() for word in request.headers.get("if-none-match", "").split(",")):
        file.close()
        return Response(status_code=304, headers=known)
    return sent(file, media_type, known)


async def _pieces(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
            await asyncio.sleep(0)  # a client that takes all at once does not keep the others waiting
