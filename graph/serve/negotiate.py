"""Which media type answers a request: the header Accept of RFC 9110 (section 12.5.1), with weights and wildcards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class _Range(NamedTuple):
    """A media range of an Accept header, and how much it is wished for: 0 (not at all) to 1."""

    type: str
    subtype: str
    weight: float

    def precision(self, media_type: str) -> int:
        """Return how closely the range names a media type: 0 not at all, 1 `*/*`, 2 `text/*`, 3 itself."""
        kind, _, name = media_type.partition("/")
        if (self.type, self.subtype) == (kind, name):
            return 3
        if self.subtype == "*":
            return 2 if self.type == kind else int(self.type == "*")
        return 0


def best(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered media type that an Accept header wishes for most; None where it takes none of them.

    Of equals, the first that is offered. No header, or an empty one, takes anything. A range that names a media type
    more closely outdoes one with wildcards; parameters of a range other than its weight are not looked at.

    >>> best("text/csv;q=0.5, */*;q=0.1, application/json;q=0", ["application/json", "text/xml", "text/csv"])
    'text/csv'
    >>> best("image/png", ["application/json"]) is None
    True
    """
    ranges = [found for part in accept.split(",") if (found := _range(part))]
    if not accept.strip():
        return next(iter(offered), None)
    weights = {media_type: _weight(media_type, ranges) for media_type in offered}
    wished = max(offered, key=weights.__getitem__, default=None)  # of equals, max takes the first
    return wished if wished is not None and weights[wished] > 0 else None


def _weight(media_type: str, ranges: Sequence[_Range]) -> float:
    matching = [(found.precision(media_type), found.weight) for found in ranges]
    precision, weight = max(matching, default=(0, 0.0))
    return weight if precision else 0.0


def _range(part: str) -> _Range | None:
    """Read one media range; None for what is none."""
    name, *parameters = (word.strip().lower() for word in part.split(";"))
    kind, slash, subtype = name.partition("/")
    if not (kind and slash and subtype):
        return None
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            return _Range(kind, subtype, _quality(value.strip()))
    return _Range(kind, subtype, 1.0)


def _quality(text: str) -> float:
    """Read a weight; one that is no number from 0 to 1 counts as 0: what is garbled is not wished for."""
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
