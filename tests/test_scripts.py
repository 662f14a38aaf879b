"""The README's two commands, run as on a fresh machine: in a copy of the checkout, by the bare interpreter."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import CHECKOUT, copy_checkout

PYTHON = f"{sys.base_prefix}/bin/python3.{sys.version_info.minor}"
LIST = "# Tools\n\n- [Airflow](https://airflow.apache.org) - Runs on Kubernetes.\n"


class Fresh(NamedTuple):
    """A copy of the checkout, and another folder to call its scripts from."""

    checkout: Path
    elsewhere: Path

    def start(self, script: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start a script of the copy from the other folder, with more variables in its environment."""
        return subprocess.Popen(
            [PYTHON, str(self.checkout / "scripts" / script), *arguments],
            cwd=self.elsewhere,
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, script: str, *arguments: str, **variables: str) -> tuple[int, str]:
        """Run a script of the copy and return its exit code and all that it printed."""
        return ended(self.start(script, *arguments, **variables))


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, err = process.communicate()
    return process.returncode, out + err


def fresh(folder: Path) -> Fresh:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "my list.md").write_text(LIST, encoding="utf-8")
    # What lies in the folder that a script is called in must not stand in for a module.
    (elsewhere / "click.py").write_text("raise SystemExit('the wrong click')", encoding="utf-8")
    return Fresh(copy_checkout(folder / "a checkout é"), elsewhere)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """A copy whose first run was killed halfway, and which two runs then set up at the same time."""
    made = fresh(tmp_path_factory.mktemp("scripts"))
    first = made.start("build.py")
    packages = made.checkout / ".venv" / "lib"
    while first.poll() is None and not list(packages.glob("*/site-packages/rdflib/__init__.py")):
        time.sleep(0.05)
    assert first.returncode is None, ended(first)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    both = [made.start("build.py", "-q", "-o", f"out{number}") for number in range(2)]
    assert [ended(process)[0] for process in both] == [0, 0]
    return made


@pytest.mark.slow
def test_a_killed_set_up_and_two_at_once_leave_a_whole_environment(ready: Fresh) -> None:
    assert sorted(path.name for path in ready.elsewhere.glob("out*/graph.ttl")) == ["graph.ttl", "graph.ttl"]
    pip = [str(ready.checkout / ".venv" / "bin" / "python"), "-m", "pip", "check"]
    assert subprocess.run(pip, check=False).returncode == 0


@pytest.mark.slow
def test_build_writes_to_the_checkout_and_says_where_to_look(ready: Fresh) -> None:
    code, printed = ready.run("build.py")
    output = ready.checkout / "output"
    assert code == 0, printed
    assert {"graph.html", "graph.ttl", "nodes.csv", "report.json"} <= {path.name for path in output.iterdir()}
    assert f"Open {output / 'graph.html'} in a browser." in printed


@pytest.mark.slow
@pytest.mark.parametrize("words", [["-o", "there"], ["--output=there"], ["-othere"]])
def test_build_passes_its_arguments_on(ready: Fresh, words: list[str]) -> None:
    code, printed = ready.run("build.py", "my list.md", *words)
    assert code == 0, printed
    assert "Airflow" in (ready.elsewhere / "there" / "nodes.csv").read_text(encoding="utf-8")
    assert f"Open {Path('there') / 'graph.html'} in a browser." in printed


@pytest.mark.slow
def test_build_ends_with_the_exit_code_of_the_command(ready: Fresh) -> None:
    assert ready.run("build.py", "missing.md")[0] == 3
    assert ready.run("build.py", "--no-such-option")[0] == 2


@pytest.mark.slow
def test_test_runs_pytest_on_the_checkout(ready: Fresh) -> None:
    code, printed = ready.run("test.py", "-q", "tests/test_scripts.py")
    assert code == 0, printed
    assert "1 passed" in printed
    assert ready.run("test.py", "-q", "tests/missing.py")[0] == 4


@pytest.mark.slow
def test_a_second_run_starts_within_a_second(ready: Fresh) -> None:
    seconds = []
    for _ in range(3):
        begin = time.perf_counter()
        code, printed = ready.run("build.py", "--help")
        seconds.append(time.perf_counter() - begin)
        assert code == 0, printed
        assert "setting up" not in printed
    assert min(seconds) < 1


@pytest.mark.slow
def test_a_failing_download_is_said_in_one_sentence(tmp_path: Path) -> None:
    code, printed = fresh(tmp_path).run("build.py", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))
    assert code == 1
    assert "linkatlas: The packages could not be installed. Is this machine online?" in printed
    assert "Traceback" not in printed


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(CHECKOUT / "scripts"))
    import environment

    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer\. This is Python 3\.10"):
        environment.make_ready()
