"""The reference in docs/ is what contracts, catalogue and glossary say today."""

from __future__ import annotations

import re

import pytest

from pipelines.afspraken.contract import column_keys, load_bronnen
from pipelines.afspraken.indicatoren import entry_keys
from pipelines.documentatie import maken
from pipelines.documentatie.betekenis import INDICATOR, KOLOM, LEVERING, meaning
from pipelines.documentatie.opmaak import as_table
from pipelines.levering.leveringen import SLEUTELS

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


@pytest.mark.parametrize(
    ("betekenissen", "sleutels"), [(INDICATOR, entry_keys()), (KOLOM, column_keys()), (LEVERING, SLEUTELS)]
)
def test_every_key_has_a_meaning(betekenissen, sleutels):
    assert not set(sleutels) - set(betekenissen)
    with pytest.raises(KeyError, match="onbekend"):
        meaning(betekenissen, ["onbekend"])


def test_every_table_of_every_source_has_its_columns_and_rules_on_the_page():
    tekst = (maken.DOCS / "aanleveren.md").read_text(encoding="utf-8")
    for bron in load_bronnen().values():
        for tabel in bron.tabellen.values():
            deel = tekst.partition(f"#### `{bron.naam}/{tabel.naam}`")[2].partition("\n#")[0]
            assert re.findall(r"^\| `(\w+)` \|", deel, re.MULTILINE) == list(tabel.kolommen)
            assert deel.count("\n- ") == len(tabel.regels)


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
