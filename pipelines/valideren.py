"""Validating a whole delivery: every table, every check, every failure at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.contract import Bron, Regel, Tabel
from pipelines.controles import build_controles, prepare, rule_text, use_points
from pipelines.keuring import Controle, Uitkomst, run_controles
from pipelines.leveringen import Levering
from pipelines.lezen import RIJ, Gelezen, read_text_table
from pipelines.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.regio import load_regio

# A file can be wrong in every row; past this many messages per check the rest is counted, not printed.
MEESTE_MELDINGEN = 200
# A row that fails one of these on a key column belongs to no group of rows.
_SLEUTELCONTROLES = ("gevuld", "type", "datum", "periode", "codelijst")


@dataclass
class Keuring:
    """What validation found in one delivery: its rows as text, its checks, and every failure."""

    levering: Levering
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    kwaliteit: list[dict[str, object]] = field(default_factory=list)
    meldingen: list[Melding] = field(default_factory=list)


def validate_levering(levering: Levering, bron: Bron, eenheden: Mapping[str, str]) -> Keuring:
    """Return the delivery's rows and the result of every check its source's contract asks for.

    Nothing is written. `eenheden` holds the unit of every indicator that published figures may refer to.
    """
    keuring = Keuring(levering)
    con = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    load_regio(con)
    codes = {
        "branche": [rij[0] for rij in con.execute("select branche_code from branche").fetchall()],
        "indicator": list(eenheden),
    }
    con.execute("create table indicator (indicator_id varchar, eenheid varchar)")
    con.executemany("insert into indicator values (?, ?)", list(eenheden.items()))
    for tabel in bron.tabellen.values():
        # Rules may look at a neighbouring table that was not delivered this time.
        kolommen = ", ".join(f'"{kolom}" varchar' for kolom in tabel.kolommen)
        con.execute(f"create table {tabel.naam} ({kolommen})")
    for naam, paden in levering.bestanden.items():
        _validate_table(con, keuring, bron.tabellen[naam], paden, codes)
    con.close()
    # A supplier walks through the file from top to bottom.
    keuring.meldingen.sort(key=lambda melding: (melding.bestand, melding.rij is None, melding.rij or 0))
    return keuring


@dataclass(frozen=True)
class _Deel:
    """One file of a table: its rows, under row numbers that are unique within the table."""

    bestand: str
    begin: int
    frame: pd.DataFrame


def _validate_table(
    con: duckdb.DuckDBPyConnection,
    keuring: Keuring,
    tabel: Tabel,
    paden: Iterable[Path],
    codes: Mapping[str, Iterable[str]],
) -> None:
    delen: list[_Deel] = []
    for pad in paden:
        begin = int(delen[-1].frame.index.max()) if delen and len(delen[-1].frame) else 0
        frame = _read_file(keuring, tabel, pad)
        if frame is not None and len(frame):
            delen.append(_Deel(pad.name, begin, frame.set_axis(frame.index + begin).rename_axis(RIJ)))
    if not delen:
        return
    ontbreekt = set(tabel.verplicht) - set.intersection(*(set(deel.frame.columns) for deel in delen))
    heel = pd.concat([deel.frame.reindex(columns=[*tabel.kolommen], fill_value="") for deel in delen])
    frame = prepare(con, tabel, heel)
    regios = con.execute("select regio_code, niveau from regio").df()
    # A check that needs a missing column would say the same thing again in every row.
    controles = [c for c in build_controles(tabel, codes, regios) if not ontbreekt & _needs(c, tabel)]
    uitkomsten = run_controles(frame, controles)
    for uitkomst in uitkomsten:
        meldingen = [
            _to_melding(delen, uitkomst.controle, rij, frame.loc[rij]) for rij in uitkomst.rijen[:MEESTE_MELDINGEN]
        ]
        _record(
            keuring, tabel, uitkomst.controle.naam, uitkomst.controle.kolom,
            uitkomst.aantal_rijen, len(uitkomst.rijen), meldingen,
        )  # fmt: skip
    if not ontbreekt:
        _drop_wrong_keys(con, tabel, uitkomsten)
        for regel in (r for r in tabel.regels if r.fout):
            _run_query_rule(con, keuring, tabel, regel, frame, delen)
    keuring.frames[tabel.naam] = frame[list(tabel.kolommen)]


def _read_file(keuring: Keuring, tabel: Tabel, pad: Path) -> pd.DataFrame | None:
    """Return one file's rows as text, with what is wrong with the file as a whole noted; None if unreadable."""
    try:
        gelezen = read_text_table(pad)
    except AfgekeurdError as fout:
        keuring.meldingen += fout.meldingen
        return None
    onleesbaar = len(gelezen.meldingen)
    rijen = len(gelezen.frame) + onleesbaar
    _record(keuring, tabel, "leesbaar", None, rijen, onleesbaar, gelezen.meldingen[:MEESTE_MELDINGEN])
    kolomfouten = _check_columns(pad.name, tabel, gelezen)
    _record(keuring, tabel, "kolommen", None, rijen, len(kolomfouten), kolomfouten)
    if not rijen:
        leeg = Melding(pad.name, "Dit bestand heeft geen rijen.", advies="Lever minstens één rij aan.")
        _record(keuring, tabel, "rijen", None, 0, 1, [leeg])
    if len(gelezen.frame):
        gemengd = _mixed_decimals(pad.name, tabel, gelezen)
        _record(keuring, tabel, "één decimaalteken", None, rijen, len(gemengd), gemengd[:MEESTE_MELDINGEN])
    return use_points(tabel, gelezen)


