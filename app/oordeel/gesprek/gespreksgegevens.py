"""Everything that a publication says of one region, brought together for signals and dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.lezen import data
from app.lezen.geheugen import remember
from app.lezen.onderwerp import plannen, regiogegevens, verhaalrijen
from app.lezen.onderwerp.plannen import Actie, Gat, Regeltoets
from app.lezen.onderwerp.regiogegevens import Elders
from app.lezen.onderwerp.verhaalrijen import Verhaal
from app.lezen.rijen import Doel, Indicator, Kenmerk, Regio, Trendbreuk, Verschil, Waarneming
from app.oordeel.reeksen import core_series
from pipelines.afspraken.codelijsten import LAND, Niveau

_ONBEKEND: tuple[Waarneming, ...] = ()


@dataclass(frozen=True)
class Regiogegevens:
    """What rules and sections may look at: figures over all branches of the region, its WGO and Nederland."""

    regio: Regio
    wgo: Regio | None
    dag: date
    namen: Mapping[str, str]
    indicatoren: Mapping[str, Indicator]
    eigen: Mapping[str, tuple[Waarneming, ...]]
    van_wgo: Mapping[str, tuple[Waarneming, ...]]
    land: Mapping[str, tuple[Waarneming, ...]]
    elders: tuple[Elders, ...]
    regios_van_niveau: int
    breuken: tuple[Trendbreuk, ...]
    doelen: tuple[Doel, ...]
    acties: tuple[Actie, ...]
    heeft_land_doelen: bool
    heeft_land_acties: bool
    regeltoetsen: tuple[Regeltoets, ...]
    verschillen: tuple[Verschil, ...]
    gaten: tuple[Gat, ...]
    verhalen: tuple[Verhaal, ...]

    def series(self, indicator_id: str) -> tuple[Waarneming, ...]:
        """Return the main series of the region for one indicator, in order of time."""
        return main_series(self.eigen.get(indicator_id, _ONBEKEND), self.regio.regio_code)

    def survey_series(self, indicator_id: str) -> tuple[Waarneming, ...]:
        """Return the main series of the WGO that the region belongs to, or belonged to at the time."""
        rijen = [r for r in self.van_wgo.get(indicator_id, _ONBEKEND) if not r.categorie and not r.uitsplitsing]
        return tuple(sorted(rijen, key=lambda r: (r.eind, r.begin)))

    def national(self, rij: Waarneming) -> Waarneming | None:
        """Return the national figure that belongs beside this one; never a real one beside one that is made up."""
        sleutel = (rij.categorie, rij.uitsplitsing, rij.periode)
        rijen = self.land.get(rij.indicator_id, _ONBEKEND)
        rijen = tuple(r for r in rijen if r.is_voorbeeld == rij.is_voorbeeld)
        return next((r for r in rijen if (r.categorie, r.uitsplitsing, r.periode) == sleutel), None)


def main_series(rijen: Sequence[Waarneming], regio_code: str) -> tuple[Waarneming, ...]:
    """Return the main series among the figures of one region; the subgroups of a survey are no main series."""
    eigen = [r for r in rijen if r.regio_code == regio_code and not r.categorie]
    return core_series(eigen, eigen[0].niveau, regio_code) if eigen else ()


@remember(120)
def collect(merk: Kenmerk, regio_code: str, voorbeeld: bool = False) -> Regiogegevens:
    """Bring together what the publication says of one region."""
    regio, dag = data.regios(merk)[regio_code], data.publicatie(merk).gemaakt_op.date()
    is_regio = regio.niveau == Niveau.ARBEIDSMARKTREGIO
    ooit = regiogegevens.wgos_ever(merk, regio_code) if is_regio else ()
    rijen = data.waarnemingen_van_regios(merk, (regio_code, *ooit, LAND), voorbeeld)
    van_wgo = [r for r in rijen if r.regio_code in ooit and _wgo_on(merk, regio, r.moment) == r.regio_code]
    elders, aantal = regiogegevens.elsewhere(merk, regio.niveau, dag)
    alle_doelen, alle_acties = data.doelen(merk), plannen.acties(merk)
    codes = {regio_code, *ooit}
    nu = _wgo_on(merk, regio, dag)
    return Regiogegevens(
        regio=regio,
        wgo=data.regios(merk).get(nu) if nu != regio_code else None,
        dag=dag,
        namen={code: r.naam for code, r in data.regios(merk).items()},
        indicatoren=data.indicatoren(merk),
        eigen=_per_indicator(r for r in rijen if r.regio_code == regio_code),
        van_wgo=_per_indicator(van_wgo),
        land=_per_indicator(r for r in rijen if r.regio_code == LAND),
        elders=elders,
        regios_van_niveau=aantal,
        breuken=data.trendbreuken(merk),
        doelen=tuple(d for d in alle_doelen if d.regio_code == regio_code),
        acties=tuple(a for a in alle_acties if a.regio_code == regio_code),
        heeft_land_doelen=bool(alle_doelen),
        heeft_land_acties=bool(alle_acties),
        regeltoetsen=tuple(t for t in plannen.regeltoetsen(merk) if t.regio_code in (regio_code, nu)),
        verschillen=tuple(v for v in data.verschillen(merk) if v.regio_code in codes | {LAND}),
        gaten=tuple(g for g in plannen.gaten(merk) if g.niveau == regio.niveau),
        verhalen=tuple(v for v in verhaalrijen.alle(merk) if v.regio_code in codes),
    )


def _wgo_on(merk: Kenmerk, regio: Regio, dag: date) -> str:
    """Return the WGO of a region on a day; a WGO is its own."""
    return data.wgo_van_regio(merk, dag).get(regio.regio_code, regio.regio_code)


def _per_indicator(rijen: object) -> dict[str, tuple[Waarneming, ...]]:
    per: dict[str, list[Waarneming]] = {}
    for rij in rijen:  # type: ignore[attr-defined]
        per.setdefault(rij.indicator_id, []).append(rij)
    return {naam: tuple(lijst) for naam, lijst in per.items()}
