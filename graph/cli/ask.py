"""``linkatlas ask``: the gallery of named questions."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from .answers import ROW_FORMATS, Shape, for_people, show
from .query import DATA, LIMIT, TIMEOUT, enough

if TYPE_CHECKING:
    import pyoxigraph as ox
    from click.shell_completion import CompletionItem

    from ..query.naming import Named
    from ..query.questions import Parameter, Question
    from ..query.results import Term


def _complete(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from ..query.questions import questions

    found = questions(context.params.get("folders") or ())
    return [CompletionItem(each.name, help=each.title) for each in found if each.name.startswith(incomplete)]


@click.command(
    epilog="""
\b
Examples:
  linkatlas ask                                the questions
  linkatlas ask runs-on Kubernetes             an answer
  linkatlas ask connects Airflow Flyte         of two things
  linkatlas ask read "Apache Spark" --format md
  linkatlas ask runs-on --show                 the SPARQL behind it, for linkatlas query

\b
A folder of your own questions holds files such as thrice-listed.rq. At the head of each:
  # title: What at least so many lists say
  # asks: Which tools do at least {lists} lists name?
  # param: lists | number | how many lists | 3
and then the SPARQL, with VALUES ?lists { 3 } for each param. The third part of a param is what it
is, the second the class of node that it takes (atlas:Tool, atlas:Topic, ...), any, text or number.
""",
)
@click.argument("question", required=False, shell_complete=_complete)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@DATA
@click.option(
    "--questions",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with questions of your own (*.rq), beside the built-in ones.",
)
@click.option("--show", "shown", is_flag=True, help="Print the SPARQL of the question and do not ask it.")
@click.option("--format", "form", type=click.Choice(ROW_FORMATS), help="How to write the answer; a table by default.")
@LIMIT
@TIMEOUT
def ask(
    question: str | None,
    names: tuple[str, ...],
    data: tuple[Path, ...],
    folders: tuple[Path, ...],
    shown: bool,
    form: str | None,
    limit: int | None,
    timeout: float | None,
) -> None:
    """Ask a question that has a name; without one, list them.

    A NAME is that of a tool, a vendor, a topic ... in any of its spellings.
    """
    from ..query.questions import bound, needs_evidence, questions

    gallery = questions(folders)
    if question is None:
        click.echo(_listing(gallery), color=sys.stdout.isatty())
        return
    asked = _chosen(gallery, question)
    if shown and not names:
        click.echo(asked.text, nl=False)
        return
    words = _arguments(asked, names)
    from ..query.dataset import open_dataset
    from ..query.prefixes import prefixes_of

    prefixes = prefixes_of(data)
    store = open_dataset(data, evidence=needs_evidence(asked.text))
    meant = _meant(asked, words, store, prefixes)
    text = bound(asked, {name: term for name, (term, _) in meant.items()})
    if shown:
        click.echo(text, nl=False)
        return
    if form in (None, "table"):
        from ..summary import printable

        click.echo(printable(_sentence(asked, {name: label for name, (_, label) in meant.items()})) + "\n")
    people = for_people if form in (None, "table", "md") else None
    if not show(text, store, prefixes, Shape(form or "", enough(form, limit), timeout), people):
        click.echo("linkatlas: nothing in the graph answers that", err=True)


def _listing(gallery: Sequence[Question]) -> str:
    """Return the questions in groups, with what each has to be told in capitals."""
    width = max(len(_usage(question)) for question in gallery)
    lines = []
    sizes = Counter(question.group for question in gallery)
    for group in sorted(sizes, key=lambda group: (-sizes[group], group)):
        lines += [click.style(group, bold=True)]
        for each in (question for question in gallery if question.group == group):
            lines.append(f"  {_usage(each):<{width}}  {each.title}")
        lines.append("")
    return "\n".join([*lines, "Ask one: linkatlas ask runs-on Kubernetes"])


def _usage(question: Question) -> str:
    return " ".join([question.name, *(parameter.name.upper() for parameter in question.parameters)])


def _chosen(gallery: Sequence[Question], name: str) -> Question:
    known = {question.name: question for question in gallery}
    if name in known:
        return known[name]
    near = get_close_matches(name.lower(), sorted(known), 3, 0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "linkatlas ask lists them"
    raise UsageError(f"no question is called {name!r}; {hint}")


def _arguments(question: Question, names: Sequence[str]) -> Sequence[str]:
    """Return one word for each parameter; a name of several words needs no quotes where it is the only one."""
    wanted = question.parameters
    if len(wanted) == 1 and len(names) > 1:
        return [" ".join(names)]
    if len(names) == len(wanted):
        return names
    takes = " and ".join(f"{each.name} ({each.title})" for each in wanted) or "nothing more"
    words = " ".join([question.name, *(_quoted(each.example) for each in wanted)])
    raise UsageError(f"{question.name} takes {takes}: linkatlas ask {words}")


def _quoted(text: str) -> str:
    return text if text.isalnum() else '"' + text + '"'


def _sentence(question: Question, labels: Mapping[str, str]) -> str:
    text = question.sentence
    for name, label in labels.items():
        text = text.replace(f"{{{name}}}", label)
    return text


def _meant(
    question: Question, words: Sequence[str], store: ox.Store, prefixes: Mapping[str, str]
) -> dict[str, tuple[Term, str]]:
    """Return the term and the label that each word means for its parameter."""
    import pyoxigraph as ox

    from ..query.naming import named
    from ..query.questions import LITERALS

    found: dict[str, tuple[Term, str]] = {}
    names: list[Named] = []
    for parameter, word in zip(question.parameters, words, strict=True):
        if parameter.kind in LITERALS:
            found[parameter.name] = (_literal(parameter, word), word)
            continue
        names = names or named(store)
        prefix, colon, local = word.partition(":")
        node = _node(names, prefixes[prefix] + local if colon and prefix in prefixes else word, parameter)
        found[parameter.name] = (ox.NamedNode(node.iri), node.label)
    return found


def _literal(parameter: Parameter, word: str) -> Term:
    import pyoxigraph as ox

    if parameter.kind == "text":
        return ox.Literal(word.encode("utf-8", "replace").decode())
    try:
        return ox.Literal(int(word))
    except ValueError:
        raise UsageError(f"{word!r} is no whole number, which {parameter.name} ({parameter.title}) is") from None


def _node(names: Sequence[Named], word: str, parameter: Parameter) -> Named:
    """Return the node that a word names, and say so where it may be another."""
    from ..query.naming import match

    found = match(names, word, parameter.kind)
    kind = "thing" if parameter.kind == "any" else parameter.kind.partition(":")[2].lower()
    if found.nodes:
        if len(found.nodes) > 1:
            others = ", ".join(f"{each.label} ({_kind(each)}, {each.iri})" for each in found.nodes[1:4])
            _note(f"{word} is taken for {found.nodes[0].label} ({_kind(found.nodes[0])}); so is called {others}")
        return found.nodes[0]
    if found.others:
        kinds = sorted({_kind(each) for each in found.others})
        raise UsageError(f"{found.others[0].label} is known as {' and '.join(kinds)}, not as {kind}")
    if not found.near:
        raise UsageError(f"the graph has no {kind} that is called {word!r}")
    if found.sure:
        _note(f"the graph has no {kind} that is called {word!r}; did you mean {found.near[0].label}? This is about it:")
        return found.near[0]
    near = " or ".join(each.label for each in found.near)
    raise UsageError(f"the graph has no {kind} that is called {word!r}; did you mean {near}?")


def _kind(node: Named) -> str:
    return node.cls.partition(":")[2].lower()


def _note(text: str) -> None:
    from ..summary import printable

    click.echo(f"linkatlas: {printable(text)}", err=True)
