"""The compiler: ratios from counts, totals that are complete or absent, and nothing added up that may not be."""

from __future__ import annotations

import pytest

from pipelines.afspraken.meldingen import AfgekeurdError

approx = pytest.approx

VERHOUDING = """
  bron: proef.cel
  teller: sum(verzuim)
  noemer: sum(dagen)
"""
# WGO03 has two regions since 2018: RA0308 and RA0309.
WZW = """2021,RA0308,TOTAAL,kzv,120000,1500000
2021,RA0309,TOTAAL,kzv,30000,750000
"""


def test_ratio_is_sum_over_sum_not_mean_of_ratios(reken):
    rijen = reken(VERHOUDING + "  niveaus: [wgo]", WZW)
    # (120000 + 30000) / (1500000 + 750000) = 6.67 %; the mean of 8 % and 4 % would be 6 %
    assert rijen == [("WGO03", "TOTAAL", "2021", approx(150_000 / 2_250_000), "beschikbaar")]


def test_a_sum_with_a_missing_region_is_no_sum(reken):
    rijen = reken(VERHOUDING + "  niveaus: [wgo, arbeidsmarktregio]", WZW.splitlines()[0])
    assert rijen == [
        ("RA0308", "TOTAAL", "2021", approx(0.08), "beschikbaar"),
        ("WGO03", "TOTAAL", "2021", None, "ontbreekt"),
    ]


def test_a_delivered_total_goes_before_a_sum(reken):
    rijen = reken(VERHOUDING + "  niveaus: [wgo]", WZW + "2021,WGO03,TOTAAL,kzv,7,100\n")
    assert rijen == [("WGO03", "TOTAAL", "2021", approx(0.07), "beschikbaar")]


def test_regions_count_for_the_wgo_of_that_day(reken):
    """RA0717 moved from WGO07 to WGO06 on 1 July 2022: at the end of 2021 WGO07 is RA0717 alone."""
    rijen = reken(VERHOUDING + "  niveaus: [wgo]", "2021,RA0717,TOTAAL,kzv,1,10\n2023,RA0717,TOTAAL,kzv,2,10\n")
    assert rijen == [
        ("WGO06", "TOTAAL", "2023", None, "ontbreekt"),
        ("WGO07", "TOTAAL", "2021", approx(0.1), "beschikbaar"),
    ]


def test_total_of_branches_needs_every_branche(reken):
    branches = ["ZKH", "REV", "UMC", "GGZ", "GHZ", "VVT", "HAG", "SW", "JZ", "KO", "OZW"]
    rijen = [f"2021,NL01,{branche},kzv,10,100" for branche in branches]
    kaart = VERHOUDING + "  niveaus: [land]\n  per: [branche]"
    heel = reken(kaart, "\n".join(rijen))
    assert ("NL01", "TOTAAL", "2021", approx(0.10), "beschikbaar") in heel


def test_total_of_branches_with_one_missing_is_missing(reken):
    kaart = VERHOUDING + "  niveaus: [land]\n  per: [branche]"
    assert reken(kaart, "2021,NL01,ZKH,kzv,10,100\n2021,NL01,VVT,kzv,10,100") == [
        ("NL01", "TOTAAL", "2021", None, "ontbreekt"),
        ("NL01", "VVT", "2021", approx(0.1), "beschikbaar"),
        ("NL01", "ZKH", "2021", approx(0.1), "beschikbaar"),
    ]


def test_a_branche_before_it_existed_does_not_apply(reken):
    """Rehabilitation is a branche of its own from 2021: in 2019 its cell is nvt, not missing and not zero."""
    kaart = VERHOUDING + "  niveaus: [land]\n  per: [branche]"
    rijen = reken(kaart, "2019,NL01,TOTAAL,kzv,10,100\n2021,NL01,TOTAAL,kzv,10,100\n2021,NL01,REV,kzv,5,100")
    assert ("NL01", "REV", "2019", None, "nvt") in rijen
    assert ("NL01", "REV", "2021", approx(0.05), "beschikbaar") in rijen


def test_uitsplitsing_keeps_measurements_apart(reken):
    kaart = VERHOUDING + "  niveaus: [land]\n  per: [soort]"
    rijen = reken(kaart, "2021,NL01,TOTAAL,kzv,10,100\n2021,NL01,TOTAAL,nea,20,100")
    assert [rij[3] for rij in rijen] == [approx(0.1), approx(0.2)]


