"""The output folder: files are whole or not there, and the last good ones stay."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

import sample
from linkatlas import output
from linkatlas.errors import InputError, UsageError
from linkatlas.export import EXPORTERS, Exporter
from linkatlas.model import Build
from linkatlas.vocabulary import Vocabulary, load

VOCABULARY = load()
NAMES = ["turtle", "nodes", "report"]

SLOW = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from sample import BUILD
from linkatlas.export import EXPORTERS, Exporter
from linkatlas.output import write_all
from linkatlas.vocabulary import load

def slow(build, vocabulary, out):
    out.write(b"half of it")
    out.flush()
    print("writing", flush=True)
    time.sleep(60)

EXPORTERS["report"] = Exporter("report.json", "", slow)
write_all(Path(sys.argv[1]), ["turtle", "nodes", "report"], BUILD._replace(findings=()), load())
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def broken(build: Build, vocabulary: Vocabulary, out: BinaryIO) -> None:  # noqa: ARG001
    out.write(b"half of it")
    raise RuntimeError("a fault in the exporter")


def test_the_files_are_there_in_the_order_asked_for(tmp_path: Path) -> None:
    paths = output.write_all(tmp_path / "new" / "folder", NAMES, sample.BUILD, VOCABULARY)
    assert [path.name for path in paths] == ["graph.ttl", "nodes.csv", "report.json"]
    assert all(path.stat().st_size for path in paths)
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == sorted(path.name for path in paths)


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    output.write_all(tmp_path, NAMES, sample.BUILD, VOCABULARY)
    assert (tmp_path / "README.md").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="file modes of POSIX")
def test_the_files_have_ordinary_modes(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        (path,) = output.write_all(tmp_path, ["report"], sample.BUILD, VOCABULARY)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_failed_build_leaves_the_last_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output.write_all(tmp_path, NAMES, sample.BUILD, VOCABULARY)
    before = contents(tmp_path)
    monkeypatch.setitem(EXPORTERS, "report", Exporter("report.json", "", broken))
    with pytest.raises(RuntimeError, match="a fault in the exporter"):
        output.write_all(tmp_path, NAMES, Build(sample.GRAPH._replace(nodes=())), VOCABULARY)
    assert contents(tmp_path) == before
    assert not (tmp_path / output.UNFINISHED).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_build_leaves_the_last_output_and_the_next_one_clears_up(tmp_path: Path) -> None:
    output.write_all(tmp_path, NAMES, sample.BUILD, VOCABULARY)
    before = contents(tmp_path)
    command = [sys.executable, "-c", SLOW, str(tmp_path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as build:
        assert build.stdout is not None
        assert build.stdout.readline() == b"writing\n"
        build.send_signal(signal.SIGKILL)
    assert contents(tmp_path) == before
    assert (tmp_path / output.UNFINISHED / "report.json").read_bytes() == b"half of it"
    output.write_all(tmp_path, NAMES, sample.BUILD, VOCABULARY)
    assert contents(tmp_path) == before
    assert not (tmp_path / output.UNFINISHED).exists()


def test_what_stands_where_unfinished_files_go_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("mine")
    (tmp_path / output.UNFINISHED).symlink_to(tmp_path / "kept")
    output.prepare(tmp_path)
    assert (tmp_path / "kept" / "file").read_text() == "mine"
    assert not (tmp_path / output.UNFINISHED).is_symlink()


def test_two_builds_at_once_wait_for_one_another(tmp_path: Path) -> None:
    one, other = sample.BUILD, Build(sample.GRAPH)
    expected = []
    for build in (one, other):
        output.write_all(tmp_path / "alone", NAMES, build, VOCABULARY)
        expected.append(contents(tmp_path / "alone"))
    together = tmp_path / "together"
    threads = [
        threading.Thread(target=output.write_all, args=(together, NAMES, build, VOCABULARY))
        for build in (one, other) * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert contents(together) in expected


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"docx: no such format; there are turtle, .*report"):
        output.write_all(tmp_path / "x", ["docx"], sample.BUILD, VOCABULARY)
    assert not (tmp_path / "x").exists()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    for folder in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(InputError, match="out") as found:
            output.prepare(folder)
        assert "\n" not in str(found.value)
    assert (tmp_path / "out").read_text() == "mine"


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    output.write_all(tmp_path, ["nodes"], sample.BUILD, VOCABULARY)
    before = contents(tmp_path)
    (tmp_path / "report.json").mkdir()
    with pytest.raises(InputError, match=r"report\.json: is a folder where a file is to be written"):
        output.write_all(tmp_path, NAMES, Build(sample.GRAPH._replace(nodes=())), VOCABULARY)
    assert contents(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(InputError, match=r"cannot be written \(Permission denied"):
            output.prepare(tmp_path)
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_a_folder_that_cannot_be_made() -> None:
    with pytest.raises(InputError, match="/proc/linkatlas: cannot be written"):
        output.prepare(Path("/proc/linkatlas"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(build: Build, vocabulary: Vocabulary, out: BinaryIO) -> None:  # noqa: ARG001
        with Path("/dev/full").open("wb") as disk:
            disk.write(b"x" * 10)

    monkeypatch.setitem(EXPORTERS, "report", Exporter("report.json", "", full))
    with pytest.raises(InputError, match=r"cannot be written \(No space left on device\)"):
        output.write_all(tmp_path, ["report"], sample.BUILD, VOCABULARY)
