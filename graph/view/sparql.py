"""What a page carries to answer SPARQL by itself: Oxigraph as WebAssembly, the triples, the prefixes, the questions.

All of it stands behind the script as data that nothing reads before the panel is opened, so that the picture is there as
soon as without it. The engine is the npm package ``oxigraph``, unchanged; ``oxigraph/LICENSE`` has its version.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from itertools import takewhile
from typing import Any, NamedTuple

from ..query.questions import ANY, LITERALS, Parameter, Question, needs_evidence
from ..vocabulary import Vocabulary

READINGS_MOST = 100_000
"""Of more readings than these the page holds none: the browser would load them for half a minute, into 1.5 GB."""


class Sparql(NamedTuple):
    """What the queries of a page are asked of, and what helps to ask them."""

    facts: bytes
    """The triples of ``graph.ttl``, as Turtle."""
    evidence: bytes
    """Those of ``evidence.ttl``; empty where they are too many."""
    prefixes: Mapping[str, str]
    """What a query need not declare."""
    questions: tuple[Question, ...] = ()


def asking(sparql: Sparql, kinds: Sequence[str], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return what the panel is made of: prefixes and questions; `kinds` are the classes that the graph's nodes have.

    Questions about evidence are left out where the page holds none.
    """
    gallery = [each for each in sparql.questions if sparql.evidence or not needs_evidence(each.text)]
    return {
        "prefixes": dict(sparql.prefixes),
        "evidence": bool(sparql.evidence),
        "questions": [
            each._asdict()
            | {"text": _undeclared(each.text, sparql.prefixes)}
            | {"parameters": [_blank(one, kinds, vocabulary) for one in each.parameters]}
            for each in gallery
        ],
    }


def _undeclared(query: str, prefixes: Mapping[str, str]) -> str:
    r"""Return a query without those of its declarations that the page makes anyway: there is little room for it.

    >>> known = {"a": "http://a/", "b": "http://b/"}
    >>> _undeclared("PREFIX a: <http://a/>\nPREFIX b: <http://other/>\n\nASK { a:x b:y a:z }", known)
    'PREFIX b: <http://other/>\nASK { a:x b:y a:z }'
    """
    known = {f"PREFIX {prefix}: <{space}>" for prefix, space in prefixes.items()}
    lines = query.splitlines(keepends=True)
    head = list(takewhile(lambda line: not line.strip() or line.startswith("PREFIX "), lines))
    return "".join([line for line in head if line.strip() and line.strip() not in known] + lines[len(head) :])


def _blank(parameter: Parameter, kinds: Sequence[str], vocabulary: Vocabulary) -> dict[str, Any]:
    """Return a parameter with the classes of the nodes that it takes; None for one that takes no node."""
    kind = parameter.kind
    fitting = None if kind in LITERALS else [cls for cls in kinds if kind == ANY or vocabulary.is_a(cls, kind)]
    return parameter._asdict() | {"kinds": fitting, "numeric": kind == "number"}


def elements(sparql: Sparql) -> dict[str, str]:
    """Return the texts of the page's data elements by their ids: deflated, in base64."""
    own = files(__package__)
    engine = own / "oxigraph"
    # One script: the engine's own, and after it ours, which sees all that it defines.
    script = _classic((engine / "web.js").read_text(encoding="utf-8")) + (own / "worker.js").read_text(encoding="utf-8")
    return {
        "sparql-script": _packed(script.encode()),
        "sparql-engine": _packed((engine / "web_bg.wasm").read_bytes()),
        "sparql-facts": _packed(sparql.facts),
        "sparql-evidence": _packed(sparql.evidence),
    }


def _classic(module: str) -> str:
    r"""Return a module as a classic script: a page opened from a file can start no worker of modules in Chromium.

    >>> _classic("export class Store {}\nfetch(new URL('a.wasm', import.meta.url));\nexport { Store as default };\n")
    'class Store {}\nfetch(new URL(\'a.wasm\', ""));\n\n'
    """
    named = re.sub(r"^export (?=class |function )", "", module, flags=re.MULTILINE)
    return re.sub(r"^export \{.*\};$", "", named, flags=re.MULTILINE).replace("import.meta.url", '""')


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 9)).decode()
