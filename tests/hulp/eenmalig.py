"""What takes long to make is made once: for all processes of a run, and for the next run while nothing changed."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[2]
# Of one name: one of this branch and one of the branch that was tested before.
BEWAARD = 2


def make_once(bewaarplaats: Path, naam: str, sleutel: str, maak: Callable[[Path], object], doel: Path) -> Path:
    """Return `doel`, a copy of the folder that `maak` filled for this key, now or in an earlier run.

    A copy: what a test leaves in it, no other process and no other run will find. A folder gets its name when it is
    complete, so that a run that is killed leaves nothing that passes for one.
    """
    som = hashlib.sha256(sleutel.encode() + (WORTEL / "requirements.lock").read_bytes()).hexdigest()[:16]
    heel = bewaarplaats / f"{naam}-{som}"
    with (bewaarplaats / f"{naam}.slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        if not heel.exists():
            with tempfile.TemporaryDirectory(dir=bewaarplaats, prefix=".half-") as half:
                maak(Path(half) / "heel")
                (Path(half) / "heel").rename(heel)
        heel.touch()
        for oud in sorted(bewaarplaats.glob(f"{naam}-*"), key=lambda pad: pad.stat().st_mtime)[:-BEWAARD]:
            shutil.rmtree(oud)
        shutil.copytree(heel, doel)
    return doel
