"""What a user installs: the wheel holds everything that runs, and nothing says where a machine gets its packages."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from conftest import CHECKOUT, copy_checkout

LOCK = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
PINS = {re.sub("[-_.]+", "-", name).lower(): version for name, version in re.findall(r"(?m)^([\w.-]+)==(\S+)", LOCK)}


def call_backend(folder: Path, hook: str, target: Path) -> Path:
    """Call a hook of the build backend (PEP 517) in a folder and return the file that it made."""
    code = f"import sys; from setuptools import build_meta; print(build_meta.{hook}(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(target)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a wheel that was made the long way round: checkout, source archive, wheel."""
    folder = tmp_path_factory.mktemp("packages")
    archive = call_backend(copy_checkout(folder / "checkout"), "build_sdist", folder)
    with tarfile.open(archive) as opened:
        for member in opened.getmembers():  # the filter of extractall came with Python 3.11.4
            assert not Path(member.name).is_absolute() and ".." not in Path(member.name).parts
        opened.extractall(folder)  # noqa: S202
    built = call_backend(folder / archive.name.removesuffix(".tar.gz"), "build_wheel", folder)
    with zipfile.ZipFile(built) as opened_wheel:
        return {name: opened_wheel.read(name) for name in opened_wheel.namelist()}


def test_the_wheel_holds_every_file_of_the_package(wheel: dict[str, bytes]) -> None:
    expected = {
        (prefix / path.relative_to(folder)).as_posix(): path.read_bytes()
        for folder, prefix in (
            (CHECKOUT / "graph", Path("linkatlas")),
            (CHECKOUT / "ontology", Path("linkatlas/ontology")),
        )
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    missing = sorted(expected.keys() - wheel.keys())
    assert not missing, f"name their folders in [tool.setuptools] of pyproject.toml: {missing}"
    assert {name for name in wheel if ".dist-info/" not in name} == set(expected)
    assert all(wheel[name] == content for name, content in expected.items())


def test_the_wheel_claims_one_name(wheel: dict[str, bytes]) -> None:
    assert {name.partition("/")[0] for name in wheel if ".dist-info/" not in name} == {"linkatlas"}


def test_the_lock_file_pins_every_requirement_by_hash() -> None:
    project: dict[str, Any] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.sub("[-_.]+", "-", re.split(r"[<>=!~\[; ]", line)[0]).lower() for line in wanted}
    assert names <= PINS.keys(), (
        f"missing from requirements.lock: {sorted(names - PINS.keys())}; CONTRIBUTING.md says how"
    )
    blocks = re.split(r"(?m)^(?=\S)", LOCK)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)


def test_the_lock_file_names_no_place() -> None:
    assert "://" not in LOCK
    assert not re.search(r"(?m)^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)\b|^\S+ @ ", LOCK)
    assert str(Path.home()) not in LOCK


def test_no_file_names_where_this_machine_gets_its_packages() -> None:
    command = [sys.executable, "-m", "pip", "config", "list"]
    configured = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    values = re.findall(r"(?:index-url|find-links|trusted-host)='([^']*)'", configured)
    places = {urlsplit(word).netloc or urlsplit(word).path for value in values for word in value.split()} - {"pypi.org"}
    folders = [CHECKOUT / name for name in ("graph", "ontology", "scripts", "tests", "docs", ".ci")]
    paths = [path for folder in folders for path in folder.rglob("*")] + list(CHECKOUT.iterdir())
    for path in paths:
        if path.is_file():
            content = path.read_bytes()
            assert not [place for place in places if place.encode() in content], f"{path} names a package mirror"
