"""The last resort: an unexpected failure becomes one Dutch message, and a log that holds no figures."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

LOGBOEK = "technisch.log"
_WORTEL = Path(__file__).resolve().parents[2]
_GROOTSTE_LOG = 1_000_000


def describe_place(fout: BaseException) -> str:
    """Return what kind of failure this is and where in the code: `ValueError in laden.py, regel 12`.

    Never the text of the failure itself: it may repeat a delivered cell.
    """
    kaders = traceback.extract_tb(fout.__traceback__)
    eigen = [kader for kader in kaders if _is_ours(Path(kader.filename))]
    plek = (eigen or list(kaders))[-1:]
    return type(fout).__name__ + "".join(f" in {Path(kader.filename).name}, regel {kader.lineno}" for kader in plek)


def _is_ours(bestand: Path) -> bool:
    return any(bestand.is_relative_to(_WORTEL / kamer) for kamer in ("app", "pipelines"))


def write_log(map_: Path, fout: BaseException) -> Path | None:
    """Add to the log where each failure of the chain happened and return the log; None where that cannot be done."""
    pad = map_ / LOGBOEK
    try:
        if not map_.is_dir():
            return None
        vlag = os.O_TRUNC if pad.is_file() and pad.stat().st_size > _GROOTSTE_LOG else os.O_APPEND
        with os.fdopen(os.open(pad, os.O_WRONLY | os.O_CREAT | vlag, 0o600), "a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n" + "".join(_lines(fout)))
    except OSError:
        return None
    return pad


def _lines(fout: BaseException | None) -> Iterator[str]:
    while fout is not None:
        yield f"{type(fout).__module__}.{type(fout).__qualname__}\n"
        for kader in traceback.extract_tb(fout.__traceback__):
            yield f"  {kader.filename}, regel {kader.lineno}, {kader.name}\n"
        fout = fout.__cause__ or fout.__context__
