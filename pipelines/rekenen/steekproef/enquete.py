"""The SRS survey: every question per WGO and per one subgroup at a time, unweighted, weighted by WGO and raked.

What is shown follows the rules of reliability (B1, B2, B4): a WGO needs ten respondents and a response of
20 %, a question ten answers, and an interval wider than 15 percentage points either way makes a figure
indicative.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines.afspraken.codelijsten import (
    GROOTSTE_HALVE_BREEDTE,
    LAND,
    MINSTE_BASIS,
    TOTAAL,
    Niveau,
    Schatting,
    Status,
)
from pipelines.afspraken.contract import Bron, Kolom
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, suggest
from pipelines.rekenen.steekproef.meting import BRON, Meting, categories, is_mean, load_metingen
from pipelines.rekenen.steekproef.modelleren import model_question, note_models
from pipelines.rekenen.steekproef.raken import rake_delivered
from pipelines.rekenen.steekproef.schatten import (
    Masker,
    Ontwerp,
    Rij,
    Schattingen,
    mean_unweighted,
    mean_weighted,
    share_unweighted,
    share_weighted,
)

# A theme named by fewer organisations than this goes to `overig` (B3).
MINSTE_NOEMERS = 3
SUBGROEPEN = ("grootteklasse", "functie", "betrokkenheid")


@dataclass(frozen=True)
class Domein:
    """A group of respondents: everyone, one WGO, or one subgroup."""

    leden: Masker
    # Of a subgroup the question and the answer that make it one.
    subgroep: tuple[str, ...] = ()
    regio_code: str = LAND
    niveau: str = Niveau.LAND
    branche_code: str = TOTAAL
    fractie: float = 0.0
    te_weinig: bool = False

    @property
    def uitsplitsing(self) -> str:
        """Return the subgroup as the publication writes it."""
        return "=".join(self.subgroep)

    @property
    def plek(self) -> tuple[str, str, str, str]:
        """Return where its figures stand in the publication."""
        return (self.uitsplitsing, self.regio_code, self.niveau, self.branche_code)


def compile_enquete(
    con: duckdb.DuckDBPyConnection, indicatoren: Mapping[str, Indicator], bronnen: Mapping[str, Bron]
) -> list[Meting]:
    """Fill table enquete: one row per indicator × categorie × domain × schatting; return the waves it came from.

    Raises:
        AfgekeurdError: a survey indicator is no question, or a WGO answered without being invited.
    """
    con.execute(Path(__file__).with_name("enquete.sql").read_text(encoding="utf-8"))
    if BRON not in bronnen:
        return []
    vragen = bronnen[BRON].tabellen["antwoorden"].kolommen
    open_vragen = bronnen[BRON].tabellen["open_antwoorden"].kolommen["vraag"].lijst
    gevraagd = [i.indicator_id for i in indicatoren.values() if i.enquete]
    _check_questions(gevraagd, [*vragen, *open_vragen])
    metingen = load_metingen(con)
    for meting in metingen:
        domeinen = list(_domains(meting))
        ontwerpen = _designs(con, meting)
        rijen: list[tuple[object, ...]] = list(_respondents(domeinen, meting))
        for vraag in (v for v in gevraagd if v in vragen):
            rijen += _question(vragen[vraag], meting.antwoorden[vraag], domeinen, ontwerpen)
            if indicatoren[vraag].model:
                model = model_question(vragen[vraag], meting)
                rijen += model.rijen
                note_models(con, meting.jaar, model.zinnen)
        rijen += _mentions(con, meting.jaar)
        _insert(con, meting.jaar, rijen)
    return metingen


def _check_questions(gevraagd: Sequence[str], vragen: Sequence[str]) -> None:
    fouten = [
        Melding("indicators.yml", f"{vraag}: de enquête heeft geen vraag met deze naam.{suggest(vraag, vragen)}")
        for vraag in gevraagd
        if vraag not in vragen
    ]
    if fouten:
        raise AfgekeurdError(fouten)


def _designs(con: duckdb.DuckDBPyConnection, meting: Meting) -> dict[str, Ontwerp | None]:
    """Return the design of each schatting; ongewogen has none, as it takes answers for a simple random sample."""
    ontwerpen: dict[str, Ontwerp | None] = {Schatting.ONGEWOGEN: None}
    if meting.ontwerp.is_known:
        ontwerpen[Schatting.GEWOGEN] = meting.ontwerp
    geraakt = rake_delivered(con, meting.jaar, meting.antwoorden, meting.ontwerp, meting.herkomst)
    if geraakt is not None:
        ontwerpen[Schatting.GERAAKT] = geraakt
    return ontwerpen


def _domains(meting: Meting) -> Iterator[Domein]:
    """Yield everyone, each WGO, and each subgroup; never two subgroups crossed (B2)."""
    antwoorden, ontwerp = meting.antwoorden, meting.ontwerp
    yield Domein(np.ones(len(antwoorden), dtype=bool), fractie=ontwerp.fractie)
    for nummer, code in enumerate(meting.wgos):
        leden, fractie = meting.in_wgo(code), float(ontwerp.antwoorden[nummer] / ontwerp.uitgenodigd[nummer])
        te_weinig = not meting.is_enough(leden)
        yield Domein(leden, regio_code=code, niveau=Niveau.WGO, fractie=fractie, te_weinig=te_weinig)
    for code in sorted(antwoorden["branche_code"].unique()):
        yield Domein((antwoorden["branche_code"] == code).to_numpy(), branche_code=code, fractie=ontwerp.fractie)
    for naam in SUBGROEPEN:
        for waarde in sorted(antwoorden[naam].unique()):
            leden = (antwoorden[naam] == waarde).to_numpy()
            yield Domein(leden, subgroep=(naam, waarde), fractie=ontwerp.fractie)


def _question(
    kolom: Kolom, antwoord: pd.Series, domeinen: Sequence[Domein], ontwerpen: Mapping[str, Ontwerp | None]
) -> Iterator[tuple[object, ...]]:
    """Yield one row per categorie × domain × schatting of one question."""
    gevraagd = antwoord.notna().to_numpy()
    namen, waarden = categories(kolom, antwoord)
    eigen = [domein for domein in domeinen if domein.subgroep[:1] != (kolom.naam,)]
    n = [int((gevraagd & domein.leden).sum()) for domein in eigen]
    getoond = [d for d, aantal in zip(eigen, n, strict=True) if not d.te_weinig and aantal >= MINSTE_BASIS]
    for domein, aantal in zip(eigen, n, strict=True):
        if domein.te_weinig or aantal < MINSTE_BASIS:
            leeg = (None, None, None, None, None, None, aantal, Status.TE_WEINIG)
            yield from ((kolom.naam, c, *domein.plek, s, *leeg) for c in namen for s in ontwerpen)
    if not getoond:
        return
    basis = np.column_stack([gevraagd & domein.leden for domein in getoond])
    fractie = np.array([domein.fractie for domein in getoond])
    for plek, categorie in enumerate(namen):
        aandeel = not is_mean(kolom, categorie)
        for schatting, ontwerp in ontwerpen.items():
            s = _estimate(waarden[:, [plek]], basis, fractie, ontwerp, is_aandeel=aandeel)
            for nummer, domein in enumerate(getoond):
                breed = aandeel and s.halve_breedte[nummer] > GROOTSTE_HALVE_BREEDTE
                getallen = (s.waarde, s.standaardfout, s.onder, s.boven, s.teller, s.noemer)
                yield (
                    kolom.naam, categorie, *domein.plek, schatting, *(float(reeks[nummer]) for reeks in getallen),
                    int(basis[:, nummer].sum()), Status.INDICATIEF if breed else Status.BESCHIKBAAR,
                )  # fmt: skip


def _estimate(waarden: Rij, basis: Masker, fractie: Rij, ontwerp: Ontwerp | None, *, is_aandeel: bool) -> Schattingen:
    if ontwerp is not None:
        return (share_weighted if is_aandeel else mean_weighted)(waarden, basis, ontwerp)
    if not is_aandeel:
        return mean_unweighted(waarden, basis, fractie)
    return share_unweighted((waarden * basis).sum(axis=0), basis.sum(axis=0).astype(float), fractie)


def _respondents(domeinen: Sequence[Domein], meting: Meting) -> Iterator[tuple[object, ...]]:
    """Yield how many answered, per domain, and the response per WGO: counts, never hidden."""
    ontwerp, totaal = meting.ontwerp, len(meting.antwoorden)
    uitgenodigd = dict(zip(meting.wgos, ontwerp.uitgenodigd, strict=True)) | {LAND: float(ontwerp.uitgenodigd.sum())}
    for domein in domeinen:
        n = int(domein.leden.sum())
        plek = domein.plek
        if domein.subgroep[:1] != ("betrokkenheid",):
            yield ("respondenten", "", *plek, "", float(n), None, None, None, float(n), None, n, Status.BESCHIKBAAR)
            aandeel = (n / totaal, None, None, None, float(n), float(totaal), totaal)
            yield ("respondenten", "aandeel", *plek, "", *aandeel, Status.BESCHIKBAAR)
        if ontwerp.is_known and not domein.uitsplitsing and domein.branche_code == TOTAAL:
            noemer = float(uitgenodigd[domein.regio_code])
            yield ("respons", "", *plek, "", n / noemer, None, None, None, float(n), noemer, n, Status.BESCHIKBAAR)


def _mentions(con: duckdb.DuckDBPyConnection, jaar: str) -> list[tuple[object, ...]]:
    """Return how often each theme was named, for the whole country; rare themes together as overig (B3).

    Two waves may use the same respondent_id: an open answer belongs to the wave it was delivered for, or to the
    only one that knows the respondent.
    """
    return con.execute(
        f"""
        with noeming as (
            select o.vraag, o.code, respondent_id
            from {BRON}.open_antwoorden o
            join {BRON}.antwoorden a using (respondent_id)
            where a.periode = ? and (o.periode = a.periode or not exists (
                select 1 from {BRON}.antwoorden e
                where e.respondent_id = o.respondent_id and e.periode = o.periode))
        ),
        noemer as (select vraag, code, count(*) as keren from noeming group by vraag, code),
        thema as (
            select vraag, case when keren < {MINSTE_NOEMERS} then 'overig' else code end as code, sum(keren) as keren
            from noemer group by all
        ),
        beantwoord as (
            select vraag, cast(count(distinct respondent_id) as integer) as n from noeming group by vraag
        )
        select vraag, code, '', 'NL01', 'land', 'TOTAAL', 'ongewogen', cast(keren as double), null, null, null,
               cast(keren as double), null, n, 'beschikbaar'
        from thema join beantwoord using (vraag) order by all
        """,
        [jaar],
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
