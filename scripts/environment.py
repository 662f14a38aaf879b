"""The virtual environment that the scripts of this folder run in: made once, and made again when its pins change.

Standard library alone; nothing has been installed when this runs.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
STAMP = VENV / "linkatlas.stamp"
LOCK = CHECKOUT / "requirements.lock"
OLDEST = (3, 11)


def run(*arguments: str, folder: Path | None = None) -> int:
    """Run the environment's Python with these arguments and return its exit code, setting everything up before.

    A process that a signal ended gives 128 and the signal's number, as in a shell.
    """
    make_ready()
    process = subprocess.Popen([str(python()), *arguments], cwd=folder)
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:  # the process got it as well, and decides how to end
            continue
        return code if code >= 0 else 128 - code


def python() -> Path:
    """Return the path of the environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_ready() -> None:
    """Make or renew the virtual environment, unless it stands as pinned. Ends the script where that can't be done."""
    if sys.version_info < OLDEST:
        needed, found = (".".join(map(str, version[:2])) for version in (OLDEST, sys.version_info))
        sys.exit(f"linkatlas needs Python {needed} or newer. This is Python {found}: {sys.executable}")
    try:
        if _stamp() != _wanted():
            with _alone():
                if _stamp() != _wanted():  # another run may have made it while this one waited
                    _install()
    except OSError as error:
        sys.exit(f"linkatlas: the virtual environment could not be set up: {error}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _wanted() -> list[str]:
    """What an environment is bound to for life, its Python and the checkout that it points to; then its pins."""
    pins = hashlib.sha256(b"\0".join(path.read_bytes() for path in (CHECKOUT / "pyproject.toml", LOCK))).hexdigest()
    return [f"Python {sys.version_info[0]}.{sys.version_info[1]} for {CHECKOUT}", pins]


def _stamp() -> list[str]:
    """What the environment was made for; empty where it is missing or was left half-made."""
    if not (python().exists() and STAMP.exists()):
        return []
    return STAMP.read_text(encoding="utf-8").splitlines()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other run sets up the same environment. The system frees the lock of a run that was killed."""
    with (CHECKOUT / ".venv.lock").open("wb") as file:
        try:
            import fcntl
        except ImportError:  # Windows, where two first runs at the same time are not kept apart
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("another run sets up the environment; waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install() -> None:
    wanted = _wanted()
    same_place = _stamp()[:1] == wanted[:1]
    STAMP.unlink(missing_ok=True)  # a run that is interrupted from here on leaves a half-made environment
    if same_place:
        _say("the pinned packages have changed; bringing .venv up to date")
    else:
        _say(f"setting up, once: a virtual environment in {VENV}")
        _step(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            "The virtual environment could not be made. On Debian and Ubuntu the package python3-venv may be missing.",
        )
    pip = [str(python()), "-m", "pip", "--disable-pip-version-check", "-qq", "install"]
    count = sum("==" in line for line in LOCK.read_text(encoding="utf-8").splitlines())
    _say(f"installing {count} pinned packages (a minute or less)")
    _step(
        [*pip, "--require-hashes", "--requirement", str(LOCK)],
        "The packages could not be installed. "
        "Is this machine online? Where packages come through a mirror, pip's own configuration names it.",
    )
    _say("installing linkatlas itself")
    # Its requirements and its build tool have just been installed from the lock file: nothing more is fetched.
    _step([*pip, "--no-deps", "--no-build-isolation", "--editable", str(CHECKOUT)], "linkatlas could not be installed.")
    STAMP.write_text("\n".join(wanted), encoding="utf-8")


def _say(line: str) -> None:
    print(f"linkatlas: {line}", file=sys.stderr, flush=True)


def _step(command: list[str], failure: str) -> None:
    """Run one command of the set-up; where it fails, end the script with its exit code and a sentence on the reason."""
    code = subprocess.run(command, check=False).returncode
    if code:
        _say(failure)
        sys.exit(code if code > 0 else 128 - code)
