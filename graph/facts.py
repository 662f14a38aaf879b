"""What stands beside an entry, in the ontology's terms: the property that a field states, and what a tag says."""

from __future__ import annotations

import re

from .names import fold
from .vocabulary import Vocabulary

_LICENCE = re.compile(r"^the\s+|\s*\blicen[cs]es?$", re.IGNORECASE)
_ADDRESS = re.compile(" (?:url|link|uri|href|page)s?$")


def role(field: str, vocabulary: Vocabulary) -> str:
    """Return the property that a field states, by its name in words; empty where no role is known.

    A field of addresses may say so behind its name: ``repo url``, ``author link``.

    >>> from .vocabulary import load
    >>> role("repo url", load()), role("written in", load()), role("shoe size", load())
    ('atlas:repository', 'atlas:implementedIn', '')
    """
    roles = vocabulary.roles
    return roles.get(field) or roles.get(_ADDRESS.sub("", field)) or roles.get(field.replace(" ", ""), "")


def told(tag: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return what words that stand apart like a tag say, property and value; None where the lexicon knows none.

    They are a licence, a programming language or a keyword of general meaning. A language whose name is also a word is meant
    only where it is spelt exactly.

    >>> from .vocabulary import load
    >>> told("MIT License", load()), told("Golang", load()), told("commercial", load()), told("go", load())
    (('dcterms:license', 'https://spdx.org/licenses/MIT'), ('atlas:implementedIn', 'Go'), ('schema:keywords', 'paid'), None)
    """
    known = vocabulary.names.get(fold(tag))
    if known is not None and known.cls == "atlas:Language":
        if not known.ordinary or tag in (known.label, *known.aliases):
            return "atlas:implementedIn", known.label
        return None
    return vocabulary.tags.get(fold(tag)) or vocabulary.tags.get(fold(_LICENCE.sub("", tag)))
