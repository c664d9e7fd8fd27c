"""Tekort en knoppen: what would which knop bring this region?"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.later import pa
from app.beeld.markup import join, tag
from app.beeld.onderwerp import knopgrafiek
from app.beeld.plaatje import Plaatje
from app.lezen import data
from app.lezen.rijen import Kenmerk, Waarneming
from app.oordeel import bijschriften
from app.oordeel.knoppen import knoppen, knopuitkomst, knopzinnen, verdeelsleutels
from app.oordeel.knoppen.knoppen import KNOPPEN
from app.oordeel.knoppen.knopuitkomst import Gebied, Knopuitkomst, Uitgangspunt
from app.raam.keuze import knopstand, regiokeuze
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.opmaak import NIVEAU_KORT, hoofdletter, ouderdom
from pipelines.afspraken.codelijsten import LAND, Niveau

PAGINA = "knoppen"
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
_EIGEN_TEKORT = "Voor {naam} is een eigen tekort gepubliceerd; dat gaat vóór een deel van het landelijke."
# What follows the figures of each row in a download.
_ACHTER = ("herkomst", "voorbehoud")
_BEREKEND = "berekend uit gepubliceerde cijfers"
_ZONDER_REGIO = (
    "Voor een regio is het aantal werknemers van alle 28 regio's nodig. Dat is nog niet geleverd. "
    "CBS kan het leveren (tabel werknemers). U ziet nu alleen Nederland."
)
_TEKORTEN = ("Gebied", "Jaar", "Verwacht tekort", "Prognose", "Bron")


@functools.cache
def _columns() -> pa.Schema:
    """Return what a row of the chart holds."""
    return pa.schema(
        [
            ("laag", pa.string()), ("rij", pa.string()), ("volgorde", pa.int8()), ("soort", pa.string()),
            ("tekst", pa.string()), ("van", pa.int32()), ("tot", pa.int32()), ("grens", pa.int32()),
        ]
    )  # fmt: skip


def show(merk: Kenmerk) -> None:
    """Show what one or two settings of the knoppen could bring in one area, beside the expected shortage.

    Everything here is reckoned from the published shortage, so only real figures take part.
    """

    def haal(indicator_id: str) -> tuple[Waarneming, ...]:
        return data.waarnemingen(merk, indicator_id, False)

    onderdelen.page_head("Tekort en knoppen")
    regios = [code for code, regio in data.regios(merk).items() if regio.niveau == Niveau.ARBEIDSMARKTREGIO]
    punt = knopuitkomst.starting_point(haal, regios, data.indicatoren(merk))
    if punt is None:
        onderdelen.notice("Er zijn geen gepubliceerde effecten per knop met een verwacht tekort om mee te rekenen.")
        return
    gebied = _choose_area(merk, punt, regios)
    plek = st.container(key="rm-uitkomst")
    # In view while the reader moves a knop, see the stylesheet.
    stand = st.container(key="rm-knopstand")
    links, rechts = st.columns(2, gap="large")
    with links:
        eigen = _choose_settings(punt, gebied)
    with rechts:
        _show_waterfall(gebied, eigen[0], punt)
        if naast := knopzinnen.context(knopuitkomst.newest_forecast(haal, punt)):
            onderdelen.show(tag("p", naast, klasse="rm-bron"))
        if punt.basis is None:
            onderdelen.show(tag("p", _ZONDER_REGIO, klasse="rm-bron"))
    with stand:
        standen = join(tag("p", zin, role="status") for zin in knopzinnen.standing(gebied, eigen))
        vintage = _vintage(punt, gebied, data.publicatie(merk).gemaakt_op.date())
        # With it, so that what the figures are not stays in view too, and covers no knop.
        onderdelen.show(
            join([standen, tag("p", tag("strong", VOORBEHOUD), f" {vintage}", klasse="rm-voorbehoud", role="note")])
        )
    with plek:
        titel = knopzinnen.title(punt, gebied, eigen)
        # What was published of the area itself goes before a share of the national shortage.
        eerst = knopzinnen.own_shortage(gebied)
        st.header(eerst or titel, anchor=False)
        if eerst:
            onderdelen.show(tag("p", f"{titel}. Die som is van een ander jaar: haar deel van het landelijke tekort."))
    _show_strips(gebied, eigen, punt)
    _show_knoppen(punt, gebied, eigen)
    _show_regions(merk, punt, eigen, regios)
    _show_account(punt, gebied)
    _show_shortages(merk, gebied, knopuitkomst.all_shortages(haal, gebied))


def _vintage(punt: Uitgangspunt, gebied: Gebied, vandaag: date) -> str:
    """Return how old the forecast in the title is, and that what was expected is behind us where it is."""
    rij = gebied.tekort or punt.tekort
    oud = f"De prognose is {ouderdom(rij.verouderd)} oud. " if rij.verouderd else ""
    voorbij = f"{rij.periode_naam} is voorbij: zo veel mensen zouden er toen te weinig zijn."
    return f"{oud}{voorbij if rij.eind < vandaag else ''}"


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
    return f"{hoofdletter(NIVEAU_KORT[regio.niveau])}: {regio.naam}" if code != LAND else regio.naam


def _choose_settings(punt: Uitgangspunt, gebied: Gebied) -> list[Knopuitkomst]:
    """Show the sliders of one or two settings; return what they bring."""
    if not knopstand.is_comparing():
        standen = knopstand.choose(knopstand.VAKKEN[0], "Hoe ver komt elke knop?")
        return [knopuitkomst.outcome(punt, gebied, standen, "Deze stand", "a")]
    uitkomsten = []
    for vak, naam in zip(knopstand.VAKKEN, ("A", "B"), strict=True):
        standen = knopstand.choose(vak, f"Stand {naam}")
        uitkomsten.append(knopuitkomst.outcome(punt, gebied, standen, naam, naam.lower()))
    return uitkomsten


def _show_waterfall(gebied: Gebied, uitkomst: Knopuitkomst, punt: Uitgangspunt) -> None:
    """Show step by step what each knop takes off the shortage that the effects belong to, and what is left."""
    rij = gebied.tekort or punt.tekort
    naam = f" (stand {uitkomst.naam})" if uitkomst.soort == "a" and uitkomst.naam == "A" else ""
    titel = f"Van het verwachte tekort in {rij.periode_naam} naar wat overblijft{naam}"
    onder = (
        f"{gebied.naam}, in personen. Wat elke knop scheelt, gaat er stap voor stap af, vanaf de hoogste "
        "schatting van het tekort en zonder overlap. Wat overblijft, loopt van zonder tot met overlap."
    )
    st.subheader(titel, anchor=False)
    rows = knopgrafiek.waterfall(gebied, uitkomst)
    onderdelen.chart(
        lambda thema: knopgrafiek.waterfall_spec(thema, len(rows)),
        pa.Table.from_pylist(rows, schema=_columns()),
        alt=f"Waterval in personen. {titel}. De tabellen eronder hebben dezelfde cijfers.",
        sleutel="grafiek_waterval",
        plaatje=Plaatje(
            bestand=f"knoppen_waterval_{gebied.regio_code}",
            titel=titel,
            onder=f"{onder} {VOORBEHOUD}",
            bron=_sources(punt, gebied),
            voorbeeld="",
        ),
    )
    onderdelen.show(tag("p", onder, klasse="rm-bron"))


def _show_strips(gebied: Gebied, eigen: Sequence[Knopuitkomst], punt: Uitgangspunt) -> None:
    gekozen = [dict(u.standen) for u in eigen]
    vast = [
        knopuitkomst.outcome(punt, gebied, knopstand.everything_at(s), f"Alles op {s}%", "vast")
        for s in knopuitkomst.VAST
        # What the reader set is there already.
        if dict(knopstand.everything_at(s)) not in gekozen
    ]
    uitkomsten = [*eigen, *vast]
    rows = knopgrafiek.strips(gebied, uitkomsten)
    titel = knopzinnen.title(punt, gebied, eigen)
    st.subheader("Samen, naast het verwachte tekort", anchor=False)
    onderdelen.show(tag("p", "In personen. Elke strook loopt van met overlap tot zonder overlap.", klasse="rm-onder"))
    onderdelen.chart(
        lambda thema: knopgrafiek.strip_spec(thema, len(uitkomsten)),
        pa.Table.from_pylist(rows, schema=_columns()),
        alt=f"Stroken per stand van de knoppen, in personen. {titel}. De tabel eronder heeft dezelfde cijfers.",
        sleutel="grafiek_knoppen",
        plaatje=Plaatje(
            bestand=f"knoppen_{gebied.regio_code}",
            titel=titel,
            onder=f"{gebied.naam}, in personen. Elke strook loopt van met overlap tot zonder overlap. {VOORBEHOUD}",
            bron=_sources(punt, gebied),
            voorbeeld="",
        ),
    )
    kolommen = ("Stand van de knoppen", "Verwacht tekort", "Met overlap", "Zonder overlap", "Tekort dat overblijft")
    rijen = knopzinnen.together_rows(gebied, uitkomsten)
    rest = ("Tekort dat overblijft, minst", "Tekort dat overblijft, meest")
    cellen = knopzinnen.together_cells(gebied, uitkomsten)
    onderdelen.show_table(
        Tabelvak(
            f"wat de knoppen samen schelen in {gebied.naam}, in personen",
            kolommen,
            rijen,
            getallen=(1, 2, 3, 4),
        ),
        Download(
            f"knoppen_samen_{gebied.regio_code}",
            ("gebied", *kolommen[:-1], *rest, *_ACHTER),
            lambda: ((gebied.naam, *rij, _BEREKEND, VOORBEHOUD) for rij in cellen),
            bron=_sources(punt, gebied),
        ),
    )


def _sources(punt: Uitgangspunt, gebied: Gebied) -> str:
    """Name every source of what is shown."""
    return bijschriften.all_sources(_rows(punt, gebied))


def _rows(punt: Uitgangspunt, gebied: Gebied) -> list[Waarneming]:
    """Return what is reckoned with: effects and shortage, and for a region what they are divided by."""
    sleutels = [punt.basis, *punt.eigen.values()] if gebied.regio_code != LAND else []
    verdeling = [rij for sleutel in sleutels if sleutel is not None for rij in sleutel.rijen]
    return [*punt.effecten.values(), gebied.tekort or punt.tekort, *verdeling]


def _show_knoppen(punt: Uitgangspunt, gebied: Gebied, eigen: Sequence[Knopuitkomst]) -> None:
    st.subheader("Per knop", anchor=False)
    met_naam = len(eigen) > 1
    per_instelling = [
        kop for u in eigen for kop in ((f"Stand {u.naam}", f"Scheelt {u.naam}") if met_naam else ("Stand", "Scheelt"))
    ]
    kolommen = ("Knop", "Bij 100%", "Scheelt bij 100%", *per_instelling)
    rijen = knopzinnen.knop_rows(punt, gebied, eigen)
    onderdelen.show_table(
        Tabelvak(
            f"wat elke knop scheelt in {gebied.naam}, in personen",
            kolommen,
            rijen,
            getallen=tuple(range(2, len(kolommen))),
            open_=True,
        ),
        Download(
            f"knoppen_{gebied.regio_code}",
            ("gebied", *kolommen, *_ACHTER),
            lambda: ((gebied.naam, *rij, _BEREKEND, VOORBEHOUD) for rij in rijen),
            bron=_sources(punt, gebied),
        ),
    )


def _show_regions(merk: Kenmerk, punt: Uitgangspunt, eigen: Sequence[Knopuitkomst], regios: Sequence[str]) -> None:
    """Show how the same setting falls out in every region, and that the effects of all add up to the country."""
    if punt.basis is None:
        return
    namen = data.regios(merk)
    gebieden = [knopuitkomst.area(punt, code, namen[code].naam, [code]) for code in regios]
    kolommen = knopzinnen.region_columns(eigen)
    rijen = knopzinnen.region_rows(punt, gebieden, eigen)
    onderdelen.show_table(
        Tabelvak(
            "dezelfde stand van de knoppen in alle regio's, in personen",
            kolommen,
            rijen,
            getallen=tuple(range(1, len(kolommen))),
            vak="knoppen_regios",
        ),
        Download(
            "knoppen_alle_regios",
            (*kolommen, *_ACHTER),
            lambda: ((*rij, _BEREKEND, VOORBEHOUD) for rij in rijen),
            bron=_sources(punt, gebieden[0]),
        ),
    )


def _show_account(punt: Uitgangspunt, gebied: Gebied) -> None:
    st.subheader("Hoe dit is gerekend", anchor=False)
    noten: list[object] = list(_NOTEN)
    if gebied.regio_code != LAND and punt.basis is not None:
        namen: Mapping[str, str] = {code: knop.naam.lower() for code, knop in KNOPPEN.items()}
        noten.append(verdeelsleutels.explanation(punt.basis, punt.eigen, namen))
        noten += [_EIGEN_TEKORT.format(naam=gebied.naam)] if gebied.tekort is not None else []
    onderdelen.show(tag("ul", join(tag("li", noot) for noot in noten), klasse="rm-noten"))
    onderdelen.source_line(_rows(punt, gebied), knoppen.EFFECT)
    if gebied.regio_code != LAND:
        onderdelen.page_link("regio", f"Hoe staat {gebied.naam} ervoor?", regio=gebied.regio_code)


def _show_shortages(merk: Kenmerk, gebied: Gebied, rijen: Sequence[Waarneming]) -> None:
    """Show every shortage that was published, each with its year and vintage; the effects belong to one of them."""
    st.subheader("Alle gepubliceerde prognoses van het tekort", anchor=False)
    uitleg = "In personen. De effecten van de knoppen horen bij één prognose en één jaar; de andere staan hier ernaast."
    onderdelen.show(tag("p", uitleg, klasse="rm-onder"))
    namen = {code: regio.naam for code, regio in data.regios(merk).items()}
    onderdelen.show_table(
        Tabelvak(
            "gepubliceerde prognoses van het tekort",
            _TEKORTEN,
            knopzinnen.shortage_rows(rijen, namen),
            getallen=(2,),
            vak="tekorten",
        ),
        Download(f"tekorten_{gebied.regio_code}", cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(rijen)),
    )
    onderdelen.source_line(rijen, knoppen.TEKORT)
