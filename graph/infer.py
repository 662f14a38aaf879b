"""What follows from what the lists say, by the SHACL rules (``sh:SPARQLRule``) of ``rules.ttl``.

A rule is a CONSTRUCT of one triple from plain triple patterns, its premises, and filters. The engine asks for the
premises' bindings instead of the triple, so that a conclusion's confidence can be worked out from those of the facts
that it rests on: their product, times the rule's own. Rules make no new nodes, so that the rounds come to an end.

SHACL rules: https://www.w3.org/TR/shacl-af/#rules
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import groupby
from math import prod
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pyoxigraph as ox

from .errors import OntologyError
from .model import Evidence, Graph, Statement
from .namespaces import PREFIXES, contract, expand
from .store import declared_prefixes, load, prologue, select, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .vocabulary import Vocabulary

Fact: TypeAlias = tuple[str, str, str]
"""Subject, predicate and object: IRIs in full, or a literal's text. In a rule, ``?name`` is a variable."""

_LAST = ox.NamedNode("urn:x-linkatlas:last-round")
"""The graph that holds what the last round found."""

LONGEST = 16
"""A conclusion rests on at most so many facts: no list nests deeper, and a hostile one cannot blow up the graph."""

_CONSTRUCT = re.compile(r"\s*CONSTRUCT\s*\{([^{}]*)\}\s*WHERE\s*\{(.*)\}\s*", re.DOTALL | re.IGNORECASE)
_ABSENCE = re.compile(r"FILTER\s+NOT\s+EXISTS\s*\{([^{}]*)\}", re.IGNORECASE)
_COMPARISON = re.compile(r"FILTER\s*\((?:[^()]|\([^()]*\))*\)", re.IGNORECASE)
_TOKEN = re.compile(r"[?$]\w+|[A-Za-z][\w-]*:[A-Za-z][\w-]*|\w+|\S")
_SUPPORTED = {"atlas:confidence", "rdf:type", "rdfs:comment", "rdfs:label", "sh:construct", "sh:order", "sh:prefixes"}


_contract = cache(contract)


class Rule(NamedTuple):
    """One rule, ready to run."""

    order: float
    name: str
    """The last part of its IRI: what the evidence of its conclusions names."""
    confidence: float
    """The share of its conclusions that are right where all its premises are."""
    head: Fact
    premises: tuple[Fact, ...]
    variables: tuple[str, ...]
    """Those of the premises, sorted."""
    query: str
    """Selects the bindings of the variables whose conclusion is not in the store yet."""
    further: tuple[tuple[str, str], ...]
    """For each premise its predicate, and the query for what follows where that premise is a fact of the last round."""
    uses: frozenset[str]
    """The IRIs of the properties that it looks at, in its filters too."""


class _Known(NamedTuple):
    """How a fact is known; the greater of two is the better way."""

    confidence: float
    steps: int
    """Minus the number of facts that it rests on: -1 for one that was read."""
    rule: str
    """Empty for what was read."""
    premises: tuple[Fact, ...] = ()
    """The facts that it rests on, of those that a list states or that follow themselves."""


_GIVEN = _Known(1.0, 0, "")
"""A premise that no list states, such as a node's class."""


def infer(graph: Graph, vocabulary: Vocabulary) -> tuple[Statement, ...]:
    """Return what follows from the statements of a graph and is not among them, sorted.

    Rules of a lower ``sh:order`` come first; those of one order are run together until nothing new follows. Where a
    fact follows in several ways at once, the surest counts. Raises `OntologyError` for a rule that is not supported.
    """
    rules = read_rules(vocabulary)
    needed = _needed(graph, vocabulary, frozenset(name for rule in rules for name in rule.uses))
    known: dict[Fact, _Known] = {}
    for (subject, predicate, target), readings in groupby(needed.statements, key=itemgetter(0, 1, 2)):
        fact = (subject, expand(predicate), value(predicate, target, vocabulary).value)
        surest = max(said.evidence.confidence for said in readings)
        known[fact] = max(known.get(fact, _Known(0.0, -1, "")), _Known(surest, -1, ""))
    store = load(needed, vocabulary)
    for _, together in groupby(rules, key=attrgetter("order")):
        stratum = tuple(together)
        found = _conclude(store, [(rule, rule.query) for rule in stratum], known)
        while (
            found
        ):  # what is new in a round follows from what was new in the one before it, and from no older facts alone
            known |= found
            store.remove_graph(_LAST)
            store.extend(quad for fact in found for quad in _quads(fact, vocabulary))
            new = {predicate for _, predicate, _ in found}
            queries = [(rule, query) for rule in stratum for predicate, query in rule.further if predicate in new]
            found = _conclude(store, queries, known)
    return tuple(sorted(_statement(fact, how) for fact, how in known.items() if how.rule))


