"""Set everything up and build the graph: ``python3 scripts/build.py [ARGUMENT OF linkatlas build...]``.

Without ``-o DIR`` the files go to ``output/`` of the checkout. Ends with the exit code of ``linkatlas build``, which
says where to look.
"""

from __future__ import annotations

import sys

import environment

if __name__ == "__main__":
    default = str(environment.CHECKOUT / "output")
    # -P: a file of the folder that this is called in must not stand in for a module.
    # Of two -o the command takes the last, so that the caller's own wins.
    sys.exit(environment.run("-P", "-m", "linkatlas", "build", "-o", default, *sys.argv[1:]))
