"""Looking at public tables before they are mapped, and whether the mapped ones are still what they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import yaml

from pipelines.afspraken.codelijsten import LAND
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path, show_value
from pipelines.afspraken.warehouse.schrijven import write_whole
from pipelines.openbaar.duo.ckan import Ckan
from pipelines.openbaar.indienen import OPGEHAALD
from pipelines.openbaar.koppelen.doelvelden import Gekoppeld
from pipelines.openbaar.koppelen.gemeenten import VOORVOEGSELS
from pipelines.openbaar.openen import Opdracht, open_mapped
from pipelines.openbaar.tabellen.lezer import file_name
from pipelines.openbaar.tabellen.perioden import contract_period
from pipelines.openbaar.tabellen.statline import V3
from pipelines.openbaar.tabellen.tabel import REGIO, TIJD, Dimensie, Kenmerken, list_some
from pipelines.ophalen.ophalen import OnbereikbaarError, StoringError, WegError

T = TypeVar("T")

GEVONDEN, VERHUISD, WEG = "gevonden", "verhuisd of veranderd", "weg"
STUK, NIET_BEREIKT = "niet te lezen", "niet bereikt"
UITKOMSTEN = (GEVONDEN, VERHUISD, WEG, STUK, NIET_BEREIKT)
# Tables of which a search shows the dimensions too; each costs some requests.
_MEESTE_BESCHREVEN = 10


def check_mapping(koppeling: Gekoppeld, opdracht: Opdracht) -> tuple[str, list[Melding]]:
    """Return whether a mapped table is found, moved (with what to change), gone or out of reach; reads no figures."""
    opdracht.begin(koppeling.naam)
    return outcome_of(lambda: open_mapped(koppeling, opdracht, bewaar=False), lambda bron: bron.check())


def outcome_of(open_: Callable[[], T], check: Callable[[T], object]) -> tuple[str, list[Melding]]:
    """Return what came of opening something and looking at it, and what there is to say of it."""
    stap = STUK
    try:
        bron = open_()
        stap = VERHUISD
        check(bron)
    except OnbereikbaarError as fout:
        return NIET_BEREIKT, fout.meldingen
    except StoringError as fout:
        return STUK, fout.meldingen
    except WegError as fout:
        return WEG, fout.meldingen
    except AfgekeurdError as fout:
        return stap, fout.meldingen
    return GEVONDEN, []


def features(catalogus: str, tabel: str, opdracht: Opdracht) -> Kenmerken:
    """Return what a table says of itself.

    Raises:
        AfgekeurdError: it is not there, or cannot be read.
    """
    return V3(catalogus, opdracht.base_url).features(tabel).kenmerken


def search(catalogus: str, woord: str, opdracht: Opdracht) -> list[str]:
    """Return the tables with this word in their title, the first of them with dimensions, measures and periods."""
    dienst = V3(catalogus, opdracht.base_url)
    gevonden = [regel for regel in dienst.catalogue() if woord.casefold() in regel.titel.casefold()]
    regels: list[str] = []
    for nummer, regel in enumerate(gevonden):
        regels.append(f"{regel.tabel}  {regel.titel}  (bijgewerkt {regel.bijgewerkt[:10]})")
        if nummer < _MEESTE_BESCHREVEN:
            try:
                regels += [f"    {deel}" for deel in describe(dienst.features(regel.tabel).kenmerken)[1:]]
            except AfgekeurdError as fout:
                regels += [f"    {melding.tekst}" for melding in fout.meldingen]
    aantal = "1 tabel" if len(gevonden) == 1 else f"{len(gevonden)} tabellen"
    verder = "" if gevonden else " Zoek op een korter of ander woord, of in de andere catalogus (azw of cbs)."
    return [*regels, f"{aantal} in {catalogus} met '{show_value(woord)}' in de titel.{verder}"]


def search_duo(woord: str, opdracht: Opdracht) -> list[str]:
    """Return the packages of DUO about a word."""
    gevonden = Ckan(opdracht.base_url).search(woord)
    regels = [f"{pakket.naam}  {pakket.titel}  (bijgewerkt {pakket.bijgewerkt[:10]})" for pakket in gevonden]
    woorden = "1 pakket" if len(gevonden) == 1 else f"{len(gevonden)} pakketten"
    verder = "Zie de bestanden van één pakket met --toon PAKKET." if gevonden else "Zoek op een korter of ander woord."
    return [*regels, f"{woorden} van DUO over '{show_value(woord)}'. {verder}"]


def describe_duo(naam: str, opdracht: Opdracht) -> list[str]:
    """Return the files of a package of DUO, each with the columns that its datastore names.

    Raises:
        AfgekeurdError: the package is not there.
    """
    dienst = Ckan(opdracht.base_url)
    pakket = dienst.package(naam)
    regels = [f"DUO {naam}  {pakket.titel}  (bijgewerkt {pakket.bijgewerkt[:10]})  {pakket.licentie}".rstrip()]
    for deel in pakket.onderdelen:
        regels.append(f"bestand {deel.naam} [{deel.id}], bijgewerkt {deel.bijgewerkt[:10]}")
        koppen = dienst.headings(naam, deel)
        regels.append(f"    kolommen: {list_some(koppen, 40) if koppen else 'niet in de datastore; zie het bestand'}")
    return regels


def describe(kenmerken: Kenmerken) -> list[str]:
    """Return what a mapping needs to know of a table, one line per dimension and measure."""
    regels = [f"{kenmerken.plek}  {kenmerken.titel}  (bijgewerkt {kenmerken.bijgewerkt[:10]})"]
    regels += [
        f"dimensie {dimensie.titel} ({dimensie.sleutel}): {_contents(dimensie)}" for dimensie in kenmerken.dimensies
    ]
    return regels + [
        f"maat {maat.naam} ({maat.sleutel}), eenheid {maat.eenheid or 'niet genoemd'}" for maat in kenmerken.maten
    ]


def _contents(dimensie: Dimensie) -> str:
    codes = [categorie.code for categorie in dimensie.categorieen]
    if dimensie.soort == TIJD:
        eerste = codes[0] if codes else "geen"
        if len(codes) == 1:
            return f"1 periode, {eerste}"
        return f"{len(codes)} perioden, {' tot en met '.join([eerste, *codes[-1:]])}"
    if dimensie.soort == REGIO:
        soorten = {begin: naam for naam, begin in VOORVOEGSELS.items()}
        return "regio's: " + list_some(
            f"{soorten.get(soort, soort)} ({aantal})" for soort, aantal in Counter(code[:2] for code in codes).items()
        )
    return list_some(f"{categorie.titel} [{categorie.code}]" for categorie in dimensie.categorieen)


def write_draft(kenmerken: Kenmerken, warehouse: Path) -> str:
    """Write the beginning of a mapping, with all that the table says filled in, and return where it is."""
    regio = [dimensie for dimensie in kenmerken.dimensies if dimensie.soort == REGIO]
    niveaus = {categorie.code[:2] for dimensie in regio for categorie in dimensie.categorieen}
    soorten = {periode.soort for dimensie in kenmerken.dimensies if dimensie.soort == TIJD
               for categorie in dimensie.categorieen if (periode := contract_period(categorie.code))}  # fmt: skip
    inhoud = {
        "titel": kenmerken.titel,
        "catalogus": kenmerken.catalogus,
        "tabel": kenmerken.tabel,
        "exacte_titel": kenmerken.titel,
        "sleutels_gezien": "ja",
        "vult": "BRON/TABEL",
        "perioden": sorted(soorten),
        "regio": {"niveaus": [naam for naam, begin in VOORVOEGSELS.items() if begin in niveaus]} if regio
        else {"vast": LAND},
        "dimensies": [
            {"titel": dimensie.titel, "sleutel": dimensie.sleutel, "kolom": "KOLOM",
             "categorieen": {categorie.titel: "CODE" for categorie in dimensie.categorieen}}
            for dimensie in kenmerken.dimensies if dimensie.soort not in (REGIO, TIJD)
        ],
        "maten": [
            {"titel": maat.titel, "sleutel": maat.sleutel, **({"pad": list(maat.pad)} if maat.pad else {}),
             "eenheid": maat.eenheid, "kolom": "KOLOM"}
            for maat in kenmerken.maten
        ],
    }  # fmt: skip
    doel = warehouse / OPGEHAALD / "concept" / f"{file_name(kenmerken.tabel.casefold())}.yml"
    doel.parent.mkdir(parents=True, exist_ok=True)
    tekst = yaml.safe_dump(inhoud, allow_unicode=True, sort_keys=False, width=110)
    kop = "# Vul in wat in hoofdletters staat, en zet dit bestand in pipelines/bronnen/openbaar/statline/.\n"
    write_whole(doel, (kop + tekst).encode("utf-8"))
    return show_path(doel)
