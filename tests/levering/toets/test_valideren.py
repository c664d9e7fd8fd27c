"""Rows in, messages out: every check of both sources, and values that try to break the messages."""

from __future__ import annotations

import pytest
from nakijken import BRONNEN, first_lines, validate

from pipelines.afspraken.regio import REFERENTIE
from pipelines.levering.aannemen import check_path

KOP = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal"
NL = "2021,2022-06-30,NL01,TOTAAL,680,1000"
REGIOS = [
    regel.split(",")[0]
    for regel in (REFERENTIE / "arbeidsmarktregios.csv").read_text(encoding="utf-8").splitlines()[1:]
]
WGOS = [f"WGO{nummer:02d}" for nummer in range(1, 15) if nummer != 8]
BRANCHES = ["ZKH", "REV", "GGZ", "GHZ", "VVT", "HAG", "SW", "JZ", "KO"]


@pytest.fixture
def dekking(maak_levering):
    """Return the full messages on rows of pfzw_dekking, without the file's name."""

    def check(*rijen: str, kop: str = KOP) -> list[str]:
        map_ = maak_levering({"dekking": "\n".join([kop, *rijen]) + "\n"})
        return [str(melding).removeprefix("dekking.csv") for melding in validate(map_).meldingen]

    return check


def test_a_table_in_two_files_is_one_table_and_a_fault_names_its_file(maak_levering):
    """Row 2 of the second file repeats the key of row 2 of the first."""
    kop = "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal\n"
    rij = "2021,2022-06-30,NL01,TOTAAL,680,1000\n"
    twee = maak_levering({"dekking-1": kop + rij, "dekking-2": kop + rij.replace("NL01", "RA0101")})
    assert [str(m) for m in check_path(twee, None).meldingen] == []
    (twee / "dekking-2.csv").write_text(kop + rij, encoding="utf-8")
    assert [(m.bestand, m.rij) for m in check_path(twee, None).meldingen] == [
        ("dekking-1.csv", 2),
        ("dekking-2.csv", 2),
    ]


def test_a_message_says_file_row_column_value_what_is_allowed_and_what_next(maak_levering):
    rijen = [KOP, NL, "2021,2022-06-30,NL01,GGZ,1001,1000", "2021,2022-06-30,NL01,VTT,1,2"]
    assert [str(m) for m in validate(maak_levering({"dekking": "\n".join(rijen)})).meldingen] == [
        "dekking.csv, rij 3, kolom medewerkers_aangesloten: 1001 is meer dan medewerkers_totaal (1000).\n"
        "  Aangesloten medewerkers zijn een deel van het totaal. Controleer beide kolommen en lever opnieuw aan.",
        "dekking.csv, rij 3, kolom medewerkers_totaal: Branche GGZ heeft meer medewerkers, of meer aangesloten "
        "medewerkers, dan TOTAAL (totaal 1000).\n"
        "  Een branche kan niet groter zijn dan het totaal. Controleer beide rijen.",
        "dekking.csv, rij 4, kolom branche_code: 'VTT' bestaat niet. Bedoelde u VVT?\n"
        "  Toegestaan: TOTAAL, ZKH, REV, GGZ, GHZ, VVT, HAG, SW, JZ, KO, OZW.",
    ]


