"""The description of a CSV is what CSV on the Web asks, and the CSV is what its description says."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from opendata import Loket, counter

from app.opdrachten import cli

# The properties that the vocabulary knows of a table, a group of them, a schema, a column and a dialect.
GEMEEN = {"@context", "@id", "@type", "notes"}
VAN_TABEL = GEMEEN | {"url", "dialect", "tableSchema", "suppressOutput", "tableDirection", "transformations"}
VAN_GROEP = GEMEEN | {"tables", "dialect", "tableSchema", "tableDirection", "transformations"}
VAN_SCHEMA = {"@id", "@type", "columns", "foreignKeys", "primaryKey", "rowTitles"}
ERFT = {"aboutUrl", "datatype", "default", "lang", "null", "ordered", "propertyUrl", "required", "separator",
        "textDirection", "valueUrl"}  # fmt: skip
VAN_KOLOM = {"@id", "@type", "name", "suppressOutput", "titles", "virtual"} | ERFT
VAN_DIALECT = {"@id", "@type", "commentPrefix", "delimiter", "doubleQuote", "encoding", "header", "headerRowCount",
               "lineTerminators", "quoteChar", "skipBlankRows", "skipColumns", "skipInitialSpace", "skipRows",
               "trim"}  # fmt: skip
SOORTEN = {"string", "decimal", "integer", "date", "boolean"}


@pytest.fixture
def loket(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loket]:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    with counter() as loket:
        yield loket


def check_names(deel: dict[str, Any], bekend: set[str]) -> None:
    assert {naam for naam in deel if ":" not in naam} <= bekend


def check_description(wat: dict[str, Any]) -> None:
    """Hold a description against the vocabulary: what must be there, and nothing that it does not know."""
    assert wat["@context"][0] == "http://www.w3.org/ns/csvw"
    check_names(wat, VAN_GROEP if "tables" in wat else VAN_TABEL)
    for tafel in wat.get("tables", [wat]):
        assert tafel["url"]
        check_names(tafel, VAN_TABEL)
    check_names(wat["dialect"], VAN_DIALECT)
    schema = wat["tableSchema"]
    check_names(schema, VAN_SCHEMA)
    namen = [kolom["name"] for kolom in schema["columns"]]
    assert len(namen) == len(set(namen))
    assert set(schema["primaryKey"]) <= set(namen)
    for kolom in schema["columns"]:
        check_names(kolom, VAN_KOLOM)
        assert not kolom["name"].startswith("_")
        soort = kolom["datatype"]
        assert (soort if isinstance(soort, str) else soort["base"]) in SOORTEN


def check_table(inhoud: bytes, wat: dict[str, Any]) -> int:
    """Read a CSV as its description says; returns how many rows there are."""
    dialect, schema = wat["dialect"], wat["tableSchema"]
    tekst = inhoud.decode("utf-8-sig")
    koppen, *rijen = csv.reader(io.StringIO(tekst, newline=""), delimiter=dialect["delimiter"])
    assert koppen == [kolom["titles"] for kolom in schema["columns"]]
    assert tekst.count(dialect["lineTerminators"][0]) >= len(rijen) + 1
    for rij in rijen:
        for kolom, veld in zip(schema["columns"], rij, strict=True):
            check_value(kolom, veld)
    plekken = [koppen.index(naam) for naam in schema["primaryKey"]]
    assert len({tuple(rij[i] for i in plekken) for rij in rijen}) == len(rijen)
    return len(rijen)


def check_value(kolom: dict[str, Any], veld: str) -> None:
    if not veld:
        assert not kolom.get("required"), kolom["name"]
        return
    soort = kolom["datatype"] if isinstance(kolom["datatype"], dict) else {"base": kolom["datatype"]}
    if soort["base"] == "decimal":
        punt = soort["format"]["decimalChar"]
        assert "." not in veld or punt == "."
        float(veld.replace(punt, "."))
    elif soort["base"] == "integer":
        int(veld)
    elif soort["base"] == "date":
        date.fromisoformat(veld)
    elif soort["base"] == "boolean":
        assert veld in soort["format"].split("|")


@pytest.mark.parametrize("vorm", ["csv", "nl.csv"])
@pytest.mark.parametrize("adres", ["indicatoren/dekkingsgraad", "indicatoren/verzuim", "regios/NL01"])
def test_a_served_csv_is_what_its_description_says(loket: Loket, adres: str, vorm: str) -> None:
    antwoord = loket.ask(f"/data/v1/{adres}.{vorm}")
    plek = antwoord.koppen["link"].partition('>; rel="describedby"')[0].rpartition("<")[2]
    beschrijving = loket.ask(plek)
    assert beschrijving.koppen["content-type"] == "application/csvm+json"
    check_description(beschrijving.json)
    assert beschrijving.json["url"] == f"{adres.partition('/')[2]}.{vorm}"
    assert check_table(antwoord.inhoud, beschrijving.json) == antwoord.inhoud.count(b"\n") - 1 > 5
    assert "publicatie" in beschrijving.json["dc:bibliographicCitation"]


def test_a_description_of_an_earlier_publication_or_of_examples_names_that_csv(loket: Loket) -> None:
    antwoord = loket.ask("/data/v1/indicatoren/verzuim.csv?voorbeeld=1&regio=NL01")
    assert "</data/v1/indicatoren/verzuim.csv-metadata.json?voorbeeld=1>" in antwoord.koppen["link"]
    wat = loket.ask("/data/v1/indicatoren/verzuim.csv-metadata.json?voorbeeld=1").json
    assert wat["url"] == "verzuim.csv?voorbeeld=1"
    assert wat["notes"][0].startswith("VOORBEELD")


def test_a_package_describes_each_of_its_files(kleine_publicatie: Path, tmp_path: Path) -> None:
    assert cli.main(["export", "--warehouse", str(kleine_publicatie), "-o", str(tmp_path / "uit")]) == 0
    wat = json.loads((tmp_path / "uit" / "csv-metadata.json").read_bytes())
    check_description(wat)
    assert [tafel["url"] for tafel in wat["tables"]] == ["cijfers/dekkingsgraad.csv"]
    for tafel in wat["tables"]:
        assert check_table((tmp_path / "uit" / tafel["url"]).read_bytes(), wat) == 2


def test_a_csv_that_is_not_what_its_description_says_is_found(loket: Loket) -> None:
    wat = loket.ask("/data/v1/indicatoren/dekkingsgraad.csv-metadata.json").json
    goed = loket.ask("/data/v1/indicatoren/dekkingsgraad.csv").inhoud
    for fout in (goed.replace(b"false", b"nee"), goed.replace(b"waarde,", b"waarden,"), goed + goed.splitlines(True)[1],
                 goed.replace(b"0.", b"0,")):  # fmt: skip
        with pytest.raises((AssertionError, ValueError)):
            check_table(fout, wat)
