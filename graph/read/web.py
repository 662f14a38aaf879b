"""Pages on the web over HTTP, with limits on time, size and redirects; no other scheme is ever followed."""

from __future__ import annotations

import http.client
import queue
import re
import socket
import ssl
import threading
import urllib.request
import zlib
from collections.abc import Mapping
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from .. import __version__
from ..errors import InputError, LinkatlasError, NetworkError
from ..model import Document
from .decode import decode
from .formats import media_type
from .settings import Limits, too_large

ACCEPT = "text/markdown, text/plain;q=0.9, text/html;q=0.8, */*;q=0.5"

_REDIRECTS = {301, 302, 303, 307, 308}
_NO_TEXT = {"audio", "font", "image", "video"}
_CHUNK = 65536


class Page(NamedTuple):
    """What a server gave."""

    url: str
    """The address that it came from, after redirects, without a fragment."""
    data: bytes
    content_type: str
    charset: str


class StatusError(NetworkError):
    """A server answered with a status that is no success."""

    def __init__(self, message: str, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers


def read(source: str, limits: Limits) -> Document:
    """Return the list at a web address. Raises as `fetch`, and `InputError` for what is no list."""
    page = fetch(source, source, limits)
    if page.content_type.partition("/")[0] in _NO_TEXT:
        raise InputError(f"{source}: this is {page.content_type}, not a list in text")
    text = decode(page.data, source, page.charset)
    return Document(source, text, media_type(_suffix(page.url), text, page.content_type), page.url)


def fetch(url: str, source: str, limits: Limits, headers: Mapping[str, str] | None = None) -> Page:
    """Return what a GET of an address gives; `source` is the subject of every message.

    Raises `InputError` for an address that is none and for a page above the size limit, `StatusError` for a status
    other than 200, and `NetworkError` for everything else that goes wrong on the way.
    """
    answer: queue.SimpleQueue[Page | BaseException] = queue.SimpleQueue()
    late = threading.Event()

    def work() -> None:
        try:
            answer.put(_follow(url, source, limits, headers or {}, late))
        except BaseException as error:
            # The caller's thread raises it, whatever it is.
            answer.put(error)

    # A server that sends a byte now and then keeps every single wait short: only a second thread can bound the whole.
    threading.Thread(target=work, daemon=True).start()
    try:
        outcome = answer.get(timeout=limits.seconds)
    except queue.Empty:
        raise NetworkError(f"{source}: not finished after {limits.seconds:g} seconds") from None
    finally:
        late.set()
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def _follow(url: str, source: str, limits: Limits, headers: Mapping[str, str], late: threading.Event) -> Page:
    """Get a page, through as many redirects as are allowed."""
    address = _checked("", url, source, InputError)
    opener = _opener()
    for _ in range(limits.redirects + 1):
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked
            address,
            headers={"User-Agent": f"linkatlas/{__version__}", "Accept": ACCEPT, "Accept-Encoding": "gzip", **headers},
        )
        try:
            with opener.open(request, timeout=limits.silence) as response:
                if response.status not in _REDIRECTS:
                    return _page(source, address, response, limits, late)
                target = response.headers.get("Location", "")
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise NetworkError(f"{source}: {_reason(error, address, limits)}") from error
        address = _checked(address, target, f"{source}: leads to {target!r}", NetworkError)
    raise NetworkError(f"{source}: more than {limits.redirects} redirects")


def _opener() -> urllib.request.OpenerDirector:
    """Return an opener for HTTP through the proxies of the environment: no file:, no ftp:, no redirects of its own."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _page(source: str, address: str, response: http.client.HTTPResponse, limits: Limits, late: threading.Event) -> Page:
    if response.status != 200:
        phrase = http.client.responses.get(response.status, "no known status").lower()
        message = f"{source}: {_host(address)} answers {response.status} ({phrase})"
        raise StatusError(message, response.status, dict(response.headers.items()))
    compression = response.headers.get("Content-Encoding", "identity").strip().lower()
    if compression not in ("identity", "gzip", "x-gzip", ""):
        raise NetworkError(f"{source}: compressed in a way that was not asked for ({compression})")
    data = _body(source, response, compression.endswith("gzip"), limits, late)
    kind = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    return Page(address, data, kind, str(response.headers.get_content_charset("")))


def _body(
    source: str, response: http.client.HTTPResponse, packed: bool, limits: Limits, late: threading.Event
) -> bytes:
    """Read a body piece by piece, so that neither a long one nor one that unpacks to a long one fills the memory."""
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_CHUNK):
        if late.is_set():
            raise NetworkError(f"{source}: given up")
        plain = unpack.decompress(piece, limits.size + 1 - size) if unpack else piece
        size += len(plain)
        if size > limits.size:
            raise InputError(too_large(source, limits))
        pieces.append(plain)
    if response.length or (unpack and not unpack.eof):
        raise NetworkError(f"{source}: the connection ended before the page did")
    return b"".join(pieces)


def _checked(base: str, target: str, subject: str, wrong: type[LinkatlasError]) -> str:
    """Return an address as HTTP sends it; raises `wrong`, with `subject` in front, for one that is not to be called."""
    try:
        address = urljoin(base, target)
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError) as error:
        raise wrong(f"{subject}: not a web address") from error
    if parts.scheme not in ("http", "https"):
        raise wrong(f"{subject}: only http and https addresses are read, not {parts.scheme or 'this'}:")
    if not host or re.search(r"[\s\x00-\x1f\x7f]", address):
        raise wrong(f"{subject}: not a web address")
    if parts.username is not None or parts.password is not None:
        # Not even the message shows the password.
        raise wrong(f"{parts.scheme}://{host}: addresses with a user name or password are not read")
    host = f"[{host}]" if ":" in host else host
    path, query = quote(parts.path, safe="/%:@!$&'()*+,;=~-._"), quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return urlunsplit((parts.scheme, host + port, path or "/", query, ""))


def _reason(error: Exception, address: str, limits: Limits) -> str:
    """Return what went wrong on the way to a server, in words."""
    cause: object = error.reason if isinstance(error, URLError) else error
    host = _host(address)
    if isinstance(cause, TimeoutError):
        return f"{host} is silent for {limits.silence:g} seconds"
    if isinstance(cause, socket.gaierror):
        return f"cannot find {host} (is this machine online?)"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the certificate of {host} cannot be trusted ({cause.verify_message})"
    if isinstance(cause, ConnectionRefusedError):
        return f"{host} refuses the connection"
    if isinstance(cause, http.client.IncompleteRead | ConnectionResetError | http.client.RemoteDisconnected):
        return "the connection ended before the page did"
    if isinstance(cause, http.client.HTTPException | zlib.error):
        return f"{host} answers something that is not HTTP ({type(cause).__name__})"
    if isinstance(cause, OSError) and cause.strerror:
        return f"cannot reach {host} ({cause.strerror.lower()})"
    return f"cannot reach {host} ({cause})"


def _host(address: str) -> str:
    return urlsplit(address).netloc


def _suffix(address: str) -> str:
    name = urlsplit(address).path.rpartition("/")[2]
    return name[name.rindex(".") :] if "." in name else ""
