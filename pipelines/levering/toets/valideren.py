"""Validating a whole delivery: every table, every check, every failure at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

from pipelines.afspraken.contract import Bron, Regel, Tabel
from pipelines.afspraken.meldingen import MASKER, AfgekeurdError, Melding, show_value, suggest
from pipelines.afspraken.regio import open_regio
from pipelines.afspraken.warehouse.verbinding import insert_rows
from pipelines.levering.bestand.lezen import RIJ, Gelezen
from pipelines.levering.bestand.tekst import read_text_table
from pipelines.levering.kolommen.niveau import at_another_level
from pipelines.levering.kolommen.plaats import unsaid_place
from pipelines.levering.kolommen.vertaling import (
    KOLOMMEN_YML,
    Plek,
    Vertaling,
    column_advice,
    in_their_words,
    translate,
)
from pipelines.levering.leveringen import Levering
from pipelines.levering.toets import groot
from pipelines.levering.toets.controles import build_controles, prepare, rule_text, use_points, with_derived
from pipelines.levering.toets.groot import GEHEUGEN, Bestand, read_forms
from pipelines.levering.toets.keuring import Controle, Controleuitkomst, run_controles
from pipelines.levering.toets.rijen import MEESTE_MELDINGEN, Deel, Rijen, stack
from pipelines.levering.waarden import duo
from pipelines.levering.waarden.duiden import interpret
from pipelines.levering.waarden.punten import read_points
from pipelines.levering.waarden.schaal import scale, shares_in_percent, unsaid

# Of more rows than this with a key that is not theirs alone, one of each is compared with others.
_VEEL_DUBBEL = 20_000
# From here on one message names them all.
_VEEL_KOLOMMEN = 2
# A row that fails one of these on a key column belongs to no group of rows.
_SLEUTELCONTROLES = ("gevuld", "type", "datum", "periode", "codelijst")


@dataclass
class Keuring:
    """What validation found in one delivery: its rows as text, its checks, and every failure."""

    levering: Levering
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    kwaliteit: list[dict[str, object]] = field(default_factory=list)
    meldingen: list[Melding] = field(default_factory=list)
    # What was read as something else than it says, or deserves a look: no reason to refuse.
    opmerkingen: list[Melding] = field(default_factory=list)
    # Large tables are not read into a frame.
    groot: dict[str, list[Bestand]] = field(default_factory=dict)
    # Per file: where a column of the contract is, in the words of the supplier.
    plekken: dict[str, Mapping[str, Plek]] = field(default_factory=dict)
    # How many rows were read, in all tables together.
    aantal_rijen: int = 0

    @property
    def tabellen(self) -> tuple[str, ...]:
        """Return the tables that have rows, in the order of the contract."""
        return tuple(tabel for tabel in self.levering.bestanden if tabel in self.frames or tabel in self.groot)


def stuck(levering: Levering, plek: str) -> Keuring:
    """Return the refusal of a delivery on which a check itself broke: nobody knows what is in it."""
    tekst = f"De controle van deze levering liep vast ({plek})."
    advies = "Bewaar de bestanden opnieuw, als CSV in UTF-8, en lever opnieuw aan; helpt dat niet, meld dit dan."
    eerste = next(iter(levering.bestanden.values()))[0].name
    return Keuring(levering, meldingen=[Melding(eerste, tekst, advies=advies)])


def validate_here(
    levering: Levering, bron: Bron, eenheden: Mapping[str, str], follow: Callable[[Path], None] = lambda _pad: None
) -> Keuring:
    """Return the delivery's rows and the result of every check; `follow` hears of every file before it is read.

    Nothing is written. `eenheden` holds the unit of every indicator that published figures may refer to.
    """
    keuring = Keuring(levering)
    con = open_regio()
    con.execute(GEHEUGEN)
    con.execute("set variable ontvangen = ?::date", [levering.ontvangen])
    codes = {
        "branche": [rij[0] for rij in con.execute("select branche_code from branche").fetchall()],
        "indicator": list(eenheden),
    }
    con.execute("create temp table indicator (indicator_id varchar, eenheid varchar)")
    insert_rows(con, "indicator", eenheden.items())
    for tabel in bron.tabellen.values():
        # Rules may look at a neighbouring table that was not delivered this time.
        kolommen = ", ".join(f'"{kolom}" varchar' for kolom in tabel.kolommen)
        con.execute(f"create temp table {tabel.naam} ({kolommen})")
    for naam, paden in levering.bestanden.items():
        gelezen = []
        for pad in paden:
            follow(pad)
            gelezen.append((pad, _read_file(con, keuring, bron.tabellen[naam], pad)))
        _validate_table(con, keuring, bron.tabellen[naam], gelezen, codes)
    con.close()
    keuring.meldingen = in_their_words(keuring.meldingen, keuring.plekken)
    keuring.opmerkingen = in_their_words(keuring.opmerkingen, keuring.plekken)
    # A supplier walks through the file from top to bottom.
    keuring.meldingen.sort(key=lambda melding: (melding.bestand, melding.rij is None, melding.rij or 0))
    return keuring


def _validate_table(
    con: duckdb.DuckDBPyConnection,
    keuring: Keuring,
    tabel: Tabel,
    bestanden: Iterable[tuple[Path, Gelezen | None]],
    codes: Mapping[str, Iterable[str]],
) -> None:
    delen: list[Deel] = []
    for pad, gelezen in bestanden:
        if gelezen is not None and len(gelezen.frame):
            delen.append(Deel(pad.name, delen[-1].eind if delen else 0, gelezen))
    if not delen:
        return
    ontbreekt = set(tabel.verplicht) - set.intersection(*(set(deel.gelezen.frame.columns) for deel in delen))
    genummerd = [deel.numbered(tabel) for deel in delen]
    frame = prepare(con, tabel, genummerd[0] if len(delen) == 1 else stack(genummerd))
    rijen = Rijen(tabel, frame, delen)
    regios = con.execute(
        "select regio_code, niveau from regio union all select distinct bron_code, indeling from brug"
    ).df()
    # A check that needs a missing column would say the same thing again in every row.
    controles = [c for c in build_controles(tabel, codes, regios) if not ontbreekt & _needs(c, tabel)]
    uitkomsten, heel = _run(con, tabel, frame, controles)
    for uitkomst in uitkomsten:
        controle = uitkomst.controle
        fout = rijen.count(uitkomst.rijen)
        # Most checks find nothing, and then there is nothing to make a frame of.
        waar = pd.DataFrame({RIJ: np.array(uitkomst.rijen, "int64")}) if fout else pd.DataFrame()
        meldingen, gemeld = rijen.report(controle, waar)
        _record(keuring, tabel, controle.naam, controle.kolom, Telling(rijen.aantal, fout, gemeld), meldingen)
    if not heel:
        tekst = "Dit bestand heeft zoveel fouten dat niet alle rijen zijn nagekeken."
        keuring.meldingen.append(Melding(delen[0].bestand, tekst, advies="Verbeter deze fouten en lever opnieuw aan."))
    elif not ontbreekt:
        _drop_wrong_keys(con, tabel, uitkomsten)
        for regel in (r for r in tabel.regels if r.fout):
            _run_query_rule(con, keuring, rijen, regel)
    if not tabel.groot:
        keuring.frames[tabel.naam] = frame[list(tabel.kolommen)]


def _run(
    con: duckdb.DuckDBPyConnection, tabel: Tabel, frame: pd.DataFrame, controles: list[Controle]
) -> tuple[list[Controleuitkomst], bool]:
    """Return one result per check, and whether all rows were looked at."""
    if len(frame) > groot.VEEL_RIJEN:
        return groot.run_on_forms(con, tabel, frame, controles)
    return run_controles(with_derived(con, tabel, frame), controles), True


def _read_file(con: duckdb.DuckDBPyConnection, keuring: Keuring, tabel: Tabel, pad: Path) -> Gelezen | None:
    """Return one file's rows as text, with what is wrong with the file as a whole noted; None if unreadable."""
    vertaling = keuring.levering.vertaling.get(tabel.naam)
    try:
        if tabel.groot and vertaling:
            tekst = f"Tabel {tabel.naam} kan miljoenen rijen hebben en wordt niet vertaald."
            raise AfgekeurdError([Melding(KOLOMMEN_YML, tekst, advies="Lever haar in de kolommen van de tabel.")])
        if tabel.groot:
            gelezen, bestand = read_forms(con, tabel, pad)
            keuring.groot.setdefault(tabel.naam, []).append(bestand)
        else:
            kolommen = (*tabel.kolommen, *duo.KOLOMMEN.get(keuring.levering.bron, ()))
            if vertaling:
                kolommen = (*kolommen, *vertaling.hun_kolommen)
            gelezen = read_text_table(pad, tabel.nummers, kolommen, vertaling.koprij if vertaling else None)
    except AfgekeurdError as fout:
        keuring.meldingen += fout.meldingen
        return None
    keuring.opmerkingen += gelezen.opmerkingen
    if vertaling:
        gelezen = _translate(keuring, tabel, vertaling, gelezen, pad.name)
    koppen = [h for h, onze in vertaling.kolommen.items() if tabel.kolommen[onze].tijd] if vertaling else []
    duizend = [replace(m, bestand=pad.name) for m in unsaid(tabel, gelezen.frame, koppen, gelezen.rondom)]
    if vertaling:
        delen, procenten = shares_in_percent(tabel, vertaling.kolommen, gelezen.frame)
        gelezen, duizend = replace(gelezen, frame=delen), [*duizend, *(replace(m, bestand=pad.name) for m in procenten)]
    if not tabel.groot:
        gelezen = _interpret(con, keuring, tabel, gelezen, pad.name)
    onleesbaar = max(gelezen.onleesbaar, sum(melding.aantal for melding in gelezen.meldingen))
    rijen = gelezen.rijen + onleesbaar
    keuring.aantal_rijen += gelezen.rijen
    getoond = gelezen.meldingen[:MEESTE_MELDINGEN]
    gemeld = sum(melding.aantal for melding in getoond)
    _record(keuring, tabel, "leesbaar", None, Telling(rijen, onleesbaar, gemeld), getoond)
    kolomfouten = [*_check_columns(pad.name, tabel, gelezen, column_advice(vertaling)), *duizend]
    _record(keuring, tabel, "kolommen", None, Telling(rijen, len(kolomfouten)), kolomfouten)
    if not rijen:
        leeg = Melding(pad.name, "Dit bestand heeft geen rijen.", advies="Lever minstens één rij aan.")
        _record(keuring, tabel, "rijen", None, Telling(0, 1), [leeg])
    punten = read_points(tabel, gelezen, pad.name)
    if len(gelezen.frame):
        fouten = sum(fout.aantal for fout in punten.fouten)
        telling = Telling(rijen, fouten, sum(fout.aantal for fout in punten.fouten[:MEESTE_MELDINGEN]))
        _record(keuring, tabel, "één decimaalteken", None, telling, punten.fouten[:MEESTE_MELDINGEN])
    keuring.opmerkingen += punten.opmerkingen
    frame, geschaald = scale(tabel, use_points(tabel, replace(gelezen, frame=punten.frame)), pad.name)
    keuring.opmerkingen += geschaald
    return replace(gelezen, frame=frame)


