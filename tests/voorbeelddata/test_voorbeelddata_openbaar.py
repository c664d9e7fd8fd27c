"""The voorbeelddata of the public statistics: same bytes everywhere, and true to every published figure."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.voorbeelddata import openbaar
from pipelines.voorbeelddata.marges import apportion, complete, figures
from pipelines.voorbeelddata.nagaan import check_margins
from pipelines.voorbeelddata.stromen import share_within, within_rounding

RAW = Path(__file__).parents[2] / "data" / "raw"
Rij = dict[str, str]
# Published figures (CBS and others, in the delivery of gepubliceerd), written out here again so that a slip in
# the script does not confirm itself: table, condition, column, the figure, and the step in which it was rounded.
MARGES: list[tuple[str, dict[str, str], str, int, int]] = [
    ("werknemers/werknemers", {"periode": "2019KW02", "branche_code": "TOTAAL"}, "werknemers", 1_318_000, 1000),
    ("vacatures/vacatures", {"periode": "2022KW03", "afbakening": "azw_breed"}, "openstaand", 67_000, 100),
    ("vacatures/vacatures", {"periode": "2022KW03", "branche_code": "VVT"}, "openstaand", 21_700, 100),
    ("vacatures/vacatures", {"periode": "2022KW03", "branche_code": "VVT"}, "ontstaan", 16_500, 100),
    ("vacatures/vacatures", {"periode": "2021KW03", "afbakening": "azw_breed"}, "openstaand", 50_900, 100),
    ("vacatures/vacatures", {"periode": "2021KW03", "afbakening": "sbi_q"}, "openstaand", 50_800, 100),
    ("vacatures/vacatures", {"periode": "2019KW03", "afbakening": "azw_breed"}, "ontstaan", 41_000, 1000),
    ("onderwijs/instroom", {"schooljaar": "2021/22", "niveau": "hbo"}, "instroom", 48_000, 1000),
    ("onderwijs/instroom", {"schooljaar": "2021/22", "opleiding": "verpleegkundige_mbo"}, "instroom", 11_200, 100),
    ("onderwijs/instroom", {"schooljaar": "2021/22", "opleiding": "verzorgende_ig"}, "instroom", 9_900, 100),
    ("onderwijs/instroom", {"schooljaar": "2023/24", "opleiding": "pedagogisch_werk_mbo"}, "instroom", 14_000, 1000),
    ("mobiliteit/stromen", {"periode": "2022KW04", "branche_code": "TOTAAL"}, "instroom", 175_000, 1000),
    ("mobiliteit/stromen", {"periode": "2022", "branche_code": "TOTAAL"}, "instroom_onderwijs", 88_000, 1000),
    ("mobiliteit/stromen", {"periode": "2020KW01", "branche_code": "TOTAAL"}, "uitstroom", 125_000, 1000),
]


@pytest.fixture(scope="module")
def rijen() -> Callable[..., list[Rij]]:
    """Return the rows of a shipped table that meet a condition."""

    def read(tabel: str, **waar: str) -> list[Rij]:
        bron, naam = tabel.split("/")
        with (RAW / bron / "voorbeeld" / f"{naam}.csv").open(encoding="utf-8", newline="") as stroom:
            return [rij for rij in csv.DictReader(stroom) if all(rij[k] == v for k, v in waar.items())]

    return read


def total(rijen: list[Rij], kolom: str) -> int:
    return sum(int(rij[kolom]) for rij in rijen)


def test_the_script_writes_the_shipped_files_byte_for_byte(tmp_path):
    openbaar.main(["--raw", str(tmp_path)])
    geschreven = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert geschreven == {pad: (RAW / pad).read_bytes() for pad in geschreven}
    assert len(geschreven) == 16
    assert sum(map(len, geschreven.values())) < 1_000_000


@pytest.mark.parametrize(("tabel", "waar", "kolom", "gepubliceerd", "stap"), MARGES)
def test_regions_add_up_to_the_published_figure_within_its_rounding(rijen, tabel, waar, kolom, gepubliceerd, stap):
    assert abs(total(rijen(tabel, **waar), kolom) - gepubliceerd) <= stap / 2


def test_mbo_students_of_all_levels_are_the_published_73_thousand(rijen):
    niveaus = [total(rijen("onderwijs/instroom", schooljaar="2021/22", niveau=n), "instroom") for n in
               ("mbo2", "mbo3", "mbo4")]  # fmt: skip
    assert sum(niveaus) == 73_000


@pytest.mark.parametrize(
    ("provincie", "regios", "gepubliceerd"),
    [
        ("Zuid-Holland", ("RA0818", "RA0919", "RA1020", "RA1121"), 16_600),
        ("Noord-Brabant", ("RA1323", "RA1324", "RA1325", "RA1326"), 9_400),
        ("Limburg", ("RA1427", "RA1428"), 3_800),
        ("Groningen", ("RA0101",), 2_000),
    ],
)
def test_regions_that_fill_a_province_add_up_to_it(rijen, provincie, regios, gepubliceerd):
    deel = [
        r for r in rijen("vacatures/vacatures", periode="2022KW03", afbakening="sbi_q") if r["regio_code"] in regios
    ]
    assert abs(total(deel, "openstaand") - gepubliceerd) <= 50


@pytest.mark.parametrize(
    ("periode", "branche", "promille"),
    [("2022KW04", "VVT", 93), ("2022KW04", "HAG", 79), ("2022KW03", "GGZ", 68), ("2021KW02", "KO", 69)],
)
def test_sick_days_over_available_days_is_the_published_share(rijen, periode, branche, promille):
    deel = rijen("verzuim/verzuim", periode=periode, branche_code=branche)
    aandeel = total(deel, "verzuimdagen") / total(deel, "beschikbare_dagen")
    assert abs(1000 * aandeel - promille) < 0.5


def test_employers_with_hard_vacancies_are_forty_percent(rijen):
    deel = rijen("vacatures/moeilijk_vervulbaar", branche_code="TOTAAL")
    assert total(deel, "werkgevers_moeilijk_vervulbaar") / total(deel, "werkgevers") == pytest.approx(0.40, abs=0.005)


def test_shares_of_the_survey_weighted_by_employees_are_the_published_half(rijen):
    werknemers = {
        r["regio_code"]: int(r["werknemers"])
        for r in rijen("werknemers/werknemers", periode="2022", branche_code="TOTAAL")
    }
    vraag = rijen("werknemersenquete/uitkomsten", periode="2022KW02", vraag="werkdruk_te_hoog")
    per_regio = {r["regio_code"]: float(r["aandeel"]) for r in vraag if r["regio_code"] in werknemers}
    gemiddeld = sum(per_regio[r] * n for r, n in werknemers.items()) / sum(werknemers.values())
    assert gemiddeld == pytest.approx(0.5, abs=0.0005)
    assert not [r for r in vraag if r["regio_code"] == "NL01"]


def test_every_delivery_of_published_figures_is_a_margin():
    """Of one key the order of the publication holds: the table of CBS goes before the programme of 2018."""
    jeugdzorg = ("openstaande_vacatures", "afbakening=azw_breed", "NL01", "JZ", "2023KW01")
    leerlingen = ("instroom_opleidingen", "opleiding=verpleegkundige_mbo", "NL01", "TOTAAL", "2017/18")
    assert (figures()[jeugdzorg]["waarde"], figures()[leerlingen]["waarde"]) == ("850", "9000")


def test_nothing_is_written_when_a_sum_differs_from_what_was_published(tmp_path, monkeypatch):
    kolommen, make = openbaar.TABELLEN["verzuim"]["verzuim"]
    dubbel = {"verzuim": (kolommen, lambda: [(*r[:4], r[4] * 2, *r[5:]) if r[2] == "KO" else r for r in make()])}
    monkeypatch.setattr(openbaar, "TABELLEN", {"verzuim": dubbel})
    with pytest.raises(ValueError, match="tellen niet op tot wat is gepubliceerd: verzuim, meting=kzv, NL01, KO"):
        openbaar.main(["--raw", str(tmp_path)])
    assert not list(tmp_path.iterdir())


def test_the_sums_are_laid_beside_every_published_figure_of_their_key():
    soorten = {"mobiliteit": openbaar.make_all()["mobiliteit"]}
    assert check_margins(soorten) > 0


def test_the_simulator_finds_every_region_and_branche_in_2021_and_2022(rijen):
    for periode in ("2021", "2022"):
        deel = rijen("werknemers/werknemers", periode=periode)
        assert len({(r["regio_code"], r["branche_code"]) for r in deel}) == 28 * 11


def test_no_invented_row_has_the_key_of_a_real_figure(publicatie):
    """Only sums that the monitor makes itself stand beside a published figure, never a delivered row."""
    vraag = """
        select s.indicator_id, s.regio_code, s.periode from waarneming s
        join waarneming g using (indicator_id, categorie, uitsplitsing, regio_code, branche_code, periode)
        join levering l on l.levering_id = s.levering_id and l.leverancier like 'Regiomonitor%'
        where s.herkomst = 'synthetisch' and g.herkomst <> 'synthetisch' and s.niveau <> 'land'
          and s.levering_id not like 'srs_enquete/%'
    """
    assert publicatie.execute(vraag).fetchall() == []


def test_every_published_figure_that_is_computed_too_agrees(publicatie):
    oordelen = publicatie.execute(
        """
        select indicator_id, count(*), count(*) filter (where oordeel = 'wijkt_af') from aansluiting
        where herkomst_berekend = 'synthetisch' and indicator_id in (select indicator_id from indicator
            where bron similar to '(vacatures|onderwijs|verzuim|mobiliteit|werknemers).*') group by all
        """
    ).fetchall()
    assert [rij for rij in oordelen if rij[2]] == []
    assert {rij[0] for rij in oordelen} >= {
        "aantal_werknemers", "openstaande_vacatures", "ontstane_vacatures", "moeilijk_vervulbaar", "verzuim",
        "instroom_opleidingen", "instroom_sector", "instroom_uit_onderwijs", "uitstroom", "saldo_sector",
    }  # fmt: skip


def test_parts_add_up_exactly_and_the_largest_remainder_comes_first():
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert apportion(7, [3, 1]) == [5, 2]


def test_published_branches_stay_and_the_rest_is_shared():
    assert complete(100, {"VVT": 40}, {"VVT": 9, "GGZ": 1, "JZ": 2}) == {"VVT": 40, "GGZ": 20, "JZ": 40}


def test_no_cell_gets_more_than_it_can_hold():
    assert sum(share_within(9, [5, 5], "x")) == 9
    assert max(share_within(10, [5, 5], "x")) == 5


def test_rounded_provinces_are_moved_within_their_rounding_only():
    assert within_rounding([1000, 2000], 3050, 100) == [1025, 2025]
    with pytest.raises(ValueError, match="geen afgeronde som"):
        within_rounding([1000, 2000], 3200, 100)
