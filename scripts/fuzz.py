"""Fuzz every parser, guided by coverage: ``python3 scripts/fuzz.py [--runs RUNS] [MEDIA TYPE...]``.

Each parser gets a fixed number of inputs (5,000 unless told), grown from the sample lists of the tests, always from the same
seed. An input fails that makes a parser raise, takes it longer than ten seconds or more than two gigabytes, or gives records that
do not hold together. The failing input is kept in a folder that the output names. Ends with 0 where no parser fails.

Needs atheris, which has no place in the pinned environment: ``pip install "linkatlas[fuzz]"`` (or ``pip install atheris``).
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import environment

CASES = environment.CHECKOUT / "tests" / "cases"
RUNS = 5_000
LIMITS = ("-timeout=10", "-rss_limit_mb=2048", "-max_len=4096", "-seed=1", "-print_final_stats=0", "-verbosity=0")


def main(arguments: list[str]) -> int:
    """Fuzz the parsers one after another, each in a process of its own, and return the number of those that failed."""
    if importlib.util.find_spec("atheris") is None:
        print('fuzz.py needs atheris, which is not installed: pip install "linkatlas[fuzz]"', file=sys.stderr)
        return 2
    if arguments[:1] == ["--one"]:
        fuzz(arguments[1], int(arguments[2]))
    from linkatlas.parse import PARSERS

    options = argparse.ArgumentParser(description="Fuzz the parsers, guided by coverage.")
    options.add_argument("--runs", type=int, default=RUNS, help="inputs for each parser (%(default)s)")
    options.add_argument("formats", nargs="*", metavar="MEDIA TYPE", help=f"of {', '.join(PARSERS)}; all by default")
    chosen = options.parse_args(arguments)
    unknown = set(chosen.formats) - PARSERS.keys()
    if unknown:
        options.error(f"no parser reads {', '.join(sorted(unknown))}")
    kept = Path(tempfile.mkdtemp(prefix="linkatlas-fuzz-"))
    failed = [kind for kind in chosen.formats or PARSERS if not passes(kind, chosen.runs, kept)]
    if failed:
        print(f"failed: {', '.join(failed)}; the inputs are in {kept}", file=sys.stderr)
        return 1
    shutil.rmtree(kept)
    return 0


def passes(kind: str, runs: int, kept: Path) -> bool:
    """Fuzz one parser in a process of its own: libFuzzer ends the process that it runs in."""
    command = [sys.executable, __file__, "--one", kind, str(runs)]
    done = subprocess.run(command, cwd=kept, capture_output=True, text=True, errors="replace", check=False)
    print(f"{kind}: {'passed' if done.returncode == 0 else 'FAILED'}, {runs} inputs", flush=True)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith(("INFO:", "WARNING:"))]
        print("\n".join(said), file=sys.stderr)
    return done.returncode == 0


def fuzz(kind: str, runs: int) -> None:
    """Fuzz one parser in this process, and end it."""
    import atheris

    with atheris.instrument_imports(include=["linkatlas.parse"]):
        from linkatlas import parse
    from linkatlas.model import SKIP_REASONS, Document, Entry, Skip
    from linkatlas.read.formats import media_type

    roles = {"docs": "atlas:documentation", "source": "atlas:repository"}

    def check(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        opened: set[int] = set()
        for part in parse.parse(Document("fuzz", text, kind), roles):
            if isinstance(part, Skip):
                sound = part.reason in SKIP_REASONS
            elif isinstance(part, Entry):
                size = len(part.passage.text)
                sound = set(part.path) <= opened and 0 <= part.title[0] <= part.title[1] <= part.body <= size
                part.passage.quote(0, size)
            else:
                sound = True
                opened.add(part.key)
            if not sound:
                raise AssertionError(part)

    with tempfile.TemporaryDirectory() as seeds:
        for path in sorted(CASES.rglob("*")):
            if path.is_file() and media_type(path.suffix, path.read_text(encoding="utf-8")) == kind:
                shutil.copy(path, seeds)
        atheris.Setup([sys.argv[0], f"-atheris_runs={runs}", *LIMITS, seeds], check)
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
