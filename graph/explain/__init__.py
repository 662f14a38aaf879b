"""Why the graph is as it is: what is known of a node, why an edge is there, and why one is not.

The lists are read again, so that every line can be shown as it stands; the same lists give the same answers as the build.
"""

from __future__ import annotations

from .found import Traced, matching, nearest, trace
from .nodes import explain_node
from .pairs import explain_pair
from .words import Line

__all__ = ["Line", "Traced", "explain_node", "explain_pair", "matching", "nearest", "trace"]
