"""A disk that is full or may only be read, and a system that lets no more files be open."""

from __future__ import annotations

import ctypes
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_disk(grens: int) -> Iterator[None]:
    """Let no file grow beyond this many bytes, as on a disk that is full."""
    zacht, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (grens, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (zacht, hard))


@contextmanager
def few_files(ruimte: int) -> Iterator[None]:
    """Let so many more files be open than there are now."""
    zacht, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    hoogste = max(int(naam) for naam in os.listdir("/proc/self/fd"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (hoogste + ruimte, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (zacht, hard))


# The version of what the system reads, and the right of root to write where its own modes say no.
_VERSIE, _TOCH_SCHRIJVEN = 0x20080522, 1 << 1


@contextmanager
def read_only(map_: Path) -> Iterator[None]:
    """Let nobody write in this folder or anything in it, root no more than others."""
    paden = [map_, *map_.rglob("*")]
    hoe = [(pad, pad.stat().st_mode) for pad in paden]
    for pad, mode in hoe:
        pad.chmod(mode & ~0o222)
    kop, rechten = (ctypes.c_uint32 * 2)(_VERSIE, 0), (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None)
    assert libc.capget(kop, rechten) == 0
    eerder = rechten[0]
    # Of this thread alone, and it may take it back.
    rechten[0] = eerder & ~_TOCH_SCHRIJVEN
    assert libc.capset(kop, rechten) == 0
    try:
        yield
    finally:
        rechten[0] = eerder
        assert libc.capset(kop, rechten) == 0
        for pad, mode in hoe:
            pad.chmod(mode)
