"""What a user reads when a command fails: what, where, what is allowed and what next; never a traceback."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from app.opdrachten.terminal.ontbreekt import explain_missing
from pipelines.afspraken.meldingen import MEESTE_REGELS, AfgekeurdError, fit, show_path, show_value
from pipelines.afspraken.vangnet import describe_place, write_log
from pipelines.afspraken.warehouse.concept import WachtError

# As a shell says it of a program whose reader went away.
LEZER_WEG = 141
# Nothing went wrong: a concept waits for release. What runs by itself need not raise an alarm.
WACHT = 3
_VOL, _OPEN = "de schijf is vol", "er staan te veel bestanden open"
_OORZAKEN = {
    errno.EACCES: "geen toegang",
    errno.EPERM: "geen toegang",
    errno.EROFS: "alleen-lezen",
    errno.ENOSPC: _VOL,
    errno.EDQUOT: _VOL,
    errno.EFBIG: _VOL,
    errno.ENOTDIR: "dit is geen map",
    errno.EISDIR: "dit is een map",
    errno.EEXIST: "dit bestaat al",
    errno.ENOENT: "bestaat niet",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EIO: "de schijf geeft een fout",
    errno.EMFILE: _OPEN,
    errno.ENFILE: _OPEN,
}


def explain(fout: Exception, warehouse: Path) -> int:
    """Print what went wrong, without what any delivery or note holds, and return the exit code."""
    if isinstance(fout, BrokenPipeError):
        return LEZER_WEG
    if isinstance(fout, WachtError):
        print(*fout.meldingen, sep="\n", file=sys.stderr)
        return WACHT
    if isinstance(fout, AfgekeurdError):
        _print_failures(fout)
        return 1
    for regel in _known(fout) or _last_resort(fout, warehouse):
        print(regel, file=sys.stderr)
    return 1


def _known(fout: Exception) -> tuple[str, ...]:
    """Return what to say of a cause that is not ours: disk, memory, names; nothing of any other."""
    if isinstance(fout, OSError):
        plek, reden = show_value(fout.filename or "schijf"), _OORZAKEN.get(fout.errno or 0, "onbekende oorzaak")
        return (
            f"{plek}: lezen of schrijven lukt niet ({reden}).",
            "  Controleer of de map bestaat, of u erin mag schrijven en of er ruimte is.",
        )
    if isinstance(fout, (MemoryError, *_of("duckdb", "OutOfMemoryException"))):
        return (
            "Er is te weinig geheugen, of de schijf is vol.",
            "  Sluit andere programma's of maak ruimte op de schijf, en probeer het opnieuw. "
            "De vorige publicatie blijft staan.",
        )
    if isinstance(fout, _of("duckdb", "IOException", "TransactionException", "FatalException")):
        return (
            "schijf: lezen of schrijven van een databestand lukt niet.",
            "  Controleer of er ruimte is op de schijf; anders is een bestand beschadigd. De vorige publicatie "
            "blijft staan.",
        )
    if isinstance(fout, ModuleNotFoundError):
        return tuple(explain_missing(fout).split("\n"))
    if isinstance(fout, UnicodeError):
        return ("Een naam of tekst heeft tekens die hier niet kunnen.", "  Gebruik gewone letters in namen van mappen.")
    return ()


def _of(pakket: str, *namen: str) -> tuple[type[Exception], ...]:
    """Return these errors of a package; none where it was not read, for then none of them was raised."""
    return tuple(getattr(sys.modules[pakket], naam) for naam in namen) if pakket in sys.modules else ()


def _last_resort(fout: Exception, warehouse: Path) -> tuple[str, ...]:
    oorzaak = fout.__cause__ or fout
    if isinstance(oorzaak, (*_of("duckdb", "Error"), *_of("pyarrow", "ArrowException"))):
        reden = "De gegevens zijn niet te verwerken; is de schijf niet vol, dan is een bestand beschadigd"
    else:
        reden = "Dit liep onverwacht vast"
    log = write_log(warehouse, fout)
    waar = f"Stuur {show_path(log)} mee; daarin staan geen cijfers." if log else "Stuur deze regel mee."
    return (
        f"{reden} ({describe_place(oorzaak)}). De vorige publicatie blijft staan.",
        f"  Probeer het opnieuw. Gebeurt het weer, meld het de beheerder van de monitor. {waar}",
    )


def _print_failures(fout: AfgekeurdError) -> None:
    meldingen = fout.meldingen
    for regel in fit(meldingen, fout.alles, MEESTE_REGELS - 1):
        print(regel, file=sys.stderr)
    aantal = f"{len(meldingen)} fout gevonden" if len(meldingen) == 1 else f"{len(meldingen)} fouten gevonden"
    print(f"{aantal}. Er is niets opgeslagen; de vorige publicatie blijft staan.", file=sys.stderr)