def test_what_a_figure_may_not_be_even_when_it_looks_like_one(dekking):
    rijen = ["-5", "1.234", '"12,5"', "nan", "inf", "1e5", "６８０", "٦٨٠", "²", "0x10", "+5", "=1+1", "", "1 234"]
    meldingen = dekking(
        NL, *(f"2021,2022-06-30,{regio},TOTAAL,{w},900" for regio, w in zip(REGIOS, rijen, strict=False))
    )
    plek = "kolom medewerkers_aangesloten"
    assert first_lines(meldingen) == [
        f", rij 3, {plek}: '-5' is minder dan 0.",
        f", rij 4, {plek}: '1.234' is geen geheel getal.",
        f", rij 5, {plek}: '12,5' is geen geheel getal.",
        f", rij 6, {plek}: 'nan' is geen geheel getal.",
        f", rij 7, {plek}: 'inf' is geen geheel getal.",
        f", rij 8, {plek}: '1e5' is geen geheel getal.",
        f", rij 9, {plek}: '６８０' is geen geheel getal.",
        f", rij 10, {plek}: '٦٨٠' is geen geheel getal.",
        f", rij 11, {plek}: '²' is geen geheel getal.",
        f", rij 12, {plek}: '0x10' is geen geheel getal.",
        f", rij 13, {plek}: '+5' is geen geheel getal.",
        f", rij 14, {plek}: '=1+1' is geen geheel getal.",
        f", rij 15, {plek}: deze cel is leeg.",
        f", rij 16, {plek}: '1 234' is geen geheel getal.",
    ]
    for melding in (meldingen[1], meldingen[-1]):
        assert "\n  Is dit 1234, schrijf dan in heel deze kolom getallen zonder punt, komma of spatie" in melding
    assert meldingen[2].endswith(
        "\n  Schrijf alleen cijfers, hoogstens negen, zonder punt voor duizendtallen. "
        "In plaats van een getal: een punt (.): onderdrukt; <5: 1 t/m 4, onderdrukt; nvt: niet van toepassing."
    )


def test_suppressed_few_and_not_applicable_may_stand_in_figures_and_are_never_zero(dekking):
    assert (
        dekking(
            NL,
            "2021,2022-06-30,WGO01,TOTAAL,.,.",
            "2021,2022-06-30,WGO02,TOTAAL,<5,9",
            "2021,2022-06-30,WGO03,TOTAAL,nvt,nvt",
        )
        == []
    )


def test_suppressed_few_and_not_applicable_may_not_stand_in_keys(dekking):
    meldingen = dekking(
        NL,
        ".,2022-06-30,NL01,VVT,1,2",
        "2021,nvt,NL01,GGZ,1,2",
        "2021,2022-06-30,<5,GHZ,1,2",
        "2021,2022-06-30,NL01,nvt,1,2",
    )
    assert first_lines(meldingen) == [
        ", rij 3, kolom periode: '.' is geen periode.",
        ", rij 4, kolom peildatum: 'nvt' is geen datum.",
        ", rij 5, kolom regio_code: '<5' bestaat niet.",
        ", rij 6, kolom branche_code: 'nvt' bestaat niet.",
    ]


def test_a_code_of_the_wrong_level_the_wrong_list_or_the_wrong_year(dekking):
    meldingen = dekking(
        NL,
        "2021,2022-06-30,GM0363,TOTAAL,1,2",
        "2021,2022-06-30,PV27,TOTAAL,1,2",
        "2021,2022-06-30,363,TOTAAL,1,2",
        "2021,2022-06-30,nl01,VVT,1,2",
        "2021,2022-06-30,WGO08,TOTAAL,1,2",
        "2021,2022-06-30,WGO07,TOTAAL,1,2",
        "2021,2022-06-30,NL01,UMC,1,2",
        "2021,2022-06-30,NL01,ALLE,1,2",
        "2023,2022-07-01,NL01,TOTAAL,600,900",
        "2023,2022-07-01,WGO07,TOTAAL,1,2",
        "2019,2019-08-01,NL01,TOTAAL,600,900",
        "2019,2019-08-01,NL01,REV,1,2",
    )
    assert meldingen == [
        ", rij 3, kolom regio_code: 'GM0363' bestaat, maar hoort niet in deze tabel.\n"
        "  Niveaus: land, wgo, arbeidsmarktregio.",
        ", rij 4, kolom regio_code: 'PV27' bestaat, maar hoort niet in deze tabel.\n"
        "  Niveaus: land, wgo, arbeidsmarktregio.",
        ", rij 5, kolom regio_code: '363' bestaat niet.",
        ", rij 6, kolom regio_code: 'nl01' bestaat niet. Bedoelde u NL01?",
        ", rij 7, kolom regio_code: 'WGO08' bestaat niet op de datum van deze rij.\n"
        "  Gebruik de indeling van de peildatum.",
        ", rij 9, kolom branche_code: 'UMC' hoort niet in deze tabel.\n"
        "  Toegestaan: TOTAAL, ZKH, REV, GGZ, GHZ, VVT, HAG, SW, JZ, KO, OZW.",
        ", rij 10, kolom branche_code: 'ALLE' hoort niet in deze tabel.\n"
        "  Toegestaan: TOTAAL, ZKH, REV, GGZ, GHZ, VVT, HAG, SW, JZ, KO, OZW.",
        ", rij 12, kolom regio_code: 'WGO07' bestaat niet op de datum van deze rij.\n"
        "  Gebruik de indeling van de peildatum.",
        ", rij 14, kolom branche_code: 'REV' bestaat niet op de datum van deze rij.\n"
        "  Gebruik de indeling van de peildatum.",
    ]


