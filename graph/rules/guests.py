"""Who is heard in a recording, or teaches a course, beside what it is on: "Kites aloft with Ada Fern"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim
from ..personal import is_given
from ..titles import PERSON
from .people import by, in_a_row
from .reading import Reading

_ROW = rf"{PERSON.pattern}(?:(?:,| and| &) {PERSON.pattern}){{0,3}}"
_WITH = re.compile(
    r"(?<!wrong)(?<!trouble)(?<!problem)(?<!living)(?<!life) (?:[Ww]ith |w/ ?)"
    rf"(?={_ROW}\s*(?:$|[|(\[]|[-–—] ))"
)
"""What stands before those who are heard in a recording, at the end of its title."""
_TAUGHT = re.compile(
    rf" [Ww]ith (?={_ROW}\s*(?:by|at|from)\s+\w)"
    rf"|(?<=[Cc]ourse|lesson|lasses|ecture|taught|erview|sation) with (?={_ROW}\s*(?:$|[.;|(\[]))"
)
"""What stands before those who are heard or teach, at the end of a sentence or before whose course it is."""
_OPENS = re.compile("[Ww]ith |w/")
_RECORDED = ("atlas:Talk", "atlas:Podcast")
_HEARD = (*_RECORDED, "atlas:Course")


def guests(reading: Reading) -> Iterator[Claim]:
    """Who is heard in a recording, or teaches a course, may end its title, or a sentence on it."""
    item, span = reading.item, reading.item.title.span
    text = item.entry.passage.text
    if item.cls not in _HEARD or item.title.people or span is None or not _OPENS.search(text):
        return
    titled = _WITH.search(text, span.start, span.end) if item.cls in _RECORDED else None
    found = titled or _TAUGHT.search(text, item.body)
    end = span.end if titled is not None else len(text)
    for first, last in in_a_row(reading, found.end(), end) if found is not None else ():
        if not is_given(text[first:last].split()[0], reading.vocabulary):
            return
        yield from by(reading, (first, last), None, "guest in title" if titled is not None else "guest")
