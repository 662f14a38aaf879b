"""Explanations: what is known of a node, why an edge is there, what stands against one that is not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from linkatlas import cli
from linkatlas.explain import Line, Traced, explain_node, explain_pair, matching, nearest, trace
from linkatlas.explain.guards import GUARDS, Scene
from linkatlas.model import Document
from linkatlas.vocabulary import Cue, Vocabulary, load

LIST = """# Awesome Pipelines

## Orchestration
- [Tidewheel](https://tidewheel.dev/) - Runs on [K8s](https://kubernetes.io/).
{}

## Storage
- [Tidewheel](https://www.tidewheel.dev/#top) - A scheduler by Airbnb.
"""


@cache
def vocabulary() -> Vocabulary:
    return load()


def traced(entry: str = "") -> Traced:
    return trace([Document("list.md", LIST.format(entry))], vocabulary())


def text(lines: Iterable[Line]) -> str:
    return "\n".join("".join(part.text for part in line) for line in lines)


def pair(entry: str, one: str, other: str) -> str:
    found = traced(entry)
    (left,), (right,) = matching(found.graph, one), matching(found.graph, other)
    return text(explain_pair(left, right, found))


def node(entry: str, name: str) -> str:
    found = traced(entry)
    (one,) = matching(found.graph, name)
    return text(explain_node(one, found))


def test_an_edge_is_shown_with_its_line_its_words_its_rule_and_its_confidence() -> None:
    assert pair("", "tidewheel", "K8S").splitlines()[:3] == [
        "Tidewheel runs on Kubernetes.",
        "  list.md line 4, rule runs-on, confidence 0.95",
        "    - [Tidewheel](https://tidewheel.dev/) - «Runs on [K8s»](https://kubernetes.io/).",
    ]


def test_a_node_is_shown_with_its_names_its_places_and_what_is_said_of_it() -> None:
    said = node("", "Tidewheel")
    assert "Tidewheel, tool\n  https://w3id.org/linkatlas/id/tool/tidewheel" in said
    assert (
        "named in 1 of 1 list, listed\n    list.md line 4 under Orchestration\n    list.md line 8 under Storage" in said
    )
    assert "Tidewheel was developed by Airbnb.\n  list.md line 8, rule by" in said
    assert "Tidewheel is filed under Pipelines.\n  follows by rule broader-topic" in said


@pytest.mark.parametrize(
    ("entry", "name", "reason"),
    [
        ("", "kubernetes", "K8s: the lexicon knows it as another name"),
        ("- [TideWheel](https://tidewheel.dev/) - Fast.", "tidewheel", "TideWheel: the same letters"),
        (
            "- [Brambledb](https://b.dev/) - Fast.\n- [Brambledb Server](https://b.dev/) - Fast.",
            "brambledb",
            "Brambledb and Brambledb Server are alike, and both are listed with https://b.dev",
        ),
        (
            "- [Brambledb](https://b.dev/) - By Pondweed Inc.\n- [Ferncast](https://f.dev/) - By Pondweed.",
            "pondweed",
            "Pondweed Inc and Pondweed differ by a legal form",
        ),
    ],
)
def test_a_merge_has_its_reason(entry: str, name: str, reason: str) -> None:
    assert reason in node(entry, name)


@pytest.mark.parametrize(
    ("entry", "one", "other", "why"),
    [
        (
            "- [Brambledb](https://b.dev/) - Support for Spark is planned.",
            "Brambledb",
            "Spark",
            "“integrates with” (rule works-with) is not said: words behind it say that it does not hold yet.",
        ),
        (
            "- [Brambledb](https://b.dev/) - Not based on Spark.",
            "Brambledb",
            "Spark",
            "“is based on” (rule based-on) is not said: a word before it denies, compares or hopes.",
        ),
        (
            "- [Brambledb](https://b.dev/) - Isn't based on Spark.",
            "Brambledb",
            "Spark",
            "“is based on” (rule based-on) is not said: a word before it denies, compares or hopes.",
        ),
        (
            "- [Does Tidewheel run on Spark?](https://blog.example.org/b)",
            "Tidewheel",
            "Spark",
            "“runs on” (rule runs-on) is not said: the title asks.",
        ),
        (
            "- [Brambledb](https://b.dev/) - A store to go with maps.",
            "Brambledb",
            "Go",
            "“mentions” (rule mention) is not said: the name is written like a plain word, or is part of a longer name.",
        ),
        (
            "- [Brambledb](https://b.dev/) - An open source Spark gathering of ours.",
            "Brambledb",
            "Spark",
            "“is an alternative to” (rule open-source-x) is not said: more follows the name",
        ),
        (
            "- [Brambledb](https://b.dev/) - A store; the Spark of maps.",
            "Brambledb",
            "Spark",
            "No phrase there that the lexicon knows relates the two.",
        ),
    ],
)
def test_what_stands_against_an_edge_is_named(entry: str, one: str, other: str, why: str) -> None:
    # Go is known to the graph where some entry names it.
    assert why in pair(f"{entry}\n- [Ferncast](https://f.dev/) - Written in Go, runs on Spark.", one, other)


def test_a_maker_that_bears_its_products_name_is_said_once() -> None:
    said = node("- [Ship It](https://kubernetes.io/blog/ship) - On [K8s](https://kubernetes.io/).", "Kubernetes")
    assert "its maker is called Kubernetes too: one node stands for both" in said


def test_every_guard_of_a_cue_can_be_lifted() -> None:
    """A guard that the ontology gains is one that explanations have to know."""
    found = traced()
    item = found.survey.listings[0].items[0]
    scene = Scene(item, found.survey, found.vocabulary, found.graph.nodes[:2])
    for guard in GUARDS:
        scene = guard.lifted(scene)
    cues = [
        cue
        for phrases in (scene.vocabulary.before, scene.vocabulary.after)
        for each in phrases.values()
        for cue in each
    ]
    no_guards = {"name", "property", "confidence", "coins", "inverse", "subjects", "objects"}
    left = {field for cue in cues for field in set(Cue._fields) - no_guards if getattr(cue, field)}
    assert not left, "no guard of graph/explain/guards.py lifts these"
    assert {cue.objects for cue in cues} == {tuple(found.vocabulary.classes)}


def test_a_name_is_marked_where_it_stands_by_itself() -> None:
    said = pair(
        "- [Ferncast](https://f.dev/) - Its kubernetes-fern is older than Kubernetes.", "Ferncast", "Kubernetes"
    )
    assert said.endswith("""
    - [«Ferncast»](https://f.dev/) - Its kubernetes-fern is older than «Kubernetes».
    No phrase there that the lexicon knows relates the two.""")


def test_two_things_that_no_entry_names_together_are_said_to_be_so() -> None:
    said = pair("- [Brambledb](https://b.dev/) - A store.", "Brambledb", "Airbnb")
    assert said.splitlines() == [
        "No list says how Brambledb (tool) and Airbnb (vendor) are related.",
        "No entry names both.",
    ]
    shared = pair("- [Brambledb](https://b.dev/) - A store.", "Brambledb", "Tidewheel")
    assert shared.endswith("Both are tied to Orchestration, Pipelines.")


def test_what_the_kinds_of_two_things_rule_out_is_told() -> None:
    lines = (
        "- [On Waves](https://noraquillfeather.com/waves) - An article.",
        "- [On Tides](https://paper.example/tides) - An article by Nora Quillfeather.",
        "- [On Foam](https://paper.example/foam) - An article by Nora Quillfeather.",
    )
    said = pair("\n".join(lines), "On Waves", "Nora Quillfeather")
    assert "“was published by” (rule site) is not said: by all that the lists say, the two are of kinds" in said


def test_a_name_is_found_in_any_spelling_by_its_iri_and_by_its_address() -> None:
    graph = traced().graph
    for name in ("k8s", "KUBERNETES", "https://w3id.org/linkatlas/id/tool/kubernetes"):
        assert [one.label for one in matching(graph, name)] == ["Kubernetes"]
    assert [one.label for one in matching(graph, "http://www.tidewheel.dev")] == ["Tidewheel"]
    assert matching(graph, "") == matching(graph, "://") == matching(graph, "?!") == []


def test_what_is_meant_is_guessed_from_slips_and_parts() -> None:
    graph = traced().graph
    assert nearest(graph, "tidewhel") == ["Tidewheel"]
    assert nearest(graph, "storag") == ["Storage"]
    assert nearest(graph, "kuber") == ["Kubernetes"]
    assert nearest(graph, "") == nearest(graph, "zzzz") == []


def test_text_of_a_list_does_not_reach_the_terminal_as_it_is() -> None:
    found = node("- [Bramble\x1b[31mdb](https://b.dev/) - A \x1b]0;store\x07, written in Go.", "https://b.dev/")
    assert "written in Go" in found
    assert all(letter.isprintable() for letter in found.replace("\n", ""))


# The command


def built(tmp_path: Path, entry: str = "") -> list[str]:
    """Build the list, and return the words that name its build to the command."""
    source = tmp_path / "list.md"
    source.write_text(LIST.format(entry), encoding="utf-8")
    assert cli.run(["build", "-q", str(source), "-o", str(tmp_path / "out")]) == 0
    return ["-d", str(tmp_path / "out")]


def test_the_command_explains_what_was_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = built(tmp_path)
    assert cli.run(["explain", "Tidewheel", "k8s", *where]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Tidewheel runs on Kubernetes.\n") and "«Runs on [K8s»" in out
    assert (err, "\x1b" in out, out.endswith("\n\n")) == ("", False, False)


def test_a_name_may_be_short_for_one_that_the_lists_write_in_full(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = built(tmp_path, "- [Larkpole](https://larkpole.example/) - Stores all in PostgreSQL.")
    assert cli.run(["explain", "Larkpole", "pgsql", *where]) == 0
    assert "PostgreSQL" in capsys.readouterr().out.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["Tidewhel"], 2, "nothing is called 'Tidewhel'; did you mean Tidewheel?"),
        (["Tidewheel", "\x1bzzzz"], 2, "nothing is called '\\x1bzzzz'"),
        (["K8s", "Kubernetes"], 2, "K8s and Kubernetes name one node; linkatlas explain 'K8s' says why"),
    ],
)
def test_a_name_that_is_no_help_is_a_sentence(
    words: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = built(tmp_path)
    assert cli.run(["explain", *words, *where]) == code
    assert capsys.readouterr().err == f"linkatlas: {said}\n"


def test_what_is_no_build_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "Airflow", "-d", str(tmp_path)]) == 3
    assert "holds no build (there is no report.json); run linkatlas build first" in capsys.readouterr().err
    for text in ("{", "[]", '{"sources": []}', '{"base_iri": "x", "sources": 1}'):
        (tmp_path / "report.json").write_text(text, encoding="utf-8")
        assert cli.run(["explain", "Airflow", "-d", str(tmp_path)]) == 3
        assert "is not the report of a build" in capsys.readouterr().err


def test_corrections_that_are_not_named_again_are_said_to_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corrections = tmp_path / "corrections.ttl"
    corrections.write_text(
        "@prefix atlas: <https://w3id.org/linkatlas/ontology#> .\n"
        "@prefix tool: <https://w3id.org/linkatlas/id/tool/> .\n"
        "tool:tidewheel atlas:basedOn tool:kubernetes .\n",
        encoding="utf-8",
    )
    source = tmp_path / "list.md"
    source.write_text(LIST.format(""), encoding="utf-8")
    words = ["--corrections", str(corrections)]
    assert cli.run(["build", str(source), "-o", str(tmp_path / "out"), *words]) == 0
    assert "No entry was found" not in capsys.readouterr().err
    assert cli.run(["explain", "Tidewheel", "-d", str(tmp_path / "out")]) == 0
    assert "without --corrections this is about what the lists say" in capsys.readouterr().err
    assert cli.run(["explain", "Tidewheel", "-d", str(tmp_path / "out"), *words]) == 0
    assert capsys.readouterr().err == ""


def test_a_list_that_is_gone_or_changed_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = built(tmp_path)
    (tmp_path / "list.md").write_text("- [Tidewheel](https://tidewheel.dev/)\n", encoding="utf-8")
    assert cli.run(["explain", "Tidewheel", *where]) == 0
    assert "has changed since the build" in capsys.readouterr().err
    (tmp_path / "list.md").unlink()
    assert cli.run(["explain", "Tidewheel", *where]) == 3
    assert "list.md" in capsys.readouterr().err
    report = tmp_path / "out" / "report.json"
    said = json.loads(report.read_text(encoding="utf-8"))
    said["sources"][0]["source"] = "-"
    report.write_text(json.dumps(said), encoding="utf-8")
    assert cli.run(["explain", "Tidewheel", *where]) == 3
    assert "standard input cannot be read again" in capsys.readouterr().err