def _needs(controle: Controle, tabel: Tabel) -> set[str]:
    """Return the columns that a check looks at, through the expression it evaluates too."""
    nodig = {*controle.op, *(controle.kolom or "").split(", ")}
    uitdrukkingen = [r.als for r in tabel.regels if r.als and r.naam == controle.naam]
    uitdrukkingen += [k.basis for k in tabel.kolommen.values() if k.basis and k.naam == controle.kolom]
    nodig |= {woord for uitdrukking in uitdrukkingen for woord in re.findall(r"\w+", uitdrukking)}
    if controle.naam == "geldig op datum":
        nodig |= {kolom for kolom in tabel.verplicht if tabel.kolommen[kolom].type in ("periode", "datum")}
    return nodig & set(tabel.kolommen)


def _drop_wrong_keys(con: duckdb.DuckDBPyConnection, tabel: Tabel, uitkomsten: Iterable[Uitkomst]) -> None:
    """Take rows with a wrong key out of the typed table: else one wrong code is also a missing total, and so on."""
    fout = {
        rij
        for uitkomst in uitkomsten
        if uitkomst.controle.naam in _SLEUTELCONTROLES and uitkomst.controle.kolom in tabel.sleutel
        for rij in uitkomst.rijen
    }
    con.execute(f"delete from {tabel.naam} where {RIJ} in (select unnest(?::bigint[]))", [sorted(fout)])


def _mixed_decimals(bestand: str, tabel: Tabel, gelezen: Gelezen) -> list[Melding]:
    """Return a message per figure with a point in a file that writes commas: 1.234 may then be 1234."""
    getallen = [k.naam for k in tabel.kolommen.values() if k.type == "getal" and k.naam in gelezen.frame.columns]
    cellen = gelezen.frame[getallen]
    komma = cellen.apply(lambda kolom: kolom.str.fullmatch(r"-?[0-9]+,[0-9]+"))
    if not (gelezen.decimaalkomma and komma.to_numpy().any()):
        return []
    advies = "Schrijf in het hele bestand een komma of een punt, en geen punt voor duizendtallen."
    return [
        Melding(bestand, f"'{show_value(waarde)}' heeft een punt, maar andere getallen hebben een komma.",
                rij=int(rij), kolom=naam, advies=advies)
        for naam in getallen
        for rij, waarde in cellen.loc[cellen[naam].str.fullmatch(r"-?[0-9]+\.[0-9]+"), naam].items()
    ]  # fmt: skip


def _check_columns(bestand: str, tabel: Tabel, gelezen: Gelezen) -> list[Melding]:
    kop, koprij = list(gelezen.frame.columns), gelezen.koprij
    advies = "Kolommen van deze tabel: " + ", ".join(tabel.kolommen) + "."
    fouten = [
        Melding(bestand, f"Kolom '{show_value(naam)}' hoort niet in deze tabel.{suggest(naam, tabel.kolommen)}",
                rij=koprij, advies=advies)
        for naam in kop if naam not in tabel.kolommen
    ]  # fmt: skip
    fouten += [
        Melding(bestand, f"Kolom '{naam}' ontbreekt.", rij=koprij, advies=advies)
        for naam in tabel.verplicht
        if naam not in kop
    ]
    return fouten


def _run_query_rule(
    con: duckdb.DuckDBPyConnection,
    keuring: Keuring,
    tabel: Tabel,
    regel: Regel,
    frame: pd.DataFrame,
    delen: list[_Deel],
) -> None:
    """Run a rule over rows: its query returns the bad ones, with or without the row they stand in."""
    fout = con.execute(f"select distinct * from ({regel.fout}) order by all").df()
    fout.index.name = RIJ
    controle = Controle(regel.naam, "geen_rijen", (), rule_text(regel), regel.kolom)
    (uitkomst,) = run_controles(fout, [controle])
    meldingen = []
    for waarden in fout.head(MEESTE_MELDINGEN).to_dict("records"):
        rij = waarden.get(RIJ)
        plek = None if rij is None or pd.isna(rij) else int(rij)
        inhoud = {**(frame.loc[plek].to_dict() if plek is not None else {}), **waarden}
        meldingen.append(_to_melding(delen, controle, plek, {str(k): _plain(v) for k, v in inhoud.items()}))
    _record(keuring, tabel, regel.naam, regel.kolom, len(frame), len(uitkomst.rijen), meldingen)


def _plain(waarde: object) -> str:
    if pd.isna(waarde):
        return ""
    if isinstance(waarde, datetime):
        return waarde.date().isoformat()
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return str(waarde)


def _to_melding(delen: list[_Deel], controle: Controle, rij: int | None, waarden: Mapping[str, str]) -> Melding:
    tekst, advies = controle.melding(waarden)
    kolom = controle.kolom if controle.naam != "sleutel" else None
    deel = delen[0] if rij is None else next(deel for deel in reversed(delen) if rij > deel.begin)
    return Melding(deel.bestand, tekst, rij=None if rij is None else rij - deel.begin, kolom=kolom, advies=advies)


def _record(
    keuring: Keuring, tabel: Tabel, controle: str, kolom: str | None, rijen: int, fout: int, meldingen: list[Melding]
) -> None:
    if fout > len(meldingen):
        bestand = keuring.levering.bestanden[tabel.naam][0].name
        rest = f"{fout - len(meldingen):,}".replace(",", ".")
        tekst = f"De controle '{controle}' vond nog {rest} fouten; hier staan de eerste {len(meldingen)}."
        meldingen.append(Melding(bestand, tekst, kolom=kolom))
    keuring.meldingen += meldingen
    keuring.kwaliteit.append(
        {
            "levering_id": keuring.levering.levering_id,
            "tabel": tabel.naam,
            "controle": controle,
            "kolom": kolom,
            "gelukt": fout == 0,
            "aantal_rijen": rijen,
            "aantal_afwijkend": fout,
            "melding": str(meldingen[0]) if meldingen else None,
        }
    )
