"""The second map on Kaart: the same indicator in another period, or another indicator in the same areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.lezen import data
from app.lezen.rijen import Kenmerk
from app.oordeel import zinnen
from app.oordeel.kaart.kaartkeuze import Kaartkeuze
from app.oordeel.reeksen import is_like, main_breakdown
from app.raam.keuze import selectie
from app.raam.keuze.selectie import Veld
from app.taal.opmaak import periode_tekst
from pipelines.afspraken.codelijsten import TOTAAL

_NIETS = "nee"
_PERIODE, _INDICATOR, _VERSCHIL = "periode:", "indicator:", "verschil:"


def field(
    merk: Kenmerk, keuze: Kaartkeuze, namen: Mapping[str, str], mogelijk: Mapping[str, tuple[str, ...]]
) -> Veld:  # fmt: skip
    """Return the choice of what to compare the map with; nothing is the usual choice.

    Beside a map that is made up goes no real one, nor the other way round, and of made-up figures there is no
    difference. A difference is there for like periods, and for indicators with one unit.
    """
    echt = data.niveaus_per_indicator(merk, False)
    catalogus, eigen = data.indicatoren(merk), keuze.indicator
    is_echt = keuze.niveau in echt.get(eigen.indicator_id, ())
    perioden = {r.periode: r for r in keuze.rows(keuze.niveau) if r.waarde is not None and r.periode != keuze.periode}
    volgorde = sorted(perioden.values(), key=lambda r: r.eind, reverse=True)
    anders = [
        naam for naam in namen
        if naam != eigen.indicator_id and keuze.niveau in mogelijk[naam]
        and (keuze.niveau in echt.get(naam, ())) == is_echt
    ]  # fmt: skip
    teksten = {_NIETS: "Niets"}
    if is_echt:
        nu = next(iter(keuze.on_map().values()), None)
        gelijk = [r for r in volgorde if nu is not None and is_like(r, nu)]
        teksten |= {f"{_VERSCHIL}{_PERIODE}{r.periode}": f"Verschil met {r.periode_naam}" for r in gelijk}
    teksten |= {f"{_PERIODE}{r.periode}": f"Kaart ernaast: {periode_tekst(r.periode_naam)}" for r in volgorde}
    if is_echt and not keuze.categorie:
        deelbaar = [naam for naam in anders if catalogus[naam].eenheid == eigen.eenheid]
        teksten |= {f"{_VERSCHIL}{_INDICATOR}{naam}": f"Verschil met {namen[naam]}" for naam in deelbaar}
    teksten |= {f"{_INDICATOR}{naam}": f"Kaart ernaast: {namen[naam]}" for naam in anders}
    return selectie.field("vergelijk", "Vergelijk met", list(teksten), _NIETS, teksten.__getitem__).explained(
        "Een tweede kaart ernaast, of één kaart van het verschil: met een andere periode, of met een andere indicator "
        "in dezelfde gebieden."
    )


def is_difference(gekozen: str) -> bool:
    """Whether one map of the difference is asked for, and not a second map."""
    return gekozen.startswith(_VERSCHIL)


def other(merk: Kenmerk, keuze: Kaartkeuze, gekozen: str, voorbeeld: bool) -> Kaartkeuze | None:
    """Return the series to compare with; nothing where none is chosen."""
    gekozen = gekozen.removeprefix(_VERSCHIL)
    if gekozen.startswith(_PERIODE):
        return replace(keuze, periode=gekozen.removeprefix(_PERIODE))
    return _other_indicator(merk, keuze, gekozen.removeprefix(_INDICATOR), voorbeeld) if gekozen != _NIETS else None


def scale_text(keuze: Kaartkeuze, ander: Kaartkeuze) -> str:
    """Say whether a colour means the same on both maps: it does where both show one indicator."""
    if share_scale(keuze, ander):
        return "Op beide kaarten betekent dezelfde kleur hetzelfde cijfer."
    return "Dit zijn twee cijfers: elke kaart heeft een eigen kleurschaal. Vergelijk de kleuren niet met elkaar."


def share_scale(keuze: Kaartkeuze, ander: Kaartkeuze) -> bool:
    """Whether two maps have one scale: two indicators on one, with shares far apart, would each be one flat colour."""
    return keuze.indicator.indicator_id == ander.indicator.indicator_id


def _other_indicator(merk: Kenmerk, keuze: Kaartkeuze, naam: str, voorbeeld: bool) -> Kaartkeuze | None:
    """Return the main series of another indicator: the same branche and period where it has them, else its newest."""
    alle = data.waarnemingen(merk, naam, voorbeeld)
    rijen = [r for r in alle if r.niveau == keuze.niveau and r.waarde is not None]
    if not rijen:
        return None
    branches = {r.branche_code for r in rijen}
    branche = next((b for b in (keuze.branche, TOTAAL) if b in branches), min(branches))
    rijen = [r for r in rijen if r.branche_code == branche]
    codes = [r.categorie for r in rijen]
    categorie = max(sorted(set(codes)), key=codes.count)
    rijen = [r for r in rijen if r.categorie == categorie]
    uitsplitsing = main_breakdown(rijen) or ""
    perioden = {r.periode: r.eind for r in rijen if r.uitsplitsing == uitsplitsing}
    periode = keuze.periode if keuze.periode in perioden else max(perioden, key=lambda p: perioden[p])
    indicator = zinnen.of_part(data.indicatoren(merk)[naam], categorie)
    return Kaartkeuze(indicator, keuze.niveau, categorie, uitsplitsing, branche, periode, alle)
