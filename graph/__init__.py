"""linkatlas turns curated link lists into a knowledge graph to look at, query and load into other tools.

>>> from linkatlas import build
>>> build().built.graph.sources[0].entries
43
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .atlas import Atlas, build, load

__version__ = "0.1.0.dev0"
__all__ = ["Atlas", "__version__", "build", "load"]


def __getattr__(name: str) -> Any:
    """Load what the package offers in Python when it is first asked for, so that the command starts at once."""
    if name in ("Atlas", "build", "load"):
        from . import atlas

        return getattr(atlas, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
