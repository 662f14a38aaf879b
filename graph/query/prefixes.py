"""The prefixes that a query may use without declaring them.

They are handed to the parser beside the query, never written into it, so that the positions of its errors stay true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from ..namespaces import BASE_IRI, NODE_KINDS
from ..namespaces import PREFIXES as TERMS
from .dataset import files, rdf_format

PREFIXES: Mapping[str, str] = {**TERMS, **{kind: f"{BASE_IRI}{kind}/" for kind in (*NODE_KINDS, "reading")}}
"""The vocabularies, and the kinds of nodes under the base IRI that builds have unless told otherwise."""


def prefixes_of(paths: Sequence[Path]) -> dict[str, str]:
    """Return `PREFIXES` with those that the files themselves declare at their head, which win.

    So ``tool:`` means what it means in the build that is asked, whatever its base IRI.
    Raises `InputError` as `linkatlas.query.dataset.files` does; what a broken file declares is left out.
    """
    found = dict(PREFIXES)
    for path in files(paths):
        found |= _declared(path)
    return found


def shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI as a prefixed name where a prefix fits and nothing needs an escape, else between angle brackets.

    >>> shortened("https://w3id.org/linkatlas/id/tool/kubernetes", PREFIXES), shortened("https://dvc.org/a", PREFIXES)
    ('tool:kubernetes', '<https://dvc.org/a>')
    """
    best = max(
        ((space, prefix) for prefix, space in prefixes.items() if space and iri.startswith(space)),
        key=lambda found: len(found[0]),
        default=None,
    )
    if best is None:
        return f"<{iri}>"
    local = iri.removeprefix(best[0])
    plain = all(letter.isalnum() or letter in "_-" for letter in local.replace(".", "")) and not local.endswith(".")
    return f"{best[1]}:{local}" if plain and not local.startswith((".", "-")) else f"<{iri}>"


def _declared(path: Path) -> dict[str, str]:
    try:
        parser = ox.parse(path=path, format=rdf_format(path), base_iri=path.resolve().as_uri())
        next(parser, None)
    except (SyntaxError, OSError):  # whoever loads the file says what is wrong with it
        return {}
    return dict(parser.prefixes)
