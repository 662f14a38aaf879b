"""What several tests share: where things lie, and how the property tests run."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings

import jena

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED = CHECKOUT.parent / "shared"

# The same examples on every run, and no failure because a machine was busy.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The checkout that the tests stand in."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference lists beside the checkout. A test that reads it is skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("reads ../shared, which is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def arq(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command line of Jena's SPARQL engine. A test that runs it is skipped where it is missing."""
    command = jena.arq(tmp_path_factory.mktemp("jena"))
    if not command:
        pytest.skip("Jena (libapache-jena-java) is not installed")
    return command


def copy_checkout(target: Path) -> Path:
    """Copy what belongs to the project, without environments, caches and built files, and return the copy."""
    made = shutil.ignore_patterns(
        ".git", ".venv*", ".*_cache", ".hypothesis", "__pycache__", "build", "dist", "*.egg-info"
    )

    def ignore(folder: str, names: list[str]) -> set[str]:
        built = set(names) - {"README.md"} if Path(folder) == CHECKOUT / "output" else set()
        return built | made(folder, names)

    return shutil.copytree(CHECKOUT, target, ignore=ignore, symlinks=True)


def pytest_configure() -> None:
    """Heed SIGINT, which a shell has its background jobs ignore, and they their children: tests send it to programs."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run fast tests first and those of the browser last: its driver leaves an event loop and a process behind."""
    items.sort(
        key=lambda item: (item.get_closest_marker("browser") is not None, item.get_closest_marker("slow") is not None)
    )