def read_rules(vocabulary: Vocabulary) -> tuple[Rule, ...]:
    """Return the rules of ``rules.ttl`` by order and name; none where the ontology has no such file."""
    data = ox.Store()
    data.load(vocabulary.files.get("rules.ttl", ""), format=ox.RdfFormat.TURTLE)
    prefixes = {**PREFIXES, **declared_prefixes(data)}
    targets: dict[str, frozenset[Fact]] = defaultdict(frozenset)
    for row in select(data, "SELECT * { ?shape sh:rule ?rule }"):
        targets[row["rule"].value] |= _targets(data, row["shape"].value)
    return tuple(sorted(_rule(data, iri, targets[iri], prefixes) for iri in sorted(targets)))


def _needed(graph: Graph, vocabulary: Vocabulary, uses: frozenset[str]) -> Graph:
    """Return the part of a graph that the rules look at; the nodes only if a rule looks at their classes or names."""
    names = {contract(iri) for iri in uses}
    statements = tuple(said for said in graph.statements if said.predicate in names)
    nodes = graph.nodes if names - vocabulary.properties.keys() else ()
    return graph._replace(nodes=nodes, statements=statements, inferred=())


def _conclude(store: ox.Store, queries: Sequence[tuple[Rule, str]], known: Mapping[Fact, _Known]) -> dict[Fact, _Known]:
    """Return what follows at once from the facts in the store, by some queries of rules, and is not among them."""
    found: dict[Fact, _Known] = {}
    for rule, query in queries:
        for row in _solutions(store, rule, query):
            values = {name: term.value for name, term in zip(rule.variables, row, strict=True)}
            fact = _bound(rule.head, values)
            rests = [_bound(premise, values) for premise in rule.premises]
            premises = [known.get(one, _GIVEN) for one in rests]
            confidence = rule.confidence * prod(premise.confidence for premise in premises)
            steps = sum(premise.steps for premise in premises)
            how = _Known(confidence, steps, rule.name, tuple(one for one in rests if one in known))
            if fact not in known and how.steps >= -LONGEST:
                found[fact] = max(how, found.get(fact, how))
    return found


def _solutions(store: ox.Store, rule: Rule, query: str) -> Iterator[ox.QuerySolution]:
    try:
        yield from select(store, query)
    except SyntaxError as error:
        raise _fault(rule.name, str(error)) from error


def _bound(pattern: Fact, values: Mapping[str, str]) -> Fact:
    subject, predicate, target = pattern
    return values.get(subject, subject), predicate, values.get(target, target)


def _quads(fact: Fact, vocabulary: Vocabulary) -> tuple[ox.Quad, ox.Quad]:
    """Return a new fact as one of all, and as one of the last round."""
    target = value(_contract(fact[1]), fact[2], vocabulary)
    terms = (ox.NamedNode(fact[0]), ox.NamedNode(fact[1]), target)
    return ox.Quad(*terms), ox.Quad(*terms, _LAST)


def _statement(fact: Fact, how: _Known) -> Statement:
    premises = tuple((one, _contract(predicate), other) for one, predicate, other in how.premises)
    evidence = Evidence("", 0, "", how.rule, round(how.confidence, 4), premises)
    return Statement(fact[0], _contract(fact[1]), fact[2], evidence)