def test_a_row_that_stands_there_twice_is_named_in_both_places_and_not_compared_twice(dekking):
    klein = NL.replace("680,1000", "5,9")
    assert first_lines(dekking(klein, klein, "2021,2022-06-30,WGO01,TOTAAL,5,10")) == [
        ", rij 2: (2021, NL01, TOTAAL) komt meer dan eens voor. Zo staat het in 2 rijen: 2, 3.",
        ", rij 4, kolom medewerkers_totaal: Regio WGO01 heeft meer medewerkers, of meer aangesloten medewerkers, "
        "dan NL01 (totaal 9).",
    ]


def test_totals_of_unique_persons_must_be_delivered(dekking):
    assert dekking("2021,2022-06-30,WGO01,VVT,5,9") == [
        ", kolom regio_code: Voor periode 2021 en branche VVT ontbreekt de rij van NL01.\n"
        "  Personen zijn uniek geteld, dus het landelijke cijfer is geen som. Lever het mee.",
        ", kolom branche_code: Voor periode 2021 en regio WGO01 ontbreekt de rij van TOTAAL.\n"
        "  Personen zijn uniek geteld, dus het totaal is geen som van branches. Lever het mee.",
    ]


def test_a_wrong_or_empty_code_is_one_fault_and_not_a_missing_total_too(dekking):
    meldingen = dekking(
        NL, "2021,2022-06-30,WGO01,VTT,5,9", "2021,2022-06-30,WGO02,,5,9", "21,2022-06-30,WGO03,VVT,5,9"
    )
    assert first_lines(meldingen) == [
        ", rij 3, kolom branche_code: 'VTT' bestaat niet. Bedoelde u VVT?",
        ", rij 4, kolom branche_code: deze cel is leeg.",
        ", rij 5, kolom periode: '21' is geen periode.",
    ]


def test_one_period_has_one_reference_date_and_the_message_shows_days_not_hours(dekking):
    meldingen = dekking(NL, "2021,2022-06-30,WGO01,TOTAAL,1,2", "2021,2022-07-31,WGO02,TOTAAL,1,2")
    assert meldingen == [
        ", rij 4, kolom peildatum: 2022-07-31 wijkt af van de peildatum van de andere rijen van deze periode "
        "(2022-06-30).\n  Eén periode heeft één peildatum."
    ]


def test_a_part_is_not_larger_than_the_whole(dekking):
    rijen = [
        "2021,2022-06-30,WGO01,TOTAAL,681,900",
        "2021,2022-06-30,WGO02,TOTAAL,1,1001",
        "2021,2022-06-30,NL01,VVT,681,900",
    ]
    assert first_lines(dekking(NL, *rijen)) == [
        ", rij 3, kolom medewerkers_totaal: Regio WGO01 heeft meer medewerkers, of meer aangesloten medewerkers, "
        "dan NL01 (totaal 1000).",
        ", rij 4, kolom medewerkers_totaal: Regio WGO02 heeft meer medewerkers, of meer aangesloten medewerkers, "
        "dan NL01 (totaal 1000).",
        ", rij 5, kolom medewerkers_totaal: Branche VVT heeft meer medewerkers, of meer aangesloten medewerkers, "
        "dan TOTAAL (totaal 1000).",
    ]


