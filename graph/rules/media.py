"""Platforms that a title names only as where its page is: a channel on YouTube is about something else."""

from __future__ import annotations

import re

from ..headings import words
from ..names import fold
from ..urls import domains, split
from ..vocabulary import Vocabulary
from .reading import Reading

_BEHIND = re.compile(r"(?:\.com)?[ -]([A-Za-z]+)")
_JOINT = re.compile(r"(?:\s+(?:on|at|the|in)|['’]s|\s*[-–—|:/])*\s*$")
"""What stands between what a page is about and the platform that it is on."""
_DOES = re.compile(r"[A-Za-z]+ing\b|[Hh]ow\b|[Ww]hy\b")
_LED = re.compile(r"\s+[-–—|]\s+\w|:\s+\w")
_ENDS = re.compile(r"\W*(?:[(\[].*)?$")


def is_medium(platform: str, end: int, reading: Reading) -> bool:
    """Whether a platform whose name ends at an offset of an item's name is where the page is: Bramble Discord.

    What such platforms hold may stand behind: a YouTube channel. A repository may be about its host all the same.
    """
    item, vocabulary = reading.item, reading.vocabulary
    site = split(item.entry.url)
    host = site.host
    own = host.partition(".")[0] in vocabulary.hints["inHost"] or site.path[:1] == ("blog",)  # the platform's own
    here = not own and any(_is_of(domain, platform, vocabulary) for domain in domains(host))
    if not here and not (
        item.cls == "atlas:Community" and any(_is_of(other, platform, vocabulary) for other in vocabulary.sites)
    ):
        return False
    span = item.title.span
    title = item.name_text if span is None else item.name_text[: span.end]
    held = _BEHIND.match(title, end)
    if len(words(title)) <= len(words(platform)) + (held is not None):
        return False  # a GitHub Page is about nothing else that the title names
    front = _JOINT.sub("", title[: end - len(platform)]).strip()
    if here and not front and item.cls == "atlas:Community" and _LED.match(title, end):
        return True  # "Telegram - Kites and more", there
    if held is not None:
        return held[1].lower() in vocabulary.words["held"] and not _DOES.match(front)
    named = fold(front) in vocabulary.names or reading.of_the_list(fold(front)) is not None
    told = item.cls == "atlas:Community" or named  # "Scaling Reddit", "Why I left Medium" are about it
    return told and _ENDS.match(title, end) is not None and not vocabulary.keeps_code(host)


def _is_of(host: str, platform: str, vocabulary: Vocabulary) -> bool:
    """Whether a host is where a platform has other people's accounts, or their communities."""
    rule = vocabulary.sites.get(host)
    if rule is None or fold(rule.operator) != fold(platform):
        return False
    return rule.account is not None or any(
        hint.cls == "atlas:Community" for hint in vocabulary.hints["inHost"].get(host, ())
    )
