"""Tekort en knoppen: what would which knop bring this region?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import streamlit as st

from app.beeld.markup import Html, join, tag
from app.beeld.onderwerp import knopgrafiek
from app.beeld.plaatje import Plaatje
from app.lezen import data
from app.lezen.data import Kenmerk, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.knoppen import knoppen, knopuitkomst, knopzinnen, verdeelsleutels
from app.oordeel.knoppen.knoppen import KNOPPEN
from app.oordeel.knoppen.knopuitkomst import Gebied, Knopuitkomst, Uitgangspunt
from app.raam import knopstand, onderdelen, regiokeuze, selectie
from app.taal.cellen import Verzonnen
from app.taal.opmaak import opsomming, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND

PAGINA = "knoppen"
_KOLOMMEN = pa.schema(
    [
        ("laag", pa.string()), ("rij", pa.string()), ("volgorde", pa.int8()), ("soort", pa.string()),
        ("tekst", pa.string()), ("van", pa.int32()), ("tot", pa.int32()), ("grens", pa.int32()),
        ("voorbeeld", pa.bool_()),
    ]
)  # fmt: skip
VOORBEHOUD = (
    "Dit is geen voorspelling. De effecten laten zien wat zou kunnen; ze komen niet één voor één uit zoals ze hier "
    "staan."
)
_NOTEN = (
    "De stroken lopen van met overlap tot zonder overlap. Zonder overlap tellen de effecten gewoon op, tot "
    "hoogstens het hele tekort. Met overlap werkt elke knop op wat de andere overlaten. Dat is een vuistregel, "
    "geen model.",
    "Wat overlapt: wie blijft, hoeft niet te worden vervangen (uitstroom en instroom). Contractomvang, "
    "administratie en verzuim gaan over dezelfde uren. Taakherschikking, administratie en productiviteit besparen "
    "dezelfde minuten. Meer diploma's werken pas na 2 tot 4 jaar.",
    "De bron geeft één punt per knop en geen onzekerheid. Daarom is er geen marge, en gaat een knop niet verder "
    "dan 100%. Half zo ver is half zo veel effect: dat is onze aanname.",
    "Het gaat om personen, niet om fte. Afgerond op 500 voor Nederland en op 50 voor een regio.",
)
# What follows the figures of each row in a download.
_ACHTER = ("herkomst", "voorbehoud")


def show(merk: Kenmerk) -> None:
    """Show what one or two settings of the knoppen could bring in one area, beside the expected shortage."""
    echt = selectie.only_real()

    def haal(indicator_id: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, indicator_id, echt)

    onderdelen.page_head("Tekort en knoppen", merk)
    onderdelen.show(tag("p", "Wat zou welke knop kunnen schelen in het tekort aan mensen?", klasse="rm-onder"))
    regios = [code for code, regio in data.regios(merk).items() if regio.niveau == "arbeidsmarktregio"]
    punt = knopuitkomst.starting_point(haal, regios, data.indicatoren(merk))
    if punt is None:
        onderdelen.notice("Er zijn geen gepubliceerde effecten per knop met een verwacht tekort om mee te rekenen.")
        return
    gebied = _choose_area(merk, punt, regios)
    plek = st.container(key="rm-uitkomst")
    eigen = _choose_settings(punt, gebied)
    with plek:
        st.header(knopzinnen.title(gebied, eigen), anchor=False)
    if gebied.is_voorbeeld:
        onderdelen.notice_example(altijd=True)
    _show_strips(gebied, eigen, punt)
    _show_knoppen(punt, gebied, eigen)
    _show_regions(merk, punt, eigen, regios)
    _show_account(merk, punt, gebied, knopuitkomst.other_shortages(haal, punt, gebied))
    with st.container(key="rm-voorbehoud"):
        onderdelen.show(tag("p", tag("strong", VOORBEHOUD), f" {_vintage(punt)}", klasse="rm-voorbehoud", role="note"))


def _vintage(punt: Uitgangspunt) -> str:
    prognose = uitsplitsing_tekst(punt.tekort.uitsplitsing)
    return f"Tekort voor {punt.tekort.periode_naam}: {prognose}."


def _choose_area(merk: Kenmerk, punt: Uitgangspunt, regios: Sequence[str]) -> Gebied:
    """Let the reader choose an area; only the country where employees per region are not known."""
    alle = data.regios(merk)
    leden = _members(merk, regios)
    code = LAND
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="rm-keuzes"):
        if punt.basis is not None:
            gebied = regiokeuze.field(merk, "Gebied", [LAND, *leden], LAND, lambda c: _label(merk, c))
            gebied.show()
            code = gebied.waarde
        knopstand.switch_comparing()
    if punt.basis is None:
        onderdelen.notice(
            "Voor een regio is het aantal werknemers van alle 28 regio's nodig. Dat is "
            + ("er niet onder de echte cijfers. " if selectie.only_real() else "nog niet geleverd. ")
            + "CBS kan het leveren (tabel werknemers). U ziet nu alleen Nederland."
        )
    if code == LAND or punt.basis is None:
        return knopuitkomst.country("Nederland")
    return knopuitkomst.area(punt, code, alle[code].naam, leden[code])


def _members(merk: Kenmerk, regios: Sequence[str]) -> dict[str, list[str]]:
    """Return the areas that can be chosen with the arbeidsmarktregio's they hold: WGO's of today, then regions."""
    vandaag = data.publicatie(merk).gemaakt_op.date()
    leden: dict[str, list[str]] = {}
    for code, wgo in sorted(data.wgo_van_regio(merk, vandaag).items(), key=lambda paar: paar[::-1]):
        leden.setdefault(wgo, []).append(code)
    return leden | {code: [code] for code in regios}


def _label(merk: Kenmerk, code: str) -> str:
    regio = data.regios(merk)[code]
    soort = {"wgo": "Werkgeversorganisatie: ", "arbeidsmarktregio": "Regio: "}.get(regio.niveau, "")
    return f"{soort}{regio.naam}"


def _choose_settings(punt: Uitgangspunt, gebied: Gebied) -> list[Knopuitkomst]:
    """Show the sliders of one or two settings; return what they bring."""
    if not knopstand.is_comparing():
        standen = knopstand.choose(knopstand.VAKKEN[0], "Hoe ver komt elke knop?")
        return [knopuitkomst.outcome(punt, gebied, standen, "Deze instelling", "a")]
    uitkomsten = []
    for vak, naam in zip(knopstand.VAKKEN, ("A", "B"), strict=True):
        standen = knopstand.choose(vak, f"Instelling {naam}")
        uitkomsten.append(knopuitkomst.outcome(punt, gebied, standen, naam, naam.lower()))
    return uitkomsten


def _show_strips(gebied: Gebied, eigen: Sequence[Knopuitkomst], punt: Uitgangspunt) -> None:
    vast = [
        knopuitkomst.outcome(punt, gebied, knopstand.everything_at(s), f"Alles op {s}%", "vast")
        for s in knopuitkomst.VAST
    ]
    uitkomsten = [*eigen, *vast]
    rows = knopgrafiek.strips(gebied, uitkomsten)
    titel = knopzinnen.title(gebied, eigen)
    st.subheader("Samen, naast het verwachte tekort", anchor=False)
    onderdelen.show(tag("p", "In personen. Elke strook loopt van met overlap tot zonder overlap.", klasse="rm-onder"))
    onderdelen.chart(
        lambda thema: knopgrafiek.strip_spec(thema, len(uitkomsten)),
        pa.Table.from_pylist([{n: row.get(n) for n in _KOLOMMEN.names} for row in rows], schema=_KOLOMMEN),
        alt=f"Stroken per instelling, in personen. {titel}. De tabel eronder heeft dezelfde cijfers.",
        sleutel="grafiek_knoppen",
        plaatje=Plaatje(
            bestand=f"knoppen_{gebied.regio_code}",
            titel=titel,
            onder=f"{gebied.naam}, in personen. Elke strook loopt van met overlap tot zonder overlap. {VOORBEHOUD}",
            bron=_sources(punt, gebied),
            voorbeeld=_example(gebied),
        ),
    )
    kolommen = ("Instelling", "Verwacht tekort", "Met overlap", "Zonder overlap", "Tekort dat overblijft")
    rijen = knopzinnen.together_rows(gebied, uitkomsten)
    rest = ("Tekort dat overblijft, minst", "Tekort dat overblijft, meest")
    cellen = knopzinnen.together_cells(gebied, uitkomsten)
    onderdelen.table_and_download(
        f"wat de knoppen samen schelen in {gebied.naam}, in personen{_stamp(gebied)}",
        kolommen,
        rijen,
        bestand=f"knoppen_samen_{gebied.regio_code}",
        csv_kolommen=("gebied", *kolommen[:-1], *rest, *_ACHTER),
        csv_rijen=lambda: ((gebied.naam, *rij, _origin(gebied), VOORBEHOUD) for rij in cellen),
        getallen=(1, 2, 3, 4),
        bron=_sources(punt, gebied),
    )


def _stamp(gebied: Gebied) -> str:
    return " (VOORBEELD)" if gebied.is_voorbeeld else ""


def _origin(gebied: Gebied) -> str:
    if gebied.is_voorbeeld:
        return Verzonnen("VOORBEELD (verdeeld met synthetische cijfers)")
    return "berekend uit gepubliceerde cijfers"


def _example(gebied: Gebied) -> str:
    """Say what of a picture of a region is made up and what was published."""
    if not gebied.is_voorbeeld:
        return ""
    echt = "de landelijke effecten en het landelijke tekort zijn gepubliceerd"
    return f"{bijschriften.MERK}: verzonnen is het deel van {gebied.naam}; {echt}"


def _sources(punt: Uitgangspunt, gebied: Gebied) -> str:
    """Name every source of what is shown."""
    return bijschriften.all_sources(_rows(punt, gebied))


def _rows(punt: Uitgangspunt, gebied: Gebied) -> list[Waarneming]:
    """Return what is reckoned with: effects and shortage, and for a region what they are divided by."""
    sleutels = [punt.basis, *punt.eigen.values()] if gebied.regio_code != LAND else []
    verdeling = [rij for sleutel in sleutels if sleutel is not None for rij in sleutel.rijen]
    return [*punt.effecten.values(), punt.tekort, *verdeling]


def _show_knoppen(punt: Uitgangspunt, gebied: Gebied, eigen: Sequence[Knopuitkomst]) -> None:
    st.subheader("Per knop", anchor=False)
    met_naam = len(eigen) > 1
    per_instelling = [
        kop for u in eigen for kop in ((f"Stand {u.naam}", f"Scheelt {u.naam}") if met_naam else ("Stand", "Scheelt"))
    ]
    kolommen = ("Knop", "Bij 100%", "Scheelt bij 100%", *per_instelling)
    rijen = knopzinnen.knop_rows(punt, gebied, eigen)
    onderdelen.table_and_download(
        f"wat elke knop scheelt in {gebied.naam}, in personen{_stamp(gebied)}",
        kolommen,
        rijen,
        bestand=f"knoppen_{gebied.regio_code}",
        csv_kolommen=("gebied", *kolommen, *_ACHTER),
        csv_rijen=lambda: ((gebied.naam, *rij, _origin(gebied), VOORBEHOUD) for rij in rijen),
        getallen=tuple(range(2, len(kolommen))),
        bron=_sources(punt, gebied),
        open_=True,
    )


def _show_regions(merk: Kenmerk, punt: Uitgangspunt, eigen: Sequence[Knopuitkomst], regios: Sequence[str]) -> None:
    """Show how the same setting falls out in every region, and that the effects of all add up to the country."""
    if punt.basis is None:
        return
    namen = data.regios(merk)
    gebieden = [knopuitkomst.area(punt, code, namen[code].naam, [code]) for code in regios]
    kolommen = knopzinnen.region_columns(eigen)
    rijen = knopzinnen.region_rows(punt, gebieden, eigen)
    onderdelen.table_and_download(
        f"dezelfde instelling in alle regio's, in personen{_stamp(gebieden[0])}",
        kolommen,
        rijen,
        bestand="knoppen_alle_regios",
        csv_kolommen=(*kolommen, *_ACHTER),
        csv_rijen=lambda: ((*rij, _origin(gebieden[0]), VOORBEHOUD) for rij in rijen),
        getallen=tuple(range(1, len(kolommen))),
        bron=_sources(punt, gebieden[0]),
        vak="knoppen_regios",
    )


def _show_account(merk: Kenmerk, punt: Uitgangspunt, gebied: Gebied, andere: Sequence[Waarneming]) -> None:
    st.subheader("Hoe dit is gerekend", anchor=False)
    noten: list[object] = list(_NOTEN)
    if gebied.regio_code != LAND and punt.basis is not None:
        namen: Mapping[str, str] = {code: knop.naam.lower() for code, knop in KNOPPEN.items()}
        noten.append(verdeelsleutels.explanation(punt.basis, punt.eigen, namen))
    if andere:
        noten.append(_other_vintages(merk, andere))
    onderdelen.show(tag("ul", join(tag("li", noot) for noot in noten), klasse="rm-noten"))
    onderdelen.source_line(_rows(punt, gebied), knoppen.EFFECT)
    if gebied.regio_code != LAND:
        onderdelen.page_link("regio", f"Hoe staat {gebied.naam} ervoor?", regio=gebied.regio_code)


def _narrow(rij: Waarneming) -> str:
    return "; zorg en welzijn smal, zonder kinderopvang" if "smal" in rij.populatie else ""


def _other_vintages(merk: Kenmerk, andere: Sequence[Waarneming]) -> Html:
    """Say what other prognoses expect; they are other vintages, and the effects do not belong to them."""
    namen = data.regios(merk)
    delen = [
        f"{zinnen.figure(r, 'personen')} in {r.periode_naam} voor {namen[r.regio_code].naam} "
        f"({uitsplitsing_tekst(r.uitsplitsing)}{_narrow(r)})"
        for r in andere
    ]
    return join(["Andere prognoses, waar deze effecten niet bij horen: ", opsomming(delen), "."])
