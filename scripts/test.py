"""Set everything up and run the tests: ``python3 scripts/test.py [PYTEST ARGUMENT...]``.

Without arguments the everyday tests run, on all cores. Paths among the arguments are relative to the checkout.
``-m ""`` runs the slow tests as well. Ends with pytest's exit code.
"""

from __future__ import annotations

import sys

import environment

EVERYDAY = ("--numprocesses", "auto")

if __name__ == "__main__":
    sys.exit(environment.run("-m", "pytest", *(sys.argv[1:] or EVERYDAY), folder=environment.CHECKOUT))
