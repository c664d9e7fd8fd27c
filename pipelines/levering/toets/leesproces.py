"""Validating in a process of its own, with a limit to memory and time: what a file does there, it does to no one else.

The process is started for the first delivery that needs it, takes the next ones too, and is started again when a
file was the end of it. A delivery goes there by pickle, which is ours; what comes back was made of a supplier's file
and is read as JSON and Arrow only. Nothing of it is written to disk.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pickle
import resource
import subprocess
import sys
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from pipelines.afspraken.contract import Bron
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.levering.bestand.lezen import RIJ, too_large
from pipelines.levering.kolommen.voorstel import VOORSTEL, Eerder, Voorstel, propose
from pipelines.levering.leveringen import Levering
from pipelines.levering.toets.valideren import Keuring, stuck, validate_here

# With the process that started it, together under 1.5 GB.
GEHEUGEN = 1_400_000_000
# What an honest delivery of the largest size needs, twice; more for files that are large themselves.
REKENTIJD = 50
_BYTES_PER_SECONDE = 2_000_000
# For a process that waits instead of working: a computer too busy to run it.
_WACHTTIJD = 10
# Text this small cannot grow to more than a small table: no process is needed.
KLEIN = 1_000_000
# A process that has used more than this begins anew, so that the next delivery has all the room.
_VEEL_GEBRUIKT = 700_000_000
_LANGSTE_ANTWOORD = 64_000_000


def is_small(levering: Levering) -> bool:
    """Return whether the files of a delivery are bounded by what they measure: text, and little of it."""
    grootte = 0
    for pad in (pad for paden in levering.bestanden.values() for pad in paden):
        if pad.is_symlink() or not pad.is_file():
            continue  # refused unread
        if pad.suffix.lower() == ".parquet":
            return False
        grootte += pad.stat().st_size
        if pad.suffix.lower() == ".xlsx" and grootte <= KLEIN:
            grootte += _unpacked(pad)
    return grootte <= KLEIN


def _unpacked(pad: Path) -> int:
    try:
        with zipfile.ZipFile(pad) as inhoud:
            return sum(deel.file_size for deel in inhoud.infolist())
    except Exception:  # damage raises anything, and is a message when the file is read
        return 0


def validate_apart(levering: Levering, bron: Bron, eenheden: Mapping[str, str], *, met_rijen: bool) -> Keuring:
    """Return the validation of a delivery; without its rows where these are not asked for."""
    bytes_ = sum(pad.stat().st_size for paden in levering.bestanden.values() for pad in paden if pad.is_file())
    rekentijd = max(REKENTIJD, bytes_ // _BYTES_PER_SECONDE)
    opdracht = {"levering": levering, "bron": bron, "eenheden": dict(eenheden), "rijen": met_rijen}
    is_gebruikt = _proces is not None
    proces = _running()
    stop = threading.Timer(rekentijd * _WACHTTIJD, proces.kill)
    stop.start()
    bestand = next(iter(levering.bestanden.values()))[0]
    try:
        _send(proces, {**opdracht, "rekentijd": rekentijd})
        while True:
            antwoord = _receive(proces)
            if "fout" in antwoord:
                return stuck(levering, antwoord["fout"])
            if "klaar" in antwoord:
                return _to_keuring(proces, levering, antwoord["klaar"])
            bestand = Path(antwoord["leest"])
    except _EindeError:
        close()
        if is_gebruikt:
            # What an earlier delivery left in the process is not this one's: once more, in a process of its own.
            return validate_apart(levering, bron, eenheden, met_rijen=met_rijen)
        return _failed(levering, _spent(bestand, rekentijd).meldingen)
    except BaseException:
        close()
        raise
    finally:
        stop.cancel()


def propose_apart(pad: Path, bron: Bron, tabel: str | None, vorige: Eerder) -> Voorstel:
    """Return how a supplier's file may be read (kolommen/voorstel.py), found where reading it does no harm.

    Raises:
        AfgekeurdError: the file cannot be read, or looks like no table of the source.
    """
    proces = _running()
    stop = threading.Timer(REKENTIJD * _WACHTTIJD, proces.kill)
    stop.start()
    try:
        _send(proces, {"voorstel": (pad, bron, tabel, vorige), "rekentijd": REKENTIJD})
        antwoord = _receive(proces)
    except _EindeError:
        close()
        raise _spent(pad, REKENTIJD) from None
    finally:
        stop.cancel()
    if "meldingen" in antwoord:
        raise AfgekeurdError([_to_melding(melding) for melding in antwoord["meldingen"]])
    return VOORSTEL.validate_python(antwoord["voorstel"])


def _failed(levering: Levering, meldingen: list[Melding]) -> Keuring:
    return Keuring(levering, meldingen=meldingen)


def _spent(pad: Path, rekentijd: int) -> AfgekeurdError:
    gigabyte = f"{GEHEUGEN / 1e9:.2f}".rstrip("0").replace(".", ",")
    return too_large(pad, f"het vraagt meer dan {gigabyte} GB geheugen of {rekentijd} seconden rekentijd.")


class _EindeError(Exception):
    """The process ended before it had an answer."""


_proces: subprocess.Popen[bytes] | None = None


def _running() -> subprocess.Popen[bytes]:
    """Return the process, started if there is none."""
    global _proces
    if _proces is None or _proces.poll() is not None:
        wortel = str(Path(__file__).parents[3])
        omgeving = os.environ | {
            "PYTHONPATH": os.pathsep.join([wortel, *filter(None, [os.environ.get("PYTHONPATH")])]),
            # Allocators that set aside room would spend the limit on nothing.
            "ARROW_DEFAULT_MEMORY_POOL": "system",
            "MALLOC_ARENA_MAX": "2",
            # What was read in pieces is given back when the pieces are one.
            "MALLOC_MMAP_THRESHOLD_": "131072",
        }
        _proces = subprocess.Popen(
            # -P: a module of that name in the folder of a delivery is not the one to run.
            [sys.executable, "-P", "-m", __name__, str(GEHEUGEN)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=omgeving,
        )  # fmt: skip
    return _proces


def warm_up() -> None:
    """Start the process now, with all it needs, so that a caller can time its own work without it."""
    proces = _running()
    _send(proces, {"warm": True})
    _receive(proces)


def close() -> None:
    """End the process, if there is one."""
    global _proces
    if _proces is not None:
        _proces.kill()
        _proces.wait()
        for pijp in (_proces.stdin, _proces.stdout):
            with contextlib.suppress(OSError):
                assert pijp is not None
                pijp.close()
    _proces = None


atexit.register(close)


def _send(proces: subprocess.Popen[bytes], opdracht: Mapping[str, object]) -> None:
    assert proces.stdin is not None
    try:
        pickle.dump(opdracht, proces.stdin)
        proces.stdin.flush()
    except OSError:
        raise _EindeError from None


def _receive(proces: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert proces.stdout is not None
    regel = proces.stdout.readline(_LANGSTE_ANTWOORD)
    if not regel.endswith(b"\n"):
        raise _EindeError
    antwoord: dict[str, Any] = json.loads(regel)
    return antwoord


def _to_keuring(proces: subprocess.Popen[bytes], levering: Levering, klaar: Mapping[str, Any]) -> Keuring:
    keuring = Keuring(levering, kwaliteit=klaar["kwaliteit"], aantal_rijen=klaar["aantal_rijen"])
    keuring.meldingen = [_to_melding(melding) for melding in klaar["meldingen"]]
    keuring.opmerkingen = [_to_melding(melding) for melding in klaar["opmerkingen"]]
    for tabel in klaar["frames"]:
        keuring.frames[tabel] = _read_frame(proces).rename_axis(RIJ)
    for tabel, bestanden in klaar["groot"].items():
        keuring.groot[tabel] = [_to_bestand(proces, bestand) for bestand in bestanden]
    if klaar["vol"]:
        close()
    return keuring


def _to_melding(velden: dict[str, Any]) -> Melding:
    return Melding(**{**velden, "rijen": tuple(velden["rijen"])})


def _to_bestand(proces: subprocess.Popen[bytes], bestand: Mapping[str, Any]) -> Any:  # noqa: ANN401
    from pipelines.levering.toets.groot import Bestand

    frame = _read_frame(proces) if bestand["frame"] else None
    return Bestand(Path(bestand["pad"]), bestand["kolommen"], bestand["perioden"], frame)


def _read_frame(proces: subprocess.Popen[bytes]) -> Any:  # noqa: ANN401
    import pyarrow as pa

    try:
        with pa.ipc.open_stream(pa.PythonFile(proces.stdout, mode="r")) as stroom:
            return stroom.read_pandas()
    except (pa.ArrowInvalid, OSError):
        raise _EindeError from None


# From here on: inside the process.


@dataclass
class _Uitgang:
    """Where answers go: a line of JSON, or a frame as an Arrow stream."""

    stroom: IO[bytes]

    def send(self, antwoord: Mapping[str, object]) -> None:
        self.stroom.write(json.dumps(antwoord, default=str).encode() + b"\n")
        self.stroom.flush()

    def send_frame(self, frame: Any) -> None:  # noqa: ANN401
        import pyarrow as pa

        tabel = pa.Table.from_pandas(frame, preserve_index=True)
        with pa.ipc.new_stream(self.stroom, tabel.schema) as schrijver:
            schrijver.write_table(tabel, max_chunksize=100_000)
        self.stroom.flush()


def serve(geheugen: int) -> None:
    """Validate what is asked for until nothing more is asked."""
    _limit(resource.RLIMIT_DATA, geheugen)
    # Whatever else is printed is no answer.
    uitgang = _Uitgang(os.fdopen(os.dup(1), "wb"))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    while True:
        try:
            opdracht = pickle.load(sys.stdin.buffer)  # noqa: S301 - of the process that started this one
        except EOFError:
            return
        if "warm" in opdracht:
            from pipelines.levering.toets import keuring

            keuring.warm_up()
            uitgang.send({})
            continue
        gebruikt = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(gebruikt.ru_utime + gebruikt.ru_stime) + 1 + opdracht["rekentijd"])
        if "voorstel" in opdracht:
            uitgang.send(_propose(*opdracht["voorstel"]))
        else:
            _answer(uitgang, opdracht)


def _propose(pad: Path, bron: Bron, tabel: str | None, vorige: Eerder) -> dict[str, object]:
    try:
        return {"voorstel": asdict(propose(pad, bron, tabel, vorige))}
    except AfgekeurdError as fout:
        return {"meldingen": [melding.as_dict() for melding in fout.meldingen]}
    except Exception:  # damage that no reader knows
        os._exit(1)


def _limit(soort: int, grens: int) -> None:
    """Set a limit, as far as this system has it: macOS keeps no account of memory."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(soort, (grens, resource.getrlimit(soort)[1]))