def _targets(data: ox.Store, shape: str) -> frozenset[Fact]:
    """Return the focus nodes of a rule's shape as patterns, with ``?`` for any node."""
    found = {(row["how"].value, row["what"].value) for row in select(data, f"SELECT * {{ <{shape}> ?how ?what }}")}
    return frozenset(
        [("?this", what, "?") for how, what in found if how == expand("sh:targetSubjectsOf")]
        + [("?", what, "?this") for how, what in found if how == expand("sh:targetObjectsOf")]
        + [("?this", expand("rdf:type"), what) for how, what in found if how == expand("sh:targetClass")]
    )


def _rule(data: ox.Store, iri: str, targets: frozenset[Fact], prefixes: Mapping[str, str]) -> Rule:
    said = {contract(row["how"].value): row["what"].value for row in select(data, f"SELECT * {{ <{iri}> ?how ?what }}")}
    name = iri.rpartition("#")[2].rpartition("/")[2]
    if unknown := sorted(said.keys() - _SUPPORTED):
        raise _fault(name, f"{', '.join(unknown)} is not supported")
    found = _CONSTRUCT.fullmatch(said.get("sh:construct", ""))
    if found is None:
        raise _fault(name, "sh:construct is not of the form CONSTRUCT { ... } WHERE { ... }")
    body = _COMPARISON.sub(" ", found[2])
    heads = _patterns(name, found[1], prefixes)
    premises = _patterns(name, _ABSENCE.sub(" ", body), prefixes)
    absent = [pattern for group in _ABSENCE.findall(body) for pattern in _patterns(name, group, prefixes)]
    if len(heads) != 1 or not _variables(heads) <= _variables(premises):
        raise _fault(name, "the rule has to construct one triple, with variables from its premises alone")
    variables = sorted(_variables(premises))
    wanted = f"{prologue(prefixes)} SELECT {' '.join(variables)} WHERE"
    unknown_yet = f"FILTER NOT EXISTS {{ {found[1]} }}"
    implied = {("?this", p, "?") for s, p, o in premises if s == "?this"} | {("?", p, o) for s, p, o in premises}
    if not targets & (implied | set(premises)):
        raise _fault(name, "the target of the rule's shape is not among its premises")
    return Rule(
        order=float(said.get("sh:order", 0)),
        name=name,
        confidence=float(said.get("atlas:confidence", 1)),
        head=heads[0],
        premises=premises,
        variables=tuple(variables),
        query=f"{wanted} {{ {found[2]} {unknown_yet} }}",
        further=tuple(
            (each[1], f"{wanted} {{ {_in_last_round(each)} {found[2]} {unknown_yet} }}") for each in premises
        ),
        uses=frozenset(predicate for _, predicate, _ in (*heads, *premises, *absent)),
    )


def _in_last_round(pattern: Fact) -> str:
    """Return the SPARQL pattern of a premise that a fact of the last round is."""
    terms = (term if term[0] == "?" else f"<{term}>" for term in pattern)
    return f"GRAPH {_LAST} {{ {' '.join(terms)} }}"


def _patterns(rule: str, text: str, prefixes: Mapping[str, str]) -> tuple[Fact, ...]:
    """Read plain triple patterns: variables and prefixed names, with ``;`` and ``.`` between them."""
    found: list[Fact] = []
    row: list[str] = []
    for word in [*_TOKEN.findall(text), "."]:
        if word not in (".", ";"):
            row.append(_name(rule, word, prefixes))
        elif len(row) == 3 and row[1][0] != "?":
            found.append((row[0], row[1], row[2]))
            row = row[:1] if word == ";" else []
        elif row or word == ";":
            raise _fault(rule, f"a pattern is no plain triple with a named property: {' '.join(text.split())}")
    return tuple(found)


def _name(rule: str, word: str, prefixes: Mapping[str, str]) -> str:
    if word[0] in "?$":
        return f"?{word[1:]}"
    prefix, colon, local = ("rdf", ":", "type") if word == "a" else word.partition(":")
    if not colon or prefix not in prefixes:
        raise _fault(rule, f"only variables and prefixed names are supported in patterns, not: {word}")
    return prefixes[prefix] + local


def _variables(patterns: tuple[Fact, ...]) -> set[str]:
    return {term for pattern in patterns for term in pattern if term[0] == "?"}


def _fault(rule: str, what: str) -> OntologyError:
    return OntologyError(f"rules.ttl: {rule}: {what}")
