"""Write the golden files of ``tests/golden`` again, from a build of the built-in list: ``python3 scripts/golden.py``.

For a change that is meant to change them. Read the difference (``git diff tests/golden``) before you commit it.
"""

from __future__ import annotations

import sys

import environment

if __name__ == "__main__":
    golden = str(environment.CHECKOUT / "tests" / "golden")
    formats = "turtle,nodes,statements"
    sys.exit(environment.run("-P", "-m", "linkatlas", "build", "-o", golden, "--format", formats, *sys.argv[1:]))
