"""Aansluiting: every published figure beside the same figure as the monitor computes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.beeld import cijferrijen, fragmenten
from app.beeld.markup import tag
from app.lezen.onderwerp import bewijs
from app.lezen.rijen import Kenmerk, Resultaat
from app.oordeel import zinnen
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Vouwtabel
from app.schermen.verantwoording import lijst
from app.schermen.verantwoording.lijst import Lijst, Lijstregel
from app.taal import woorden
from app.taal.opmaak import categorie_tekst, cijfer_tekst, hoofdletter, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import Aansluitoordeel, Herkomst, Status

OORDEEL: dict[str, str] = {oordeel: oordeel.naam for oordeel in reversed(Aansluitoordeel)}
OORDEEL[Status.NVT] = "niet te vergelijken"
_GELIJK = (Aansluitoordeel.GELIJK, Aansluitoordeel.GELIJK_NA_AFRONDING)
# Between the two sources of what was counted or published twice.
NAAST = " naast "
_KOPPEN = ("Cijfer", "Periode", "Gepubliceerd", "Berekend", "Berekend uit", "Oordeel", "Oorzaak", "Bron")


def show(merk: Kenmerk) -> None:
    """Show how many figures agree per source, then the figures, then what is counted twice."""
    st.header("Aansluiting", anchor=False)
    tabel = bewijs.aansluiting(merk)
    if not tabel.rijen:
        onderdelen.notice("Er zijn nog geen cijfers die zowel gepubliceerd als berekend zijn.")
        return
    alles = [dict(zip(tabel.kolommen, rij, strict=True)) for rij in tabel.rijen]
    tweemaal = [a for a in alles if _is_two_series(a)]
    nagerekend = real([a for a in alles if not _is_two_series(a)])
    onderdelen.show(tag("p", summary(nagerekend), klasse="rm-onder"))
    verzonnen = len(alles) - len(tweemaal) - len(nagerekend)
    if verzonnen:
        onderdelen.notice(examples(verzonnen))
    if nagerekend:
        _show_computed(tabel, nagerekend)
    _show_counted_twice(tabel, tweemaal)


def _show_computed(tabel: Resultaat, nagerekend: Sequence[Mapping[str, Any]]) -> None:
    regels = [Lijstregel(_cells(a), verdict(a), _source(a)[0]) for a in nagerekend]
    bronnen = {naam: naam for naam in sorted({r.groep for r in regels}, key=str.lower)}
    lijst.show(
        Lijst("aansluiting", "Gepubliceerd naast berekend", _KOPPEN, "Bron", bronnen, OORDEEL, getallen=(2, 3)), regels
    )
    onderdelen.download("aansluiting", "Gepubliceerd naast berekend", _measured(tabel, nagerekend))


def real(nagerekend: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the figures that were computed from real deliveries: nothing judges what is made up, in either mode."""
    return [a for a in nagerekend if a["herkomst_berekend"] != Herkomst.SYNTHETISCH]


def examples(aantal: int) -> str:
    """Say how many figures have a computation from examples only, which are made to fit and so prove nothing."""
    wie = "1 gepubliceerd cijfer is" if aantal == 1 else f"{aantal} gepubliceerde cijfers zijn"
    return (
        f"{wie} alleen uit voorbeelddata na te rekenen. Die zijn zo gemaakt dat ze erop uitkomen: dat bewijst niets, "
        "telt niet mee en staat hier niet."
    )


def _is_two_series(a: Mapping[str, Any]) -> bool:
    """Whether two figures that were both given stand side by side in a row, not one that the monitor computes."""
    return NAAST in str(a["bron"])


def _measured(tabel: Resultaat, regels: Sequence[Mapping[str, Any]]) -> Resultaat:
    """Return these rows for a download, with both figures as the page shows them."""
    met_decimalen = {"gepubliceerd": "decimalen_gepubliceerd", "berekend": "decimalen_berekend"}
    deel = Resultaat(tabel.kolommen, tuple(tuple(a.values()) for a in regels))
    return cijferrijen.measured(deel, met_decimalen, _unit)


def _unit(a: Mapping[str, Any]) -> str:
    return zinnen.unit_of_part(a["eenheid"] or "", a["categorie"])


def verdict(a: Mapping[str, Any]) -> str:
    """Return the verdict on one figure; one that does not exist agrees with nothing and differs from nothing."""
    return Status.NVT if a["gepubliceerd"] is None or a["berekend"] is None else str(a["oordeel"])


