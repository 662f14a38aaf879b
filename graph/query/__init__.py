"""Questions to a built graph, or to any RDF: the data, the prefixes, the evaluation, the forms of an answer.

Everything here is below the command line and the server, which both ask through it. The engine is Oxigraph.
"""

from __future__ import annotations