def _used() -> int:
    """Return how many bytes this process had at its largest.

    Linux keeps that twice: what getrusage tells starts at what the process had that started this one (getrusage(2):
    kept over execve), so that a large caller would make every delivery look large; VmHWM (proc(5)) is of this one.
    """
    with contextlib.suppress(OSError):
        for regel in Path("/proc/self/status").read_text().splitlines():
            if regel.startswith("VmHWM:"):
                return int(regel.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _answer(uitgang: _Uitgang, opdracht: Mapping[str, Any]) -> None:
    import duckdb

    from pipelines.afspraken.vangnet import describe_place

    def follow(pad: Path) -> None:
        uitgang.send({"leest": pad.name})

    try:
        keuring = validate_here(opdracht["levering"], opdracht["bron"], opdracht["eenheden"], follow)
    except (MemoryError, duckdb.OutOfMemoryException):
        os._exit(1)
    except Exception as fout:  # without room anything fails; with room it is a fault of our own
        if _used() > _VEEL_GEBRUIKT:
            os._exit(1)
        uitgang.send({"fout": describe_place(fout)})
        return
    frames = keuring.frames if opdracht["rijen"] else {}
    groot = keuring.groot if opdracht["rijen"] else {}
    bestanden = {
        tabel: [
            {"pad": str(b.pad), "kolommen": dict(b.kolommen), "perioden": dict(b.perioden),
             "frame": b.frame is not None} for b in delen
        ]
        for tabel, delen in groot.items()
    }  # fmt: skip
    klaar = {
        "kwaliteit": keuring.kwaliteit,
        "meldingen": [m.as_dict() for m in keuring.meldingen],
        "opmerkingen": [m.as_dict() for m in keuring.opmerkingen],
        "aantal_rijen": keuring.aantal_rijen,
        "frames": list(frames),
        "groot": bestanden,
        "vol": _used() > _VEEL_GEBRUIKT,
    }
    uitgang.send({"klaar": klaar})
    for frame in [*frames.values(), *(b.frame for delen in groot.values() for b in delen if b.frame is not None)]:
        uitgang.send_frame(frame)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