def summary(nagerekend: Sequence[Mapping[str, Any]]) -> str:
    """Say how many of the figures that can be compared agree, how many differ and why, and how many have no other."""
    oordelen = [verdict(a) for a in nagerekend]
    buiten = oordelen.count(Status.NVT)
    samen = len(oordelen) - buiten
    if not samen:
        zin = "Er is nog geen gepubliceerd cijfer dat de monitor ook uit een echte levering berekent."
    else:
        anders = oordelen.count(Aansluitoordeel.WIJKT_AF)
        goed = samen - anders
        komt = "komt" if goed < 2 else "komen"
        zin = f"{goed or 'Geen'} van de {samen} gepubliceerde cijfers {komt} overeen met wat de monitor zelf berekent."
        if samen == 1:
            zin = f"Het enige gepubliceerde cijfer komt {'niet ' if anders else ''}overeen met wat de monitor berekent."
        zin += _differences([a for a in nagerekend if verdict(a) == Aansluitoordeel.WIJKT_AF])
    if not buiten:
        return zin
    rest = "1 cijfer bestaat niet en is" if buiten == 1 else f"{buiten} cijfers bestaan niet en zijn"
    return f"{zin} {rest} niet te vergelijken; de oorzaak staat erbij."


def _differences(anders: Sequence[Mapping[str, Any]]) -> str:
    if not anders:
        return ""
    oorzaken = Counter(a.get("oorzaak") or "oorzaak niet bekend" for a in anders)
    waarom = "; ".join(f"{oorzaak} ({aantal})" for oorzaak, aantal in oorzaken.most_common())
    return f" {len(anders)} {'wijkt' if len(anders) == 1 else 'wijken'} af: {waarom}."


def _cells(a: Mapping[str, Any]) -> tuple[object, ...]:
    """Return one row of the table: what it is, both figures, the verdict, and where it was published."""
    naam, plek = _source(a)
    return (
        _what(a),
        a["periode"],
        cijfer_tekst(a["gepubliceerd"], _unit(a), Status.NVT, cijfers=a["decimalen_gepubliceerd"]),
        cijfer_tekst(a["berekend"], _unit(a), Status.NVT, cijfers=a["decimalen_berekend"]),
        fragmenten.herkomst_badge(a["herkomst_berekend"] or ""),
        OORDEEL.get(verdict(a), ""),
        a["oorzaak"] or "",
        ", ".join(filter(None, [naam, plek])),
    )


def _pair(a: Mapping[str, Any]) -> tuple[object, ...]:
    """Return one row of what is counted twice: what it is, each figure with its source, and how they differ."""
    een, ander = (
        ", ".join(filter(None, [a[f"oorsprong_{kant}"], woorden.place_text(a[f"plek_{kant}"] or "")]))
        for kant in ("een", "ander")
    )
    return (
        _what(a),
        a["periode"],
        cijfer_tekst(
            a["gepubliceerd"],
            _unit(a),
            waarde_tot=a["gepubliceerd_tot"],
            precisie=a["precisie_een"] or "",
            cijfers=a["decimalen_gepubliceerd"],
        ),
        een,
        cijfer_tekst(a["berekend"], _unit(a), precisie=a["precisie_ander"] or "", cijfers=a["decimalen_berekend"]),
        ander,
        OORDEEL.get(verdict(a), ""),
        hoofdletter((a["oorzaak"] or "").rstrip(".")),
    )


def _what(a: Mapping[str, Any]) -> str:
    wat = [a["titel"] or "", categorie_tekst(a["categorie"]), uitsplitsing_tekst(a["uitsplitsing"])]
    return ", ".join(filter(None, [*wat, a["regio"] or "", a["branche"]]))


def _source(a: Mapping[str, Any]) -> tuple[str, str]:
    """Return the source and the place in it."""
    return str(a["oorsprong"] or a["bron"] or ""), woorden.place_text(a["plek"] or "")


def _show_counted_twice(tabel: Resultaat, tweemaal: Sequence[Mapping[str, Any]]) -> None:
    """Show figures of which there are two: they are laid side by side, never taken together."""
    if not tweemaal:
        return
    st.subheader("Tweemaal geteld", anchor=False)
    uitleg = (
        "Voor deze cijfers bestaan twee tellingen, of zij zijn tweemaal gepubliceerd. Zij worden nooit verbonden of "
        "gemiddeld; van tweemaal hetzelfde staat op de pagina's alleen het eerste."
    )
    onderdelen.show(tag("p", uitleg, klasse="rm-onder"))
    koppen = ("Cijfer", "Periode", "Het ene", "Bron", "Het andere", "Bron", "Oordeel", "Oorzaak")
    anders = [_pair(a) for a in tweemaal if verdict(a) not in _GELIJK]
    gelijk = [_pair(a) for a in tweemaal if verdict(a) in _GELIJK]
    rest = "1 dat gelijk is" if len(gelijk) == 1 else f"{len(gelijk)} die gelijk zijn, al dan niet na afronding"
    onderdelen.show_folded(Vouwtabel(koppen, anders, gelijk, "Tweemaal geteld", rest, getallen=(2, 4)))
    onderdelen.download("tweemaal_geteld", "Tweemaal geteld", _measured(tabel, tweemaal))
