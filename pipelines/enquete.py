"""The SRS survey: every question per WGO and per one subgroup at a time, unweighted and weighted by WGO.

A question is a column of `srs_enquete.antwoorden`; its base is whoever answered it. What is shown follows
the rules of reliability (B1, B2, B4): a WGO needs ten respondents and a response of 20 %, a question ten
answers, and an interval wider than 15 percentage points either way makes a figure indicative.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines.contract import Bron, Kolom
from pipelines.indicatoren import Indicator
from pipelines.meldingen import AfgekeurdError, Melding, suggest
from pipelines.schatten import (
    Masker,
    Ontwerp,
    Rij,
    Schatting,
    mean_unweighted,
    mean_weighted,
    share_unweighted,
    share_weighted,
)

BRON = "srs_enquete"
MINSTE_RESPONDENTEN = 10
MINSTE_RESPONS = 0.20
MINSTE_BASIS = 10
GROOTSTE_HALVE_BREEDTE = 0.15
# A theme named by fewer organisations than this goes to `overig` (B3).
MINSTE_NOEMERS = 3

SCHATTINGEN = ("ongewogen", "gewogen")
SUBGROEPEN = ("grootteklasse", "functie", "betrokkenheid")
# Groups of marks as the nulmeting publishes them, beside the single marks.
CIJFERGROEPEN: Mapping[str, tuple[int, ...]] = {
    **{f"cijfer_{cijfer}": (cijfer,) for cijfer in range(1, 11)},
    "cijfer_tm_4": (1, 2, 3, 4),
    "cijfer_tm_5": (1, 2, 3, 4, 5),
    "cijfer_9_10": (9, 10),
}


@dataclass(frozen=True)
class Domein:
    """A group of respondents: everyone, one WGO, or one subgroup."""

    leden: Masker
    uitsplitsing: str = ""
    regio_code: str = "NL01"
    niveau: str = "land"
    branche_code: str = "TOTAAL"
    fractie: float = 0.0
    te_weinig: bool = False


def compile_enquete(
    con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator], bronnen: Mapping[str, Bron]
) -> None:
    """Fill table enquete: one row per indicator × categorie × domain × schatting, with n and interval.

    Raises:
        AfgekeurdError: a survey indicator is no question, or a WGO answered without being invited.
    """
    con.execute(Path(__file__).with_name("enquete.sql").read_text(encoding="utf-8"))
    if BRON not in bronnen:
        return
    vragen = bronnen[BRON].tabellen["antwoorden"].kolommen
    open_vragen = bronnen[BRON].tabellen["open_antwoorden"].kolommen["vraag"].lijst
    gevraagd = [i.indicator_id for i in indicatoren.values() if i.enquete]
    _check_questions(gevraagd, [*vragen, *open_vragen])
    for (jaar,) in con.execute(f"select distinct periode from {BRON}.antwoorden order by 1").fetchall():
        antwoorden = con.execute(
            f"select * from {BRON}.antwoorden where periode = ? order by respondent_id", [jaar]
        ).df()
        ontwerp, wgos = _design(con, jaar, antwoorden)
        domeinen = list(_domains(antwoorden, ontwerp, wgos))
        rijen: list[tuple[object, ...]] = list(_respondents(domeinen, len(antwoorden), wgos, ontwerp))
        for vraag in (v for v in gevraagd if v in vragen):
            rijen += _question(vragen[vraag], antwoorden[vraag], domeinen, ontwerp)
        rijen += _mentions(con, jaar)
        _insert(con, jaar, rijen)


def _check_questions(gevraagd: Sequence[str], vragen: Sequence[str]) -> None:
    fouten = [
        Melding("indicators.yml", f"{vraag}: de enquête heeft geen vraag met deze naam.{suggest(vraag, vragen)}")
        for vraag in gevraagd
        if vraag not in vragen
    ]
    if fouten:
        raise AfgekeurdError(fouten)


def _design(con: duckdb.DuckDBPyConnection, jaar: str, antwoorden: pd.DataFrame) -> tuple[Ontwerp, list[str]]:
    """Return the sample design of one year and the WGO of each stratum, in code order.

    Where nobody delivered how many were invited, that number is infinite: no finite population to gain from,
    and no response to judge a WGO by.
    """
    rijen = con.execute(
        f"select regio_code, uitgenodigd from {BRON}.uitgenodigd where periode = ? order by 1", [jaar]
    ).fetchall()
    telling = antwoorden["regio_code"].value_counts()
    uitgenodigd = {str(code): float(aantal) for code, aantal in rijen}
    if not uitgenodigd:
        uitgenodigd = dict.fromkeys(sorted(telling.index), math.inf)
    fouten = [
        Melding(BRON, f"{code} heeft in {jaar} {aantal} antwoorden, maar {uitgenodigd.get(code, 0):g} uitgenodigden.",
                advies="Vul de tabel uitgenodigd aan.")
        for code, aantal in sorted(telling.items()) if aantal > uitgenodigd.get(code, 0)
    ]  # fmt: skip
    if fouten:
        raise AfgekeurdError(fouten)
    wgos = list(uitgenodigd)
    stratum = antwoorden["regio_code"].map({code: nummer for nummer, code in enumerate(wgos)}).to_numpy(dtype=np.intp)
    aantallen = np.array([float(telling.get(code, 0)) for code in wgos])
    return Ontwerp(stratum, np.array(list(uitgenodigd.values())), aantallen), wgos


def _domains(antwoorden: pd.DataFrame, ontwerp: Ontwerp, wgos: Sequence[str]) -> Iterator[Domein]:
    """Yield everyone, each WGO, and each subgroup; never two subgroups crossed (B2)."""
    yield Domein(np.ones(len(antwoorden), dtype=bool), fractie=ontwerp.fractie)
    for nummer, code in enumerate(wgos):
        n, uitgenodigd = ontwerp.antwoorden[nummer], ontwerp.uitgenodigd[nummer]
        weinig = n < MINSTE_RESPONDENTEN or n < MINSTE_RESPONS * uitgenodigd
        leden = np.asarray(ontwerp.stratum == nummer)
        yield Domein(leden, regio_code=code, niveau="wgo", fractie=float(n / uitgenodigd), te_weinig=bool(weinig))
    for code in sorted(antwoorden["branche_code"].unique()):
        yield Domein((antwoorden["branche_code"] == code).to_numpy(), branche_code=code, fractie=ontwerp.fractie)
    for naam in SUBGROEPEN:
        for waarde in sorted(antwoorden[naam].unique()):
            leden = (antwoorden[naam] == waarde).to_numpy()
            yield Domein(leden, uitsplitsing=f"{naam}={waarde}", fractie=ontwerp.fractie)


def _question(
    kolom: Kolom, antwoord: pd.Series, domeinen: Sequence[Domein], ontwerp: Ontwerp
) -> Iterator[tuple[object, ...]]:
    """Yield one row per categorie × domain × schatting of one question."""
    gevraagd = antwoord.notna().to_numpy()
    for categorie, waarden in _categories(kolom, antwoord):
        is_aandeel = waarden.max(initial=0) <= 1
        for domein in domeinen:
            if domein.uitsplitsing.startswith(f"{kolom.naam}="):
                continue
            basis = gevraagd & domein.leden
            yield from _estimates(kolom.naam, categorie, waarden, basis, domein, ontwerp, is_aandeel)


def _categories(kolom: Kolom, antwoord: pd.Series) -> Iterator[tuple[str, Rij]]:
    """Yield each categorie with, per respondent, the figure whose mean is the estimate (0 outside the base)."""
    if kolom.type in ("ja_nee", "geheel"):
        yield "", antwoord.fillna(0).to_numpy(dtype=float)
    if kolom.type == "geheel":
        for naam, cijfers in CIJFERGROEPEN.items():
            yield naam, antwoord.isin(cijfers).to_numpy(dtype=float)
    for code in kolom.lijst:
        yield code, (antwoord == code).to_numpy(dtype=float)


def _estimates(
    vraag: str, categorie: str, waarden: Rij, basis: Masker, domein: Domein, ontwerp: Ontwerp, is_aandeel: bool
) -> Iterator[tuple[object, ...]]:  # fmt: skip
    n = int(basis.sum())
    plek = (domein.uitsplitsing, domein.regio_code, domein.niveau, domein.branche_code)
    if domein.te_weinig or n < MINSTE_BASIS:
        for schatting in SCHATTINGEN if ontwerp.is_known else SCHATTINGEN[:1]:
            yield (vraag, categorie, *plek, schatting, None, None, None, None, None, None, n, "te_weinig")
        return
    schattingen: list[Schatting] = []
    if is_aandeel:
        schattingen.append(share_unweighted(int(waarden[basis].sum()), n, domein.fractie))
    else:
        schattingen.append(mean_unweighted(waarden[basis], domein.fractie))
    if ontwerp.is_known:
        schattingen.append((share_weighted if is_aandeel else mean_weighted)(waarden, basis, ontwerp))
    for naam, s in zip(SCHATTINGEN, schattingen, strict=False):
        breed = is_aandeel and s.halve_breedte > GROOTSTE_HALVE_BREEDTE
        status = "indicatief" if breed else "beschikbaar"
        yield (
            vraag,
            categorie,
            *plek,
            naam,
            s.waarde,
            s.standaardfout,
            s.onder,
            s.boven,
            s.teller,
            s.noemer,
            n,
            status,
        )


def _respondents(
    domeinen: Sequence[Domein], totaal: int, wgos: Sequence[str], ontwerp: Ontwerp
) -> Iterator[tuple[object, ...]]:
    """Yield how many answered, per domain, and the response per WGO: counts, never hidden."""
    uitgenodigd = dict(zip(wgos, ontwerp.uitgenodigd, strict=True)) | {"NL01": float(ontwerp.uitgenodigd.sum())}
    for domein in domeinen:
        n = int(domein.leden.sum())
        plek = (domein.uitsplitsing, domein.regio_code, domein.niveau, domein.branche_code)
        if not domein.uitsplitsing.startswith("betrokkenheid="):
            yield ("respondenten", "", *plek, "", float(n), None, None, None, float(n), None, n, "beschikbaar")
            aandeel = (n / totaal, None, None, None, float(n), float(totaal), totaal)
            yield ("respondenten", "aandeel", *plek, "", *aandeel, "beschikbaar")
        if ontwerp.is_known and not domein.uitsplitsing and domein.branche_code == "TOTAAL":
            noemer = float(uitgenodigd[domein.regio_code])
            yield ("respons", "", *plek, "", n / noemer, None, None, None, float(n), noemer, n, "beschikbaar")


def _mentions(con: duckdb.DuckDBPyConnection, jaar: str) -> list[tuple[object, ...]]:
    """Return how often each theme was named, for the whole country; rare themes together as overig (B3)."""
    return con.execute(
        f"""
        with noemer as (
            select vraag, code, count(*) as keren from {BRON}.open_antwoorden
            join {BRON}.antwoorden using (respondent_id) where periode = ? group by vraag, code
        ),
        thema as (
            select vraag, case when keren < {MINSTE_NOEMERS} then 'overig' else code end as code, sum(keren) as keren
            from noemer group by all
        ),
        beantwoord as (
            select vraag, cast(count(distinct respondent_id) as integer) as n
            from {BRON}.open_antwoorden join {BRON}.antwoorden using (respondent_id) where periode = ? group by vraag
        )
        select vraag, code, '', 'NL01', 'land', 'TOTAAL', 'ongewogen', cast(keren as double), null, null, null,
               cast(keren as double), null, n, 'beschikbaar'
        from thema join beantwoord using (vraag) order by all
        """,
        [jaar, jaar],
    ).fetchall()


def _insert(con: duckdb.DuckDBPyConnection, jaar: str, rijen: Sequence[tuple[object, ...]]) -> None:
    """Add the rows with the delivery of the answers: made-up answers make made-up figures, whoever was invited."""
    kolommen = (
        "indicator_id categorie uitsplitsing regio_code niveau branche_code schatting waarde standaardfout onder "
        "boven teller noemer n status"
    )
    frame = pd.DataFrame(rijen, columns=kolommen.split())
    con.register("_rijen", frame.astype({"n": "int32"}))
    con.execute(
        f"""
        insert into enquete
        select r.*, g.periode, g.herkomst, g.levering_id from _rijen r, gebruikt g
        where g.bron = '{BRON}' and g.tabel = 'antwoorden' and g.periode = ?
        """,
        [jaar],
    )
    con.unregister("_rijen")
