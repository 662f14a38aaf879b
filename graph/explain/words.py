"""Explanations in words: lines of stretches of text, the quoted words marked; everything is safe for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from ..model import Evidence, Node, Passage, Statement
from ..summary import printable
from .found import Traced

AROUND = 60
"""How many characters are shown on either side of quoted words."""


class Stretch(NamedTuple):
    """A piece of a line, and how it looks."""

    text: str
    style: str = ""
    """``name``, ``mark`` or ``faint``; empty for plain text."""


Line: TypeAlias = tuple[Stretch, ...]


def line(*parts: str | Stretch) -> Line:
    """Return a line of some pieces; what of them is no text of the list's own is plain."""
    return tuple(part if isinstance(part, Stretch) else Stretch(part) for part in parts)


def named(text: str) -> Stretch:
    """Return a name as it is shown."""
    return Stretch(printable(text), "name")


def faint(text: str) -> Stretch:
    """Return words of less weight."""
    return Stretch(printable(text), "faint")


def place(source: str, number: int) -> str:
    """Return a line of a list as a person writes it."""
    return f"{printable(source)} line {number}"


def kind(node: Node, traced: Traced) -> str:
    """Return what a node is, in a word or two."""
    term = traced.vocabulary.classes.get(node.cls)
    return term.label if term is not None else node.cls


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Line:
    """Return a text with some stretches of it marked, cut to what stands around them.

    >>> "".join(part.text for part in marked("runs on Kubernetes", [(8, 18)]))
    'runs on «Kubernetes»'
    """
    found = sorted(spans)
    if not found:
        return line(printable(text[: 2 * AROUND]) + ("…" if len(text) > 2 * AROUND else ""))
    begin, end = max(0, found[0][0] - AROUND), min(len(text), found[-1][1] + AROUND)
    parts: list[Stretch] = [Stretch("…")] if begin else []
    at = begin
    for start, stop in found:
        parts.append(Stretch(_inner(text[at:start])))
        parts.append(Stretch(f"«{printable(text[start:stop])}»", "mark"))
        at = stop
    parts += [Stretch(_inner(text[at:end])), *([Stretch("…")] if end < len(text) else [])]
    return tuple(part for part in parts if part.text)


def _inner(text: str) -> str:
    """Return a text between two marks: on one line, safe for a terminal, with a space at an end that has any.

    >>> _inner(" on\\n"), _inner(" ")
    (' on ', ' ')
    """
    if not text.strip():
        return " " if text else ""
    return " " * text[0].isspace() + printable(text) + " " * text[-1].isspace()


def quoted(said: Evidence, traced: Traced) -> Line:
    """Return the line of a list that says something, with the words that say it marked."""
    for item in traced.items(said.source, said.line):
        for passage in (item.entry.passage, *(heading.section.passage for heading in item.headings)):
            if said.quote in passage.raw:
                text = whole(passage, traced.text(said.source))
                return marked(text, [standing(said.quote, text)])
    return marked(said.quote, [(0, len(said.quote))])


ALONE = r"(?<![\w/@.-])", r"(?![\w-]|[./@]\w)"
"""What stands before and behind words that stand by themselves, as patterns: no part of a word, of a path or of an address."""


def standing(words: str, text: str) -> tuple[int, int]:
    """Return where some words stand by themselves in a text that has them, and not within others; else where they stand first.

    >>> standing("tide", "[tide-cli](https://tide.example/) for tide users")
    (38, 42)
    """
    found = re.search(ALONE[0] + re.escape(words) + ALONE[1], text)
    at = found.start() if found is not None else text.find(words)
    return at, at + len(words)


def whole(passage: Passage, text: str) -> str:
    """Return the lines of a list on which a passage stands; the passage alone where they do not hold it."""
    lines = text.split("\n")[passage.line - 1 : passage.line + passage.raw.count("\n")]
    block = "\n".join(lines)
    return block if passage.raw in block else passage.raw


def sentence(statement: Statement, traced: Traced) -> Line:
    """Return a fact as a sentence."""
    term = traced.vocabulary.properties.get(statement.predicate)
    words = (term.words or term.label) if term is not None else statement.predicate
    subject, target = (
        named(traced.nodes[end].label if end in traced.nodes else end) for end in (statement.subject, statement.object)
    )
    return line(subject, f" {words} ", target, ".")


def fact(readings: Sequence[Statement], traced: Traced) -> Iterator[Line]:
    """Yield what there is to say of a fact: the sentence, and each line that says it, or what it follows from."""
    yield sentence(readings[0], traced)
    for _, _, _, said in readings:
        how = f"rule {printable(said.rule)}, confidence {said.confidence}"
        if said.source:
            yield line("  ", faint(f"{place(said.source, said.line)}, {how}"))
            yield line("    ", *quoted(said, traced))
        else:
            yield line("  ", faint(f"follows by {how}{', from:' if said.premises else ''}"))
            for premise in said.premises:
                yield line("    ", *sentence(Statement(*premise, said), traced))
