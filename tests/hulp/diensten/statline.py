"""A StatLine of a test: tables as CBS sends them, by OData v3 and v4, with the filters and paging that they have.

The shapes are those of real answers (83599NED and others): padded keys, right-aligned text, `odata.type` per property.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from draadserver import Antwoord

PAGINA = 10_000


@dataclass
class Tabel:
    """One table: dimensions as (key, kind, title, categories), measures as Topic rows, and rows of codes and text."""

    id: str
    titel: str
    dimensies: list[tuple[str, str, str, list[dict[str, Any]]]]
    maten: list[dict[str, Any]]
    rijen: list[dict[str, Any]]
    bijgewerkt: str = "2026-05-15T02:00:00"
    catalogus: str = "CBS"
    groepen: list[dict[str, Any]] = field(default_factory=list)


def topic(sleutel: str, titel: str, eenheid: str, ouder: int | None = None) -> dict[str, Any]:
    return {"odata.type": "Cbs.OData.Topic", "ParentID": ouder, "Type": "Topic", "Key": sleutel, "Title": titel,
            "Description": None, "Datatype": "Double", "Unit": eenheid, "Decimals": 1, "Default": "None"}  # fmt: skip


def code(sleutel: str, titel: str, breedte: int = 0, **anders: str) -> dict[str, Any]:
    return {"Key": sleutel.ljust(breedte), "Title": titel, "Description": None, "CategoryGroupID": None, **anders}


REGIOS = {
    "NL01": "Nederland", "LD01": "Noord-Nederland (LD)", "LD02": "Oost-Nederland (LD)", "LD03": "West-Nederland (LD)",
    "LD04": "Zuid-Nederland (LD)", "PV20": "Groningen (PV)", "PV21": "Fryslân (PV)", "PV22": "Drenthe (PV)",
    "PV23": "Overijssel (PV)", "PV24": "Flevoland (PV)", "PV25": "Gelderland (PV)", "PV26": "Utrecht (PV)",
    "PV27": "Noord-Holland (PV)", "PV28": "Zuid-Holland (PV)", "PV29": "Zeeland (PV)", "PV30": "Noord-Brabant (PV)",
    "PV31": "Limburg (PV)",
}  # fmt: skip


def vacatures() -> Tabel:
    """Return 83599NED in small: two branches, the country, four landsdelen, twelve provincies, two quarters."""
    branches = [code("T001081", "A-U Alle economische activiteiten", 7), code("300008", "C Industrie", 7),
                code("422400", "Q Gezondheids- en welzijnszorg", 7)]  # fmt: skip
    perioden = [code("2026KW01", "2026 1e kwartaal", Status="Definitief"),
                code("2026KW02", "2026 2e kwartaal*", Status="Voorlopig"),
                code("2025JJ00", "2025", Status="Definitief")]  # fmt: skip
    rijen = []
    for branche, keer in (("T001081", 10), ("300008 ", 3), ("422400 ", 1)):
        for periode in perioden:
            for regio in REGIOS:
                waarde = {"NL01": 60.0, "LD": 15.0, "PV": 5.0}[regio if regio == "NL01" else regio[:2]] * keer
                rijen.append({"BedrijfstakkenBranchesSBI2008": branche, "RegioS": regio.ljust(6),
                              "Perioden": periode["Key"], "OpenstaandeVacatures_1": f"{waarde:8.1f}"})  # fmt: skip
    for nummer, rij in enumerate(rijen):
        rij["ID"] = nummer
    return Tabel(
        "83599NED", "Openstaande vacatures; SBI 2008, regio",
        [("BedrijfstakkenBranchesSBI2008", "Dimension", "Bedrijfstakken/branches (SBI 2008)", branches),
         ("RegioS", "GeoDimension", "Regio's", [code(c, naam, 6) for c, naam in REGIOS.items()]),
         ("Perioden", "TimeDimension", "Perioden", perioden)],
        [topic("OpenstaandeVacatures_1", "Openstaande vacatures", "x 1 000")], rijen,
    )  # fmt: skip


OPLEIDINGEN = ("Totaal opleidingen", "Verpleegkundige", "Verzorgende-IG; niveau 3")
LEERWEGEN = ("Totaal leerweg", "Bol", "Bbl")
JAREN = [code("2022SJ00", "2022/'23", Status="Definitief"), code("2023SJ00", "2023/'24*", Status="Voorlopig")]


def sectorrendement(regios: list[str], *maten: tuple[str, str, str]) -> Tabel:
    """Return a table of AZW as it might be: nobody saw its keys, so these are made up; its title and unit are known."""
    soorten = [
        ("Leerweg", "Dimension", "Leerweg", [code(f"L{n}", naam) for n, naam in enumerate(LEERWEGEN)]),
        ("Opleiding", "Dimension", "Opleiding", [code(f"O{n}", naam) for n, naam in enumerate(OPLEIDINGEN)]),
        ("RegioS", "GeoDimension", "Regio's", [code(c, REGIOS.get(c, c), 6) for c in regios]),
        ("Perioden", "TimeDimension", "Perioden", JAREN),
    ]
    rijen = []
    for leerweg, opleiding, regio, jaar in itertools.product(*(codes for *_, codes in soorten)):
        # 60 %, and 8.5 more of the nurses.
        cijfer = 60 + 8.5 * (opleiding["Key"] == "O1")
        rijen.append({"ID": len(rijen), "Leerweg": leerweg["Key"], "Opleiding": opleiding["Key"],
                      "RegioS": regio["Key"], "Perioden": jaar["Key"],
                      **{sleutel: f"{cijfer:8.1f}" for sleutel, *_ in maten}})  # fmt: skip
    titel = "Mbo; sectorrendement, leerweg, opleiding, regio"
    return Tabel("83001NED", titel, soorten, [topic(*maat) for maat in maten], rijen, catalogus="AZW")


@dataclass
class Statline:
    """Answers questions about its tables; `ander` may answer a path in another way, as a failure does."""

    tabellen: list[Tabel]
    basis: str = ""
    ander: Any = None

    def __call__(self, pad: str) -> Antwoord:
        if self.ander is not None and (antwoord := self.ander(pad)) is not None:
            return antwoord
        delen = urlsplit(pad)
        vraag = {naam: waarden[0] for naam, waarden in parse_qs(delen.query).items()}
        if delen.path == "/ODataCatalog/Tables":
            return self._page(delen.path, vraag, [self._line(tabel) for tabel in self.tabellen])
        if delen.path == "/odata/v1/Datasets":
            return self._page(delen.path, vraag, [self._line(tabel) for tabel in self.tabellen], "@odata.nextLink")
        for tabel in self.tabellen:
            if begin := re.fullmatch(rf"/ODataFeed/odata/{tabel.id}/(\w*)", delen.path):
                return self._v3(tabel, begin[1], delen.path, vraag)
            if begin := re.fullmatch(rf"/odata/v1/{tabel.catalogus}/{tabel.id}/(\w+)", delen.path):
                return self._v4(tabel, begin[1], delen.path, vraag)
        return Antwoord(b"<html>Niet gevonden</html>", 404)

    def _line(self, tabel: Tabel) -> dict[str, Any]:
        return {"ID": 0, "Identifier": tabel.id, "Title": tabel.titel, "Modified": tabel.bijgewerkt,
                "Period": "2026", "Catalog": tabel.catalogus, "Frequency": "Perkwartaal"}  # fmt: skip

    def _v3(self, tabel: Tabel, deel: str, pad: str, vraag: dict[str, str]) -> Antwoord:
        sets = {sleutel: codes for sleutel, _, _, codes in tabel.dimensies}
        if deel == "":
            namen = ["TableInfos", "UntypedDataSet", "TypedDataSet", "DataProperties", "CategoryGroups", *sets]
            return self._page(pad, vraag, [{"name": naam, "url": f"{self.basis}{pad}{naam}"} for naam in namen])
        if deel == "TableInfos":
            return self._page(pad, vraag, [self._line(tabel)])
        if deel == "DataProperties":
            dimensies = [
                {"odata.type": f"Cbs.OData.{soort}", "ID": n, "ParentID": None, "Type": soort, "Key": sleutel,
                 "Title": titel, "Description": ""}
                for n, (sleutel, soort, titel, _) in enumerate(tabel.dimensies)
            ]  # fmt: skip
            return self._page(pad, vraag, [*dimensies, *tabel.groepen, *tabel.maten])
        if deel == "UntypedDataSet":
            return self._page(pad, vraag, [rij for rij in tabel.rijen if fits(rij, vraag.get("$filter", ""))])
        return self._page(pad, vraag, sets[deel]) if deel in sets else Antwoord(b"{}", 404)

    def _v4(self, tabel: Tabel, deel: str, pad: str, vraag: dict[str, str]) -> Antwoord:
        verder = "@odata.nextLink"
        codes = {f"{sleutel}Codes": rijen for sleutel, _, _, rijen in tabel.dimensies}
        if deel == "Properties":
            return Antwoord(json.dumps(self._line(tabel)).encode())
        if deel == "Dimensions":
            rijen = [{"Identifier": s, "Title": titel, "Kind": soort} for s, soort, titel, _ in tabel.dimensies]
            return self._page(pad, vraag, rijen, verder)
        if deel == "MeasureGroups":
            rijen = [{"Id": g["ID"], "ParentId": g["ParentID"], "Title": g["Title"]} for g in tabel.groepen]
            return self._page(pad, vraag, rijen, verder)
        if deel == "MeasureCodes":
            rijen = [{"Identifier": m["Key"], "Title": m["Title"], "Unit": m["Unit"], "MeasureGroupId": m["ParentID"]}
                     for m in tabel.maten]  # fmt: skip
            return self._page(pad, vraag, rijen, verder)
        if deel in codes:
            rijen = [
                {"Identifier": c["Key"].strip(), "Title": c["Title"], "Status": c.get("Status")} for c in codes[deel]
            ]
            return self._page(pad, vraag, rijen, verder)
        cellen = [cel for cel in _cells(tabel) if fits(cel, vraag.get("$filter", ""))]
        return self._page(pad, vraag, cellen, verder)

    def _page(
        self, pad: str, vraag: dict[str, str], rijen: list[dict[str, Any]], verder: str = "odata.nextLink"
    ) -> Antwoord:
        begin = int(vraag.get("$skip", 0))
        grootte = min(PAGINA, int(vraag.get("$top", PAGINA)))
        document: dict[str, Any] = {
            "odata.metadata": f"{self.basis}{pad.rpartition('/')[0]}/$metadata",
            "value": rijen[begin : begin + grootte],
        }
        if grootte == PAGINA and begin + PAGINA < len(rijen):
            rest = "&".join(f"{naam}={waarde}" for naam, waarde in vraag.items() if naam != "$skip")
            adres = f"{self.basis}{pad}?{rest}&$skip={begin + PAGINA}"
            document[verder] = adres.replace(" ", "%20")
        return Antwoord(json.dumps(document).encode())


def _cells(tabel: Tabel) -> list[dict[str, Any]]:
    """Return one row per figure, as v4 sends them: an empty cell is not there."""
    cellen: list[dict[str, Any]] = []
    for rij in tabel.rijen:
        codes = {sleutel: rij[sleutel].strip() for sleutel, *_ in tabel.dimensies}
        for maat in tabel.maten:
            tekst = str(rij[maat["Key"]]).strip()
            if tekst:
                getal = None if tekst == "." else float(tekst)
                soort = "Confidential" if tekst == "." else "None"
                cellen.append({"Id": len(cellen), "Measure": maat["Key"], "ValueAttribute": soort, "Value": getal,
                               "StringValue": None, **codes})  # fmt: skip
    return cellen


def fits(rij: dict[str, Any], filter_: str) -> bool:
    """Return whether a row is what `(A eq 'x' or A eq 'y') and (B eq 'z')` asks; a key without its padding is not."""
    delen = re.findall(r"\(([^()]*)\)", filter_)
    return all(
        any(rij.get(naam) == waarde for naam, waarde in re.findall(r"(\w+) eq '([^']*)'", deel)) for deel in delen
    )
