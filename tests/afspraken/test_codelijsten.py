"""Status, herkomst, schatting, niveau and oordeel: one list of each, in code and in the publication."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from bomen import nodes

from pipelines.afspraken.codelijsten import (
    IN_PLAATS,
    LIJSTEN,
    MINSTE_VAN_PANEL,
    OBS_STATUS,
    TOONBAAR,
    Aansluitoordeel,
    Herkomst,
    Niveau,
    Regeloordeel,
    Schatting,
    Status,
    Toetsoordeel,
    add_macros,
    round_half_up,
    sql_list,
)

ROOT = Path(__file__).parents[2]
BRONNEN = [
    pad
    for map_ in ("app", "pipelines")
    for pad in sorted((ROOT / map_).rglob("*"))
    if pad.suffix in (".py", ".sql") and pad.name != "codelijsten.py" and "voorbeelddata" not in pad.parts
]


def test_the_publication_says_what_every_code_means(publicatie: duckdb.DuckDBPyConnection) -> None:
    rijen = publicatie.execute("select lijst, code, naam from codelijst order by lijst, volgorde").fetchall()
    assert rijen == [(lijst, str(c), c.naam) for lijst in sorted(LIJSTEN) for c in LIJSTEN[lijst]]


@pytest.mark.parametrize(
    ("tabel", "kolom", "lijst"),
    [
        ("waarneming", "status", "status"),
        ("waarneming", "herkomst", "herkomst"),
        ("waarneming", "schatting", "schatting"),
        ("regio", "niveau", "niveau"),
        ("verschil", "oordeel", "verschil.oordeel"),
        ("regeltoets", "oordeel", "regeltoets.oordeel"),
        ("regeltoets", "soort", "regeltoets.soort"),
        ("aansluiting", "oordeel", "aansluiting.oordeel"),
    ],
)
def test_no_code_is_published_that_has_no_place_in_its_list(publicatie, tabel: str, kolom: str, lijst: str) -> None:
    vraag = f"select distinct {kolom} from {tabel} where {kolom} not in (select code from codelijst where lijst = ?)"
    assert publicatie.execute(vraag, [lijst]).fetchall() == []


def test_the_order_of_a_list_is_what_goes_first(publicatie: duckdb.DuckDBPyConnection) -> None:
    assert [*Herkomst] == ["levering", "gepubliceerd", "synthetisch"]
    assert next(iter(Niveau)) == "land"
    assert [*Niveau][-1] == "gemeente"
    assert next(iter(Status)) == "nvt"
    assert sql_list(Herkomst) == "['levering', 'gepubliceerd', 'synthetisch']"


# What a code is held in: a field, a variable or a column of one of these names.
VELDEN = {
    "status": {*Status}, "herkomst": {*Herkomst}, "heeft": {*Herkomst}, "schatting": {*Schatting} - {""},
    "niveau": {*Niveau}, "oordeel": {*Toetsoordeel, *Regeloordeel, *Aansluitoordeel},
}  # fmt: skip
# Codes that are no word a reader could see: standing alone they can only be the code. Some are also words of our own.
ALLEEN_CODE = {
    c for lijst in (Status, Herkomst, Niveau, Toetsoordeel, Regeloordeel, Aansluitoordeel) for c in lijst
    if c != c.naam.lower() and c not in (Status.ONTBREEKT, Herkomst.LEVERING, Niveau.LAND)
}  # fmt: skip
# What a supplier may write in a cell is that word, not our code for it.
MERKTEKEN = "nvt"
IN_SQL = re.compile(r"\b(status|niveau|herkomst|oordeel|schatting)\b\s*(?:=|<>|!=|not in|in)\s*\(?'(\w+)'")


def field(knoop: ast.expr) -> object:
    """Return by what name a value goes: rij.status, status, rij['status']."""
    if isinstance(knoop, ast.Subscript) and isinstance(knoop.slice, ast.Constant):
        return knoop.slice.value
    return getattr(knoop, "attr", getattr(knoop, "id", None))


def written_codes(tekst: str, *, is_app: bool) -> set[str]:
    """Return the codes that Python writes out: beside a field that holds one or alone, and in the app also in SQL."""
    gevonden = set()
    for knoop in nodes(tekst):
        if isinstance(knoop, ast.Compare):
            zijden = [knoop.left, *knoop.comparators]
            mogelijk = set().union(*(VELDEN.get(str(field(z)), set()) for z in zijden))
            delen = [deel for z in zijden for deel in getattr(z, "elts", [z])]
            gevonden |= {d.value for d in delen if isinstance(d, ast.Constant) and d.value in mogelijk}
        elif isinstance(knoop, ast.Constant) and isinstance(knoop.value, str):
            gevonden |= {knoop.value} & (ALLEEN_CODE if is_app else ALLEEN_CODE - {MERKTEKEN})
            if is_app:
                gevonden |= {code for veld, code in IN_SQL.findall(knoop.value) if code in VELDEN[veld]}
    return gevonden


@pytest.mark.parametrize(
    ("tekst", "codes"),
    [
        ("rij.status == 'indicatief'", {"indicatief"}),
        ("rij['niveau'] in ('land', 'wgo')", {"land", "wgo"}),
        ("toets.oordeel not in ('hoger', 'lager')", {"hoger", "lager"}),
        ("indicator.richting == 'hoger'", set()),
        ("woord = 'indicatief' if rij.status == Status.INDICATIEF else ''", set()),
        ("badge('synthetisch')", {"synthetisch"}),
        ("sql = \"from w where herkomst <> 'gepubliceerd'\"", {"gepubliceerd"}),
        ("sql = f\"from w where herkomst <> '{Herkomst.GEPUBLICEERD}'\"", set()),
    ],
)
def test_a_code_that_is_written_out_is_found(tekst: str, codes: set[str]) -> None:
    assert written_codes(tekst, is_app=True) == codes


def test_no_file_writes_a_code_out() -> None:
    gevonden = {
        str(pad.relative_to(ROOT)): codes
        for pad in BRONNEN
        if pad.suffix == ".py"
        and (codes := written_codes(pad.read_text("utf-8"), is_app=pad.relative_to(ROOT).parts[0] == "app"))
    }
    assert gevonden == {}


@pytest.mark.parametrize(
    ("waarde", "decimalen", "afgerond"),
    [(22.5, 0, "23"), (0.125, 2, "0.13"), (Fraction(1, 3), 2, "0.33"), (Decimal("-2.5"), 0, "-3"), (44.0, -1, "40")],
)
def test_half_is_rounded_up(waarde: float | Decimal | Fraction, decimalen: int, afgerond: str) -> None:
    assert round_half_up(waarde, decimalen) == Decimal(afgerond)


@pytest.mark.parametrize("lijst", ["herkomst", "schatting", "niveau"])
def test_no_file_keeps_a_list_of_its_own(lijst: str) -> None:
    """Three codes in a row are a list; two may be a choice (of whom a talk can be)."""
    een = "|".join(re.escape(code) for code in LIJSTEN[lijst] if code)
    reeks = re.compile(
        rf"""(["'])({een})\1(: ?["'][^"']*["'])?,\s*(["'])({een})\4(: ?["'][^"']*["'])?,\s*(["'])({een})\7"""
    )
    gevonden = [
        f"{pad.relative_to(ROOT)}: {treffer[0]}"
        for pad in BRONNEN
        for treffer in reeks.finditer(pad.read_text(encoding="utf-8"))
    ]
    assert gevonden == []


@pytest.mark.parametrize(
    "patroon",
    [
        r"\bLAND = ",
        r"\bTOTAAL(, \w+)? = ",
        "ROUND_HALF_UP",
        r"MINSTE_RESPONS\w* = ",
        r"\bKLEIN = \{",
        # The statuses with a figure, those that hide one, those that are counted, those without, and the branches that
        # are no part.
        "(['\"])beschikbaar\\1, \\1indicatief",
        "(['\"])onderdrukt\\1, \\1te_weinig",
        r"(beschikbaar|BESCHIKBAAR)\W+(Status\.)?(onderdrukt|ONDERDRUKT)\b['\"]?\)",
        r"\b(nvt|NVT)\W+(Status\.)?(ontbreekt|ONTBREEKT)\b['\"]?[)}]|\b(ontbreekt|ONTBREEKT)\W+(Status\.)?(nvt|NVT)\b['\"]?[)}]",
        "(['\"])TOTAAL\\1, \\1ALLE",
    ],
)
def test_what_is_shared_is_written_once(patroon: str) -> None:
    vindplaatsen = [
        str(pad.relative_to(ROOT)) for pad in BRONNEN if re.search(patroon, pad.read_text(encoding="utf-8"))
    ]
    assert vindplaatsen == []


@pytest.mark.parametrize("naam", ["Regel", "Tabel", "Keuze", "Uitkomst", "Doel", "Ambitie", "Haal", "Lijst", "Bron"])
def test_a_name_means_one_thing(naam: str) -> None:
    begin = re.compile(rf"^(class {naam}\b|{naam}\b[^\n=]* = )", re.MULTILINE)
    vindplaatsen = [str(pad.relative_to(ROOT)) for pad in BRONNEN if begin.search(pad.read_text(encoding="utf-8"))]
    assert len(vindplaatsen) <= 1, vindplaatsen


@pytest.mark.parametrize(
    ("statussen", "samen"),
    [
        ("['beschikbaar', 'onderdrukt', 'ontbreekt']", "ontbreekt"), ("['onderdrukt', null]", "onderdrukt"),
        ("['beschikbaar']", "beschikbaar"), ("[null]", "beschikbaar"),
    ],
)  # fmt: skip
def test_a_sum_has_the_first_status_that_applies(statussen: str, samen: str) -> None:
    con = duckdb.connect()
    add_macros(con)
    assert con.execute(f"select slechtste_status({statussen}), is_toonbaar('{samen}')").fetchone() == (
        samen, samen in TOONBAAR,
    )  # fmt: skip


def test_no_file_of_the_app_writes_out_how_a_status_is_called() -> None:
    woorden = {status.naam for status in Status if " " in status.naam}
    gevonden = {
        str(pad.relative_to(ROOT)): woord
        for pad in BRONNEN
        if pad.suffix == ".py" and pad.relative_to(ROOT).parts[0] == "app" and pad.name != "kolommen.py"
        for knoop in nodes(pad.read_text("utf-8"))
        if isinstance(knoop, ast.Constant) and (woord := knoop.value) in woorden
    }
    assert gevonden == {}


def test_the_threshold_of_the_panel_is_said_as_it_is() -> None:
    zin = f"Onder {MINSTE_VAN_PANEL} antwoorden staat er geen percentage."
    assert (ROOT / "indicators.yml").read_text("utf-8").count(zin) == 2


def test_every_status_without_a_figure_has_something_in_its_place():
    """A status that is added and forgotten here would leave a tile and a cell empty."""
    assert set(IN_PLAATS) == {status for status in Status if status not in TOONBAAR}
    assert set(OBS_STATUS) == set(Status)


@pytest.mark.parametrize("lijst", [Status, Herkomst, Niveau], ids=lambda lijst: lijst.__name__)
def test_what_is_said_of_every_code_is_said_beside_the_codes(lijst):
    """A mapping of three codes elsewhere is a place that a new code would have to be added to."""
    sleutel = rf"^\s+{lijst.__name__}\.\w+: .*\n"
    rij = re.compile(rf"({sleutel}(?:(?!{sleutel}).*\n)?){{3}}", re.MULTILINE)
    vindplaatsen = [str(pad.relative_to(ROOT)) for pad in BRONNEN if rij.search(pad.read_text(encoding="utf-8"))]
    assert vindplaatsen == []
