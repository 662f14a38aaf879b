"""The package in Python: what it exports, and a build in a notebook."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
import rdflib

import linkatlas
from conftest import CHECKOUT
from linkatlas import Atlas, build, cli, load
from linkatlas.errors import InputError, QueryError, UsageError
from linkatlas.query.rows import Rows


def test_the_package_offers_what_it_says() -> None:
    assert linkatlas.__all__ == ["Atlas", "__version__", "build", "load"]
    assert all(getattr(linkatlas, name) for name in linkatlas.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = linkatlas.nothing


def test_a_build_shows_itself_in_a_notebook(tmp_path: Path) -> None:
    source = tmp_path / "list.md"
    source.write_text(
        "# Awesome Pipelines\n\n- [Tidewheel](https://tidewheel.dev/) - A scheduler, written in Go.\n", "utf-8"
    )
    atlas = build(str(source))
    assert isinstance(atlas, Atlas)
    assert "Tidewheel" in {node.label for node in atlas.nodes}
    assert "atlas:implementedIn" in {edge.predicate for edge in atlas.edges}
    assert atlas._repr_html_().startswith("<iframe ")
    assert atlas.html().lower().startswith("<!doctype html>")


def test_a_source_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        build(str(tmp_path / "missing.md"))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return build()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    folder = tmp_path_factory.mktemp("build")
    assert cli.run(["build", "-q", "-o", str(folder), "--format", "turtle,evidence"]) == 0
    return load(folder)


def test_a_build_is_read_back_as_it_was(atlas: Atlas, loaded: Atlas) -> None:
    assert loaded.edges == atlas.edges
    assert loaded.built.graph.inferred == atlas.built.graph.inferred
    assert [node[:4] for node in loaded.nodes] == [node[:4] for node in atlas.nodes]
    assert [node.description for node in loaded.nodes] == [node.description for node in atlas.nodes]
    assert [source[:4] for source in loaded.built.graph.sources] == [source[:4] for source in atlas.built.graph.sources]
    assert loaded.built.graph.base_iri == atlas.built.graph.base_iri


def test_what_is_read_back_is_written_as_it_was(loaded: Atlas, tmp_path: Path) -> None:
    from linkatlas.output import write_all

    write_all(tmp_path, ["turtle"], loaded.built, loaded.vocabulary)
    assert (tmp_path / "graph.ttl").read_bytes() == (CHECKOUT / "tests" / "golden" / "graph.ttl").read_bytes()


def test_a_folder_without_a_build_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no build is there"):
        load(tmp_path)
    (tmp_path / "graph.ttl").write_text("", "utf-8")
    with pytest.raises(InputError, match=r"no evidence\.ttl"):
        load(tmp_path)


def test_a_query_gives_rows_of_values(loaded: Atlas) -> None:
    rows = loaded.query(
        "SELECT ?tool (COUNT(?o) AS ?n) (SAMPLE(?x) AS ?none) { ?tool atlas:runsOn ?o } GROUP BY ?tool ORDER BY ?tool"
    )
    assert isinstance(rows, Rows)
    assert rows.columns == ("tool", "n", "none")
    assert rows[0] == ("https://w3id.org/linkatlas/id/tool/apache-airflow", 1, None)
    assert list(rows.to_pandas()["n"]) == [n for _, n, _ in rows] == [1, 1, 1]
    assert loaded.query("ASK { tool:flyte ?p tool:kubernetes }") is True
    built = loaded.query("CONSTRUCT WHERE { ?t atlas:runsOn ?p }")
    assert isinstance(built, rdflib.Graph) and len(built) == 3
    with pytest.raises(QueryError, match="line 1, column 1"):
        loaded.query("SELCT")


def test_without_pandas_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install 'linkatlas\[pandas\]'"):
        Rows(["a"], [(1,)]).to_pandas()


def test_the_prefixes_of_a_query_follow_the_base_iri(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("# Tools\n\n- [Tidewheel](https://tidewheel.dev/) - A scheduler, written in Go.\n", "utf-8")
    assert build(str(source), base_iri="https://mine.example/").query(
        "ASK { tool:tidewheel atlas:implementedIn tool:go }"
    )


def test_what_is_said_between_two_things_is_explained(atlas: Atlas) -> None:
    assert {said.predicate for said in atlas.explain("MLflow", "DataBricks")} == {"atlas:developedBy"}
    assert atlas.explain("databricks", "mlflow") == atlas.explain("MLflow", "Databricks")
    with pytest.raises(UsageError, match="no node is called 'MLfloww'; did you mean MLflow"):
        atlas.explain("MLfloww", "Databricks")


def test_it_is_the_network_and_the_rdf_of_the_files(atlas: Atlas) -> None:
    net = atlas.network()
    assert set(net) == {node.iri for node in atlas.nodes}
    (edge,) = [data for _, _, key, data in net.edges(keys=True, data=True) if key == "atlas:usedBy"]
    assert (edge["words"], edge["readings"]) == ("is used by", 1)
    assert len(atlas.rdf()) == len(rdflib.Graph().parse(CHECKOUT / "tests" / "golden" / "graph.ttl"))


def test_it_is_shown_in_the_browser(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    atlas.show()
    (address,) = opened
    path = Path(url2pathname(urlsplit(address).path))
    assert path.read_text("utf-8") == atlas.html()
    path.unlink()
