"""What became of the links of each list that was read: the account that ``--explain-skips`` prints for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from .model import SKIP_REASONS, Skip, Source
from .names import clean


def explanation(sources: Iterable[Source]) -> str:
    """Return, for each list, how many links it has and what each that became nothing was skipped for.

    >>> from linkatlas.model import Skip, Source
    >>> print(explanation([Source("a.md", "", "A", "text/markdown", 99, 4, 7, (Skip("#top", 3, "anchor"),))]))
    a.md: 7 links = 4 entries + 2 in entries + 1 skipped
      anchor, 1: the link scrolls within its own page
        line 3  #top
    """
    return "\n".join(line for source in sources for line in _account(source))


def _account(source: Source) -> Iterator[str]:
    entries = "1 entry" if source.entries == 1 else f"{source.entries:,} entries"
    sum_of = f"{entries} + {source.parts:,} in entries + {len(source.skips):,} skipped"
    yield f"{source.source}: {source.links:,} links = {sum_of}"
    by_reason = groupby(sorted(source.skips, key=_place), key=lambda skip: skip.reason)
    for reason, skips in by_reason:
        found = list(skips)
        yield f"  {reason}, {len(found):,}: {SKIP_REASONS[reason]}"
        yield from (f"    line {skip.line}  {clean(skip.url) or '(no address)'}" for skip in found)


def _place(skip: Skip) -> tuple[str, int, str]:
    return skip.reason, skip.line, skip.url
