"""Cells and files that nobody would think of, and what is said of one, after that was looked at itself."""

from __future__ import annotations

import csv
import io
import tempfile
import time
from pathlib import Path

from hypothesis import strategies as st

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.levering.aannemen import Los, check_path

BRONNEN = {naam: bron for naam, bron in load_bronnen().items() if not any(t.groot for t in bron.tabellen.values())}
# Each with its columns.
TABELLEN = sorted(
    (naam, tabel, [*van.kolommen]) for naam, bron in BRONNEN.items() for tabel, van in bron.tabellen.items()
)
VIJANDIG = (
    "",
    " ",
    ".",
    "<5",
    "nvt",
    "NULL",
    "NaN",
    "inf",
    "-1",
    "1e999",
    "0x10",
    "1,5",
    "1.5",
    "1.000",
    "9" * 400,
    "٣",
    "²",
    "=1+1",
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "'; drop table waarneming; --",
    "{0.__class__}",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "%s%n",
    "../../etc/passwd",
    "C:\\Windows",
    "a\nb",
    "\x1b[31m",
    "a\r\nSet-Cookie: x=1",
    "\u202eevil",
    "\u200b",
    "\ufeff",
    "é" * 3000,
    "😀",
    "2021",
    "2021-02-30",
    "2020-02-29",
    "NL01",
    "RA0101",
    "ZKH",
    "TOTAAL",
)
CEL = st.one_of(st.sampled_from(VIJANDIG), st.text(max_size=12), st.integers().map(str), st.floats().map(str))
DEKKING = ["periode", "peildatum", "regio_code", "branche_code", "medewerkers_aangesloten", "medewerkers_totaal"]
GOED = [
    ["2021", "2022-06-30", "NL01", "TOTAAL", "680", "1000"],
    ["2021", "2022-06-30", "RA0101", "TOTAAL", "68", "100"],
]
# In no column of that table is any of these a value.
SOMS_GOED = {"", ".", "<5", "nvt", "2021", "NL01", "RA0101", "ZKH", "TOTAAL", "2020-02-29", "1.5", "1,5", "1.000"}
NERGENS_GOED = [waarde for waarde in VIJANDIG if waarde.strip("\ufeff\u200b ") not in SOMS_GOED]
# Of the processor: on a computer that has more to do a delivery takes longer, and is not without an end for that.
_HOOGSTENS = 60


def judge(bron: str, tabel: str, inhoud: bytes, vorm: str = "csv") -> list[Melding]:
    """Return what is said of a file, after what is said was looked at itself."""
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / f"{tabel}.{vorm}"
        pad.write_bytes(inhoud)
        begin = time.process_time()
        try:
            meldingen = list(check_path(pad, bron, Los("2021", "Iemand")).meldingen)
        except AfgekeurdError as fout:
            meldingen = fout.meldingen
            assert meldingen
        assert time.process_time() - begin < _HOOGSTENS
    for melding in meldingen:
        assert all(regel.isprintable() for regel in str(melding).split("\n")), melding
        assert "Traceback" not in str(melding)
        assert map_ not in str(melding)
        assert len(str(melding)) < 4000
    return meldingen


def as_csv(rijen: list[list[str]], scheiding: str = ",") -> bytes:
    tekst = io.StringIO()
    csv.writer(tekst, delimiter=scheiding, lineterminator="\n").writerows(rijen)
    return tekst.getvalue().encode("utf-8", "surrogatepass")
