"""Corrections: what a curator adds, takes away and merges wins over the lists; what contradicts itself is refused."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from linkatlas import build as built_in_python
from linkatlas import cli
from linkatlas.corrections import read_corrections
from linkatlas.errors import InputError
from linkatlas.explain import explain_node, explain_pair, matching, trace
from linkatlas.model import Build, Document
from linkatlas.namespaces import BASE_IRI
from linkatlas.pipeline import build
from linkatlas.vocabulary import Vocabulary, load

PREFIXES = f"""@prefix atlas: <https://w3id.org/linkatlas/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tool: <{BASE_IRI}tool/> .
@prefix vendor: <{BASE_IRI}vendor/> .
@prefix topic: <{BASE_IRI}topic/> .
"""
FIRST = PREFIXES.count("\n") + 1
LIST = """# Awesome Pipelines

## Orchestration
- [Tidewheel](https://tidewheel.dev/) - Runs on Kubernetes. A scheduler by Airbnb.
- [Tide Wheel 2](https://tidewheel.org/) - An alternative to Redis.
"""


def denied(subject: str, predicate: str, target: str) -> str:
    said = f"owl:sourceIndividual {subject} ; owl:assertionProperty {predicate} ; owl:targetIndividual {target}"
    return f"[] a owl:NegativePropertyAssertion ; {said} ."


@cache
def vocabulary() -> Vocabulary:
    return load()


def corrected(tmp_path: Path, *lines: str, least: float = 0.0) -> Build:
    path = tmp_path / "corrections.ttl"
    path.write_text(PREFIXES + "\n".join(lines) + "\n", encoding="utf-8")
    found = read_corrections(path, vocabulary())
    return build([Document("list.md", LIST)], vocabulary(), corrections=found, min_confidence=least)


def facts(built: Build) -> set[str]:
    labels = {node.iri: node.label for node in built.graph.nodes}
    return {
        f"{labels[said.subject]} {said.predicate} {labels.get(said.object, said.object)}"
        for said in (*built.graph.statements, *built.graph.inferred)
    }


def test_a_fact_is_added_with_its_line_as_its_quote(tmp_path: Path) -> None:
    built = corrected(
        tmp_path, "tool:tidewheel atlas:implementedIn tool:go .", 'tool:go a atlas:Language ; skos:prefLabel "Go" .'
    )
    (said,) = (one for one in built.graph.statements if one.predicate == "atlas:implementedIn")
    assert said.evidence.quote == "tool:tidewheel atlas:implementedIn tool:go ."
    assert (said.evidence.line, said.evidence.rule, said.evidence.confidence) == (FIRST, "correction", 1.0)
    assert said.evidence.source == str(tmp_path / "corrections.ttl")
    assert [one.title for one in built.graph.sources if one.curated] == ["Corrections"]
    assert [one.source for one in built.graph.lists] == ["list.md"]
    assert built.notes == ()


def test_a_fact_is_taken_away_and_what_only_it_named_goes(tmp_path: Path) -> None:
    line = (
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual tool:tidewheel ;\n"
        "   owl:assertionProperty atlas:developedBy ; owl:targetIndividual vendor:airbnb ."
    )
    built = corrected(tmp_path, line)
    assert not any("developedBy" in fact for fact in facts(built))
    assert "Airbnb" not in {node.label for node in built.graph.nodes}
    assert "Tidewheel atlas:runsOn Kubernetes" in facts(built)


def test_what_is_inferred_can_be_taken_away(tmp_path: Path) -> None:
    inferred = "Redis atlas:alternativeTo Tide Wheel 2"
    assert inferred in facts(corrected(tmp_path))
    built = corrected(tmp_path, denied("tool:redis", "atlas:alternativeTo", "tool:tide-wheel-2"))
    assert inferred not in facts(built)
    assert built.notes == ()


def test_a_literal_is_taken_away_by_its_value(tmp_path: Path) -> None:
    page = "<https://example.org/2019/05/post>"
    line = f'owl:sourceIndividual {page} ; owl:assertionProperty dcterms:date ; owl:targetValue "2019-05" .'
    path = tmp_path / "corrections.ttl"
    path.write_text(
        f"{PREFIXES}@prefix dcterms: <http://purl.org/dc/terms/> .\n[] a owl:NegativePropertyAssertion ; {line}\n",
        "utf-8",
    )
    document = Document("list.md", "# Awesome\n\n- [How we moved](https://example.org/2019/05/post) - An article.\n")
    plain = build([document], vocabulary())
    assert "dcterms:date" in {said.predicate for said in plain.graph.statements}
    built = build([document], vocabulary(), corrections=read_corrections(path, vocabulary()))
    assert "dcterms:date" not in {said.predicate for said in built.graph.statements}


def test_two_nodes_become_one_with_all_that_was_said_of_both(tmp_path: Path) -> None:
    built = corrected(tmp_path, "tool:tide-wheel-2 owl:sameAs tool:tidewheel .")
    (node,) = (one for one in built.graph.nodes if one.label == "Tidewheel")
    assert node.iri == f"{BASE_IRI}tool/tidewheel"
    assert node.aliases == ("Tide Wheel 2",)
    assert [place.line for place in node.listed_at] == [4, 5]
    assert {"Tidewheel atlas:alternativeTo Redis", "Redis atlas:alternativeTo Tidewheel"} <= facts(built)
    assert not any("Tide Wheel 2" in fact for fact in facts(built))


def test_a_kind_and_a_name_are_put_right(tmp_path: Path) -> None:
    built = corrected(
        tmp_path, 'tool:redis a atlas:Vendor ; skos:prefLabel "Redis Inc." ; skos:altLabel "Redis Labs" .'
    )
    (node,) = (one for one in built.graph.nodes if one.iri == f"{BASE_IRI}tool/redis")
    assert (node.cls, node.label, node.aliases) == ("atlas:Vendor", "Redis Inc.", ("Redis", "Redis Labs"))


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (["tool:a atlas:runOn tool:b ."], 0, "atlas:runOn is no property of the ontology"),
        (["", "tool:a a atlas:Toll ."], 1, "atlas:Toll is no class of the ontology"),
        (['tool:a atlas:runsOn "b" .'], 0, "atlas:runsOn takes an IRI"),
        (["tool:a skos:prefLabel tool:b ."], 0, "skos:prefLabel takes a text"),
        (['tool:a owl:sameAs "b" .'], 0, "owl:sameAs takes an IRI"),
        (["[] atlas:runsOn tool:b ."], 0, "a blank node names no node of the graph"),
        (["[] a owl:NegativePropertyAssertion ;", " owl:sourceIndividual tool:a ."], 0, "what is denied needs"),
        (["tool:a atlas:runsOn tool:b ,"], 1, "expected"),
        (["tool:a owl:sameAs tool:b .", "tool:b owl:sameAs tool:a ."], 0, "a node that is itself merged into it"),
        (["tool:a owl:sameAs tool:b , tool:c ."], 0, "a second node; merge the two nodes that it goes into"),
        (["tool:a owl:sameAs tool:b .", "tool:a atlas:partOf tool:b ."], 1, "relates a node to itself"),
        (["tool:a a atlas:Tool .", "tool:a a atlas:Vendor ."], 1, "a second kind"),
        (
            [
                "tool:a atlas:runsOn tool:b .",
                denied("tool:a", "atlas:runsOn", "tool:b"),
            ],
            0,
            f"adds a fact that line {FIRST + 1} takes away",
        ),
        (["tool:tidewheel owl:sameAs vendor:airbnb ."], 0, "merges Tidewheel (tool) into Airbnb (vendor)"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(lines: list[str], line: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as fault:
        corrected(tmp_path, *lines)
    assert str(fault.value).startswith(f"{tmp_path / 'corrections.ttl'}, line {FIRST + line}: ")
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)


def test_what_comes_to_nothing_is_noted(tmp_path: Path) -> None:
    built = corrected(
        tmp_path,
        "tool:nobody owl:sameAs tool:tidewheel .",
        "tool:tidewheel atlas:runsOn tool:nothing .",
        denied("tool:tidewheel", "atlas:runsOn", "tool:redis"),
    )
    assert [note.partition(", line ")[2] for note in built.notes] == [
        f"{FIRST}: a node of the merge is not in the graph",
        f"{FIRST + 1}: a node of the fact is not in the graph; give it a kind and a skos:prefLabel to add it",
        f"{FIRST + 2}: the fact that it takes away is not in the graph",
    ]


def test_the_doubtful_is_left_out_and_what_only_it_named_goes(tmp_path: Path) -> None:
    every, sure = corrected(tmp_path), corrected(tmp_path, least=0.92)
    assert min(said.evidence.confidence for said in sure.graph.statements) >= 0.92
    assert {said.evidence.confidence for said in every.graph.statements} > {0.9}
    assert "Airbnb" in {node.label for node in every.graph.nodes} - {node.label for node in sure.graph.nodes}
    assert all(said.evidence.confidence >= 0.92 for said in sure.graph.inferred)
    assert [source.links for source in every.graph.sources] == [source.links for source in sure.graph.sources]


def test_an_explanation_knows_the_corrections(tmp_path: Path) -> None:
    path = tmp_path / "corrections.ttl"
    path.write_text(
        f"{PREFIXES}tool:tide-wheel-2 owl:sameAs tool:tidewheel .\n"
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual tool:tidewheel ; owl:assertionProperty atlas:runsOn ;\n"
        "   owl:targetIndividual tool:kubernetes .\n",
        "utf-8",
    )
    found = trace([Document("list.md", LIST)], vocabulary(), corrections=read_corrections(path, vocabulary()))
    (node,), (other,) = matching(found.graph, "tidewheel"), matching(found.graph, "kubernetes")
    said = "\n".join("".join(part.text for part in line) for line in explain_node(node, found))
    assert f"Tide Wheel 2 and Tidewheel are one by a correction ({path} line {FIRST})" in said
    said = "\n".join("".join(part.text for part in line) for line in explain_pair(node, other, found))
    assert "“runs on” (rule runs-on) is not said: a correction takes it away." in said


def test_the_command_and_python_take_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, path = tmp_path / "list.md", tmp_path / "corrections.ttl"
    source.write_text(LIST, encoding="utf-8")
    path.write_text(f"{PREFIXES}tool:tidewheel atlas:usedBy vendor:airbnb .\ntool:x owl:sameAs tool:y .\n", "utf-8")
    out = tmp_path / "out"
    words = ["-q", "--corrections", str(path), "--min-confidence", "0.9", "-o", str(out)]
    assert cli.run(["build", str(source), *words]) == 0
    note = f"{path}, line {FIRST + 1}: a node of the merge is not in the graph"
    assert capsys.readouterr().err == f"linkatlas: {note}\n"
    assert json.loads((out / "report.json").read_text("utf-8"))["notes"] == [note]
    assert "atlas:usedBy vendor:airbnb" in (out / "graph.ttl").read_text("utf-8")
    assert "corrections.ttl#L" in (out / "evidence.ttl").read_text("utf-8")
    assert cli.run(["explain", "tidewheel", "airbnb", "-d", str(out), "--corrections", str(path)]) == 0
    assert "rule correction, confidence 1.0" in capsys.readouterr().out
    atlas = built_in_python(str(source), corrections=path, min_confidence=0.9)
    assert "atlas:usedBy" in {edge.predicate for edge in atlas.edges}


@pytest.mark.parametrize(("text", "said"), [(None, "no such file"), (b"\xff", "not UTF-8")])
def test_a_file_that_cannot_be_read_is_an_error(
    text: bytes | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "corrections.ttl"
    if text is not None:
        path.write_bytes(text)
    assert cli.run(["build", "-q", "--corrections", str(path), "-o", str(tmp_path / "out")]) == 3
    assert said in capsys.readouterr().err
