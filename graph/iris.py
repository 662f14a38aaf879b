"""URLs and what is wrong with them: the legal IRI of any URL that a list may hold (RFC 3987)."""

from __future__ import annotations

import re
from ipaddress import IPv6Address

_LEGAL = re.compile(
    r"https?://[A-Za-z0-9.-]+(?:[/?][A-Za-z0-9._~!$&'()*+,;=:@/?-]*)?(?:#[A-Za-z0-9._~!$&'()*+,;=:@/?-]*)?"
)
"""A URL in which nothing can be wrong, as most are."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*:)(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:([^@]*)@)?(\[[0-9A-Fa-f:.]+\]|[^\[\]:@]*)(:[0-9]*)?")
_UNESCAPED = re.compile(r"%(?![0-9A-Fa-f]{2})")
# RFC 3987, ucschar: what may stand unescaped above ASCII; the planes' last two code points are no characters.
_UCSCHAR = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane * 0x10000 + (0x1000 if plane == 14 else 0))}-{chr(plane * 0x10000 + 0xFFFD)}" for plane in range(1, 15)
)
_FORBIDDEN = re.compile(rf"[^A-Za-z0-9._~!$&'()*+,;=:@/%{_UCSCHAR}-]")
_FORBIDDEN_IN_HOST = re.compile(rf"[^A-Za-z0-9._~!$&'()*+,;=%{_UCSCHAR}-]")
_FORBIDDEN_IN_FRAGMENT = re.compile(rf"[^A-Za-z0-9._~!$&'()*+,;=:@/?%{_UCSCHAR}-]")
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_FORBIDDEN_IN_QUERY = re.compile(rf"[^A-Za-z0-9._~!$&'()*+,;=:@/?%{_UCSCHAR}{_PRIVATE}-]")


def iri(text: str) -> str:
    """Return a URL as a legal absolute IRI: what RFC 3987 forbids is percent-encoded, the rest is left as it is.

    It is idempotent. Raises `ValueError` for a text without a scheme, which no IRI of its own can be made of.

    >>> iri("https://example.org/a b|c?q=[1]&r=100%")
    'https://example.org/a%20b%7Cc?q=%5B1%5D&r=100%25'
    >>> iri("https://example.org/été#a#b")
    'https://example.org/été#a%23b'
    """
    if _LEGAL.fullmatch(text):
        return text
    found = _PARTS.fullmatch(text)
    if found is None:
        raise ValueError(f"not an absolute IRI: {text!r}")
    scheme, authority, path, query, fragment = found.groups()
    host = "" if authority is None else "//" + _authority(authority)
    path = _encode(path, _FORBIDDEN)
    query = "" if query is None else "?" + _encode(query, _FORBIDDEN_IN_QUERY)
    fragment = "" if fragment is None else "#" + _encode(fragment, _FORBIDDEN_IN_FRAGMENT)
    return scheme + host + path + query + fragment


def is_absolute(url: str) -> bool:
    """Whether a URL has a scheme, so that `iri` can make an IRI of it."""
    return url.startswith(("https:", "http:")) or _SCHEME.match(url) is not None


def _encode(text: str, forbidden: re.Pattern[str]) -> str:
    return forbidden.sub(_percent, _UNESCAPED.sub("%25", text))


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _authority(text: str) -> str:
    """Return the legal form of ``user@host:port``; where its parts can't be told, all of it is taken for the host."""
    found = _AUTHORITY.fullmatch(text)
    user, host, port = found.groups() if found else (None, text, None)
    start = "" if user is None else _encode(user, _FORBIDDEN) + "@"
    return start + (host if _is_ip(host) else _encode(host, _FORBIDDEN_IN_HOST)) + (port or "")


def _is_ip(host: str) -> bool:
    if not (host.startswith("[") and host.endswith("]")):
        return False
    try:
        IPv6Address(host[1:-1])
    except ValueError:
        return False
    return True
