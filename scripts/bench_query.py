"""Measure how long each question of the gallery takes: ``python3 scripts/bench_query.py [--lists ../shared/corpus]``.

Prints, for every question, the median and the 95th percentile of Oxigraph's time, and rdflib's time for the same query
and data, in CPU milliseconds of the thread that works; rdflib is given up after ``--patience`` seconds. The data are the
built-in list's build, or that of the lists that ``--lists`` names. A question is told the example of its head where the
graph has it, else the node of that class that most facts name.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import environment

if TYPE_CHECKING:
    import pyoxigraph as ox

    from linkatlas.query.naming import Named
    from linkatlas.query.questions import Question

RUNS = 20


def main() -> None:
    """Build, ask every question, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lists", help="a folder of lists to build instead of the built-in list")
    parser.add_argument("--data", type=Path, help="a folder with a build, instead of building")
    parser.add_argument(
        "--patience", type=int, default=30, help="seconds after which rdflib is given up; 0 leaves it out"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = arguments.data or Path(folder)
        if arguments.data is None:
            sources = [arguments.lists] if arguments.lists else []
            words = ["-P", "-m", "linkatlas", "build", *sources, "-q", "-o", folder, "--format", "turtle,evidence"]
            if environment.run(*words):
                sys.exit("bench: the build failed")
        compare(data, arguments.patience)


def compare(data: Path, patience: int) -> None:
    """Print the times of every question on one build."""
    import pyoxigraph as ox
    import rdflib

    from linkatlas.query.dataset import files, open_dataset
    from linkatlas.query.evaluate import evaluate
    from linkatlas.query.naming import named
    from linkatlas.query.questions import questions

    store = open_dataset([data])
    names = named(store)
    graph = rdflib.Graph()
    for path in files([data]) if patience else []:
        graph.parse(path)
    print(f"{len(store):,} triples\n{'question':<22}{'rows':>7}{'median':>10}{'p95':>10}{'rdflib':>12}   ms")
    slowest = 0.0
    for question in questions():
        query = told(question, names, store)

        def ask(query: str = query) -> list[object]:
            found = evaluate(store, query)
            return list(found) if isinstance(found, ox.QuerySolutions) else [found]

        rows = len(ask())
        times = [measured(ask) for _ in range(RUNS)]
        late = statistics.quantiles(times, n=20)[-1]
        slowest = max(slowest, late)
        peer = f"{given_up(lambda query=query: list(graph.query(query)), patience):>12}" if patience else ""  # type: ignore[misc]
        print(f"{question.name:<22}{rows:>7,}{statistics.median(times):>10.1f}{late:>10.1f}{peer}", flush=True)
    print(f"the slowest at the 95th percentile: {slowest:.1f} ms")


def told(question: Question, names: list[Named], store: ox.Store) -> str:
    """Return the SPARQL of a question that is told its examples, or the busiest nodes of the class."""
    import pyoxigraph as ox

    from linkatlas.query.naming import is_a, match
    from linkatlas.query.questions import LITERALS, bound
    from linkatlas.query.results import Term

    values: dict[str, Term] = {}
    for parameter in question.parameters:
        if parameter.kind in LITERALS:
            continue
        known = match(names, parameter.example, parameter.kind).nodes
        iris = [each.iri for each in known] or [each.iri for each in names if is_a(each.cls, parameter.kind)]

        def degree(iri: str) -> int:
            return sum(1 for _ in store.quads_for_pattern(None, None, ox.NamedNode(iri)))

        values[parameter.name] = ox.NamedNode(max(iris, key=degree))
    return bound(question, values)


def measured(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds of this thread that some work takes."""
    begun = time.thread_time()
    work()
    return (time.thread_time() - begun) * 1000


def given_up(work: Callable[[], object], patience: int) -> str:
    """Return the CPU milliseconds that some work takes, or that it was given up."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(patience)
    try:
        return f"{measured(work):.1f}"
    except TimeoutError:
        return f"> {patience * 1000:,}"
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    if Path(sys.prefix) != environment.VENV:
        sys.exit(environment.run(__file__, *sys.argv[1:]))
    main()
