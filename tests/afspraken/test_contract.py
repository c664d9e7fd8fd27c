"""Descriptions of sources: a slip of the pen is named, with the nearest right word, before any data is read."""

from __future__ import annotations

import pytest

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.meldingen import AfgekeurdError

GOED = """
titel: Proef
leverancier: Iemand
tabellen:
  cel:
    rij: één rij per periode
    kolommen:
      periode: {type: periode}
      aantal: {type: geheel, min: 0, leeg: ja}
      soort: {type: code, lijst: [a, b]}
    sleutel: [periode]
    regels:
      - {naam: klein, kolom: aantal, als: aantal < 10, anders: "{aantal} is te veel."}
"""


@pytest.fixture
def laad(tmp_path):
    def load(tekst: str, naam: str = "proef"):
        (tmp_path / f"{naam}.yml").write_text(tekst, encoding="utf-8")
        (tmp_path / f"{naam}.sql").write_text("select 1;", encoding="utf-8")
        return load_bronnen(tmp_path)

    return load


def refused(laad, tekst: str) -> list[str]:
    with pytest.raises(AfgekeurdError) as fout:
        laad(tekst)
    return [str(melding).splitlines()[0] for melding in fout.value.meldingen]


def test_the_shipped_sources_load_and_every_key_column_exists():
    bronnen = load_bronnen()
    assert {"gepubliceerd", "pfzw_dekking"} <= set(bronnen)
    for tabel in (tabel for bron in bronnen.values() for tabel in bron.tabellen.values()):
        assert set(tabel.sleutel) <= set(tabel.kolommen)


def test_a_source_is_read_as_written(laad):
    tabel = laad(GOED)["proef"].tabellen["cel"]
    assert tabel.verplicht == ("periode", "soort")
    assert tabel.kolommen["aantal"].min == 0
    assert tabel.kolommen["soort"].lijst == ("a", "b")
    assert tabel.regels[0].als == "aantal < 10"


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        ("titel: Proef", "titl: Proef", "proef.yml: onbekende sleutel 'titl'. Bedoelde u titel?"),
        ("type: geheel", "type: gehel", "proef.yml: kolom aantal: type 'gehel' bestaat niet. Bedoelde u geheel?"),
        ("type: geheel", "tipe: geheel", "proef.yml: kolom aantal: onbekende sleutel 'tipe'. Bedoelde u type?"),
        ("leeg: ja", "leeg: waar", "proef.yml: kolom aantal: leeg 'waar' bestaat niet."),
        ("min: 0", "min: nul", "proef.yml: kolom aantal: min is geen getal."),
        ("lijst: [a, b]", "lijst: ab", "proef.yml: kolom soort: lijst is geen lijst."),
        ("lijst: [a, b]", "verwijst: brache",
         "proef.yml: kolom soort: verwijst 'brache' bestaat niet. Bedoelde u branche?"),
        ("sleutel: [periode]", "sleutel: [perode]",
         "proef.yml: tabel cel: sleutelkolom 'perode' bestaat niet. Bedoelde u periode?"),
        ("sleutel: [periode]", "sleutel: periode", "proef.yml: tabel cel: sleutel is geen lijst."),
        ("als: aantal < 10, ", "", "proef.yml: regel klein: geef óf 'als' óf 'fout'."),
        ("als: aantal < 10", "als: a, fout: select 1", "proef.yml: regel klein: geef óf 'als' óf 'fout'."),
        ('anders: "{aantal} is te veel."', "dan: x", "proef.yml: regel klein: onbekende sleutel 'dan'."),
    ],
)  # fmt: skip
def test_a_slip_in_a_description_is_named(laad, oud, nieuw, melding):
    assert oud in GOED
    assert melding in refused(laad, GOED.replace(oud, nieuw))


def test_a_description_that_stops_halfway_is_a_message_and_not_a_traceback(laad):
    halverwege = "titel: Proef\nleverancier: Iemand\ntabellen:\n"
    assert refused(laad, halverwege) == ["proef.yml: tabellen: hier horen sleutels met waarden te staan."]
    assert "proef.yml: sleutel 'tabellen' ontbreekt." in refused(laad, "titel: Proef\nleverancier: Iemand\n")


def test_faults_of_two_sources_come_together(laad):
    refused(laad, GOED.replace("titel: Proef", "titl: Proef"))
    with pytest.raises(AfgekeurdError) as fout:
        laad(GOED.replace("min: 0", "min: nul"), naam="ander")
    assert {melding.bestand for melding in fout.value.meldingen} == {"proef.yml", "ander.yml"}


def test_a_source_without_its_staging_query_is_refused(tmp_path):
    (tmp_path / "proef.yml").write_text(GOED, encoding="utf-8")
    with pytest.raises(AfgekeurdError, match=r"proef\.sql: De staging-query van deze bron ontbreekt\."):
        load_bronnen(tmp_path)


def test_an_escape_code_in_an_unknown_key_does_not_reach_the_terminal(laad):
    meldingen = refused(laad, GOED.replace("titel:", '"\\e[31mtitel":'))
    assert "\x1b" not in "".join(meldingen)
    assert "proef.yml, rij 2: '�[31mtitel' bevat een teken dat niemand kan lezen (U+001B)." in meldingen


MET_BASIS = GOED.replace("min: 0, leeg: ja}", "basis: soort = 'a'}").replace(
    "    sleutel:", "    bases:\n      soort = 'a': die a kozen\n    sleutel:"
)


def test_a_base_has_its_words_beside_it(laad):
    assert laad(MET_BASIS)["proef"].tabellen["cel"].bases == {"soort = 'a'": "die a kozen"}
    zonder = MET_BASIS.replace("    bases:\n      soort = 'a': die a kozen\n", "")
    assert refused(laad, zonder) == ["proef.yml: tabel cel: basis soort = 'a' heeft geen woorden."]


def test_words_for_a_base_that_no_column_has_are_refused(laad):
    fout = MET_BASIS.replace("basis: soort = 'a'", "min: 0")
    assert "tabel cel, bases: geen kolom heeft basis soort = 'a'." in refused(laad, fout)[0]


def test_the_part_of_a_question_is_one_of_two(laad):
    fout = GOED.replace("lijst: [a, b]", "lijst: [a, b], rol: afsluitr")
    assert "rol 'afsluitr' bestaat niet. Bedoelde u afsluiter?" in refused(laad, fout)[0]
