"""Validating a whole delivery: every table, every check, every failure at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import duckdb
import pandas as pd

from pipelines.contract import Bron, Regel, Tabel
from pipelines.controles import build_controles, prepare, rule_text
from pipelines.keuring import Controle, run_controles
from pipelines.leveringen import Levering
from pipelines.lezen import RIJ, Gelezen, read_text_table
from pipelines.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.regio import load_regio

# A file can be wrong in every row; past this many messages per check the rest is counted, not printed.
MEESTE_MELDINGEN = 200


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
    for naam, pad in levering.bestanden.items():
        try:
            gelezen = read_text_table(pad)
        except AfgekeurdError as fout:
            keuring.meldingen += fout.meldingen
            continue
        keuring.meldingen += gelezen.meldingen
        _validate_table(con, keuring, bron.tabellen[naam], gelezen, codes)
    con.close()
    # A supplier walks through the file from top to bottom.
    keuring.meldingen.sort(key=lambda melding: (melding.bestand, melding.rij or 0))
    return keuring


def _validate_table(
    con: duckdb.DuckDBPyConnection,
    keuring: Keuring,
    tabel: Tabel,
    gelezen: Gelezen,
    codes: Mapping[str, Iterable[str]],
) -> None:
    bestand = keuring.levering.bestanden[tabel.naam].name
    kolomfouten = _check_columns(bestand, tabel, list(gelezen.frame.columns))
    _record(keuring, tabel, "kolommen", None, len(gelezen.frame), len(kolomfouten), kolomfouten)
    if not len(gelezen.frame):
        leeg = Melding(bestand, "Dit bestand heeft geen rijen.", advies="Lever minstens één rij aan.")
        _record(keuring, tabel, "rijen", None, 0, 1, [leeg])
        return
    frame = prepare(con, tabel, gelezen)
    regios = con.execute("select regio_code, niveau from regio").df()
    ontbreekt = set(tabel.kolommen) - set(gelezen.frame.columns)
    # A check that needs a missing column would say the same thing again in every row.
    controles = [c for c in build_controles(tabel, codes, regios) if not ontbreekt & _needs(c, tabel)]
    for uitkomst in run_controles(frame, controles):
        meldingen = [
            _to_melding(bestand, uitkomst.controle, rij, frame.loc[rij]) for rij in uitkomst.rijen[:MEESTE_MELDINGEN]
        ]
        _record(
            keuring, tabel, uitkomst.controle.naam, uitkomst.controle.kolom,
            uitkomst.aantal_rijen, len(uitkomst.rijen), meldingen,
        )  # fmt: skip
    if not ontbreekt & set(tabel.verplicht):
        for regel in (r for r in tabel.regels if r.fout):
            _run_query_rule(con, keuring, tabel, regel, frame)
    keuring.frames[tabel.naam] = frame[list(tabel.kolommen)]


def _needs(controle: Controle, tabel: Tabel) -> set[str]:
    regel = next((r for r in tabel.regels if r.als and r.naam == controle.naam), None)
    if regel is not None:
        return {kolom for kolom in tabel.kolommen if kolom in (regel.als or "")}
    nodig = set(controle.op) | set((controle.kolom or "").split(", "))
    if controle.naam == "geldig op datum":
        nodig |= {kolom for kolom in tabel.verplicht if tabel.kolommen[kolom].type in ("periode", "datum")}
    return nodig & (set(tabel.verplicht) | set(tabel.kolommen)) if nodig else set()


def _check_columns(bestand: str, tabel: Tabel, kop: list[str]) -> list[Melding]:
    advies = "Kolommen van deze tabel: " + ", ".join(tabel.kolommen) + "."
    fouten = [
        Melding(bestand, f"Kolom '{show_value(naam)}' hoort niet in deze tabel.{suggest(naam, tabel.kolommen)}",
                rij=1, advies=advies)
        for naam in kop if naam not in tabel.kolommen
    ]  # fmt: skip
    fouten += [
        Melding(bestand, f"Kolom '{naam}' ontbreekt.", rij=1, advies=advies)
        for naam in tabel.verplicht
        if naam not in kop
    ]
    return fouten


def _run_query_rule(
    con: duckdb.DuckDBPyConnection, keuring: Keuring, tabel: Tabel, regel: Regel, frame: pd.DataFrame
) -> None:
    """Run a rule over rows: its query returns the bad ones, with or without the row they stand in."""
    fout = con.execute(str(regel.fout)).df()
    fout.index.name = RIJ
    controle = Controle(regel.naam, "geen_rijen", (), rule_text(regel), regel.kolom)
    run_controles(fout, [controle])
    bestand = keuring.levering.bestanden[tabel.naam].name
    meldingen = []
    for waarden in fout.head(MEESTE_MELDINGEN).to_dict("records"):
        rij = waarden.get(RIJ)
        plek = None if rij is None or pd.isna(rij) else int(rij)
        inhoud = {**(frame.loc[plek].to_dict() if plek is not None else {}), **waarden}
        meldingen.append(_to_melding(bestand, controle, plek, {str(k): _plain(v) for k, v in inhoud.items()}))
    _record(keuring, tabel, regel.naam, regel.kolom, len(frame), len(fout), meldingen)


def _plain(waarde: object) -> str:
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return "" if waarde is None else str(waarde)


def _to_melding(bestand: str, controle: Controle, rij: int | None, waarden: Mapping[str, str]) -> Melding:
    tekst, advies = controle.melding(waarden)
    kolom = controle.kolom if controle.naam != "sleutel" else None
    return Melding(bestand, tekst, rij=rij, kolom=kolom, advies=advies)


def _record(
    keuring: Keuring, tabel: Tabel, controle: str, kolom: str | None, rijen: int, fout: int, meldingen: list[Melding]
) -> None:
    if fout > len(meldingen):
        bestand = keuring.levering.bestanden[tabel.naam].name
        meldingen.append(Melding(bestand, f"En nog {fout - len(meldingen)} keer hetzelfde.", kolom=kolom))
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
