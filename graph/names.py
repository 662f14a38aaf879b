"""Names: when two spellings are one, what makes a spelling well formed, and how a name becomes part of an IRI."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SIGNS = str.maketrans({"&": " and ", "+": "plus", "#": "sharp"})
_FOLDED = str.maketrans(
    {chr(code): chr(code).lower() if chr(code).isalnum() else None for code in range(128)}
    | {"&": "and", "+": "plus", "#": "sharp"}
)
_EMOJI = re.compile(
    r":[a-z0-9_+-]+:|[\u2190-\u21ff\u2300-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
"""Emoji and their short codes, but no signs of mathematics: ``≥ 150`` says something."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_MARK = re.compile(r"\s*[(\[][a-z$€£©®*!?]{1,2}[)\]]$", re.IGNORECASE)
"""A legend's mark behind a name: "Axon (c)", "Braze ($)"."""

_BRACKET = re.compile(r"[()\[\]{}]")
_APOSTROPHE = re.compile(r"['’]")
_LETTER_MARKS = "\u0900-\u109f\u1780-\u1cff\u3099\u309a"
"""Marks that make another letter, and are no accents: the vowels of Indic scripts and Thai, the voicing of Japanese."""
_BETWEEN_WORDS = re.compile(rf"[^\w{_LETTER_MARKS}]+|_")
_IN_NAMES = re.compile(rf"[^\W_]|[{_LETTER_MARKS}]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@lru_cache(maxsize=1 << 18)
def fold(name: str) -> str:
    """Fold a name to the letters and digits that tell it from another: case, accents and punctuation go.

    >>> fold("Great-Expectations"), fold("C++"), fold("C#"), fold("R & D"), fold("Café")
    ('greatexpectations', 'cplusplus', 'csharp', 'randd', 'cafe')
    >>> fold("ドア") == fold("トア"), fold("ドア") == fold("ﾄﾞｱ")
    (False, True)
    """
    if name.isascii() and name.isalnum():
        return name.lower()
    if name.isascii():
        return name.translate(_FOLDED)
    text = unicodedata.normalize("NFKD", name).casefold().translate(_SIGNS)
    return unicodedata.normalize("NFC", "".join(_IN_NAMES.findall(text)))


def clean(text: str) -> str:
    """Return a name as a reader would say it: without emoji, control characters and stray brackets, on one line.

    >>> clean(":fire: **Kube  DOOM**")
    'Kube DOOM'
    """
    # Most texts need little of this, and a build asks for a million: each step is taken where it can change something.
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    if ":" in text or not text.isascii():
        text = _EMOJI.sub(" ", text)
    text = " ".join(text.split()).strip("*_`~|•·»«→ \t")
    if text.endswith((")", "]")):
        text = _MARK.sub("", text)
    text = text.strip(":;,–—- ")
    return _balance(text) if _BRACKET.search(text) else text


def _balance(text: str) -> str:
    """Drop a bracket at either end that has no partner."""
    for opening, closing in ("()", "[]", "{}"):
        if text.count(opening) < text.count(closing) and text.endswith(closing):
            text = text[:-1].rstrip()
        if text.count(opening) > text.count(closing) and text.startswith(opening):
            text = text[1:].lstrip()
    return text


def slug(name: str) -> str:
    """Return a name as the last part of an IRI: lower case, words joined by hyphens.

    >>> slug("Apache Airflow"), slug("C++"), slug("Cloud Next '19")
    ('apache-airflow', 'cplusplus', 'cloud-next-19')
    """
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    text = text.casefold().replace("+", "plus").replace("#", "sharp").replace("&", " and ")
    return _BETWEEN_WORDS.sub("-", _APOSTROPHE.sub("", text)).strip("-")


def sewn_from(name: str) -> tuple[str, ...]:
    """Return the words that a name is sewn from, as its capitals show them.

    >>> sewn_from("EventBus"), sewn_from("RSSReader"), sewn_from("Event Bus"), sewn_from("Bus")
    (('Event', 'Bus'), ('RSS', 'Reader'), ('Event Bus',), ('Bus',))
    """
    return tuple(_CAMEL.split(name))


def spaced(handle: str) -> str:
    """Return an account's handle as words.

    >>> spaced("CoxAutomotiveDataSolutions"), spaced("bluecore-engineering"), spaced("QuantumBlack")
    ('Cox Automotive Data Solutions', 'Bluecore Engineering', 'QuantumBlack')
    """
    words = re.split(r"[-_.\s]+", handle.strip("-_."))
    if len(words) == 1:
        parts = _CAMEL.split(words[0])
        return " ".join(parts) if len(parts) > 2 else words[0]
    return " ".join(word if any(map(str.isupper, word)) else word.capitalize() for word in words if word)


def one_slip(left: str, right: str) -> bool:
    """Whether two folded names differ by one slip of the pen: a letter missing, added, changed, or two swapped.

    >>> one_slip("mlfow", "mlflow"), one_slip("ray", "array"), one_slip("spark", "spark")
    (True, False, False)
    """
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    shorter, longer = sorted((left, right), key=len)
    at = next((at for at, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter))
    if len(shorter) != len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = shorter[at : at + 2] == longer[at : at + 2][::-1] and shorter[at + 2 :] == longer[at + 2 :]
    return swapped or shorter[at + 1 :] == longer[at + 1 :]


def with_other_dots(spelling: str) -> str:
    """Return how else a name is written that ends with JavaScript's or a company's ending, or nothing: VueJS, Acme.AI.

    >>> with_other_dots("Kite.js"), with_other_dots("Acme AI"), with_other_dots("Kite")
    ('KiteJS', 'Acme.AI', '')
    """
    stem, _, ending = spelling.rpartition(".")
    if ending in ("js", "JS") and len(stem) > 1:
        return f"{stem}JS"
    return f"{spelling[:-3]}.AI" if spelling.endswith(" AI") else ""


def in_full(name: str) -> str:
    """Return a person's name without initials and nicknames.

    >>> in_full("Ada D. “Kite” Fern"), in_full("A. D. E.")
    ('Ada Fern', 'A. D. E.')
    """
    kept = [word for word in re.sub(r"[\"“].*?[\"”]", "", name).split() if len(word.strip(".")) > 1]
    return " ".join(kept) or name
