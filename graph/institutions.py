"""Institutions that a heading names, whoever knows them."""

from __future__ import annotations

from .vocabulary import Name, Vocabulary

_OF = frozenset({"of", "for", "de", "di", "du"})
_SMALL = frozenset({"of", "the", "at", "for", "and", "in", "de", "di", "la", "du", "des", "&", ","})
"""What is written small within an institution's name, or parts it from its place."""


def institution(text: str, vocabulary: Vocabulary) -> Name | None:
    """Return the university or the like that a heading names, or None.

    >>> from linkatlas.vocabulary import load
    >>> vocabulary = load()
    >>> for said in ("University of Alder, Finch", "Alder University", "University Rankings", "Courses at Alder University"):
    ...     print(said, institution(said, vocabulary) is not None)
    University of Alder, Finch True
    Alder University True
    University Rankings False
    Courses at Alder University False
    """
    parts = text.replace(",", " , ").split()
    at = next((at for at, part in enumerate(parts) if part.lower() in vocabulary.words["institution"]), None)
    if at is None or len(parts) == 1 or not all(part[0].isupper() or part in _SMALL for part in parts):
        return None
    before, behind = parts[:at], parts[at + 1 :]
    of = len(behind) > 1 and behind[0] in _OF
    # "Alder University", "Finch Institute of Kites", "Alder College, Finch"
    owned = bool(before) and (not behind or of or behind[0] == ",")
    vague = vocabulary.words["vague"] | vocabulary.words["plain"] | vocabulary.words["filler"]
    own = all(part not in _SMALL and part.lower() not in vague for part in before)
    named = own and (owned or (of and not before))
    return Name("atlas:Vendor", text.strip(), (), ordinary=False) if named else None
