"""What a command says on whatever terminal it runs, and of a failure that has no message of its own."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import sys
import traceback
import unicodedata
from pathlib import Path

import duckdb

from pipelines.meldingen import show_value

# As a shell says it of a program whose reader went away.
LEZER_WEG = 141
_VOL = "de schijf is vol"
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
}
_WORTEL = Path(__file__).resolve().parent.parent
_GEWONE_TEKENS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "→": "->",
                                "€": "EUR", "×": "x", "·": "-", "�": "?"})  # fmt: skip


def use_any_terminal() -> None:
    """Let text go to a terminal that does not know every character: é becomes e there, and no run stops at it."""
    codecs.register_error("regiomonitor", _plain)
    for stroom in (sys.stdout, sys.stderr):
        if isinstance(stroom, io.TextIOWrapper):
            stroom.reconfigure(errors="regiomonitor")


def _plain(fout: UnicodeError) -> tuple[str, int]:
    """Return what stands in the place of characters that cannot be written."""
    assert isinstance(fout, UnicodeEncodeError)
    tekst = fout.object[fout.start : fout.end]
    gewoon = unicodedata.normalize("NFKD", tekst.translate(_GEWONE_TEKENS))
    zonder = "".join(teken for teken in gewoon if not unicodedata.combining(teken))
    return zonder.encode("ascii", "replace").decode(), fout.end


def flush() -> None:
    """Write what was said, so that a failure to do so is heard of."""
    if sys.stdout is not None:
        sys.stdout.flush()


def report_failure(fout: Exception) -> int:
    """Say in plain Dutch what went wrong, without what any delivery or note holds, and return the exit code."""
    if isinstance(fout, BrokenPipeError):
        return LEZER_WEG
    for regel in _explain(fout):
        print(regel, file=sys.stderr)
    return 1


def let_go() -> None:
    """Leave what cannot be written to its fate; else Python tries it again on its way out, and complains."""
    try:
        flush()
    except OSError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explain(fout: Exception) -> tuple[str, ...]:
    # pyarrow has errors of its own beside those of Python; it is slow to load, and need not be there.
    pyarrow = sys.modules.get("pyarrow")
    if isinstance(fout, OSError):
        plek, reden = show_value(fout.filename or "schijf"), _OORZAKEN.get(fout.errno or 0, "onbekende oorzaak")
        return (
            f"{plek}: lezen of schrijven lukt niet ({reden}).",
            "  Controleer of de map bestaat, of u erin mag schrijven en of er ruimte is.",
        )
    if isinstance(fout, (MemoryError, duckdb.OutOfMemoryException)):
        return (
            "Er is te weinig geheugen, of de schijf is vol.",
            "  Sluit andere programma's of maak ruimte op de schijf, en probeer het opnieuw. "
            "De vorige publicatie blijft staan.",
        )
    if isinstance(fout, (duckdb.IOException, duckdb.FatalException)):
        return (
            "schijf: lezen of schrijven van een databestand lukt niet.",
            "  Controleer of er ruimte is op de schijf; anders is een bestand beschadigd. De vorige publicatie "
            "blijft staan.",
        )
    if isinstance(fout, UnicodeError):
        return ("Een naam of tekst heeft tekens die hier niet kunnen.", "  Gebruik gewone letters in namen van mappen.")
    soort = type(fout).__name__
    if isinstance(fout, duckdb.Error) or (pyarrow is not None and isinstance(fout, pyarrow.ArrowException)):
        reden = "De gegevens zijn niet te verwerken; is de schijf niet vol, dan is een bestand beschadigd"
    else:
        reden = "Dit is onverwacht misgegaan"
    return (
        f"{reden} ({soort}{_place(fout)}).",
        "  De vorige publicatie blijft staan. Blijft dit, meld dan deze regel aan de beheerder van de monitor.",
    )


def _place(fout: Exception) -> str:
    """Return where in our own code it went wrong: a file and a line, never what stood in a variable."""
    eigen = [
        (Path(deel.filename), deel.lineno)
        for deel in traceback.extract_tb(fout.__traceback__)
        if Path(deel.filename).is_relative_to(_WORTEL) and ".venv" not in deel.filename
    ]
    return f" in {eigen[-1][0].relative_to(_WORTEL)}, regel {eigen[-1][1]}" if eigen else ""
