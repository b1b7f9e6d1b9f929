"""Processes that end when the one that started them does, however that happens."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Final

PR_SET_PDEATHSIG: Final = 1


def to_me() -> Callable[[], None]:
    """What a child runs first (`preexec_fn`): on Linux the kernel then ends it with SIGTERM when we are gone.

    Elsewhere a child may outlive a parent that was killed; the next start joins or replaces it.
    """
    return partial(_tie, os.getpid())


def _tie(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)
