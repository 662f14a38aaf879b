"""SHACL validation: which nodes of a graph break which shapes of ``shapes.ttl``.

Each constraint of each shape is compiled to one SPARQL query that finds what breaks it, and Oxigraph runs them all over
the plain facts. Only the constraint components in use are known; a shape with any other is refused, never passed over.

Compiling was chosen on measurement: for 87,000 triples pySHACL takes 93 s, rudof 7 s and 1 GB, these queries 1 s. The
tests hold them to pySHACL's results.

The components are those of https://www.w3.org/TR/shacl/, section 4; ``sh:sparql`` is its section 5. One thing is less
strict than there: a literal's datatype is compared, its form is not (`store.literal` never makes an ill-formed one).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pyoxigraph as ox

from .engine import Spread, one_by_one
from .errors import OntologyError
from .model import Finding, Graph
from .namespaces import contract, expand
from .store import declared_prefixes, load, prologue, select

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .vocabulary import Vocabulary

Term: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"
Shapes: TypeAlias = "Mapping[Term, Mapping[str, list[Term]]]"
"""What ``shapes.ttl`` says: subject, prefixed name of the property, values."""

_NODE_KINDS = {
    "sh:IRI": "isIRI(?value)",
    "sh:Literal": "isLiteral(?value)",
    "sh:BlankNode": "isBlank(?value)",
    "sh:IRIOrLiteral": "!isBlank(?value)",
    "sh:BlankNodeOrIRI": "!isLiteral(?value)",
    "sh:BlankNodeOrLiteral": "!isIRI(?value)",
}
_ON_VALUES = (
    "sh:class",
    "sh:datatype",
    "sh:maxInclusive",
    "sh:minInclusive",
    "sh:minLength",
    "sh:nodeKind",
    "sh:or",
    "sh:pattern",
)
"""The components that look at one value at a time."""
_ON_PATHS = ("sh:disjoint", "sh:maxCount", "sh:minCount")
"""The components that look at all values of a property."""
_TARGETS = ("sh:targetClass", "sh:targetObjectsOf", "sh:targetSubjectsOf")
_ABOUT = ("sh:description", "sh:message", "sh:name", "sh:order", "sh:path", "sh:property", "sh:severity", "sh:sparql")
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)


class Check(NamedTuple):
    """One constraint of one shape, as a query for what breaks it."""

    shape: str
    """The IRI of the shape."""
    component: str
    """The constraint component, as the prefixed name of its parameter: ``sh:minCount``."""
    severity: str
    message: str
    query: str
    """Selects ``?this``, the focus node, and ``?value`` where it is one value that breaks the shape."""


def validate(graph: Graph, vocabulary: Vocabulary, spread: Spread = one_by_one) -> tuple[Finding, ...]:
    """Return what in a graph breaks a shape of the ontology, sorted; nothing where the ontology has no shapes.

    The constraints are looked into as `spread` says: by this process alone, or on all cores (`engine.on_all_cores`). Raises
    `OntologyError` for a shape that uses what is not supported, or whose SPARQL does not parse.
    """
    checks = compile_shapes(vocabulary)
    store = load(graph, vocabulary) if checks else ox.Store()
    return findings(store, checks, spread)


def findings(store: ox.Store, checks: tuple[Check, ...], spread: Spread = one_by_one) -> tuple[Finding, ...]:
    """Return what in a store breaks the shapes that the checks were compiled from, sorted."""

    def broken(check: Check) -> set[Finding]:
        try:
            return {_finding(check, row) for row in select(store, check.query)}
        except (SyntaxError, ValueError) as error:
            raise _fault(ox.NamedNode(check.shape), f"{check.component}: {error}") from error

    facts = len(store)
    return tuple(sorted(set().union(*spread(broken, checks, lambda _: facts, lambda _: None))))


def compile_shapes(vocabulary: Vocabulary) -> tuple[Check, ...]:
    """Compile every constraint of every shape of ``shapes.ttl`` that has a target, in the order of the shapes' IRIs."""
    data = ox.Store()
    data.load(vocabulary.files.get("shapes.ttl", ""), format=ox.RdfFormat.TURTLE)
    shapes: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in data:
        shapes[quad.subject][contract(quad.predicate.value)].append(quad.object)
    compiler = _Compiler({subject: dict(said) for subject, said in shapes.items()}, vocabulary, declared_prefixes(data))
    return tuple(sorted(compiler.checks()))


