"""How long work takes, for tests that compare sizes: never for a bound in seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def processor_seconds(work: Callable[[], object]) -> float:
    """The processor time that some work takes, without that of collecting garbage."""
    gc.collect()
    gc.disable()
    try:
        before = time.process_time()
        work()
        return time.process_time() - before
    finally:
        gc.enable()
