"""linkatlas turns curated link lists into a knowledge graph to look at, query and load into other tools."""

from __future__ import annotations

__version__ = "0.1.0.dev0"
