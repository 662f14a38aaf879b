"""The gallery: every question has an answer, every engine gives the same one, and names are found as people write them."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from linkatlas import cli
from linkatlas.errors import InputError
from linkatlas.namespaces import PREFIXES
from linkatlas.query.dataset import open_dataset
from linkatlas.query.evaluate import evaluate
from linkatlas.query.naming import match, named
from linkatlas.query.questions import ANY, LITERALS, Question, bound, parse, questions
from linkatlas.query.results import Term

LISTS = Path(__file__).parent / "gallery"
QUESTIONS = {question.name: question for question in questions()}
ANSWERS = """
    about                | Flyte                      | created at Lyft
    agreed               |                            | Gullwing
    alternatives         | Jenkins                    | Saltmarsh
    bridges              |                            | Tidewheel
    built-on             | tidewheel                  | based on Tidewheel
    common               | Airflow / Seldon           | Kubernetes
    connects             | mlflow / DataBricks        | atlas:developedBy
    counts               |                            | atlas:Person
    disagree             |                            | Seawall Systems
    hubs                 |                            | Kubernetes
    inferred             |                            | alternative-both-ways
    joint-work           |                            | Apache Software Foundation
    languages            |                            | Go
    learn                | cloud offerings            | Deploying a pipeline
    least-sure           |                            | Waimak
    lists-on             | K8S                        | mlops.md
    made-by              | Lyft                       | Flyte
    makers               |                            | Databricks
    names-of             | kubernetes                 | K8S
    needs                | Seldon Core                | Kubernetes
    never-listed         |                            | Kubernetes
    newest               |                            | 2020-01-12
    of-the-year          | 2019                       | What are Model Governance and Model Operations
    overviews            |                            | MLOps, Kubeflow, and Tekton
    parts-of             | Kubeflow                   | Kubeflow Pipelines
    platforms            |                            | Apache Spark
    presented-at         | Cloud Next '19             | Accelerating Machine Learning App Development
    publishers           |                            | Towards Data Science
    read                 | Airflow                    | documentation,Airflow Confluence Site
    rivals               | Harbour Labs               | Lowtide
    runs-on              | k8s                        | AirFlow on K8S
    similar              | DVC                        | Great Expectations
    single-vendor        |                            | Harbour Labs
    speakers             |                            | Simon Kaegi,IBM,Kubeflow
    stacks               | Kubernetes                 | Tidewheel,Shellbook,Gullwing
    stands-on            | Kubernetes                 | Saltmarsh
    talked-about         |                            | Feature Stores
    talks                | Kubeflow                   | Cloud Next '19
    tools-for            | Data Versioning & Validation | DVC
    tools-for-platform   | Model Serving / Kubernetes | Gullwing
    topics               |                            | Cloud Offerings
    unwritten            |                            | Data Versioning & Validation
    used-by              | Airflow                    | CrowdStrike
    vendor               | Databricks                 | Simplifying Model Management with MLflow
    where-is             | MLflow                     | https://www.mlflow.org/
    who-makes            | Airflow                    | Apache Software Foundation
    within               | Orchestration              | Schedulers
    works-of             | Vicky Avison               | Best Practices for Building and Deploying Data Pipelines
    works-with           | Kubernetes                 | Plugin for Kubernetes
    written-in           | Go                         | Ebb
"""
"""A question, what it is told, and a part of the answer: on the built-in list, or, where that says nothing of the kind,
together with the lists of ``tests/gallery``."""
CASES = {
    name: (told, part)
    for name, told, part in (re.split(r"\s*\|\s*", line.strip()) for line in ANSWERS.strip().splitlines())
}


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The build of the built-in list, and one of our own lists beside it."""
    import linkatlas.lists

    folder = tmp_path_factory.mktemp("builds")
    listed = Path(linkatlas.lists.__file__).parent / "mlops.md"
    for name, sources in (("alone", []), ("beside", [str(listed), str(LISTS)])):
        assert cli.run(["build", *sources, "-q", "-o", str(folder / name), "--format", "turtle,evidence"]) == 0
    return [folder / "alone", folder / "beside"]


@pytest.fixture(scope="session")
def stores(builds: list[Path]) -> list[ox.Store]:
    return [open_dataset([build]) for build in builds]


