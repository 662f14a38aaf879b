"""The Turtle files of an ontology folder, and what they say by subject and property: lexical values, with places for messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from .errors import OntologyError
from .namespaces import contract


def ontology_files(folder: Path | None = None) -> dict[str, str]:
    """Return the text of every Turtle file of an ontology folder by name, sorted; the built-in one by default.

    Raises `OntologyError` where the folder is missing or holds no Turtle, or a file is not UTF-8.
    """
    root = files("linkatlas.ontology") if folder is None else folder
    if folder is not None and not folder.is_dir():
        raise OntologyError(f"{folder}: no such ontology folder")
    found = sorted((item for item in root.iterdir() if item.name.endswith(".ttl")), key=lambda item: item.name)
    if not found:
        raise OntologyError(f"{root}: no Turtle file (*.ttl) in the ontology folder")
    texts = {}
    for item in found:
        try:
            texts[item.name] = item.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise OntologyError(f"{item}: not UTF-8 ({error.reason} at byte {error.start})") from error
    return texts


class Triples:
    """The triples of all files by subject and property; lexical values alone.

    Raises `OntologyError`, with file and line, for a file that does not parse.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.values: dict[str, dict[object, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]] = defaultdict(
            dict
        )
        """By property, then by subject."""
        self.members: dict[str, list[ox.NamedNode | ox.BlankNode]] = defaultdict(list)
        self.place: dict[object, str] = {}
        for name, text in texts.items():
            try:
                for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                    self._add(name, quad)
            except SyntaxError as error:
                raise OntologyError(f"{name}, line {error.lineno}: {error.msg}") from error

    def _add(self, name: str, quad: ox.Quad) -> None:
        subject, value, predicate = quad.subject, quad.object, contract(quad.predicate.value)
        if predicate == "rdf:type" and isinstance(value, ox.NamedNode) and not isinstance(subject, ox.Triple):
            self.members[contract(value.value)].append(subject)
            self.place[subject] = name
        said = self.values[predicate]
        if subject in said:
            said[subject].append(value)
        else:
            said[subject] = [value]

    def of(self, *classes: str) -> list[ox.NamedNode | ox.BlankNode]:
        """Return the members of some classes, in the order of the files."""
        return [member for cls in classes for member in self.members[cls]]

    def having(self, predicate: str) -> list[object]:
        """Return the subjects that have a property."""
        return list(self.values[predicate])

    def texts(self, subject: object, predicate: str) -> list[str]:
        """Return the literals that a subject has for a property, as texts."""
        return [value.value for value in self.values[predicate].get(subject, ()) if isinstance(value, ox.Literal)]

    def iris(self, subject: object, predicate: str) -> tuple[str, ...]:
        """Return the IRIs that a subject has for a property, as prefixed names, sorted."""
        return tuple(
            sorted(
                contract(value.value)
                for value in self.values[predicate].get(subject, ())
                if isinstance(value, ox.NamedNode)
            )
        )

    def text(self, subject: object, predicate: str, default: str | None = None) -> str:
        """Return the one literal of a property; raise `OntologyError` where there are several, or none and no default."""
        found = self.texts(subject, predicate)
        if len(found) > 1 or (not found and default is None):
            raise OntologyError(f"{self.where(subject)}: {'no' if not found else 'more than one'} {predicate}")
        return found[0] if found else default or ""

    def named(self, kind: str, predicate: str) -> dict[str, ox.NamedNode | ox.BlankNode]:
        """Return the members of a class by the one literal of a property; raise `OntologyError` where two have the same."""
        found: dict[str, ox.NamedNode | ox.BlankNode] = {}
        for member in self.of(kind):
            name = self.text(member, predicate)
            if found.get(name, member) != member:
                raise OntologyError(f"{self.where(member)}: {self.where(found[name])} has the {predicate} {name!r} too")
            found[name] = member
        return found

    def iri(self, subject: object, predicate: str, default: str | None = None) -> str:
        """Return the one IRI of a property as a prefixed name; raise `OntologyError` as `text` does."""
        found = self.iris(subject, predicate)
        if len(found) > 1 or (not found and default is None):
            raise OntologyError(f"{self.where(subject)}: {'no' if not found else 'more than one'} {predicate}")
        return found[0] if found else default or ""

    def number(self, subject: object, predicate: str) -> float:
        """Return the one number of a property; raise `OntologyError` where there is none."""
        text = self.text(subject, predicate)
        try:
            return float(text)
        except ValueError as error:
            raise OntologyError(f"{self.where(subject)}: {predicate} is no number: {text}") from error

    def where(self, subject: object) -> str:
        """Return a subject with the file that says what it is, for messages."""
        return f"{self.place.get(subject, 'ontology')}: {subject}"
