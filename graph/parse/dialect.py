"""How one list tells the names of its entries from what it says of them, where no entry by itself shows it.

"Fold - folds paper. [link](https://fold.example)" is parted where its address has the name (`own_names`). A list
that writes several of its entries so writes the other things so, too, whatever their sites and repositories are called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

from ..model import Entry, Link, Section, Skip
from .label_runs import set_apart
from .links import Labels
from .own_names import BREAK, is_called, is_title, is_whole, squashed

_ENOUGH = 3
"""So many entries whose addresses have their names show how a list writes all."""
_SOME, _MOST = 0.2, 0.5
"""The share of the entries with one sign that are such ones, at least: what addresses do not tell a list may write otherwise."""
_LONGEST = 12
"""How many words the name of an entry has at most where only its list shows where it ends."""


def told_apart(parts: Sequence[Section | Entry | Skip], labels: Labels) -> list[Section | Entry | Skip]:
    """Return the parts of a list, with the names of all entries parted as those whose addresses have them.

    A colon shows nothing of dashes, nor they of it.
    """
    ahead = {at: told for at, part in enumerate(parts) if isinstance(part, Entry) and (told := _told(part)) is not None}
    written = Counter(told.sign for told in ahead.values())
    shown = Counter(told.sign for told in ahead.values() if told.parted)
    shares = {sign: count / written[sign] for sign, count in shown.items() if count >= _ENOUGH}
    if not shares:
        return list(parts)
    taken = {squashed(part.passage.text[slice(*part.title)]) for part in parts if isinstance(part, Entry)}
    return [
        _parted(part, ahead[at], labels, shares.get(ahead[at].sign, 0.0), taken)
        if at in ahead and isinstance(part, Entry)
        else part
        for at, part in enumerate(parts)
    ]


class _Told(NamedTuple):
    """How an entry whose name stands in plain words before its link goes on behind the name."""

    sign: str
    parting: tuple[int, int]
    link: Link
    parted: bool
    """Whether its address has shown where its name ends."""


def _told(entry: Entry) -> _Told | None:
    """Return how an entry goes on behind its name; None where a link or a table has that, and where nothing parts the words."""
    passage = entry.passage
    link = next((link for link in passage.links if link.url == entry.url), None)
    if link is None or link.start < entry.title[1] or not is_whole(link.url):
        return None
    if any(mark.tag == "td" for mark in passage.marks):
        return None
    text, (start, end) = passage.text, entry.title
    parted = is_called(text[start:end], entry.url)
    parting = BREAK.match(text, end) if parted else BREAK.search(text, start, end)
    if parting is None or text.count(" ", start, parting.start()) >= _LONGEST:
        return None
    return _Told(":" if set(parting[0]) & set(":：") else "-", parting.span(), link, parted)


def _parted(entry: Entry, told: _Told, labels: Labels, share: float, taken: Set[str]) -> Entry:
    """Part the words before an entry's link at the first break in them, where so many of its list show that.

    What goes on in capitals can be a title's rest, unless most of the list's addresses say otherwise; what another entry is
    called is no name of this one.
    """
    start, end = told.parting
    name = squashed(entry.passage.text[entry.title[0] : start])
    least = _MOST if is_title(entry.passage.text[end : entry.title[1]]) else _SOME
    if told.parted or share < least or name in taken or not any(map(str.isalpha, name)):
        return entry
    shown = set_apart(entry.passage, end, [told.link], labels)
    return entry._replace(passage=shown, title=(entry.title[0], start), body=end)