@pytest.mark.parametrize(
    ("delen", "land", "fout"),
    [
        (REGIOS, "280,2800", None),
        (REGIOS, "280,2801", ("2801", "arbeidsmarktregio", "2800")),
        (REGIOS[1:], "270,2701", None),
        (WGOS, "131,1300", ("1300", "wgo", "1300")),
    ],
)  # fmt: skip
def test_the_country_is_not_above_the_sum_only_when_every_region_was_delivered(dekking, delen, land, fout):
    rijen = [f"2021,2022-06-30,{code},TOTAAL,10,100" for code in delen]
    assert first_lines(dekking(f"2021,2022-06-30,NL01,TOTAAL,{land}", *rijen)) == (
        [
            ", rij 2, kolom medewerkers_totaal: Het land telt meer medewerkers ({}), of meer aangesloten medewerkers, "
            "dan alle regio's van niveau {} samen (totaal {}).".format(*fout)
        ]
        if fout
        else []
    )


def test_the_total_is_not_above_the_sum_only_when_every_branche_was_delivered(dekking):
    rijen = [f"2021,2022-06-30,NL01,{code},10,100" for code in BRANCHES]
    boven = "2021,2022-06-30,NL01,TOTAAL,10,901"
    eerder = [rij.replace("2021,2022-06-30", "2020,2020-12-31") for rij in (boven.replace("901", "701"), *rijen[2:])]
    assert first_lines(dekking(boven, *rijen, *eerder)) == [
        ", rij 2, kolom medewerkers_totaal: Het totaal telt meer medewerkers (901), of meer aangesloten medewerkers, "
        "dan alle branches samen (totaal 900).",
    ]


def test_employers_fit_in_the_persons_and_the_second_is_not_the_largest(dekking):
    kop = f"{KOP},werkgevers,grootste_werkgever,tweede_werkgever"
    assert first_lines(dekking("2021,2022-06-30,NL01,TOTAAL,6,10,11,12,13", kop=kop)) == [
        ", rij 2, kolom grootste_werkgever: 12 is meer dan medewerkers_totaal (10).",
        ", rij 2, kolom tweede_werkgever: 13 is meer dan grootste_werkgever (12).",
    ]


def test_members_and_others_are_together_the_employers_of_the_cell(dekking):
    """Of 5 employers, 4 and 2; of 6 members the largest has 7, the second 8; the largest of all is neither of them."""
    kop = (
        f"{KOP},werkgevers,grootste_werkgever,tweede_werkgever,"
        "werkgevers_leden,grootste_lid,tweede_lid,werkgevers_niet_leden,grootste_niet_lid,tweede_niet_lid"
    )
    assert first_lines(dekking("2021,2022-06-30,NL01,TOTAAL,6,20,5,9,3,4,7,8,2,3,4", kop=kop)) == [
        ", rij 2, kolom werkgevers_leden: 4 werkgevers die lid zijn en 2 die het niet zijn, zijn er samen geen 5.",
        ", rij 2, kolom grootste_lid: 7 is meer dan medewerkers_aangesloten (6).",
        ", rij 2, kolom tweede_lid: 8 is meer dan grootste_lid (7).",
        ", rij 2, kolom tweede_niet_lid: 4 is meer dan grootste_niet_lid (3).",
        ", rij 2, kolom grootste_werkgever: 9 is niet de grootste van grootste_lid (7) en grootste_niet_lid (3).",
    ]


def test_one_person_may_work_for_two_employers(dekking):
    kop = f"{KOP},werkgevers,grootste_werkgever,tweede_werkgever"
    assert first_lines(dekking("2021,2022-06-30,NL01,TOTAAL,1,1,2,1,1", kop=kop)) == []