def _translate(keuring: Keuring, tabel: Tabel, vertaling: Vertaling, gelezen: Gelezen, bestand: str) -> Gelezen:
    """Return the file under the columns of the contract, with what the mapping lacks noted."""
    vertaald = translate(vertaling, tabel, gelezen, bestand)
    keuring.plekken[bestand] = vertaald.plekken
    keuring.opmerkingen += vertaald.opmerkingen
    fouten = [*vertaald.fouten, *at_another_level(tabel, vertaling, vertaald.gelezen, bestand),
              *unsaid_place(tabel, vertaling, vertaald.gelezen, bestand)]  # fmt: skip
    _record(keuring, tabel, KOLOMMEN_YML, None, Telling(len(gelezen.frame), len(fouten)), fouten)
    return vertaald.gelezen


def _interpret(
    con: duckdb.DuckDBPyConnection, keuring: Keuring, tabel: Tabel, gelezen: Gelezen, bestand: str
) -> Gelezen:
    """Return the file with what is certain in the way of the contract; what was read as what goes into the report."""
    delen = []
    if keuring.levering.bron == duo.BRON:
        gelezen, deel = duo.unmask(tabel, gelezen, bestand)
        delen.append(deel)
    delen.append(interpret(con, tabel, gelezen, bestand))
    for deel in delen:
        keuring.opmerkingen += deel.opmerkingen
        aantal = sum(fout.aantal for fout in deel.fouten)
        _record(keuring, tabel, "gelezen als", None, Telling(len(gelezen.frame), aantal, aantal), deel.fouten)
        if deel.opmerkingen and not deel.fouten:
            # No value and no figure: who reads the publication may not know them.
            tekst = f"Opmerkingen bij het lezen: {len(deel.opmerkingen)}; de controle van de levering noemt ze."
            keuring.kwaliteit[-1]["melding"] = tekst
    return replace(gelezen, frame=delen[-1].frame)


