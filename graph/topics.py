"""Topics under near names: plural, word order, "&" and "and", British and American spelling. By a key, never by likeness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from .model import Evidence, Graph, Node, Statement
from .names import fold
from .vocabulary import Vocabulary

RULE = "near name"
"""The rule that the evidence of a near topic names."""

CONFIDENCE = 0.9
NEAR = "skos:closeMatch"

_WORD = re.compile(r"[^\W_]+(?:[.+#'’]+[^\W_]+)*[+#]*")
_JOINS = frozenset({"and", "or", "the", "a", "an", "of", "for"})
"""Words that tell no topic from another."""

_LEADS = frozenset({"to", "from", "in", "into", "on", "with", "without", "by", "over", "vs", "versus", "as"})
"""Words around which the order tells: text to speech is not speech to text."""

_SPELLINGS = (
    (re.compile(r"(?<=\w{3})is(?=(?:e|ed|er|ing|ation)$)"), "iz"),
    (re.compile(r"(?<=\w{3})our(?=$|al$|ed$|ing$)"), "or"),
    (re.compile(r"(?<=\w{3})ys(?=(?:e|ed|er|ing)$)"), "yz"),
    (re.compile(r"(?<=\w{3})tre(?=$)"), "ter"),
    (re.compile(r"(?<=\w{3})ogue(?=$)"), "og"),
)
"""British endings, and the American ones that stand for both."""


def near_key(name: str) -> str:
    """Return what the near names of a topic have in common: its words, singular, in one spelling, in any order that does not tell.

    >>> near_key("Data Visualisation & Dashboards") == near_key("Dashboard and data visualization")
    True
    >>> near_key("Tests"), near_key("Analysis"), near_key("Libraries for C++")
    ('test', 'analysis', 'cplusplus library')
    """
    words = [word.casefold() for word in _WORD.findall(name)]
    told = [word for word in words if word not in _JOINS] or words
    keys = [_common(word) for word in told]
    return " ".join(keys if _LEADS.intersection(keys) else sorted(keys))


def near_topics(graph: Graph, vocabulary: Vocabulary) -> tuple[Statement, ...]:
    """Return ``skos:closeMatch`` between the topics of a graph whose names are near, in both directions, sorted.

    Topics of one name are one node already; what is broader than another is not near it.
    """
    if NEAR not in vocabulary.properties:
        return ()
    keys: dict[str, set[Node]] = defaultdict(set)
    for node in graph.nodes:
        if node.cls == "atlas:Topic":
            for name in (node.label, *node.aliases):
                keys[near_key(name)].add(node)
    tree = {frozenset((said.subject, said.object)) for said in graph.statements if said.predicate == "skos:broader"}
    evidence = Evidence("", 0, "", RULE, CONFIDENCE)
    pairs = {
        pair
        for key, nodes in keys.items()
        if key
        for pair in combinations(sorted(node.iri for node in nodes), 2)
        if frozenset(pair) not in tree
    }
    return tuple(sorted(Statement(*ends, evidence) for one, other in pairs for ends in _both(one, other)))


def _both(one: str, other: str) -> Iterable[tuple[str, str, str]]:
    return (one, NEAR, other), (other, NEAR, one)


def _common(word: str) -> str:
    """Return a word in the singular and in one spelling, folded."""
    word = _singular(word)
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return fold(word)


def _singular(word: str) -> str:
    """Return an English noun in the singular, by its ending.

    >>> [_singular(word) for word in ("libraries", "tests", "classes", "boxes", "analysis", "status", "css", "series")]
    ['library', 'test', 'class', 'box', 'analysis', 'status', 'css', 'series']
    """
    if len(word) < 4 or word.endswith(("ss", "us", "is", "series", "species", "news")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word.removesuffix("s")
