"""Large tables: the checks see each distinct form of a row once.

What a check looks at repeats itself: of many rows only those that show it something new go past the checks. Of
persons the rows stay in the delivered file as well, for seventeen million do not fit in a frame. Of such a row only
whether the number of a person or an employer is there matters to the checks, never which number; what is left are
some ten thousands of forms, each with its first row and how often it occurs. Those go through the same contract, the
same checks and the same messages as any other table.
"""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd

from pipelines.afspraken.contract import Tabel
from pipelines.afspraken.meldingen import MASKER, AfgekeurdError, Melding
from pipelines.levering.bestand.lezen import RIJ, Gelezen, too_large
from pipelines.levering.bestand.parquet import GEEN_PARQUET, open_parquet
from pipelines.levering.bestand.tekst import read_text_table
from pipelines.levering.toets.controles import with_derived
from pipelines.levering.toets.keuring import Controle, Controleuitkomst, run_controles

if TYPE_CHECKING:
    import pyarrow as pa

MEESTE_RIJEN = 200_000_000
# Twelve quarters of every gemeente and branche make some 40,000 forms; garbage makes one per row.
MEESTE_VORMEN = 200_000
_RIJEN_VAN_EEN_PROEF = 10_000
_AANTAL = "_aantal"
# From here on looking for what repeats takes less time than looking at all of it.
VEEL_RIJEN = 20_000
RIJEN_PER_DEEL = 250_000
# A file with more faults than this has been told enough.
MEESTE_FOUTEN = 100_000
# Set on the connection that checks a delivery. Without a folder to spill to, no person ends up anywhere else on disk.
# Every thread has buffers of its own: a computer with many would run out with what a laptop can do.
GEHEUGEN = (
    "set memory_limit = '700MB'; set temp_directory = ''; set preserve_insertion_order = false; "
    f"set threads = {min(4, os.cpu_count() or 1)}"
)


@dataclass(frozen=True)
class Bestand:
    """One file of a large table, left where it lies: its columns as SQL, and its rows per period."""

    pad: Path
    kolommen: Mapping[str, str]
    perioden: Mapping[str, int]
    # A CSV or a sheet is read once and is small.
    frame: pd.DataFrame | None = None


def read_forms(con: duckdb.DuckDBPyConnection, tabel: Tabel, pad: Path) -> tuple[Gelezen, Bestand]:
    """Return the distinct forms of a file's rows, under the number of the first row of each, and the file.

    Raises:
        AfgekeurdError: as `read_text_table`.
    """
    if pad.suffix.lower() == ".parquet":
        schema = open_parquet(pad, MEESTE_RIJEN, tabel.nummers).schema_arrow
        kop = tuple(naam.strip() for naam in schema.names)
        kolommen = {naam.strip(): _text_of(schema.field(nr)) for nr, naam in enumerate(schema.names)}
        gelezen, frame = Gelezen(pd.DataFrame(), [], koprij=None), None
    else:
        gelezen = read_text_table(pad)
        kop = tuple(gelezen.frame.columns)
        kolommen = {naam: f'"{naam}"' for naam in tabel.kolommen if naam in kop}
        frame = gelezen.frame[list(kolommen)]
    kolommen = {naam: kolommen[naam] for naam in tabel.kolommen if naam in kolommen}
    bron = _source(con, pad, frame)
    try:
        vormen, meldingen = _forms(con, tabel, pad, kolommen, bron)
    except duckdb.OutOfMemoryException:
        raise too_large(pad, "het vraagt meer dan 700 MB geheugen.") from None
    except duckdb.Error:  # damage that only shows while reading
        raise AfgekeurdError([Melding(pad.name, GEEN_PARQUET)]) from None
    aantal = vormen.pop(_AANTAL).astype("int64")
    perioden = aantal.groupby(vormen["periode"]).sum().to_dict() if "periode" in vormen else {}
    laatste = int(aantal.sum() if frame is None else frame.index.max()) if len(aantal) else 0
    vorm = Gelezen(
        vormen, gelezen.meldingen + meldingen, koprij=gelezen.koprij, kop=kop, aantal=aantal, laatste_rij=laatste
    )
    return vorm, Bestand(pad, kolommen, perioden, frame)


