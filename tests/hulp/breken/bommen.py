"""Small files with a large cost, made at any size, and what reading them costs a whole tree of processes."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

KOP = ["periode", "regio_code", "branche_code", "telling", "werknemers", "contracturen"]
RIJ = ["2021", "NL01", "VVT", "pfzw", "10", "200"]
_SOORT = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def levering(map_: Path, bron: str = "werknemers") -> Path:
    """Return a new folder that holds a levering.yml of this source."""
    map_.mkdir(parents=True)
    (map_ / "levering.yml").write_text(
        f'bron: {bron}\nleverancier: Proef\nperiode: "2021"\nontvangen: 2025-06-30\nherkomst: levering\n'
    )
    return map_


def repeated_rows(map_: Path, rijen: int = 4_900_000) -> None:
    """One row over and over, in a Parquet file of some kilobytes."""
    kolommen = {naam: _repeat(waarde, rijen) for naam, waarde in zip(KOP, RIJ, strict=True)}
    pq.write_table(pa.table(kolommen), levering(map_) / "werknemers.parquet", row_group_size=rijen)


def long_word(map_: Path, rijen: int = 4_400, tekens: int = 1_000_000) -> None:
    """One very long word in every row of a Parquet file, stored once."""
    kolommen = {naam: _repeat(waarde, rijen) for naam, waarde in zip(KOP, RIJ, strict=True)}
    kolommen["contracturen"] = _repeat("x" * tekens, rijen)
    pq.write_table(pa.table(kolommen), levering(map_) / "werknemers.parquet", compression="zstd",
                   dictionary_pagesize_limit=2 * tekens)  # fmt: skip


def _repeat(waarde: str, rijen: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int8()), rijen), pa.array([waarde]))


def narrow_csv(map_: Path, grootte: int = 127_000_000) -> None:
    """A CSV of rows that are all too short: a message each."""
    _repeat_line(levering(map_) / "werknemers.csv", "a\n", grootte)


def full_csv(map_: Path, grootte: int = 127_000_000) -> None:
    """A CSV of very small cells."""
    _repeat_line(levering(map_) / "werknemers.csv", "1,1,1,1,1,1\n", grootte)


def empty_csv(map_: Path, grootte: int = 127_000_000) -> None:
    """A CSV of separators alone, two hundred cells a row under a header of six."""
    _repeat_line(levering(map_) / "werknemers.csv", "," * 199 + "\n", grootte)


def _repeat_line(pad: Path, regel: str, grootte: int) -> None:
    blok = regel * (1_000_000 // len(regel))
    with pad.open("w") as stroom:
        stroom.write(",".join(KOP) + "\n")
        for _ in range(grootte // len(blok)):
            stroom.write(blok)


def formulas(map_: Path, rijen: int = 150_000) -> None:
    """A sheet of formulas."""
    _sheet(levering(map_) / "werknemers.xlsx", "<row>" + "<c><f>1</f></c>" * 6 + "</row>", rijen)


def large_sheet(map_: Path, rijen: int = 1_000_000) -> None:
    """A sheet of which every row is right, just under the largest size."""
    _sheet(levering(map_) / "werknemers.xlsx", "<row>" + "<c><v>1</v></c>" * 6 + "</row>", rijen)


def _sheet(pad: Path, rij: str, rijen: int) -> None:
    """Write a workbook of which the sheet holds this row so many times."""
    boek = openpyxl.Workbook()
    boek.active.append(KOP)
    leeg = pad.with_suffix(".leeg")
    boek.save(leeg)
    with zipfile.ZipFile(leeg) as oud, zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam in oud.namelist():
            xml = oud.read(naam)
            if naam != "xl/worksheets/sheet1.xml":
                nieuw.writestr(naam, xml)
                continue
            voor, na = xml.split(b"</sheetData>")
            with nieuw.open(naam, "w") as stroom:
                stroom.write(voor)
                for _ in range(rijen // 1000):
                    stroom.write(rij.encode() * 1000)
                stroom.write(b"</sheetData>" + na)
    leeg.unlink()


def junk_persons(map_: Path, rijen: int = 1_500_000) -> None:
    """Persons of whom no value is one: as many different rows as there are."""
    worp = np.random.default_rng(7)
    kolommen = ["periode", "peildatum", "persoon_id", "werkgever_id", "branche_code", "gm_code"]
    tabel = {k: pa.array(worp.integers(0, 2**20, rijen)).cast(pa.string()) for k in kolommen}
    pq.write_table(pa.table(tabel), levering(map_, "pfzw_personen") / "dienstverbanden.parquet")


def large_description(map_: Path, grootte: int = 999_000) -> None:
    """A description of a megabyte that is right in every line."""
    pad = levering(map_) / "levering.yml"
    (map_ / "werknemers.csv").write_text(",".join(KOP) + "\n" + ",".join(RIJ) + "\n")
    regels = (f"k{nr}: [a, b, c, d, e, f]\n" for nr in range(grootte // 26))
    pad.write_text(pad.read_text() + "".join(regels))


BOMMEN: dict[str, Callable[[Path], None]] = {
    maak.__name__: maak
    for maak in (repeated_rows, long_word, narrow_csv, full_csv, empty_csv, formulas, large_sheet, junk_persons,
                 large_description)
}  # fmt: skip


def honest_rows(map_: Path, rijen: int, soort: str = "parquet") -> None:
    """Rows that are all different and all right, as many as asked, with the totals that rules look for."""
    import duckdb

    from pipelines.afspraken.regio import load_regio

    con = duckdb.connect()
    load_regio(con)
    # Days are periods too, so that a key can go on for years.
    con.execute(f"""
        create table werknemers as
        with dag as (select strftime(date '2014-01-01' + i::int, '%Y-%m-%d') as periode from range(4100) d(i)),
        plek as (select regio_code from regio where niveau in ('land', 'wgo', 'arbeidsmarktregio', 'provincie')
                 and coalesce(geldig_van, date '2018-01-01') <= date '2018-01-01'
                 and geldig_tot is null),
        tak as (select unnest(['ZKH', 'GGZ', 'GHZ', 'VVT', 'HAG', 'SW', 'JZ', 'OZW', 'TOTAAL']) as branche_code),
        telling as (select unnest(['cbs_breed', 'cbs_smal', 'pfzw']) as telling)
        select periode, regio_code, branche_code, telling,
               case when regio_code = 'NL01' and branche_code = 'TOTAAL' then 400000
                    when regio_code = 'NL01' or branche_code = 'TOTAAL' then 40000 + (hash(periode) % 100)::int
                    else 1000 + (hash(periode, regio_code) % 9000)::int end as werknemers,
               null::double as contracturen
        from dag, plek, tak, telling order by all limit {rijen}""")
    con.execute("update werknemers set contracturen = werknemers * 30.5")
    pad = levering(map_) / f"werknemers.{soort}"
    if soort == "parquet":
        con.execute(f"copy (select * from werknemers order by all) to '{pad}' (format parquet)")
        return
    boek = openpyxl.Workbook(write_only=True)
    blad = boek.create_sheet()
    blad.append(KOP)
    for rij in con.execute("from werknemers order by all").fetchall():
        blad.append(rij)
    boek.save(pad)


@dataclass(frozen=True)
class Meting:
    """What one `check` cost: all its processes together."""

    code: int
    seconden: float
    rekentijd: float
    piek_mb: float
    tekst: str


def measure(pad: Path) -> Meting:
    """Return what `regiomonitor check` said of a delivery, and what it cost."""
    aanroep = [sys.executable, "-m", "app.opdrachten.cli", "check", str(pad)]
    begin, piek, vooraf = time.monotonic(), 0.0, resource.getrusage(resource.RUSAGE_CHILDREN)
    # A pipe that nobody reads is full after 64 kB, and then the one that writes waits for ever.
    with tempfile.TemporaryFile("w+") as uitvoer:
        proces = subprocess.Popen(aanroep, stdout=uitvoer, stderr=subprocess.STDOUT)
        while proces.poll() is None:
            piek = max(piek, _tree_mb(proces.pid))
            time.sleep(0.02)
        seconden = time.monotonic() - begin
        uitvoer.seek(0)
        tekst = uitvoer.read()
    na = resource.getrusage(resource.RUSAGE_CHILDREN)
    rekentijd = na.ru_utime + na.ru_stime - vooraf.ru_utime - vooraf.ru_stime
    return Meting(proces.returncode, seconden, rekentijd, piek, tekst)


def _tree_mb(pid: int) -> float:
    """Return how much memory this process and all its children hold now."""
    try:
        velden = Path(f"/proc/{pid}/statm").read_text().split()
        kinderen = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(velden[1]) * 4096 / 1e6 + sum(_tree_mb(int(kind)) for kind in kinderen)


if __name__ == "__main__":
    # python tests/hulp/breken/bommen.py MAP [NAAM…]: one line of measures per bomb.
    wortel = Path(sys.argv[1])
    for naam in sys.argv[2:] or BOMMEN:
        map_ = wortel / naam
        if not map_.exists():
            if naam.startswith("eerlijk"):
                honest_rows(map_, *((5_000_000,) if naam == "eerlijk" else (200_000, "xlsx")))
            else:
                BOMMEN[naam](map_)
        grootte = max(p.stat().st_size for p in map_.iterdir()) / 1000
        m = measure(map_)
        regels = [r[:150] for r in m.tekst.splitlines()]
        print(
            f"{naam:18} {grootte:7.0f} kB, exit {m.code}  {m.seconden:6.1f} s, rekentijd {m.rekentijd:5.1f} s, "
            f"{m.piek_mb:5.0f} MB, {len(regels)} regels: {' | '.join(regels[:1] + regels[-1:])}",
            flush=True,
        )
