"""Tables of StatLine, by either wire form of CBS (OData v3 and v4): what they are, and their rows.

Codes stay codes, without their padding; a figure stays the text that was sent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipelines.afspraken.meldingen import Melding, show_value
from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.openbaar.tabellen.bewaarplek import Bewaarplek
from pipelines.openbaar.tabellen.lezer import Lezer
from pipelines.openbaar.tabellen.tabel import (
    GEWOON,
    REGIO,
    TIJD,
    Categorie,
    Dimensie,
    Kenmerken,
    Maat,
    further,
    list_some,
    tidy,
)
from pipelines.openbaar.tabellen.tabellezer import NUMMER, Blad, Keuze, Tabellezer, filter_of
from pipelines.ophalen import ophalen

ADRESSEN = Path(__file__).with_name("adressen.yml")
_V3_SOORTEN = {"Dimension": GEWOON, "GeoDimension": REGIO, "GeoDetail": REGIO, "TimeDimension": TIJD}
_V4_SOORTEN = {"Dimension": GEWOON, "GeoDimension": REGIO, "GeoDetail": REGIO, "TimeDimension": TIJD}
_NVT = "nvt"
_INFO = "TableInfos?$format=json"


@dataclass(frozen=True)
class Catalogustabel:
    """One line of the catalogue."""

    tabel: str
    titel: str
    bijgewerkt: str
    periode: str = ""


def address(catalogus: str, vorm: str, base_url: str | None = None) -> str:
    """Return where a catalogue is served.

    Raises:
        AfgekeurdError: the address may not be used.
    """
    basis = base_url or str(load_yaml(ADRESSEN)[catalogus][vorm])
    ophalen.host_of(basis)
    return basis


class V3:
    """OData v3: `/ODataCatalog/Tables` and `/ODataFeed/odata/<table>/<set>`."""

    vorm = "v3"

    def __init__(self, catalogus: str, base_url: str | None = None) -> None:
        self.catalogus = catalogus
        self.basis = address(catalogus, self.vorm, base_url)

    def catalogue(self) -> list[Catalogustabel]:
        """Return the tables of this catalogue."""
        lezer = Lezer(self.basis, f"catalogus {self.catalogus}")
        kolommen = "Identifier,Title,Modified,Period,Catalog"
        rijen = [
            rij for pagina in lezer.pages(f"ODataCatalog/Tables?$format=json&$select={kolommen}") for rij in pagina
        ]
        return [
            Catalogustabel(
                str(rij.get("Identifier")), tidy(rij.get("Title")), str(rij.get("Modified")), tidy(rij.get("Period"))
            )
            for rij in rijen
            if str(rij.get("Catalog") or self.catalogus) == self.catalogus
        ]

    def features(self, tabel: str, bewaar: Callable[[str], Bewaarplek | None] = lambda _: None) -> Tabellezer:
        """Return what a table says of itself, with what can read its rows.

        Raises:
            AfgekeurdError: it is not there, or its description is not in this form.
        """
        lezer = Lezer(self.basis, show_value(f"{self.catalogus} {tabel}"), tabel=tabel)
        wortel = f"ODataFeed/odata/{quote(tabel)}"
        info = _one(lezer, f"{wortel}/{_INFO}")
        lezer = replace(lezer, bewaar=bewaar(str(info.get("Modified") or "")))
        dienst = {str(deel.get("name")) for deel in _all(lezer, f"{wortel}/?$format=json")}
        eigenschappen = _all(lezer, f"{wortel}/DataProperties?$format=json")
        kenmerken = Kenmerken(
            self.catalogus, str(info.get("Identifier") or tabel).strip(), tidy(info.get("Title")),
            str(info.get("Modified") or ""), tuple(self._dimensions(lezer, wortel, eigenschappen, dienst)),
            tuple(_v3_measures(eigenschappen)),
        )  # fmt: skip
        return Tabellezer(kenmerken, lezer, lambda keuze: self._pages(kenmerken, lezer, wortel, keuze, dienst))

    def _dimensions(
        self, lezer: Lezer, wortel: str, eigenschappen: list[dict[str, Any]], dienst: set[str]
    ) -> Iterator[Dimensie]:
        for deel in eigenschappen:
            soort = _V3_SOORTEN.get(str(deel.get("odata.type", "")).rpartition(".")[2])
            if soort is None:
                continue
            sleutel = str(deel.get("Key"))
            if sleutel not in dienst:
                ophalen.reject(
                    lezer.plek, f"Dimensie {show_value(sleutel)} heeft geen lijst van codes.", further(lezer.plek)
                )
            rijen = _all(lezer, f"{wortel}/{quote(sleutel)}?$format=json")
            yield Dimensie(
                sleutel, tidy(deel.get("Title")), soort, tuple(_categories(rijen, "Key", lezer.plek, sleutel))
            )

    def _pages(self, kenmerken: Kenmerken, lezer: Lezer, wortel: str, keuze: Keuze, dienst: set[str]) -> Iterator[Blad]:
        if "UntypedDataSet" not in dienst:
            ophalen.reject(lezer.plek, "De dienst heeft geen UntypedDataSet.", f"Wel: {list_some(sorted(dienst))}.")
        pad = f"{wortel}/UntypedDataSet?$format=json{filter_of(keuze)}"
        aantal = 0
        for blad in lezer.frames(pad, keuze.kolommen, NUMMER):
            aantal += len(blad)
            yield blad
        if 0 < aantal < math.prod(len(keuze.codes[d.sleutel] or d.categorieen) for d in kenmerken.dimensies):
            # Rows without a figure may be left out, but the last page may also have been cut off.
            lezer.check_end(pad, aantal)
        nu = _one(replace(lezer, bewaar=None, tick=lambda _: None), f"{wortel}/{_INFO}")
        _check_unchanged(lezer, kenmerken, nu)


class V4:
    """OData v4: `/odata/v1/<catalogue>/<table>/<set>`; one row per figure, empty cells are not sent."""

    vorm = "v4"

    def __init__(self, catalogus: str, base_url: str | None = None) -> None:
        self.catalogus = catalogus
        self.basis = address(catalogus, self.vorm, base_url)

    def catalogue(self) -> list[Catalogustabel]:
        """Return the tables of this catalogue."""
        lezer = Lezer(self.basis, f"catalogus {self.catalogus}")
        rijen = [rij for pagina in lezer.pages("odata/v1/Datasets") for rij in pagina]
        return [
            Catalogustabel(str(rij.get("Identifier")), tidy(rij.get("Title")), str(rij.get("Modified")))
            for rij in rijen
            if rij.get("Catalog") == self.catalogus
        ]

    def features(self, tabel: str, bewaar: Callable[[str], Bewaarplek | None] = lambda _: None) -> Tabellezer:
        """Return what a table says of itself, with what can read its rows.

        Raises:
            AfgekeurdError: it is not there, or its description is not in this form.
        """
        lezer = Lezer(self.basis, show_value(f"{self.catalogus} {tabel}"), tabel=tabel)
        wortel = f"odata/v1/{quote(self.catalogus)}/{quote(tabel)}"
        info = lezer.document(f"{wortel}/Properties")
        lezer = replace(lezer, bewaar=bewaar(str(info.get("Modified") or "")))
        groepen = {rij.get("Id"): rij for rij in _all(lezer, f"{wortel}/MeasureGroups")}
        maten = _all(lezer, f"{wortel}/MeasureCodes")
        kenmerken = Kenmerken(
            self.catalogus, str(info.get("Identifier") or tabel).strip(), tidy(info.get("Title")),
            str(info.get("Modified") or ""), tuple(self._dimensions(lezer, wortel)),
            tuple(
                Maat(str(rij.get("Identifier")).strip(), tidy(rij.get("Title")),
                     _path(rij.get("MeasureGroupId"), groepen, "ParentId"), tidy(rij.get("Unit")))
                for rij in maten
            ),
        )  # fmt: skip
        return Tabellezer(kenmerken, lezer, lambda keuze: self._pages(kenmerken, lezer, wortel, keuze))

    def _dimensions(self, lezer: Lezer, wortel: str) -> Iterator[Dimensie]:
        for deel in _all(lezer, f"{wortel}/Dimensions"):
            sleutel = str(deel.get("Identifier")).strip()
            soort = _V4_SOORTEN.get(str(deel.get("Kind")))
            if soort is None:
                tekst = f"Dimensie {show_value(sleutel)} is van een onbekende soort ({show_value(deel.get('Kind'))})."
                ophalen.reject(lezer.plek, tekst, further(lezer.plek))
            rijen = _all(lezer, f"{wortel}/{quote(sleutel)}Codes")
            codes = tuple(_categories(rijen, "Identifier", lezer.plek, sleutel))
            yield Dimensie(sleutel, tidy(deel.get("Title")), soort, codes)

    def _pages(self, kenmerken: Kenmerken, lezer: Lezer, wortel: str, keuze: Keuze) -> Iterator[Blad]:
        """Yield rows as v3 has them: one per combination of codes, with a column per measure."""
        gevonden: dict[tuple[str, ...], dict[str, Any]] = {}
        vraag = filter_of(keuze).removeprefix("&")
        pad, aantal = f"{wortel}/Observations{'?' if vraag else ''}{vraag}", 0
        for pagina in lezer.pages(pad):
            aantal += len(pagina)
            for cel in pagina:
                maat = str(cel.get("Measure", "")).strip()
                if maat in keuze.maten:
                    sleutel = tuple(str(cel.get(dimensie, "")).strip() for dimensie in keuze.codes)
                    rij = gevonden.setdefault(
                        sleutel, {**dict(zip(keuze.codes, sleutel, strict=True)), "ID": len(gevonden)}
                    )
                    if maat in rij:
                        ophalen.reject(
                            lezer.plek, "Een cijfer komt twee keer: de server gaf een pagina dubbel.", ophalen.LATER
                        )
                    rij[maat] = _v4_value(cel)
        if aantal:
            # Empty cells are not sent, so that how many there should be is not known.
            lezer.check_end(pad, aantal)
        _check_unchanged(lezer, kenmerken, replace(lezer, bewaar=None).document(f"{wortel}/Properties"))
        yield [{**dict.fromkeys(keuze.maten, ""), **rij} for rij in gevonden.values()]


DIENSTEN: Mapping[str, type[V3] | type[V4]] = {"v3": V3, "v4": V4}


def find_table(dienst: V3 | V4, titel: str) -> str:
    """Return the identifier of the one table with exactly this title.

    Raises:
        AfgekeurdError: no table, or more than one, has it.
    """
    regels = dienst.catalogue()
    gevonden = [regel.tabel for regel in regels if regel.titel == tidy(titel)]
    if len(gevonden) == 1:
        return gevonden[0]
    plek = f"catalogus {dienst.catalogus}"
    if gevonden:
        tekst = f"Er zijn {len(gevonden)} tabellen met de titel '{show_value(titel)}': {list_some(gevonden)}."
        ophalen.reject(plek, tekst, "Zet bij 'tabel' in het koppelbestand welke het is.")
    woord = tidy(titel).partition(";")[0].casefold()
    lijkt = [f"{regel.tabel} {regel.titel}" for regel in regels if woord in regel.titel.casefold()]
    tekst = f"Geen tabel heet '{tidy(titel)}'." + (f" Lijkt erop: {list_some(lijkt, 5)}." if lijkt else "")
    raise ophalen.WegError([Melding(plek, tekst)])


def _all(lezer: Lezer, pad: str) -> list[dict[str, Any]]:
    return [rij for pagina in lezer.pages(pad) for rij in pagina]


def _one(lezer: Lezer, pad: str) -> dict[str, Any]:
    rijen = _all(lezer, pad)
    if len(rijen) != 1:
        ophalen.reject(lezer.plek, f"De tabel beschrijft zich in {len(rijen)} regels in plaats van één.", ophalen.LATER)
    return rijen[0]


def _check_unchanged(lezer: Lezer, kenmerken: Kenmerken, nu: Mapping[str, Any]) -> None:
    """Refuse pages of two versions of a table."""
    if str(nu.get("Modified") or "") != kenmerken.bijgewerkt:
        lezer.distrust("De tabel is veranderd terwijl zij werd gelezen.")


def _categories(rijen: list[dict[str, Any]], sleutel: str, plek: str, dimensie: str) -> Iterator[Categorie]:
    gezien: set[str] = set()
    for rij in rijen:
        ruw = rij.get(sleutel)
        if not isinstance(ruw, str) or ruw.strip() in gezien:
            tekst = (
                f"De codes van {show_value(dimensie)} zijn niet te lezen of dubbel ({show_value(str(ruw).strip())})."
            )
            ophalen.reject(plek, tekst, ophalen.LATER)
        gezien.add(ruw.strip())
        titel = " ".join(str(rij.get("Title") or "").split())
        # A star in the title of a period says provisional where no status does.
        status = str(rij.get("Status") or ("Voorlopig" if titel.endswith("*") else "")).strip()
        yield Categorie(ruw.strip(), tidy(titel), ruw, status)


def _v3_measures(eigenschappen: list[dict[str, Any]]) -> Iterator[Maat]:
    groepen = {deel.get("ID"): deel for deel in eigenschappen}
    for deel in eigenschappen:
        if str(deel.get("odata.type", "")).rpartition(".")[2] == "Topic":
            pad = _path(deel.get("ParentID"), groepen, "ParentID")
            yield Maat(str(deel.get("Key")).strip(), tidy(deel.get("Title")), pad, tidy(deel.get("Unit")))


def _path(begin: object, groepen: Mapping[Any, Mapping[str, Any]], ouder: str) -> tuple[str, ...]:
    """Return the headings above a measure, from the top; a circle of headings ends where it began."""
    pad: list[str] = []
    gezien: set[object] = set()
    while begin is not None and begin in groepen and begin not in gezien:
        gezien.add(begin)
        pad.insert(0, tidy(groepen[begin].get("Title")))
        begin = groepen[begin].get(ouder)
    return tuple(pad)


def _v4_value(cel: Mapping[str, Any]) -> object:
    """Return a figure of v4 as v3 would write it: an impossible one is not applicable, a held back one a dot."""
    soort = cel.get("ValueAttribute") or "None"
    if soort == "Impossible":
        return _NVT
    waarde = cel.get("Value")
    if waarde is None:
        waarde = cel.get("StringValue")
    return "." if waarde is None and soort != "None" else waarde
