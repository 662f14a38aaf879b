"""Graphs that nobody would write by hand: for the laws that every format keeps whatever a list says."""

from __future__ import annotations

from hypothesis import strategies as st

from linkatlas.model import Build, Evidence, Graph, Node, Place, Source, Statement
from linkatlas.namespaces import BASE_IRI

NASTY = (
    'quote " and \\ backslash',
    "two\nlines",
    "carriage\rreturn",
    "mac\r\nand windows",
    "</script><script>alert(1)</script>",
    "]]> <!-- &amp; &#0;",
    "\u202eright to left\u2066",
    "\x00\x01\x1f\x7f\x85\u2028\ufeff\ufffe\uffff",
    "lone \ud800 surrogate \udfff",
    "\U0001f600 emoji",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1",
    "'=1",
    "a|b",
    '""" triple',
    "''' triple",
    "<https://example.org/>",
    "@prefix x: <y> .",
    "# no comment",
    "",
)
SOURCES = (
    Source("a list.md", BASE_IRI + "list/a", "A =list", "text/markdown", 10, 1, 3),
    Source('b"\n<c>.md', BASE_IRI + "list/b", "", "text/markdown", 10, 1, 3),
)

_texts = st.sampled_from(NASTY) | st.text(st.characters(), max_size=12)
_locals = st.sampled_from(
    ["airflow", "node.js", "a.", "c-", "-d", "1x", "café", "流", "a%20b", "a/b", "a#b", "a~b", "(c)"]
)
_iris = (
    st.builds("{}{}/{}".format, st.just(BASE_IRI), st.sampled_from(["tool", "vendor", "topic"]), _locals)
    | st.builds("https://schema.org/{}".format, _locals)
    | st.builds("https://example.org/?q={}&x=1".format, _locals)
)
_classes = st.sampled_from(["atlas:Tool", "atlas:Vendor", "atlas:Topic", "atlas:Article"])
_relations = st.sampled_from(["atlas:runsOn", "atlas:about", "atlas:inTopic", "skos:broader"])
_confidences = st.integers(0, 1000).map(lambda number: number / 1000)
_evidence = st.builds(
    Evidence,
    st.sampled_from([source.source for source in SOURCES]),
    st.integers(1, 10**6),
    _texts,
    st.sampled_from(["by", "cue-on", '=rule"']),
    _confidences,
)
_inferences = st.builds(Evidence, st.just(""), st.just(0), st.just(""), st.just("inherits"), _confidences)


@st.composite
def builds(draw: st.DrawFn) -> Build:
    """Draw a build of a few nodes, sorted as every graph is, with readings and inferred facts between them."""
    nodes = st.builds(
        Node,
        st.just(""),
        _classes,
        _texts,
        st.lists(_texts, max_size=3, unique=True).map(lambda names: tuple(sorted(names))),
        st.lists(_iris, max_size=3, unique=True).map(lambda urls: tuple(sorted(urls))),
        _texts,
        st.lists(st.builds(Place, st.just(SOURCES[0].source), st.integers(1, 99)), max_size=2).map(tuple),
        lists=st.integers(0, 3),
        further=st.sampled_from([(), ("atlas:Vendor",)]),
    )
    iris = draw(st.lists(_iris, min_size=1, max_size=5, unique=True))
    ends = st.sampled_from(iris)
    related = st.tuples(ends, _relations, ends)
    linked = st.tuples(ends, st.just("atlas:homepage"), _iris)
    dated = st.tuples(
        ends, st.just("dcterms:date"), st.sampled_from(["2019-06-05", "2019-06", "2019", "soon"]) | _texts
    )
    facts = draw(st.lists(related | linked | dated, max_size=8, unique=True))
    cut = draw(st.integers(0, len(facts)))
    readings = draw(st.lists(st.tuples(st.sampled_from(facts[:cut]), _evidence), max_size=12)) if cut else []
    inferred = [Statement(*fact, draw(_inferences)) for fact in facts[cut:]]
    return Build(
        Graph(
            BASE_IRI,
            tuple(sorted(draw(nodes)._replace(iri=iri) for iri in iris)),
            tuple(sorted(Statement(*fact, evidence) for fact, evidence in readings)),
            tuple(sorted(inferred)),
            SOURCES,
        )
    )


def spoken(text: str) -> str:
    """Return a text as UTF-8 can hold it: what every format writes for a lone surrogate."""
    return text.encode("utf-8", "replace").decode("utf-8")
