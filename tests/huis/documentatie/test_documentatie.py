"""The reference in docs/ is what contracts, catalogue and glossary say today."""

from __future__ import annotations

import re

import pytest

from pipelines.afspraken.contract import load_bronnen
from pipelines.documentatie import maken
from pipelines.documentatie.betekenis import PER_OBJECT
from pipelines.documentatie.opmaak import as_table
from pipelines.documentatie.schemas import SCHEMAS

BOVENAAN = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")


def test_the_reference_is_what_would_be_made_now():
    verouderd = [pad.name for pad in maken.outdated()]
    assert not verouderd, f"Maak de naslag opnieuw met: make docs ({', '.join(verouderd)})"


def test_a_page_that_lags_behind_is_found_and_filled(tmp_path):
    pagina = tmp_path / "woordenlijst.md"
    pagina.write_text(
        "Kop\n<!-- gemaakt: woordenlijst -->\noud\n<!-- einde: woordenlijst -->\nVoet\n", encoding="utf-8"
    )
    nieuw = maken.outdated(tmp_path)[pagina]
    assert nieuw.startswith("Kop\n<!-- gemaakt: woordenlijst -->\n\n| Woord | Betekenis |")
    assert nieuw.endswith("<!-- einde: woordenlijst -->\nVoet\n")
    assert "oud\n" not in nieuw
    assert maken.fill(nieuw) == nieuw


def test_every_part_that_can_be_made_stands_on_one_page():
    tekst = "".join(pad.read_text(encoding="utf-8") for pad in maken.DOCS.rglob("*.md"))
    assert sorted(re.findall(r"<!-- gemaakt: (.+?) -->", tekst)) == sorted(maken.DELEN)


def test_every_meaning_is_of_a_key_and_a_key_without_one_stops_the_making(monkeypatch):
    delen = [deel for schema in SCHEMAS.values() for deel in (schema(), *schema().get("$defs", {}).values())]
    sleutels = {deel["title"]: set(deel["properties"]) for deel in delen if "properties" in deel}
    assert sleutels == {naam: set(betekenissen) for naam, betekenissen in PER_OBJECT.items()}
    monkeypatch.setitem(PER_OBJECT, "Levering", {})
    with pytest.raises(KeyError, match="bron"):
        SCHEMAS["levering"]()


def test_every_table_of_every_source_has_its_columns_and_rules_on_the_page():
    tekst = (maken.DOCS / "aanleveren.md").read_text(encoding="utf-8")
    for bron in load_bronnen().values():
        for tabel in bron.tabellen.values():
            deel = tekst.partition(f"#### `{bron.naam}/{tabel.naam}`")[2].partition("\n#")[0]
            assert re.findall(r"^\| `(\w+)` \|", deel, re.MULTILINE) == list(tabel.kolommen)
            assert deel.count("\n- ") == len(tabel.regels)


def test_every_page_is_in_the_menu_of_the_site_and_every_guide_on_its_front_page():
    menu = set(re.findall(r'"([\w/-]+\.md)"', (maken.DOCS.parent / "zensical.toml").read_text(encoding="utf-8")))
    paginas = {pad.relative_to(maken.DOCS).as_posix() for pad in maken.DOCS.rglob("*.md")}
    assert menu == {naam for naam in paginas if not re.match(r"besluiten/\d", naam)}
    voorpagina = (maken.DOCS / "index.md").read_text(encoding="utf-8")
    assert [naam for naam in sorted(menu) if naam.startswith("handleiding/") and f"({naam})" not in voorpagina] == []


def test_every_room_of_the_app_is_in_the_architecture():
    tekst = (maken.DOCS / "architectuur.md").read_text(encoding="utf-8")
    kamers = {pad.parent.name for pad in (maken.DOCS.parent / "app").glob("*/__init__.py")}
    assert [naam for naam in sorted(kamers) if f"| `app/{naam}/` |" not in tekst] == []


def test_every_switch_of_the_surroundings_is_described():
    """Apart from those that one part of the monitor sets for another."""
    onderling = {"REGIOMONITOR_AANLEVEREN", "REGIOMONITOR_VOORBEELD"}
    code = "".join(
        pad.read_text(encoding="utf-8")
        for map_ in ("app", "pipelines")
        for pad in (maken.DOCS.parent / map_).rglob("*.py")
    )
    gids = "".join(pad.read_text(encoding="utf-8") for pad in (maken.DOCS / "handleiding").glob("*.md"))
    namen = set(re.findall(r"\bREGIOMONITOR_[A-Z_]*[A-Z]\b", code)) | {"REGIOMONITOR_RAW", "REGIOMONITOR_WAREHOUSE"}
    assert [naam for naam in sorted(namen - onderling) if f"`{naam}`" not in gids] == []


def test_the_readme_stays_short():
    assert len((maken.DOCS.parent / "README.md").read_bytes()) <= 8_000


def test_every_link_between_pages_leads_somewhere():
    paginas = [*maken.DOCS.rglob("*.md"), *(maken.DOCS.parent / naam for naam in BOVENAAN)]
    dood = [
        f"{pagina.name}: {doel}"
        for pagina in paginas
        for doel in re.findall(r"\]\(([^)#:]+)\)", pagina.read_text(encoding="utf-8"))
        if not (pagina.parent / doel).exists()
    ]
    assert not dood


def test_a_bar_in_a_cell_stays_a_bar():
    assert as_table(("a",), [("x|y",)]).endswith("| x\\|y |")
