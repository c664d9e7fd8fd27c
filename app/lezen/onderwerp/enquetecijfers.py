"""What there is of the survey: its years, groups and questions, the activities beside it, and a model's estimates."""

from __future__ import annotations

from app.lezen.data import figures_where, haal_tabel
from app.lezen.geheugen import remember
from app.lezen.rijen import Kenmerk, Resultaat, Waarneming
from pipelines.afspraken.codelijsten import MODELCONTROLE, Herkomst, Schatting


@remember(4)
def enquetevragen(merk: Kenmerk) -> frozenset[str]:
    """Return the indicators that are computed from the survey."""
    tabel = haal_tabel(merk, "select distinct indicator_id from waarneming where levering_id like 'srs_enquete/%'")
    return frozenset(str(rij[0]) for rij in tabel.rijen)


@remember(4)
def perioden(merk: Kenmerk, indicator_id: str) -> tuple[str, ...]:
    """Return the periods in which an indicator has a row, newest first."""
    sql = "select distinct periode from waarneming where indicator_id = $1 order by periode desc"
    return tuple(str(rij[0]) for rij in haal_tabel(merk, sql, [indicator_id]).rijen)


@remember(20)
def plekken(merk: Kenmerk, indicator_ids: tuple[str, ...], periode: str) -> frozenset[tuple[str, str, str]]:
    """Return region, branche and uitsplitsing of every row that these indicators have in one period."""
    sql = """
        select distinct regio_code, branche_code, uitsplitsing from waarneming
        where list_contains($1, indicator_id) and periode = $2
    """
    rijen = haal_tabel(merk, sql, [list(indicator_ids), periode]).rijen
    return frozenset((str(regio), str(branche), str(deel or "")) for regio, branche, deel in rijen)


@remember(4)
def populaties(merk: Kenmerk) -> dict[str, str]:
    """Return, per question, whom the publication says was asked."""
    sql = "select indicator_id, any_value(populatie) from gepubliceerd_cijfer where gekozen group by indicator_id"
    return {str(i): str(p or "") for i, p in haal_tabel(merk, sql).rijen}


@remember(20)
def activiteiten(merk: Kenmerk, jaar: str) -> Resultaat:
    """One row per pijler, WGO and status: how many activities were delivered for one year."""
    return haal_tabel(
        merk,
        """
        select pijler, wgo_code, status, count(*) as aantal, sum(deelnemers) as deelnemers
        from activiteit where cast(jaar as varchar) = $1 group by all order by all
        """,
        [jaar],
    )


@remember(20)
def modelschattingen(merk: Kenmerk, indicator_id: str, categorie: str) -> tuple[Waarneming, ...]:
    """Return the newest estimates of a model of one answer, one per WGO in the order of their codes; none made up."""
    mag = f"schatting = '{Schatting.MODEL}' and herkomst <> '{Herkomst.SYNTHETISCH}'"
    rijen = figures_where(merk, "indicator_id = $1 and coalesce(categorie, '') = $2", mag, [indicator_id, categorie])
    laatste = max((r.eind for r in rijen), default=None)
    return tuple(sorted((r for r in rijen if r.eind == laatste), key=lambda r: r.regio_code))


@remember(20)
def modelzin(merk: Kenmerk, indicator_id: str, categorie: str) -> str:
    """Return what the newest delivery says of the model of one answer: how far it drew, or why there is none."""
    sql = "select melding from kwaliteit where controle = $1 and kolom = $2 order by levering_id desc limit 1"
    wat = f"{indicator_id} {categorie}".strip()
    return next((str(zin) for (zin,) in haal_tabel(merk, sql, [MODELCONTROLE, wat]).rijen), "")