def text_of(question: Question, store: ox.Store, told: str) -> str:
    """The SPARQL of a question that is told some names, between slashes; empty where the graph lacks one of them."""
    names = named(store)
    values: dict[str, Term] = {}
    for parameter, word in zip(question.parameters, told.split(" / ") if told else [], strict=True):
        if parameter.kind in LITERALS:
            values[parameter.name] = ox.Literal(int(word))
        elif found := match(names, word, parameter.kind).nodes:
            values[parameter.name] = ox.NamedNode(found[0].iri)
        else:
            return ""
    return bound(question, values)


def rows(store: ox.Store, query: str) -> list[list[str]]:
    found = evaluate(store, query, PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return [[term.value if isinstance(term, ox.NamedNode | ox.Literal) else "" for term in row] for row in found]


def test_there_are_fifty_questions_and_each_has_a_case() -> None:
    assert len(QUESTIONS) == 50
    assert list(CASES) == sorted(QUESTIONS)


@pytest.mark.parametrize("name", CASES)
def test_the_question_has_an_answer(name: str, builds: list[Path], capfd: pytest.CaptureFixture[str]) -> None:
    told, part = CASES[name]
    said = []
    for build in builds:
        code = cli.run(["ask", "-d", str(build), "--format", "md", name, *(told.split(" / ") if told else [])])
        said.append(capfd.readouterr().out.replace("\\", "").replace(" | ", ",") if code == 0 else "")
    assert any(part in text for text in said), "\n".join(said)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_head_fits_the_query(question: Question) -> None:
    assert set(re.findall(r"\{(\w+)\}", question.sentence)) == {each.name for each in question.parameters}
    assert question.sentence.endswith("?") and not question.title.endswith((".", "?"))
    assert len(question.title) <= 60
    known = {
        *LITERALS,
        ANY,
        *(f"atlas:{name}" for name in ["Tool", "Language", "Topic", "Vendor", "Agent", "Entity", "Event"]),
    }
    assert {each.kind for each in question.parameters} <= known
    store = ox.Store()
    store.query(question.text)  # without any prefix but its own


def shape(value: object) -> str:
    """A term as engines agree on it: numbers by value, texts and IRIs by their characters."""
    text = str(value)
    return f"{float(text):g}" if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


@pytest.fixture(scope="session")
def graph(builds: list[Path]) -> rdflib.Graph:
    return rdflib.Graph().parse(builds[1] / "graph.ttl").parse(builds[1] / "evidence.ttl")


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_rdflib_gives_the_same_rows(name: str, stores: list[ox.Store], graph: rdflib.Graph) -> None:
    query = text_of(QUESTIONS[name], stores[1], CASES[name][0])
    expected = Counter(tuple(map(shape, row)) for row in rows(stores[1], query))
    found = graph.query(query)
    assert Counter(tuple("" if term is None else shape(term) for term in row) for row in found) == expected  # type: ignore[union-attr]


@pytest.mark.slow
def test_arq_gives_the_same_rows(stores: list[ox.Store], builds: list[Path], arq: list[str], tmp_path: Path) -> None:
    different = []
    for name, (told, _) in CASES.items():
        query = text_of(QUESTIONS[name], stores[1], told)
        file = tmp_path / f"{name}.rq"
        file.write_text(query, "utf-8")
        data = [f"--data={builds[1] / part}" for part in ("graph.ttl", "evidence.ttl")]
        done = subprocess.run(
            [*arq, *data, f"--query={file}", "--results=csv"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{name}: {done.stderr}"
        found = list(csv.reader(io.StringIO(done.stdout)))[1:]
        expected = rows(stores[1], query)
        if Counter(tuple(map(shape, row)) for row in found) != Counter(tuple(map(shape, row)) for row in expected):
            different.append(name)
    assert different == []


# The command


def asked(capfd: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = cli.run(["ask", *map(str, words)])
    out, said = capfd.readouterr()
    return code, out, said


Capture = pytest.CaptureFixture[str]


def test_the_list_names_every_question(capfd: Capture) -> None:
    code, out, _ = asked(capfd)
    assert code == 0
    assert all(f"  {name}" in out and QUESTIONS[name].title in out for name in QUESTIONS)
    assert "runs-on PLATFORM" in out
    assert all(len(line) <= 100 for line in out.splitlines())


def test_an_answer_repeats_the_question_and_shows_the_line_that_says_it(builds: list[Path], capfd: Capture) -> None:
    code, out, said = asked(capfd, "-d", builds[0], "runs-on", "K8s")
    assert (code, said) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Which tools run on Kubernetes?"
    assert lines[2].split() == ["tool", "said", "where"]
    assert re.split(" {2,}", lines[4]) == ["Apache Airflow", "AirFlow on K8S", "linkatlas/lists/mlops.md:32"]


def test_programs_get_the_iris_as_well(builds: list[Path], capfd: Capture) -> None:
    _, out, _ = asked(capfd, "-d", builds[0], "made-by", "Lyft", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert (row["tool"], row["toolLabel"]) == ("https://w3id.org/linkatlas/id/tool/flyte", "Flyte")
    assert row["line"].endswith("mlops.md#L47")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ["runs-on", "Kubrenetes"],
            0,
            "no tool that is called 'Kubrenetes'; did you mean Kubernetes? This is about it:",
        ),
        (["runs-on", "apache", "sparc"], 0, "did you mean Apache Spark?"),
        (["runs-on", "Spark"], 0, ""),
        (["learn", "validation"], 0, "did you mean Data Versioning & Validation?"),
        (["runs-on", "zzz"], 2, "the graph has no tool that is called 'zzz'\n"),
        (["runs-on", "Google"], 2, "Google is known as vendor, not as tool"),
        (["runs-on"], 2, "runs-on takes platform (a place to run): linkatlas ask runs-on Kubernetes"),
        (["counts", "Kubernetes"], 2, "counts takes nothing more"),
        (["runson", "Kubernetes"], 2, "no question is called 'runson'; did you mean runs-on"),
        (["of-the-year", "soon"], 2, "'soon' is no whole number"),
        (["runs-on", "tool:kubernetes"], 0, ""),
        (["runs-on", "https://w3id.org/linkatlas/id/tool/kubernetes"], 0, ""),
        (["alternatives", "Flyte"], 0, "nothing in the graph answers that"),
    ],
)
def test_what_is_said_of_names(builds: list[Path], capfd: Capture, words: list[str], code: int, said: str) -> None:
    found = asked(capfd, "-d", builds[0], *words)
    assert found[0] == code
    assert said in found[2] and bool(said) == bool(found[2])


def test_a_name_cannot_become_part_of_the_query() -> None:
    question = parse(
        "a", "# title: A\n# asks: {x}?\n# param: x | text | a word | b\nSELECT ?x { VALUES ?x { 'b' } }", "a"
    )
    text = bound(question, {"x": ox.Literal("'\"\\} UNION { ?s ?p ?o }\n#")})
    assert rows(ox.Store(), text) == [["'\"\\} UNION { ?s ?p ?o }\n#"]]


def test_the_sparql_is_shown(builds: list[Path], capfd: Capture) -> None:
    assert asked(capfd, "runs-on", "--show")[1] == QUESTIONS["runs-on"].text
    text = asked(capfd, "-d", builds[0], "runs-on", "Spark", "--show")[1]
    assert "VALUES ?platform { <https://w3id.org/linkatlas/id/tool/apache-spark> }" in text


def test_a_folder_of_ones_own_questions(builds: list[Path], tmp_path: Path, capfd: Capture) -> None:
    (tmp_path / "loud.rq").write_text(
        "# title: Names in capitals\n# asks: Which names begin with {start}?\n# param: start | text | the first letters | K\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "SELECT ?name { VALUES ?start { 'K' } ?x skos:prefLabel ?name FILTER(STRSTARTS(?name, ?start)) }\n",
        "utf-8",
    )
    assert "Further questions\n  loud START" in asked(capfd, "--questions", tmp_path)[1]
    out = asked(capfd, "-d", builds[0], "--questions", tmp_path, "loud", "Ked")[1]
    assert out.startswith("Which names begin with Ked?\n") and "Kedro" in out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Loud.rq", "# title: A\n# asks: B?\nASK {}", "small letters"),
        ("a.rq", "# asks: B?\nASK {}", "begins without one line '# title: ...'"),
        ("a.rq", "# title: A\n# asks: B?\n# param: x | text\nASK {}", "a parameter is '# param: name |"),
        ("a.rq", "# title: A\n# asks: {x}?\n# param: x | text | a | b\nASK {}", r"does not bind \?x"),
    ],
)
def test_a_question_that_is_out_of_order_is_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=said):
        questions([tmp_path])
    with pytest.raises(InputError, match="no such folder of questions"):
        questions([tmp_path / "missing"])