def rows_query(con: duckdb.DuckDBPyConnection, bestand: Bestand, tabel: Tabel, periode: str) -> str:
    """Return the query for the file's rows of one period, every column of the contract as text."""
    leeg = "cast(null as varchar)"
    kolommen = ", ".join(f'{bestand.kolommen.get(naam, leeg)} as "{naam}"' for naam in tabel.kolommen)
    bron = _source(con, bestand.pad, bestand.frame)
    return f"select {kolommen} from {bron} where {bestand.kolommen['periode']} = '{periode}'"


def _source(con: duckdb.DuckDBPyConnection, pad: Path, frame: pd.DataFrame | None) -> str:
    """Return what a query selects from; it has the row number as `file_row_number`, counted from 0."""
    if frame is None:
        return "read_parquet('{}', file_row_number = true)".format(str(pad).replace("'", "''"))
    con.register(pad.name, frame.reset_index().rename(columns={RIJ: "file_row_number"}))
    return f'(select * replace (file_row_number - 1 as file_row_number) from "{pad.name}")'


def _text_of(veld: pa.Field) -> str:
    """Return the SQL for a Parquet column as the text a supplier would have written in a CSV."""
    import pyarrow as pa

    naam = '"{}"'.format(veld.name.replace('"', '""'))
    if pa.types.is_string(veld.type):
        return naam  # bare, so that DuckDB can skip parts of the file by their period
    if pa.types.is_timestamp(veld.type):
        return f"case when {naam} = date_trunc('day', {naam}) then {naam}::date::varchar else {naam}::varchar end"
    return f"{naam}::varchar"


def _forms(
    con: duckdb.DuckDBPyConnection, tabel: Tabel, pad: Path, kolommen: Mapping[str, str], bron: str
) -> tuple[pd.DataFrame, list[Melding]]:
    meldingen: list[Melding] = []
    open_ = [naam for naam in kolommen if not tabel.kolommen[naam].geheim]
    delen = ", ".join(kolommen[naam] for naam in open_)
    schatting = con.execute(f"select approx_count_distinct(hash({delen})) from {bron}").fetchone() if open_ else (0,)
    assert schatting is not None
    waar = ""
    if schatting[0] > MEESTE_VORMEN:
        waar = f"where file_row_number < {_RIJEN_VAN_EEN_PROEF}"
        tekst = f"Dit bestand heeft te veel verschillende waarden van {', '.join(open_)} samen."
        advies = f"Alleen de eerste {_RIJEN_VAN_EEN_PROEF:,} rijen zijn nagekeken.".replace(",", ".")
        meldingen.append(Melding(pad.name, tekst, advies=advies))
    velden = [_masked(sql) if tabel.kolommen[n].geheim else f"coalesce({sql}, '')" for n, sql in kolommen.items()]
    rij = ", ".join(
        [f"file_row_number + 1 as {RIJ}", *(f'{v} as "{n}"' for n, v in zip(kolommen, velden, strict=True))]
    )
    vormen = con.execute(
        f"select min({RIJ})::bigint as {RIJ}, count(*) as {_AANTAL}, * exclude ({RIJ}) "
        f"from (select {rij} from {bron} {waar}) group by all order by 1"
    ).df()
    return vormen.set_index(RIJ), meldingen


def _masked(sql: str) -> str:
    """Return the SQL that keeps of a number only whether it is there, and whether spaces stick to it."""
    spaties = f"trim({sql}, ' \t\r\n') <> {sql}"
    return f"case when coalesce({sql}, '') = '' then '' when {spaties} then ' {MASKER}' else '{MASKER}' end"


