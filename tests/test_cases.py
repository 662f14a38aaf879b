"""The golden cases of ``tests/cases/relations``: each a small list, and what SEMANTICS.md says the graph says of it.

A case is a page to read: a title, a sentence on the idea, the list in a ``markdown`` block (several blocks are several
lists), the facts that must be in the graph in a ``turtle`` block and, under "Not", the facts that must not be there.
A blank node stands for anything. A line ``xfail: reason`` before the first block marks what is not read yet.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from linkatlas.model import Build, Document
from linkatlas.namespaces import BASE_IRI, NODE_KINDS, PREFIXES, expand
from linkatlas.pipeline import build
from linkatlas.store import load as store_of
from linkatlas.vocabulary import Vocabulary, load
from quoting import unfounded

FOLDER = Path(__file__).parent / "cases" / "relations"
BLOCK = re.compile(r"^(`{3,})(markdown|turtle)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
SPACES = {**PREFIXES, **{kind: f"{BASE_IRI}{kind}/" for kind in NODE_KINDS}}
ABOUT_READINGS = {"atlas:confidence", "atlas:line", "atlas:quote", "atlas:rule"}
"""What evidence.ttl says of a reading; no list states it."""
HEADER = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in SPACES.items())


class Case(NamedTuple):
    """One page of the folder, read."""

    lists: tuple[Document, ...]
    there: tuple[ox.Triple, ...]
    absent: tuple[ox.Triple, ...]
    xfail: str


@cache
def vocabulary() -> Vocabulary:
    return load()


def read_case(path: Path) -> Case:
    """Read a page; ``absent`` holds the facts of the blocks under the heading "Not"."""
    text = path.read_text(encoding="utf-8")
    positive, _, negative = text.partition("\n## Not\n")
    head = BLOCK.split(positive, maxsplit=1)[0]
    found = re.search(r"^xfail: (.+)$", head, re.MULTILINE)
    lists = [block[3] for block in BLOCK.finditer(positive) if block[2] == "markdown"]
    return Case(
        tuple(Document(f"list-{number}.md", text) for number, text in enumerate(lists, 1)),
        tuple(facts(positive)),
        tuple(facts(negative)),
        found[1] if found else "",
    )


def facts(text: str) -> list[ox.Triple]:
    turtle = "".join(block[3] for block in BLOCK.finditer(text) if block[2] == "turtle")
    return [quad.triple for quad in ox.parse(HEADER + turtle, format=ox.RdfFormat.TURTLE)]


def built(case: Case) -> Build:
    return build(case.lists, vocabulary())


def holds(store: ox.Store, fact: ox.Triple) -> bool:
    """Whether a store has a fact; a blank node stands for anything."""
    subject = None if isinstance(fact.subject, ox.BlankNode) else fact.subject
    target = None if isinstance(fact.object, ox.BlankNode) else fact.object
    return any(store.quads_for_pattern(subject, fact.predicate, target))


def shown(fact: ox.Triple) -> str:
    """Return a fact as a person writes it."""
    text = " ".join("[]" if isinstance(end, ox.BlankNode) else str(end) for end in fact)
    for prefix, space in SPACES.items():
        text = re.sub(rf"<{re.escape(space)}([^>/#]*)>", rf"{prefix}:\1", text)
    return text


def marked(path: Path) -> object:
    reason = read_case(path).xfail
    return pytest.param(path, id=path.stem, marks=[pytest.mark.xfail(reason=reason, strict=True)] if reason else [])


PAGES = sorted(FOLDER.glob("*.md"))


@pytest.mark.parametrize("path", [marked(path) for path in PAGES])
def test_the_graph_says_what_the_list_says(path: Path) -> None:
    case = read_case(path)
    told = built(case)
    store = store_of(told.graph, vocabulary())
    missing = [f"missing: {shown(fact)}" for fact in case.there if not holds(store, fact)]
    wrong = [f"not said: {shown(fact)}" for fact in case.absent if holds(store, fact)]
    unsaid = [*unfounded(told, case.lists)]
    if missing or wrong or unsaid:
        pytest.fail("\n".join(missing + wrong + unsaid), pytrace=False)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_case_is_a_whole_page(path: Path) -> None:
    """A page without a list, or one whose block is not closed, would pass and test nothing."""
    text = path.read_text(encoding="utf-8")
    case = read_case(path)
    assert text.startswith("# ")
    assert case.lists
    assert case.there or case.absent
    assert len(re.findall(r"^`{3,}", text, re.MULTILINE)) == 2 * len(BLOCK.findall(text))


def test_the_cases_say_each_relation_of_the_ontology() -> None:
    said = {fact.predicate.value for path in PAGES for fact in read_case(path).there}
    stated = {name for name, term in vocabulary().properties.items() if term.words} - ABOUT_READINGS
    assert not {name for name in stated if expand(name) not in said}