def _needs(controle: Controle, tabel: Tabel) -> set[str]:
    """Return the columns that a check looks at, through the expression it evaluates too."""
    nodig = {*controle.op, *(controle.kolom or "").split(", ")}
    uitdrukkingen = [r.als for r in tabel.regels if r.als and r.naam == controle.naam]
    uitdrukkingen += [k.basis for k in tabel.kolommen.values() if k.basis and k.naam == controle.kolom]
    nodig |= {woord for uitdrukking in uitdrukkingen for woord in re.findall(r"\w+", uitdrukking)}
    if controle.naam == "geldig op datum":
        nodig |= {kolom for kolom in tabel.verplicht if tabel.kolommen[kolom].type in ("periode", "datum")}
    return nodig & set(tabel.kolommen)


def _drop_wrong_keys(con: duckdb.DuckDBPyConnection, tabel: Tabel, uitkomsten: Iterable[Controleuitkomst]) -> None:
    """Take rows with a wrong key out of the typed table: else one wrong code is also a missing total, and so on.

    Of many rows with one key the first stays: each would be compared with all the others.
    """
    for uitkomst in uitkomsten:
        controle = uitkomst.controle
        if controle.naam in _SLEUTELCONTROLES and controle.kolom in tabel.sleutel and len(uitkomst.rijen):
            con.register("_fout", pd.DataFrame({RIJ: np.array(uitkomst.rijen, "int64")}))
            con.execute(f"delete from {tabel.naam} where {RIJ} in (select {RIJ} from _fout)")
        if controle.soort == "uniek" and len(uitkomst.rijen) > _VEEL_DUBBEL:
            sleutel = ", ".join(f'"{kolom}"' for kolom in controle.op)
            eerste = f"select min({RIJ}) from {tabel.naam} group by {sleutel}"
            con.execute(f"delete from {tabel.naam} where {RIJ} not in ({eerste})")


