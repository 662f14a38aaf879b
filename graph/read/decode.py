"""Bytes → text: UTF-8, UTF-16 and UTF-32 with or without a mark, what a page declares, Windows-1252 and Latin-1.

Byte order marks go, and line ends become ``\\n``, so that line numbers are the editor's.
"""

from __future__ import annotations

import codecs
import re

from ..errors import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; UTF-32's begins with UTF-16's and so comes first."""

SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
)
"""First bytes of what people give by mistake, with what it is."""

_SAMPLE = 65536
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""")
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")


def decode(data: bytes, source: str, declared: str = "") -> str:
    """Return the text of a list.

    `declared` is the encoding that a server names; one that the text itself names (``<meta charset>``,
    ``<?xml encoding``) comes after it. Raises `InputError`, with `source` as its subject, for what is no text.
    """
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{source}: this is {kind}, not a list in text")
    text = _text(data, declared)
    if text is None or "\0" in text:
        raise InputError(f"{source}: this is a binary file, not a list in text")
    if not text.strip():
        raise InputError(f"{source}: the file is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(data: bytes, declared: str) -> str | None:
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if b"\0" in data:
        wide = _wide(data[:_SAMPLE])
        return data.decode(wide, "replace") if wide else None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Not UTF-8 throughout: the guesses below tell which encoding was meant.
        sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 20:
        return None
    within = _DECLARED.search(data[:1024])
    for name in (declared, within[1].decode("ascii") if within else ""):
        text = _declared(data, name)
        if text is not None:
            return text
    return _slipped(data)


def _wide(sample: bytes) -> str:
    """Return the UTF-16 that a sample without a mark is in, "" for neither: markup and links leave every other byte 0.

    >>> _wide("- [a](b)".encode("utf-16-be")), _wide(b"\\0" * 8)
    ('utf-16-be', '')
    """
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = max(4, len(sample) // 2 // 5)
    if odd >= enough and even <= odd // 50:
        return "utf-16-le"
    if even >= enough and odd <= even // 50:
        return "utf-16-be"
    return ""


def _declared(data: bytes, name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
        # Codecs such as rot13 or zlib are no encodings of text. UTF-8 was tried.
        return None if found == "utf-8" else data.decode(found)
    except (LookupError, UnicodeError, ValueError):
        return None


def _slipped(data: bytes) -> str:
    """Decode UTF-8 in which a few bytes are broken, else the western one-byte encodings, which take any byte."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    others = len(text) - len(text.encode("ascii", "ignore")) - broken
    if others > broken:
        return text
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