def _finding(check: Check, row: ox.QuerySolution) -> Finding:
    node, value = row["this"], row["value"]
    told = "" if value is None or value == node else f": {_text(value)}"
    return Finding(_text(node), check.shape, check.severity, check.message + told)


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _fault(shape: Term, what: str) -> OntologyError:
    return OntologyError(f"shapes.ttl: {contract(_text(shape))}: {what}")


def _is_shape(said: Mapping[str, list[Term]]) -> bool:
    kinds = {contract(_text(kind)) for kind in said.get("rdf:type", ())}
    return bool(kinds & {"sh:NodeShape", "sh:PropertyShape"}) or any(name.startswith("sh:target") for name in said)


class _Compiler(NamedTuple):
    shapes: Shapes
    vocabulary: Vocabulary
    prefixes: Mapping[str, str]

    def checks(self) -> Iterator[Check]:
        for shape, said in self.shapes.items():
            if _is_shape(said):
                self._refuse_unknown(shape, said)
                targets = self._targets(said)
                if not targets:  # the part of another shape, or of none
                    continue
                yield from self._constraints(shape, targets)
                for inner in said.get("sh:property", ()):
                    yield from self._constraints(inner, targets)

    def _targets(self, said: Mapping[str, list[Term]]) -> tuple[str, ...]:
        """Return the patterns that find a shape's focus nodes; a node that one of them finds is one."""
        named = {name for cls in said.get("sh:targetClass", ()) for name in self._subclasses(cls)}
        classes = [f"VALUES ?_class {{ {' '.join(sorted(named))} }} ?this a ?_class ."] if named else []
        subjects = [f"?this {path} ?_any ." for path in said.get("sh:targetSubjectsOf", ())]
        objects = [f"?_any {path} ?this ." for path in said.get("sh:targetObjectsOf", ())]
        return (*classes, *subjects, *objects)

    def _constraints(self, shape: Term, targets: tuple[str, ...]) -> Iterator[Check]:
        """Yield the checks of one shape over the focus nodes that the targets find, its own or those of its parent."""
        said = self.shapes.get(shape, {})
        if not _is_shape(said):
            raise _fault(shape, "there is no shape of this name")
        focus = " UNION ".join(f"{{ {target} }}" for target in targets)
        path = said["sh:path"][0] if "sh:path" in said else None
        if path is None:
            values = f"{focus} BIND (?this AS ?value)"
        elif f"?this {path} ?_any ." in targets:  # whatever has the property is a focus node
            values = f"?this {path} ?value ."
        else:
            values = f"{focus} ?this {path} ?value ."
        for name in _ON_VALUES:
            for argument in said.get(name, ()):
                broken = self._broken(shape, name, argument)
                yield self._check(shape, name, f"SELECT DISTINCT ?this ?value WHERE {{ {values} FILTER ({broken}) }}")
        for name in _ON_PATHS:
            for argument in said.get(name, ()):
                yield self._check(shape, name, _query_of_path(name, argument, focus, values, path))
        for constraint in said.get("sh:sparql", ()):
            yield self._sparql(shape, constraint, focus)

    def _check(self, shape: Term, component: str, query: str, messages: list[Term] | None = None) -> Check:
        said = self.shapes[shape]
        texts = messages or said.get("sh:message") or said.get("sh:name") or said.get("rdfs:label") or [shape]
        severities = said.get("sh:severity") or [ox.NamedNode(expand("sh:Violation"))]
        severity = contract(_text(severities[0])).removeprefix("sh:")
        return Check(_text(shape), component, severity, min(map(_text, texts)), query)

    def _refuse_unknown(self, shape: Term, said: Mapping[str, list[Term]]) -> None:
        if not isinstance(shape, ox.NamedNode):
            raise _fault(shape, "a shape needs an IRI, so that findings can name it")
        if any(contract(_text(kind)) in ("owl:Class", "rdfs:Class") for kind in said.get("rdf:type", ())):
            raise _fault(shape, "a shape that is a class is not supported; give it sh:targetClass")
        known = {*_TARGETS, *_ABOUT, *_ON_VALUES, *_ON_PATHS}
        if unknown := sorted(name for name in said if name.startswith("sh:") and name not in known):
            raise _fault(shape, f"{', '.join(unknown)} is not supported")
        path = said.get("sh:path", ())
        if not all(isinstance(step, ox.NamedNode) for step in path):
            raise _fault(shape, "sh:path is not supported but with a single property")
        if not path and any(name in said for name in _ON_PATHS):
            raise _fault(shape, f"{', '.join(name for name in _ON_PATHS if name in said)} needs sh:path")
        if path and ("sh:property" in said or "sh:sparql" in said):
            raise _fault(shape, "sh:property and sh:sparql are not supported in a property shape")

    def _broken(self, shape: Term, name: str, argument: Term) -> str:
        """Return the SPARQL expression that is true of a ``?value`` that breaks a constraint."""
        match name:
            case "sh:class":
                classes = ", ".join(self._subclasses(argument))
                return f"NOT EXISTS {{ ?value a ?_type FILTER (?_type IN ({classes})) }}"
            case "sh:datatype":
                return f"!isLiteral(?value) || DATATYPE(?value) != {argument}"
            case "sh:maxInclusive":
                return f"!COALESCE(?value <= {argument}, false)"
            case "sh:minInclusive":
                return f"!COALESCE(?value >= {argument}, false)"
            case "sh:minLength":
                return f"isBlank(?value) || STRLEN(STR(?value)) < {argument}"
            case "sh:nodeKind" if contract(_text(argument)) in _NODE_KINDS:
                return f"!({_NODE_KINDS[contract(_text(argument))]})"
            case "sh:pattern":
                return f"isBlank(?value) || !REGEX(STR(?value), {argument})"
            case "sh:or":
                return " && ".join(f"({self._member(shape, member)})" for member in self._list(argument))
        raise _fault(shape, f"{name} {_text(argument)} is not supported")

    def _member(self, shape: Term, member: Term) -> str:
        """Return the expression that is true of a ``?value`` that breaks one alternative of ``sh:or``."""
        said = self.shapes.get(member, {})
        if not said or any(name not in _ON_VALUES for name in said):
            raise _fault(shape, f"sh:or is not supported but with {', '.join(_ON_VALUES)} inside")
        return " || ".join(f"({self._broken(shape, name, value)})" for name, values in said.items() for value in values)

    def _sparql(self, shape: Term, constraint: Term, focus: str) -> Check:
        """Return a SPARQL constraint as a check: its focus nodes are bound where its WHERE begins."""
        said = self.shapes[constraint]
        known = {"rdf:type", "sh:message", "sh:prefixes", "sh:select"}
        if unknown := sorted(name for name in said if name not in known):
            raise _fault(shape, f"{', '.join(unknown)} is not supported in sh:sparql")
        text = "".join(map(_text, said.get("sh:select", ())))
        if not _WHERE.search(text):
            raise _fault(shape, "sh:sparql needs a sh:select with a WHERE")
        query = _WHERE.sub(lambda found: f"{found[0]} {focus}", text, count=1)
        return self._check(shape, "sh:sparql", f"{prologue(self.prefixes)} {query}", said.get("sh:message"))

    def _list(self, head: Term) -> Iterator[Term]:
        while head in self.shapes:
            yield self.shapes[head]["rdf:first"][0]
            head = self.shapes[head]["rdf:rest"][0]

    def _subclasses(self, cls: Term) -> list[str]:
        """Return a class and all its subclasses, as the ontology has them, as SPARQL writes them."""
        top = contract(_text(cls))
        below = {name for name in self.vocabulary.classes if self.vocabulary.is_a(name, top)}
        return [f"<{expand(name)}>" for name in sorted(below | {top})]


def _query_of_path(name: str, argument: Term, focus: str, values: str, path: Term | None) -> str:
    """Return the query of a component that looks at all values; one value or none is told without counting, and faster."""
    one = _text(argument) == "1"
    match name:
        case "sh:disjoint":
            return f"SELECT DISTINCT ?this ?value WHERE {{ {values} ?this {argument} ?value . }}"
        case "sh:maxCount" if one:
            further = f"?this {path} ?_other . FILTER (!sameTerm(?value, ?_other))"
            return f"SELECT DISTINCT ?this WHERE {{ {values} {further} }}"
        case "sh:minCount" if one:
            return f"SELECT DISTINCT ?this WHERE {{ {focus} FILTER NOT EXISTS {{ ?this {path} ?value }} }}"
        case "sh:maxCount":
            return f"SELECT ?this WHERE {{ {values} }} GROUP BY ?this HAVING (COUNT(DISTINCT ?value) > {argument})"
    found = f"{focus} OPTIONAL {{ ?this {path} ?value }}"
    return f"SELECT ?this WHERE {{ {found} }} GROUP BY ?this HAVING (COUNT(DISTINCT ?value) < {argument})"