def _check_columns(bestand: str, tabel: Tabel, gelezen: Gelezen, raad: str) -> list[Melding]:
    kop, koprij = gelezen.kop or tuple(gelezen.frame.columns), gelezen.koprij
    advies = "Kolommen van deze tabel: " + ", ".join(tabel.kolommen) + f".{raad}"
    vreemd = {_show_header(naam, tabel): suggest(naam, tabel.kolommen) for naam in kop if naam not in tabel.kolommen}
    weg = [naam for naam in tabel.verplicht if naam not in kop]
    teksten = [f"Kolom '{naam}' hoort niet in deze tabel.{gok}" for naam, gok in vreemd.items()]
    if len(vreemd) > _VEEL_KOLOMMEN and not any(vreemd.values()):
        teksten = [f"Deze kolommen horen niet in deze tabel: {', '.join(vreemd)}."]
    teksten += (
        [f"Deze kolommen ontbreken: {', '.join(weg)}."]
        if len(weg) > _VEEL_KOLOMMEN else [f"Kolom '{naam}' ontbreekt." for naam in weg]
    )  # fmt: skip
    return [Melding(bestand, tekst, rij=koprij, advies=advies) for tekst in teksten]


def _show_header(naam: str, tabel: Tabel) -> str:
    """Return a column's name as it may be shown: without a header row, a person's number stands there."""
    geheim = any(kolom.geheim for kolom in tabel.kolommen.values())
    return MASKER if geheim and not re.fullmatch(r"[A-Za-z_ ]+", naam) else show_value(naam)


def _run_query_rule(con: duckdb.DuckDBPyConnection, keuring: Keuring, rijen: Rijen, regel: Regel) -> None:
    """Run a rule over rows: its query returns the bad ones, with or without the row they stand in."""
    fout = con.execute(f"select distinct * from ({regel.fout}) order by all").df()
    fout.index.name = RIJ
    controle = Controle(regel.naam, "geen_rijen", (), rule_text(regel), regel.kolom, toont=regel.toont)
    (uitkomst,) = run_controles(fout, [controle])
    fout = fout.loc[list(uitkomst.rijen)]
    meldingen, gemeld = rijen.report(controle, fout)
    plekken = fout[RIJ].dropna() if RIJ in fout else []
    # What is wrong in no row of its own counts once.
    aantal = rijen.count(plekken) + len(fout) - len(plekken)
    _record(keuring, rijen.tabel, regel.naam, regel.kolom, Telling(rijen.aantal, aantal, gemeld), meldingen)


class Telling(NamedTuple):
    """What one check counted: rows, how many are wrong, and how many of those its messages cover (else one each)."""

    rijen: int
    fout: int
    gemeld: int | None = None


def _record(
    keuring: Keuring, tabel: Tabel, controle: str, kolom: str | None, telling: Telling, meldingen: list[Melding]
) -> None:
    """Note the result of one check."""
    rijen, fout, gemeld = telling
    gemeld = len(meldingen) if gemeld is None else gemeld
    if fout > gemeld:
        bestand = keuring.levering.bestanden[tabel.naam][0].name
        rest = f"{fout - gemeld:,}".replace(",", ".")
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
