"""Links that stand in sentences: words before a link that name nothing, but say what to do, or run on behind it."""

from __future__ import annotations

import re

RUNNING = re.compile(
    r"\s(?:by|from|at|via|with|on|in|of|for|see|the|a|an|to|into|using|under|like|is|as|and|or|also|check|von|par|por)\s*$",
    re.IGNORECASE,
)
"""The end of words that run on into the link behind them."""
SOURCE = re.compile(r"\s(?:by|from|at|via|on|von|par|por)\s*$", re.IGNORECASE)
"""The end of a name before the one who made it, or the place where it is."""

_OPENER = re.compile(
    r"(?:you|you're|you’re|we|i|if|in|on|there|it|this is|these are|please|when|since|although|while|also|see|for)\b",
    re.IGNORECASE,
)
"""How a sentence begins that speaks to the reader, or leads up to what it is about."""
_ORDER = re.compile(
    r"(?:please|read|visit|join|browse|follow|check|feel|go|look|add|make|use|note|remember)\b", re.IGNORECASE
)
"""How a sentence begins that tells the reader what to do; a name may begin so too."""
_FINITE = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|can|cannot|could|should|must|may|might|does|do|isn't|aren't|don't)\s"
)
ARTICLE = re.compile(r"\s(?:the|an?|its|his|her|our|your|my|their|this|that|these)\s*$")
_GOES_ON = re.compile(r"[\"'”’]?\s+(?!(?:by|and|at|from|in|on|via|or|with)\b)[a-z]+\b")
_STOPS = re.compile(r"[\"'”’)]*[.!?](?:\s|$)")
_SENTENCE_ENDS = re.compile(r"[.!?]\s+\S")
_CAPITAL = re.compile(r"\s[A-Z]")
_SMALL = re.compile(r"\s[a-z]")
_FEW = 3
"""So few words before a link may be nothing but its introduction: "Try out [Fold]", "Learn about [Glue]"."""


def in_sentence(text: str, begin: int, start: int, end: int) -> bool:
    """Whether the words from ``begin`` to a link, at ``start`` to ``end``, are a sentence that the link stands in.

    >>> said = "You can also look at the big list of all kites."
    >>> in_sentence(said, 0, 25, 33)
    True
    >>> in_sentence("Flying kites at night by Ada Fern", 0, 25, 36)
    False
    """
    lead = text[begin:start]
    if _titled(lead) or lead.rstrip().endswith(","):
        return False  # behind a comma the link is what the sentence is about: "For the rain, [Fold] is best"
    goes_on = _GOES_ON.match(text, end) is not None
    if _OPENER.match(lead):
        return goes_on or _STOPS.match(text, end) is not None or _FINITE.search(lead) is not None
    if len(lead.split()) <= _FEW:
        return False
    if _FINITE.search(lead) or ARTICLE.search(lead):
        return True
    return not SOURCE.search(lead) and (goes_on or _ORDER.match(lead) is not None)


def _titled(lead: str) -> bool:
    """Whether most words are capitalised, as they are in a title."""
    return len(_CAPITAL.findall(lead)) > len(_SMALL.findall(lead))


_CITED = re.compile(r"\b(?:19|20)\d\d\)?[.,]?\s*$")
"""The end of a reference: where and when something was published."""


def leads_to_label(text: str, begin: int, start: int) -> bool:
    """Whether the words before a link's label are sentences: "You can ask us anything. Read more [here]"."""
    lead = text[begin:start]
    if lead.endswith(("(", "[")) or _CITED.search(lead):
        return False
    return _OPENER.match(lead) is not None and (
        _SENTENCE_ENDS.search(lead) is not None or _FINITE.search(lead) is not None or RUNNING.search(lead) is not None
    )