def run_on_forms(
    con: duckdb.DuckDBPyConnection, tabel: Tabel, frame: pd.DataFrame, controles: Sequence[Controle]
) -> tuple[list[Controleuitkomst], bool]:
    """Return one result per check of many prepared rows, and whether all of them were looked at.

    Past `MEESTE_FOUTEN` the rest of the rows is left.
    """
    per_rij = {nr: sorted(_inputs(c, tabel)) for nr, c in enumerate(controles) if c.soort != "uniek"}
    nieuw = np.zeros(len(frame), "bool")
    for kolommen in {tuple(kolommen) for kolommen in per_rij.values()}:
        nieuw |= ~pd.Series(_number(frame, kolommen)).duplicated().to_numpy()
    plekken = np.flatnonzero(nieuw)
    gezakt: dict[int, list[int]] = {nr: [] for nr in per_rij}
    for begin in range(0, len(plekken), RIJEN_PER_DEEL):
        vormen = with_derived(con, tabel, frame.iloc[plekken[begin : begin + RIJEN_PER_DEEL]])
        uitkomsten = run_controles(vormen, [controles[nr] for nr in per_rij])
        for nr, uitkomst in zip(per_rij, uitkomsten, strict=True):
            gezakt[nr] += uitkomst.rijen
        heel = begin + RIJEN_PER_DEEL >= len(plekken)
        if sum(map(len, gezakt.values())) > MEESTE_FOUTEN:
            break
    return [
        Controleuitkomst(c, len(frame), _like(frame, gezakt[nr], per_rij[nr]) if nr in per_rij else _double(frame, c))
        for nr, c in enumerate(controles)
    ], heel


def _inputs(controle: Controle, tabel: Tabel) -> set[str]:
    """Return the columns that decide what a check finds in a row."""
    tekst = [regel.als for regel in tabel.regels if regel.als and regel.naam == controle.naam]
    tekst += [kolom.basis for kolom in tabel.kolommen.values() if kolom.basis and kolom.naam == controle.kolom]
    woorden = {woord.removeprefix("tekst_") for uitdrukking in tekst for woord in re.findall(r"\w+", uitdrukking)}
    nodig = woorden | {*controle.op, *(controle.kolom or "").split(", ")}
    if controle.naam == "geldig op datum" or woorden & {"_begin", "_eind"}:
        nodig |= {naam for naam, kolom in tabel.kolommen.items() if kolom.type in ("periode", "datum")}
    if controle.naam == "niet in de toekomst":
        nodig |= {naam for naam, kolom in tabel.kolommen.items() if kolom.is_stroom}
    return nodig & set(tabel.kolommen)


def _number(frame: pd.DataFrame, kolommen: Sequence[str]) -> np.ndarray:
    """Return a number per row, the same where these columns hold the same."""
    nummers, meeste = np.zeros(len(frame), "int64"), 1
    for kolom in (frame[naam] for naam in kolommen):
        vast = isinstance(kolom.dtype, pd.CategoricalDtype)
        codes, woorden = (kolom.cat.codes, kolom.cat.categories) if vast else pd.factorize(kolom)
        if meeste * (len(woorden) + 1) >= 2**63:
            nummers, meeste = pd.factorize(nummers)[0], len(frame)
        nummers = nummers * (len(woorden) + 1) + np.asarray(codes, "int64") + 1
        meeste *= len(woorden) + 1
    return nummers


def _like(frame: pd.DataFrame, rijen: Sequence[int], kolommen: Sequence[str]) -> Sequence[int]:
    """Return every row that holds the same in these columns as one of those given."""
    if not rijen:
        return ()
    nummers = _number(frame, kolommen)
    fout = np.unique(nummers[frame.index.get_indexer(rijen)])
    return array("q", frame.index[np.isin(nummers, fout)].to_numpy().tobytes())


def _double(frame: pd.DataFrame, controle: Controle) -> Sequence[int]:
    """Return the rows of which the key stands in another row too; one without any of its cells is no key."""
    nummers = _number(frame, controle.op)
    volgorde = np.sort(nummers)
    vaker = np.unique(volgorde[1:][volgorde[1:] == volgorde[:-1]])
    if not len(vaker):
        return ()
    gevuld = frame[list(controle.op)].notna().any(axis=1).to_numpy()
    return array("q", frame.index[np.isin(nummers, vaker) & gevuld].to_numpy().tobytes())
