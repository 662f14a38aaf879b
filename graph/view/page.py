"""One HTML file, whole and safe: our template with vis-network, our script and style, and the data inline.

Nothing in the page can load or run anything that is not in it: a Content-Security-Policy names the hash of each script
and style. What came from a list is data (JSON that no parser of HTML can leave) until the script sets it as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from html import escape
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from ..model import Build
from ..vocabulary import Vocabulary
from .data import tables
from .sparql import Sparql, asking, elements

SCRIPTS = (
    "data.js",
    "marks.js",
    "state.js",
    "scope.js",
    "search.js",
    "paths.js",
    "painter.js",
    "labels.js",
    "picture.js",
    "legend.js",
    "details.js",
    "table.js",
    "export.js",
    "view.js",
)
"""Our script's parts, in the order in which they are put together; the last one starts the page."""
SPARQL_SCRIPTS = ("engine.js", "gallery.js", "ask.js")
"""The parts of the panel that asks in SPARQL; they come before the last part, where a page has the panel."""
PACK_ABOVE = 400_000
"""Longer data is deflated and written in base64: a third of the size, and quicker to read than the plain text."""
VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
"""vis-network, as pyvis brings it."""


def page(build: Build, vocabulary: Vocabulary, sparql: Sparql | None = None) -> str:
    """Return the view of a build as the text of one HTML file; with `sparql`, one that answers queries too."""
    first, more = tables(build, vocabulary)
    kinds = [kind["name"] for kind in first["kinds"]]
    own = files(__package__)
    styles = ("view.css", "ask.css") if sparql else ("view.css",)
    style = "".join((own / name).read_text(encoding="utf-8") for name in styles)
    scripts = [_vis_network(), _script(SPARQL_SCRIPTS if sparql else ())]
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string((own / "template.html").read_text(encoding="utf-8"))
    return template.render(
        title=first["title"],
        policy=_policy(scripts, style, queries=sparql is not None),
        style=style,
        scripts=scripts,
        first=_data(first),
        more=_data(more),
        sparql=sparql and {"asking": _data(asking(sparql, kinds, vocabulary)), "elements": elements(sparql)},
    )


def notebook(build: Build, vocabulary: Vocabulary, height: int = 640) -> str:
    """Return the view as a frame for a notebook's cell: the same page, shut off from the notebook around it."""
    inside = escape(page(build, vocabulary))
    return (
        f'<iframe title="linkatlas" srcdoc="{inside}" sandbox="allow-scripts allow-downloads allow-popups" '
        f'width="100%" height="{height}" frameborder="0"></iframe>'
    )


def _vis_network() -> str:
    text = files("pyvis").joinpath(VIS).read_text(encoding="utf-8")
    return re.sub(r"\n?//# sourceMappingURL=.*", "", text)  # a debugger would go and look for the map


def _script(further: tuple[str, ...]) -> str:
    own = files(__package__)
    parts = [(own / name).read_text(encoding="utf-8") for name in (*SCRIPTS[:-1], *further, SCRIPTS[-1])]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def _policy(scripts: list[str], style: str, *, queries: bool) -> str:
    """Return the Content-Security-Policy: scripts and styles by their hashes, and nothing from anywhere else.

    Queries run in a worker, which a page without an address can only have as a ``blob:``, and in WebAssembly.
    """
    allowed = [_hash(text) for text in scripts] + (["'wasm-unsafe-eval'"] if queries else [])
    rules = [
        "default-src 'none'",
        "script-src " + " ".join(allowed),
        "style-src " + _hash(style),
        "img-src data: blob:",
        *(["worker-src blob:"] if queries else []),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(rules)


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _data(value: Any) -> dict[str, str]:
    """Return data as the text of a script element, with its media type; no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if len(text) > PACK_ABOVE:
        packed = base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 6)).decode()
        return {"type": "application/json+zlib", "text": packed}
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return {"type": "application/json", "text": safe.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")}
