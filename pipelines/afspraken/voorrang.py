"""Who goes first on a computer that also serves readers."""

from __future__ import annotations

import contextlib
import os

_NA_LEZERS = 10


def give_way() -> None:
    """Let this process and what it starts wait for those that answer readers; for as long as it is there."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, max(_NA_LEZERS, os.getpriority(os.PRIO_PROCESS, 0)))
