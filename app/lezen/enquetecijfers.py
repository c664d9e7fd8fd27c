"""What there is of the survey: its questions, and the estimates of a model, which stand apart from its figures."""

from __future__ import annotations

from app.lezen.data import figures_where, haal_tabel
from app.lezen.geheugen import remember
from app.lezen.rijen import Kenmerk, Waarneming
from pipelines.afspraken.codelijsten import MODELCONTROLE, Herkomst, Schatting


@remember(4)
def enquetevragen(merk: Kenmerk) -> frozenset[str]:
    """Return the indicators that are computed from the survey."""
    tabel = haal_tabel(merk, "select distinct indicator_id from waarneming where levering_id like 'srs_enquete/%'")
    return frozenset(str(rij[0]) for rij in tabel.rijen)


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
