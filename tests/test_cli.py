"""The command line: what is written where, what is said of faults, and the exit codes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from linkatlas import __version__, cli
from linkatlas.cli import terminal as shown
from linkatlas.cli.build import _readable
from linkatlas.errors import LinkatlasError
from linkatlas.model import Build, Document, Finding
from linkatlas.vocabulary import Vocabulary
from sample import BUILD

LIST = "# Tools\n- [Flyte](https://flyte.org) - by Lyft\n"
Built = list[Document]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Built:
    """The documents that reach the pipeline, whose place the sample takes; the test stands in an empty folder."""
    monkeypatch.chdir(tmp_path)
    documents: Built = []
    pipe(monkeypatch, documents, lambda: BUILD)
    return documents


def pipe(monkeypatch: pytest.MonkeyPatch, documents: Built, result: Callable[[], Build]) -> None:
    def build(
        given: Iterable[Document], vocabulary: Vocabulary, base_iri: str, progress: object, spread: object, *_: object
    ) -> Build:
        assert vocabulary.properties and base_iri.endswith("/") and callable(progress) and callable(spread)
        documents.extend(given)
        return result()

    stages = SimpleNamespace(unvalidated=build, validated=lambda made, *_: made)
    monkeypatch.setitem(sys.modules, "linkatlas.pipeline", stages)


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "linkatlas", *map(str, words)]


def wrote(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


# What it says of itself


def test_help_names_every_command_and_comes_without_the_pipeline() -> None:
    heavy = "{'pyoxigraph', 'rich', 'pyvis', 'networkx', 'rdflib', 'linkatlas.read', 'linkatlas.pipeline', 'csv'}"
    code = f"import sys; from linkatlas.cli import run; run(['--help']); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
    assert "Usage: linkatlas [OPTIONS] COMMAND" in done.stdout
    assert all(name in done.stdout for name in cli.commands.commands)


def test_the_help_of_build_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    from linkatlas.export import EXPORTERS

    assert cli.run(["build", "--help"]) == 0
    said = capsys.readouterr().out
    assert all(each.filename in said for each in EXPORTERS.values())
    assert "linkatlas build github:owner/repo@v2" in said and "Exit codes:" in said
    assert all(len(line) <= 100 for line in said.splitlines())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out == f"linkatlas {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["completion", shell]) == 0
    assert f"_LINKATLAS_COMPLETE={shell}_complete" in capsys.readouterr().out


@pytest.mark.parametrize(("typed", "offered"), [("no", "nodes"), ("turtle,ev", "turtle,evidence")])
def test_formats_are_completed(typed: str, offered: str) -> None:
    asked = {
        "_LINKATLAS_COMPLETE": "bash_complete",
        "COMP_WORDS": f"linkatlas build --format {typed}",
        "COMP_CWORD": "3",
    }
    done = subprocess.run(command(), capture_output=True, text=True, check=False, env=os.environ | asked)
    assert done.stdout.split() == [f"plain,{offered}"]


# What it builds


def test_without_a_source_the_built_in_list_is_built(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    from linkatlas.export import EXPORTERS

    assert cli.run(["build"]) == 0
    assert [document.source for document in built] == ["linkatlas/lists/mlops.md"]
    assert wrote(Path("output")) == {each.filename for each in EXPORTERS.values()}
    out, err = capsys.readouterr()
    assert out == ""
    assert f"Open {Path('output', 'graph.html')} in a browser." in err


def test_quiet_says_nothing(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "-q", "--format", "nodes", "-o", "there"]) == 0
    assert capsys.readouterr() == ("", "")
    assert wrote(Path("there")) == {"nodes.csv"}
    assert len(built) == 1


@pytest.mark.usefixtures("built")
def test_formats_come_in_one_word_or_several() -> None:
    assert cli.run(["build", "-q", "--format", "nodes,turtle", "--format", "report"]) == 0
    assert wrote(Path("output")) == {"nodes.csv", "graph.ttl", "report.json"}


@pytest.mark.usefixtures("built")
def test_one_format_goes_to_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.run(["build", "--format", "nodes", "-o", "-"]) == 0
    out, err = capsysbinary.readouterr()
    assert out.startswith(b"iri,label,class,") and b"Apache Airflow" in out
    assert b"iri,label" not in err and b"facts" in err
    assert wrote(Path()) == set()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_standard_output_that_takes_no_more(tmp_path: Path) -> None:
    words = command("build", "-q", "--format", "html", "-o", "-")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (3, "linkatlas: standard output: no space left on device\n")
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_what_a_build_writes_is_no_source_of_the_next(built: Built) -> None:
    Path("list.md").write_text(LIST, encoding="utf-8")
    assert cli.run(["build", "-q", "."]) == 0
    assert cli.run(["build", "-q", "."]) == 0
    assert [document.source for document in built] == ["list.md", "list.md"]


# Faults


def faulty(folder: Path) -> dict[str, str]:
    """Make a file of every kind that cannot be read; return what is said of each."""
    (folder / "binary.md").write_bytes(b"a\0b")
    (folder / "empty.md").write_bytes(b"")
    (folder / "folder").mkdir()
    with (folder / "long.md").open("wb") as stream:
        stream.truncate(100_000_000)
    return {
        "missing.md": "no such file or folder",
        "binary.md": "this is a binary file, not a list in text",
        "empty.md": "the file is empty",
        "folder": "no list in this folder (looked for",
        "long.md": "larger than the 64 MiB that one list may have",
        "*.rst": "no list matches",
        "ftp://a.example/x": "only http and https addresses are read, not ftp:",
        "github:x": "not of the form github:owner/repository",
    }


@pytest.mark.usefixtures("built")
def test_every_fault_of_a_source_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    for source, sentence in faulty(Path()).items():
        assert cli.run(["build", source]) == 3, source
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(f"linkatlas: {source}: {sentence}") and err.count("\n") == 1
    assert not Path("output").exists()


def test_of_many_sources_those_that_can_be_read_are_built(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    faulty(Path())
    Path("list.md").write_text(LIST, encoding="utf-8")
    Path("latin.md").write_bytes("# Café\n".encode("latin-1"))
    Path("wide.md").write_bytes("# Café\n".encode("utf-16"))
    assert cli.run(["build", "missing.md", "list.md", "binary.md", "latin.md", "wide.md"]) == 3
    assert [document.text for document in built] == [LIST, "# Café\n", "# Café\n"]
    said = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1] for line in said[:2]] == [" missing.md", " binary.md"]
    assert "graph.ttl" in wrote(Path("output"))


def test_a_format_without_a_parser_is_reported() -> None:
    odd = Document("list.odd", "x", "text/x-odd")
    problems: list[LinkatlasError] = []
    told = list(_readable(iter([odd, Document("list.md", LIST)]), problems, lambda *_: None))
    assert [document.source for document in told] == ["list.md"]
    assert [str(problem) for problem in problems] == ["list.odd: no parser reads text/x-odd"]


def test_faults_of_the_network_have_a_code_of_their_own(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = "http://127.0.0.1:9/list.md"
    Path("list.md").write_text(LIST, encoding="utf-8")
    assert cli.run(["build", nobody]) == 4
    assert "127.0.0.1:9 refuses the connection" in capsys.readouterr().err
    assert not Path("output").exists()
    assert cli.run(["build", "list.md", nobody]) == 4
    assert cli.run(["build", "missing.md", "list.md", nobody]) == 3
    assert len(built) == 2


@pytest.mark.usefixtures("built")
def test_a_folder_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("taken").write_text("x", encoding="utf-8")
    assert cli.run(["build", "-o", "taken"]) == 3
    assert capsys.readouterr().err.startswith("linkatlas: ")
    assert Path("taken").read_text(encoding="utf-8") == "x"


@pytest.mark.usefixtures("built")
def test_an_ontology_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "--ontology", "nowhere"]) == 3
    assert "nowhere: no such ontology folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["build", "--no-such-option"],
        ["build", "--format", "nodes,pdf"],
        ["build", "--base-iri", "not an IRI"],
        ["build", "--base-iri", "https://a.example/id"],
        ["build", "--fail-on", "anything"],
        ["build", "-o", "-"],
        ["raise"],
        ["completion", "cmd"],
    ],
)
@pytest.mark.usefixtures("built")
def test_a_call_that_is_wrong(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(words) == 2
    out, err = capsys.readouterr()
    assert out == "" and ("Error: " in err or err.startswith("linkatlas: "))
    assert wrote(Path()) == set()


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [("Violation", "violation", 1), ("Warning", "violation", 0), ("Warning", "info", 1), ("Info", "warning", 0)],
)
def test_findings_fail_a_build_that_asks_for_it(
    built: Built, monkeypatch: pytest.MonkeyPatch, severity: str, fail_on: str, code: int
) -> None:
    finding = Finding("https://a.example/x", "https://a.example/Shape", severity, "Something is wrong.")
    pipe(monkeypatch, built, lambda: BUILD._replace(findings=(finding,)))
    assert cli.run(["build", "-q", "--fail-on", fail_on]) == code
    assert cli.run(["build", "-q"]) == 0
    assert "graph.ttl" in wrote(Path("output"))


def test_a_fault_of_the_program_is_not_hidden(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Build:
        raise ZeroDivisionError

    pipe(monkeypatch, built, broken)
    with pytest.raises(ZeroDivisionError):
        cli.run(["build"])
    assert wrote(Path("output")) == set()


@pytest.mark.usefixtures("built")
def test_names_do_not_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "a\x1b]0;owned\x07.md"]) == 3
    assert capsys.readouterr().err == "linkatlas: a\ufffd]0;owned\ufffd.md: no such file or folder\n"


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_ends_cleanly(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.md")
    words = command("build", tmp_path / "list.md", "-o", tmp_path / "out")
    running = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    with running, (tmp_path / "list.md").open("wb"):  # opens when the build opens it, and keeps it waiting
        time.sleep(0.3)  # Python sees a signal that comes between opening and reading only when the reading ends
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert running.returncode == cli.STOPPED
    assert err.strip() == "linkatlas: stopped"
    assert wrote(tmp_path) == {"list.md"}


# What a terminal shows


def test_a_bar_appears_when_the_work_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int, int]] = []
    ended: list[bool] = []

    def bar() -> tuple[Callable[[str, int, int], None], Callable[[], None]]:
        return lambda *step: told.append(step), lambda: ended.append(True)

    monkeypatch.setattr(shown, "_bar", bar)
    monkeypatch.setattr(shown, "PATIENCE", 0.05)
    with shown.progress_bar(True) as tell:
        tell("parse", 1, 9)
        time.sleep(0.1)
        tell("parse", 2, 9)
    with shown.progress_bar(False) as tell:
        time.sleep(0.1)
        tell("parse", 3, 9)
    assert told == [("parse", 2, 9)] and ended == [True]


def test_the_bar_itself(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    update, stop = shown._bar()
    update("parse", 3, 0)
    update("resolve", 3, 9)
    stop()
    out, err = capsys.readouterr()
    assert out == "" and "resolve" in err and "3/9" in err


@pytest.mark.parametrize(
    ("terminal", "environment", "colour"),
    [(True, {}, True), (False, {}, False), (True, {"NO_COLOR": "1"}, False), (True, {"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, environment: dict[str, str], colour: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(isatty=lambda: terminal))
    assert shown.colour() is colour


def test_the_entry_point_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the way of all programs, whatever other threads there are."""
    monkeypatch.setattr(sys, "argv", ["linkatlas", "--version"])
    waiting = threading.Event()
    other = threading.Thread(target=waiting.wait, daemon=True)
    other.start()
    with pytest.raises(SystemExit) as ended:
        cli.main()
    waiting.set()
    assert ended.value.code == 0


def test_it_is_a_click_command() -> None:
    """Click's own test runner drives it, too."""
    from click.testing import CliRunner

    result = CliRunner().invoke(cli.commands, ["build", "--format", "pdf"])
    assert isinstance(cli.commands, click.Group)
    assert result.exit_code == 2 and "'pdf' is not one of turtle" in result.output


def test_what_became_of_each_link_is_told(tmp_path: Path) -> None:
    text = "# Awesome Pipelines\n\n- [Tidewheel](https://tidewheel.dev/) ([docs](https://tidewheel.dev/docs))\n- [top](#top)\n"
    (tmp_path / "list.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "linkatlas", "build", "list.md", "--explain-skips", "-q", "--format", "nodes"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == [
        "list.md: 3 links = 1 entry + 1 in entries + 1 skipped",
        "  anchor, 1: the link scrolls within its own page",
        "    line 4  #top",
    ]
    assert ran.stderr == ""