def test_unknown_and_missing_columns_are_named_and_the_rest_is_still_checked(dekking):
    meldingen = dekking(
        "2021,NL01,VTT,5,9,1",
        kop='periode,regio_code,branche_code,Medewerkers_aangesloten,medewerkers_totaal,"x""; drop table dekking; --"',
    )
    assert first_lines(meldingen) == [
        ", rij 1: Kolom 'Medewerkers_aangesloten' hoort niet in deze tabel. Bedoelde u medewerkers_aangesloten?",
        ", rij 1: Kolom 'x\"; drop table dekking; --' hoort niet in deze tabel.",
        ", rij 1: Kolom 'peildatum' ontbreekt.",
        ", rij 1: Kolom 'medewerkers_aangesloten' ontbreekt.",
        ", rij 2, kolom branche_code: 'VTT' bestaat niet. Bedoelde u VVT?",
    ]


def test_hostile_values_reach_the_message_as_text_and_never_the_terminal(dekking):
    waarden = [
        "\x1b[2J\x1b[31mrood",
        "{0}{rij.__class__}",
        "%s%(x)s$x",
        "'; drop table dekking; --",
        "<b>x</b>",
        "\u202eNL",
        "x" * 500,
        "\u200b",
    ]
    meldingen = dekking(
        NL, *(f'2021,2022-06-30,NL01,"{waarde}",1,2' for waarde in waarden), '2021,2022-06-30,NL01,"a\nb",1,2'
    )
    assert first_lines(meldingen) == [
        ", rij 3, kolom branche_code: '�[2J�[31mrood' bestaat niet.",
        ", rij 4, kolom branche_code: '{0}{rij.__class__}' bestaat niet.",
        ", rij 5, kolom branche_code: '%s%(x)s$x' bestaat niet.",
        ", rij 6, kolom branche_code: ''; drop table dekking; --' bestaat niet.",
        ", rij 7, kolom branche_code: '<b>x</b>' bestaat niet.",
        ", rij 8, kolom branche_code: '�NL' bestaat niet.",
        f", rij 9, kolom branche_code: '{'x' * 59}…' bestaat niet.",
        ", rij 10, kolom branche_code: '�' bestaat niet.",
        ", rij 11, kolom branche_code: 'a�b' bestaat niet.",
    ]


def test_a_file_of_ragged_rows_is_counted_too_and_not_called_empty(dekking):
    meldingen = dekking(*("1,2" for _ in range(1_000)))
    assert meldingen == [
        ", rij 2: Deze rij heeft 2 velden; de kop heeft er 6. Zo staat het in 1.000 rijen: 2, 3, 4, 5, 6, …."
    ]


def test_a_header_without_rows_is_not_a_delivery(dekking):
    assert dekking() == [": Dit bestand heeft geen rijen.\n  Lever minstens één rij aan."]


def test_faults_of_all_files_of_a_delivery_come_at_once(maak_levering):
    map_ = maak_levering(
        {"cijfers": "id\n1\n", "niet_opgenomen": "id,reden\n,x\n", "rapportcijfers": "a,a\n1,2\n"},
        bron="gepubliceerd",
    )
    meldingen = validate(map_).meldingen
    assert {melding.bestand for melding in meldingen} == {"cijfers.csv", "niet_opgenomen.csv", "rapportcijfers.csv"}
    assert "niet_opgenomen.csv, rij 2, kolom id: deze cel is leeg." in map(str, meldingen)
    assert "rapportcijfers.csv, rij 1: Kolom 'a' staat er meer dan eens." in map(str, meldingen)


def test_every_check_that_ran_is_recorded_with_its_count(maak_levering):
    rijen = [KOP, NL, "2021,2022-06-30,NL01,VTT,1,2"]
    keuring = validate(maak_levering({"dekking": "\n".join(rijen)}))
    (fout,) = [controle for controle in keuring.kwaliteit if not controle["gelukt"]]
    assert (fout["controle"], fout["kolom"], fout["aantal_rijen"], fout["aantal_afwijkend"]) == (
        "codelijst", "branche_code", 2, 1,
    )  # fmt: skip
    regels = BRONNEN["pfzw_dekking"].tabellen["dekking"].regels
    assert {regel.naam for regel in regels} <= {controle["controle"] for controle in keuring.kwaliteit}
