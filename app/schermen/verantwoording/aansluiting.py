"""Aansluiting: every published figure beside the same figure as the monitor computes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.beeld import cijferrijen, fragmenten
from app.beeld.markup import table, tag
from app.lezen import bewijs
from app.lezen.data import Kenmerk, Resultaat, parts
from app.oordeel import bijschriften, zinnen
from app.raam import onderdelen
from app.schermen.verantwoording import lijst
from app.schermen.verantwoording.lijst import Lijst, Lijstregel
from app.taal import woorden
from app.taal.opmaak import categorie_tekst, cijfer_tekst, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import Aansluitoordeel

OORDEEL: dict[str, str] = {oordeel: oordeel.naam for oordeel in reversed(Aansluitoordeel)}
OORDEEL["nvt"] = "niet te vergelijken"
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
    nagerekend = [a for a in alles if not _is_two_series(a)]
    onderdelen.show(tag("p", summary(nagerekend), klasse="rm-onder"))
    if any(a["herkomst_berekend"] == "synthetisch" for a in nagerekend):
        onderdelen.notice(
            "Een deel is berekend uit voorbeelddata. Die zijn zo gemaakt dat ze op de gepubliceerde cijfers uitkomen. "
            "De overeenkomst toetst dus de berekening en zegt niets over echte leveringen."
        )
    regels = [Lijstregel(_cells(a), verdict(a), _source(a)[0]) for a in nagerekend]
    bronnen = {naam: naam for naam in sorted({r.groep for r in regels}, key=str.lower)}
    lijst.show(
        Lijst("aansluiting", "Gepubliceerd naast berekend", _KOPPEN, "Bron", bronnen, OORDEEL, getallen=(2, 3)), regels
    )
    onderdelen.download("aansluiting", "Gepubliceerd naast berekend", _measured(tabel, nagerekend))
    _show_counted_twice(tabel, tweemaal)


def _is_two_series(a: Mapping[str, Any]) -> bool:
    """Whether two series stand side by side in a row: then one part of its uitsplitsing has two values."""
    return any("|" in waarde for waarde in parts(a["uitsplitsing"]).values())


def _measured(tabel: Resultaat, regels: Sequence[Mapping[str, Any]]) -> Resultaat:
    """Return these rows for a download, with both figures as the page shows them."""
    met_decimalen = {"gepubliceerd": "decimalen_gepubliceerd", "berekend": "decimalen_berekend"}
    deel = Resultaat(tabel.kolommen, tuple(tuple(a.values()) for a in regels))
    return cijferrijen.measured(deel, met_decimalen, _unit)


def _unit(a: Mapping[str, Any]) -> str:
    return zinnen.unit_of_part(a["eenheid"] or "", a["categorie"])


def verdict(a: Mapping[str, Any]) -> str:
    """Return the verdict on one figure; one that does not exist agrees with nothing and differs from nothing."""
    return "nvt" if a["gepubliceerd"] is None or a["berekend"] is None else str(a["oordeel"])


def summary(nagerekend: Sequence[Mapping[str, Any]]) -> str:
    """Say how many of the figures that can be compared agree, and how many cannot be compared."""
    oordelen = [verdict(a) for a in nagerekend]
    buiten = oordelen.count("nvt")
    samen = len(oordelen) - buiten
    gelijk = samen - oordelen.count("wijkt_af")
    zin = f"{gelijk} van de {samen} gepubliceerde cijfers komen overeen met wat de monitor zelf berekent."
    if not buiten:
        return zin
    rest = "1 cijfer bestaat niet en is" if buiten == 1 else f"{buiten} cijfers bestaan niet en zijn"
    return f"{zin} {rest} niet te vergelijken; de oorzaak staat erbij."


def _cells(a: Mapping[str, Any]) -> tuple[object, ...]:
    """Return one row of the table: what it is, both figures, the verdict, and where it was published."""
    naam, plek = _source(a)
    return (
        _what(a),
        a["periode"],
        cijfer_tekst(a["gepubliceerd"], _unit(a), "nvt", cijfers=a["decimalen_gepubliceerd"]),
        cijfer_tekst(a["berekend"], _unit(a), "nvt", cijfers=a["decimalen_berekend"]),
        fragmenten.herkomst_badge(a["herkomst_berekend"] or ""),
        OORDEEL.get(verdict(a), ""),
        (a["oorzaak"] or "").removeprefix("niet van toepassing: "),
        ", ".join(filter(None, [naam, plek])),
    )


def _what(a: Mapping[str, Any]) -> str:
    wat = [a["titel"] or "", categorie_tekst(a["categorie"]), uitsplitsing_tekst(a["uitsplitsing"])]
    return ", ".join(filter(None, [*wat, a["regio"] or "", a["branche"]]))


def _source(a: Mapping[str, Any]) -> tuple[str, str]:
    """Return the source and the place in it: the publication joins the two with a comma."""
    bron = str(a["bron"] or "")
    if "://" in bron:
        adres, _, plek = bron.partition(", ")
        return bijschriften.short_source(adres), woorden.place_text(plek)
    naam, haakje, rest = bron.rpartition("), ")
    if haakje:
        return f"{naam})", woorden.place_text(rest)
    naam, _, rest = bron.partition(", ")
    return naam, woorden.place_text(rest)


def _show_counted_twice(tabel: Resultaat, tweemaal: Sequence[Mapping[str, Any]]) -> None:
    """Show figures of which there are two: they are laid side by side, never taken together."""
    if not tweemaal:
        return
    st.subheader("Tweemaal geteld", anchor=False)
    uitleg = "Voor deze cijfers bestaan twee tellingen. Zij worden nooit verbonden of gemiddeld."
    onderdelen.show(tag("p", uitleg, klasse="rm-onder"))
    koppen = ("Cijfer", "Periode", "Het een", "Het ander", "Herkomst", "Oordeel", "Oorzaak")
    rijen = [_cells(a)[:-1] for a in tweemaal]
    onderdelen.show(table(koppen, rijen, bijschrift="Tweemaal geteld", getallen=(2, 3)))
    onderdelen.download("tweemaal_geteld", "Tweemaal geteld", _measured(tabel, tweemaal))
