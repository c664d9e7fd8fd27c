"""Which part of a national effect falls to a region: its share in employees, or in what a knop works on.

Shares are of the sum over all arbeidsmarktregio's, so that the regions add up to the country; a key of which
any region is missing is not used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.lezen.rijen import Haal, Indicator, Waarneming
from app.oordeel.knoppen import knoppen
from app.taal.opmaak import opsomming
from pipelines.afspraken.codelijsten import LAND, TOTAAL, Knop

_TELLINGEN = ("telling=cbs_breed", "telling=cbs_smal", "telling=pfzw")
_WOORD = {
    Knop.ZIJ_INSTROOM_HERINTREDERS: "het aantal zij-instromers en herintreders",
    Knop.OPLEIDINGSRENDEMENT: "het aantal studenten dat begint",
    Knop.UITSTROOM: "het aantal mensen dat weggaat",
    Knop.VERZUIM: "het verzuim boven dat van de hele economie, maal werknemers",
}
WERKNEMERS = "werknemers"


@dataclass(frozen=True, slots=True)
class Sleutel:
    """The share of every arbeidsmarktregio in one thing, with the figures it rests on."""

    naam: str
    periode_naam: str
    aandelen: Mapping[str, float]
    rijen: tuple[Waarneming, ...]


def shares(gewichten: Mapping[str, float]) -> dict[str, float]:
    """Return each weight as a share of the sum; nothing where there is nothing to share."""
    som = sum(gewichten.values())
    return {code: gewicht / som for code, gewicht in gewichten.items()} if som > 0 else {}


def complete(rijen: Iterable[Waarneming], regios: Collection[str]) -> dict[tuple[str, str], dict[str, Waarneming]]:
    """Return, per uitsplitsing and period in which every region has a value, the figure of each region."""
    groepen: dict[tuple[str, str], dict[str, Waarneming]] = {}
    for rij in rijen:
        if rij.regio_code in regios and rij.branche_code == TOTAAL and not rij.categorie and rij.waarde is not None:
            groepen.setdefault((rij.uitsplitsing, rij.periode), {})[rij.regio_code] = rij
    return {sleutel: groep for sleutel, groep in groepen.items() if len(groep) == len(regios)}


def _newest(groepen: Mapping[tuple[str, str], Mapping[str, Waarneming]]) -> tuple[str, str] | None:
    """Return the newest period; of one period the widest count of employees."""

    def _rank(sleutel: tuple[str, str]) -> tuple[object, ...]:
        plek = _TELLINGEN.index(sleutel[0]) if sleutel[0] in _TELLINGEN else len(_TELLINGEN)
        eind = next(iter(groepen[sleutel].values())).eind
        return (eind, -plek, sleutel[0] == "", sleutel)

    return max(groepen, key=_rank, default=None)


def employees(haal: Haal, regios: Collection[str]) -> Sleutel | None:
    """Return the key that holds for every knop: employees per region, of one telling and period."""
    groepen = complete(haal(knoppen.WERKNEMERS), regios)
    gekozen = _newest(groepen)
    if gekozen is None:
        return None
    groep = groepen[gekozen]
    return _key(WERKNEMERS, {code: rij.waarde or 0 for code, rij in groep.items()}, groep.values())


def keys(haal: Haal, regios: Collection[str], catalogus: Mapping[str, Indicator]) -> dict[str, Sleutel]:
    """Return, per knop with a better key than employees, that key; nothing without employees per region.

    What a knop works on is said in the catalogue; that a region has more absence than the economy, is computed here.
    """
    basis = employees(haal, regios)
    if basis is None:
        return {}
    stromen = {knop: [i.indicator_id for i in catalogus.values() if i.knop == knop] for knop in Knop}
    eigen = {knop.value: _flow_key(knop, namen, haal, regios) for knop, namen in stromen.items() if namen}
    eigen[Knop.VERZUIM.value] = _absence_key(haal, regios, basis)
    return {knop: sleutel for knop, sleutel in eigen.items() if sleutel is not None}


def _key(naam: str, gewichten: Mapping[str, float], rijen: Iterable[Waarneming]) -> Sleutel | None:
    aandelen, bewijs = shares(gewichten), tuple(rijen)
    return Sleutel(naam, bewijs[0].periode_naam, aandelen, bewijs) if aandelen else None


def _flow_key(knop: Knop, namen: Sequence[str], haal: Haal, regios: Collection[str]) -> Sleutel | None:
    """Return the share in a flow; flows that belong together are added when they are of one kind and period."""
    reeksen = [complete(haal(naam), regios) for naam in namen]
    samen = {sleutel: groep for sleutel, groep in reeksen[0].items() if all(sleutel in r for r in reeksen)}
    gekozen = _newest(samen)
    if gekozen is None:
        return None
    groepen = [reeks[gekozen] for reeks in reeksen]
    gewichten = {code: sum(groep[code].waarde or 0 for groep in groepen) for code in regios}
    return _key(
        _WOORD.get(knop, f"wat {knop.naam.lower()} raakt"),
        gewichten,
        [rij for groep in groepen for rij in groep.values()],
    )


def _absence_key(haal: Haal, regios: Collection[str], basis: Sleutel) -> Sleutel | None:
    """Return the share in sick days above those of the whole economy; a region below it has none."""
    rijen = haal(knoppen.VERZUIM)
    economie = {
        (r.uitsplitsing, r.periode): r
        for r in rijen
        if r.regio_code == LAND and r.branche_code == "ALLE" and r.waarde is not None
    }
    groepen = {sleutel: groep for sleutel, groep in complete(rijen, regios).items() if sleutel in economie}
    gekozen = _newest(groepen)
    if gekozen is None:
        return None
    grens, groep = economie[gekozen], groepen[gekozen]
    gewichten = {
        code: max(0.0, (rij.waarde or 0) - (grens.waarde or 0)) * basis.aandelen[code] for code, rij in groep.items()
    }
    return _key(_WOORD[Knop.VERZUIM], gewichten, [*groep.values(), grens, *basis.rijen])


def of_area(
    knoppen: Iterable[str], basis: Sleutel, eigen: Mapping[str, Sleutel], leden: Collection[str]
) -> dict[str, float]:
    """Return the share of an area per knop: the sum over the arbeidsmarktregio's it holds."""
    return {knop: sum(eigen.get(knop, basis).aandelen[code] for code in leden) for knop in knoppen}


def explanation(basis: Sleutel, eigen: Mapping[str, Sleutel], namen: Mapping[str, str]) -> str:
    """Say in words how national effects are divided over regions."""
    zin = f"Een regio krijgt haar aandeel in het aantal werknemers ({basis.periode_naam})."
    anders = [f"{namen[knop]} naar {s.naam} ({s.periode_naam})" for knop, s in eigen.items()]
    return f"{zin} Waar het kan, telt wat de knop raakt: {opsomming(anders)}." if anders else zin