def test_missing_zero_suppressed_and_not_applicable_stay_apart(reken):
    rijen = reken(
        VERHOUDING + "  niveaus: [arbeidsmarktregio]",
        "2021,RA0101,TOTAAL,kzv,0,100\n2021,RA0102,TOTAAL,kzv,.,100\n"
        "2021,RA0103,TOTAAL,kzv,nvt,100\n2021,RA0204,TOTAAL,kzv,<5,100",
    )
    assert [(rij[3], rij[4]) for rij in rijen] == [
        (0.0, "beschikbaar"),
        (None, "onderdrukt"),
        (None, "nvt"),
        (None, "onderdrukt"),
    ]


def test_unique_persons_are_never_added_up(reken):
    kaart = VERHOUDING + "  niveaus: [wgo]\n  optelbaar: nee"
    assert reken(kaart, WZW) == []


def test_build_refuses_to_add_what_is_not_additive(reken):
    """Two rows per cell (kzv and nea) would have to be added; the message says how to split them."""
    kaart = VERHOUDING + "  niveaus: [land]\n  optelbaar: nee"
    with pytest.raises(AfgekeurdError, match=r"proef is niet optelbaar.*2 rijen.*\n.*soort"):
        reken(kaart, "2021,NL01,TOTAAL,kzv,1,10\n2021,NL01,TOTAAL,nea,1,10")


def test_nothing_divided_by_nothing_does_not_apply(reken):
    assert reken(VERHOUDING + "  niveaus: [land]", "2021,NL01,TOTAAL,kzv,0,0")[0][3:] == (None, "nvt")


def test_gemeenten_add_up_through_every_level(reken):
    """All ten gemeenten of RA0101 in 2023 make the region; the province Groningen has the same ten."""
    nummers = ("0014", "0037", "0047", "0765", "1895", "1950", "1952", "1966", "1969", "1979")
    csv = "\n".join(f"2023,GM{nummer},TOTAAL,kzv,1,10" for nummer in nummers)
    rijen = reken(VERHOUDING + "  niveaus: [arbeidsmarktregio, provincie]", csv)
    assert rijen == [
        ("RA0101", "TOTAAL", "2023", approx(0.1), "beschikbaar"),
        ("PV20", "TOTAAL", "2023", approx(0.1), "beschikbaar"),
    ]


def test_waar_may_use_a_column_that_a_joined_table_has_too(reken):
    """Column `soort` of the source is also a column of the table of periods, as `niveau` is one of the regions."""
    rijen = reken(
        VERHOUDING + "  niveaus: [arbeidsmarktregio]\n  waar: soort <> 'nea' and periode = '2021'",
        "2021,RA0308,TOTAAL,kzv,8,100\n2021,RA0309,TOTAAL,nea,9,100\n",
    )
    assert rijen == [("RA0308", "TOTAAL", "2021", approx(0.08), "beschikbaar")]


@pytest.mark.parametrize(
    ("anders", "sleutel", "reden"),
    [
        ({"waar": "soort <>"}, "waar", "is geen SQL-uitdrukking"),
        ({"waar": "sum(dagen) > 1"}, "waar", "past niet"),
        ({"teller": "dagen"}, "teller", "past niet"),
        ({"teller": "sum(soort)"}, "teller", "past niet"),
        ({"noemer": "sum(dagen"}, "noemer", "is geen SQL-uitdrukking"),
    ],
)
@pytest.mark.parametrize("rijen", ["", WZW])
def test_an_expression_that_does_not_run_names_its_key_in_dutch_with_and_without_rows(
    reken, anders, sleutel, reden, rijen
):
    kaart = {"bron": "proef.cel", "teller": "sum(verzuim)", "noemer": "sum(dagen)", "niveaus": "[wgo]"} | anders
    with pytest.raises(AfgekeurdError) as fout:
        reken("".join(f"  {naam}: {waarde}\n" for naam, waarde in kaart.items()), rijen)
    (melding,) = fout.value.meldingen
    assert melding.tekst.startswith(f"proef, {sleutel}: '{kaart[sleutel]}' {reden}")
    assert "Error" not in str(melding)
    assert "Kolommen: periode, regio_code" in melding.advies


def test_a_text_that_is_no_number_is_said_as_soon_as_there_is_one(reken):
    with pytest.raises(AfgekeurdError, match=r"^indicators.yml: proef, teller: 'max\(soort\)' rekent met een tekst"):
        reken("  bron: proef.cel\n  teller: max(soort)\n  niveaus: [wgo]", WZW)
