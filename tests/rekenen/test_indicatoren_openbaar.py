"""Indicators on public statistics: what adds up, what never does, and figures that come without counts."""

from __future__ import annotations

import duckdb
import pytest
from koppen import KOPPEN
from werk import shipped_figures

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.bouwen import PUBLICATIE, build

approx = pytest.approx


def cijfers(
    indicator: str, sleutel: str, tabellen: dict[str, list[str]], kolommen: str = "waarde, status"
) -> dict[tuple[str, ...], tuple]:
    """Return (waarde, status) of one indicator per key, in the columns asked for, of rows per table."""
    velden = len(sleutel.split(","))
    vraag = f"select {sleutel}, {kolommen} from getoonde_cel where indicator_id = '{indicator}'"
    return {rij[:velden]: rij[velden:] for rij in shipped_figures(tabellen, vraag)}


def test_days_add_up_and_percentages_do_not():
    """8 % and 4 % of unequal days make 6.67 %, not 6 %; a percentage alone stays in its own cell."""
    rijen = [
        "2021KW04,RA0308,TOTAAL,kzv,120000,1500000,",
        "2021KW04,RA0309,TOTAAL,kzv,30000,750000,",
        "2021KW04,RA0308,TOTAAL,vernet,,,8",
        "2021KW04,RA0309,TOTAAL,vernet,,,5.7",
    ]
    assert cijfers("verzuim", "regio_code, uitsplitsing", {"verzuim.verzuim": rijen}) == {
        ("RA0308", "meting=kzv"): (approx(0.08), "beschikbaar"),
        ("RA0309", "meting=kzv"): (approx(0.04), "beschikbaar"),
        ("WGO03", "meting=kzv"): (approx(150_000 / 2_250_000), "beschikbaar"),
        ("NL01", "meting=kzv"): (None, "ontbreekt"),
        ("RA0308", "meting=vernet"): (approx(0.08), "beschikbaar"),
        ("RA0309", "meting=vernet"): (approx(0.057), "beschikbaar"),
        ("WGO03", "meting=vernet"): (None, "ontbreekt"),
        ("NL01", "meting=vernet"): (None, "ontbreekt"),
    }


def test_the_only_percentage_of_a_total_is_not_the_total():
    """One branche and one region of many were delivered: neither the country nor TOTAAL is that one figure."""
    rijen = ["2021KW04,RA0308,VVT,vernet,,,8", "2021KW04,RA0410,TOTAAL,vernet,,,5"]
    assert cijfers("verzuim", "regio_code, branche_code", {"verzuim.verzuim": rijen}) == {
        ("RA0308", "VVT"): (approx(0.08), "beschikbaar"),
        ("RA0308", "TOTAAL"): (None, "ontbreekt"),
        ("WGO03", "VVT"): (None, "ontbreekt"),
        ("WGO03", "TOTAAL"): (None, "ontbreekt"),
        ("NL01", "VVT"): (None, "ontbreekt"),
        ("NL01", "TOTAAL"): (None, "ontbreekt"),
        ("RA0410", "TOTAAL"): (approx(0.05), "beschikbaar"),
        # A WGO of one region is that region.
        ("WGO04", "TOTAAL"): (approx(0.05), "beschikbaar"),
    }


def test_a_percentage_counts_where_the_supplier_hides_its_days():
    rijen = ["2021KW04,RA0308,TOTAAL,kzv,.,.,8", "2021KW04,RA0309,TOTAAL,kzv,.,.,"]
    uit = cijfers("verzuim", "regio_code", {"verzuim.verzuim": rijen})
    assert uit["RA0308",] == (approx(0.08), "beschikbaar")
    assert uit["RA0309",] == (None, "onderdrukt")


def test_quarters_of_a_flow_make_a_year_only_when_all_four_are_there():
    """What arises in a quarter adds up (10 + 20 + 30 + 40); what is open at its end does not."""
    rijen = [f"2021KW0{k},NL01,TOTAAL,azw_breed,500,{k}0," for k in (1, 2, 3, 4)]
    rijen += [f"2022KW0{k},NL01,TOTAAL,azw_breed,500,{k}0," for k in (1, 2, 3)]
    uit = cijfers("ontstane_vacatures", "periode", {"vacatures.vacatures": rijen})
    assert uit["2021",] == (100.0, "beschikbaar")
    assert ("2022",) not in uit


def test_an_invented_quarter_never_hides_in_a_real_year():
    echt = [f"2021KW0{k},NL01,TOTAAL,azw_breed,500,{k}0," for k in (1, 2, 3)]
    verzonnen = ["2021KW04,NL01,TOTAAL,azw_breed,500,40,"]
    tabellen = {"vacatures.vacatures": echt, "vacatures.vacatures@synthetisch": verzonnen}
    assert ("2021",) not in cijfers("ontstane_vacatures", "periode", tabellen)


def test_levels_and_twelve_month_flows_get_no_year_from_quarters():
    rijen = [f"2021KW0{k},NL01,TOTAAL,azw_breed,1400000,170000,,,,15000{k}" for k in (1, 2, 3, 4)]
    uit = cijfers("uitstroom", "periode", {"mobiliteit.stromen": rijen})
    assert sorted(uit) == [("2021KW01",), ("2021KW02",), ("2021KW03",), ("2021KW04",)]


def test_each_column_has_a_status_of_its_own():
    """A missing number of jobs takes nothing away from the vacancies."""
    rijen = ["2021KW03,RA0101,TOTAAL,azw_breed,120,.,"]
    assert cijfers("openstaande_vacatures", "regio_code", {"vacatures.vacatures": rijen})["RA0101",] == (
        120.0,
        "beschikbaar",
    )


def test_vacancies_per_thousand_jobs():
    """(30 + 60) vacancies on (1000 + 2000) jobs: 30 per 1000, also where a region has none to show."""
    rijen = ["2021KW03,RA0308,TOTAAL,azw_breed,30,,1000", "2021KW03,RA0309,TOTAAL,azw_breed,60,,2000"]
    uit = cijfers("vacaturegraad", "regio_code", {"vacatures.vacatures": rijen}, "waarde, teller, noemer, status")
    assert uit["WGO03",] == (30.0, 90.0, 3.0, "beschikbaar")


def test_two_delimitations_stay_two_series_even_where_one_has_no_total():
    """sbi_q comes with the country, azw_breed with two regions: the WGO is made for the second only."""
    rijen = [
        "2021KW03,NL01,TOTAAL,sbi_q,50800,,",
        "2021KW03,RA0308,TOTAAL,azw_breed,30,,",
        "2021KW03,RA0309,TOTAAL,azw_breed,60,,",
    ]
    uit = cijfers("openstaande_vacatures", "regio_code, uitsplitsing", {"vacatures.vacatures": rijen})
    assert uit["WGO03", "afbakening=azw_breed"] == (90.0, "beschikbaar")
    assert uit["NL01", "afbakening=azw_breed"] == (None, "ontbreekt")
    assert uit["NL01", "afbakening=sbi_q"] == (50800.0, "beschikbaar")


def test_employees_add_up_over_regions_but_not_over_branches():
    """Somebody with jobs in two branches is one employee; he lives in one region."""
    branches = ("ZKH", "UMC", "GGZ", "GHZ", "VVT", "HAG", "SW", "JZ", "KO", "OZW")
    rijen = [f"2021,{r},{b},cbs_breed,100,2400" for r in ("RA0308", "RA0309") for b in branches]
    uit = cijfers("aantal_werknemers", "regio_code, branche_code", {"werknemers.werknemers": rijen})
    assert uit["WGO03", "VVT"] == (200.0, "beschikbaar")
    assert not [sleutel for sleutel in uit if sleutel[1] == "TOTAAL"]


def test_counts_of_pfzw_are_shown_for_the_country_in_tens_and_never_per_region():
    """They are confidential by employer: a region belongs in pfzw_dekking, where disclosure control looks at it."""
    rijen = ["2021,NL01,TOTAAL,pfzw,1234567,", "2021,RA0101,GGZ,pfzw,15,", "2021,RA0101,GGZ,cbs_breed,15,"]
    uit = cijfers("aantal_werknemers", "regio_code, branche_code, uitsplitsing", {"werknemers.werknemers": rijen})
    assert uit["NL01", "TOTAAL", "telling=pfzw"] == (1_234_570.0, "beschikbaar")
    assert uit["RA0101", "GGZ", "telling=pfzw"] == (None, "onderdrukt")
    assert uit["RA0101", "GGZ", "telling=cbs_breed"] == (15.0, "beschikbaar")


def test_gemeenten_are_shown_and_make_their_region():
    """RA0511 is six gemeenten in 2023 (Weesp went to Amsterdam in 2022), with 10 employees in each."""
    gm = ("GM0376", "GM0402", "GM0406", "GM0417", "GM1696", "GM1942")
    rijen = [f"2023,{code},TOTAAL,cbs_breed,10," for code in gm]
    uit = cijfers("aantal_werknemers", "regio_code", {"werknemers.werknemers": rijen})
    assert uit["GM0376",] == (10.0, "beschikbaar")
    assert uit["RA0511",] == (60.0, "beschikbaar")


def test_hours_per_employee_are_hours_over_employees():
    """(20.000 + 90.000) hours of (1.000 + 3.000) employees: 27,5 and not (20 + 30) / 2 = 25."""
    rijen = ["2021,RA0308,TOTAAL,cbs_breed,1000,20000", "2021,RA0309,TOTAAL,cbs_breed,3000,90000"]
    uit = cijfers("contractomvang", "regio_code", {"werknemers.werknemers": rijen})
    assert uit["WGO03",] == (27.5, "beschikbaar")


def test_employees_per_thousand_inhabitants_only_near_the_day_of_the_inhabitants():
    """RA0101 had 601.347 inhabitants on 1 January 2024: 30.000 employees are 49,9 per 1.000, in 2023 only."""
    rijen = ["2021,RA0101,TOTAAL,cbs_breed,30000,", "2023,RA0101,TOTAAL,cbs_breed,30000,"]
    uit = cijfers("werknemers_per_1000", "regio_code, periode", {"werknemers.werknemers": rijen})
    assert uit["RA0101", "2023"] == (approx(30_000 / 601.347), "beschikbaar")
    assert ("RA0101", "2021") not in uit


def test_a_survey_share_keeps_its_n_and_margin_and_is_never_averaged():
    rijen = [
        "2022KW02,RA0308,TOTAAL,werkdruk_te_hoog,0.5,400,0.05",
        "2022KW02,RA0309,TOTAAL,werkdruk_te_hoog,0.4,9,0.1",
        "2022KW02,RA0101,TOTAAL,werkdruk_te_hoog,0.4,10,0.151",
        "2022KW02,RA0102,TOTAAL,werkdruk_te_hoog,0.98,,0.04",
        "2022KW02,RA0308,TOTAAL,tevreden,0.8,400,0.04",
    ]
    velden = "waarde, onder, boven, n, status"
    assert cijfers("werkdruk", "regio_code", {"werknemersenquete.uitkomsten": rijen}, velden) == {
        ("RA0308",): (0.5, 0.45, 0.55, 400, "beschikbaar"),
        ("RA0309",): (None, None, None, 9, "te_weinig"),
        ("RA0101",): (0.4, approx(0.249), approx(0.551), 10, "indicatief"),
        ("RA0102",): (0.98, approx(0.94), 1.0, None, "beschikbaar"),
    }


def test_new_students_per_course_per_level_and_per_way_of_learning():
    """A cell of <5 is no zero: a sum with it runs from 1 to 4 for that cell, and alone it stays hidden."""
    rijen = [
        "2021/22,RA0308,mbo4,verpleegkundige_mbo,bol,60",
        "2021/22,RA0308,mbo4,verpleegkundige_mbo,bbl,40",
        "2021/22,RA0308,mbo3,verzorgende_ig,bbl,<5",
    ]
    uit = cijfers("instroom_opleidingen", "regio_code, uitsplitsing, waarde_tot", {"onderwijs.instroom": rijen})
    assert {sleutel[1:]: cijfer for sleutel, cijfer in uit.items() if sleutel[0] == "RA0308"} == {
        ("", 104.0): (101.0, "beschikbaar"),
        ("niveau=mbo4", None): (100.0, "beschikbaar"),
        ("niveau=mbo3", None): (None, "onderdrukt"),
        ("opleiding=verpleegkundige_mbo", None): (100.0, "beschikbaar"),
        ("opleiding=verzorgende_ig", None): (None, "onderdrukt"),
        ("leerweg=bol", None): (60.0, "beschikbaar"),
        ("leerweg=bbl", 44.0): (41.0, "beschikbaar"),
    }


def test_a_share_of_masked_cells_runs_from_the_least_to_the_most_it_can_be():
    """1 to 4 in bbl beside 96: at least 1 of 97, at most 4 of 100; 1 to 4 outside bbl: 10 of 14 to 10 of 11."""
    masker = {"RA0101": ["bbl,<5", "bol,96"], "RA0102": ["bbl,10", "bol,<5"]}
    rijen = [f"2021/22,{regio},mbo4,x,{deel}" for regio, delen in masker.items() for deel in delen]
    uit = cijfers("bbl_duaal", "regio_code, uitsplitsing, waarde_tot", {"onderwijs.instroom": rijen})
    gebieden = [(regio, waarde, tot) for (regio, soort, tot), (waarde, _) in uit.items() if not soort]
    assert sorted(deel for deel in gebieden if deel[0] in masker) == [
        ("RA0101", approx(1 / 97), approx(4 / 100)),
        ("RA0102", approx(10 / 14), approx(10 / 11)),
    ]


def test_what_a_supplier_hides_without_bounds_hides_the_sum():
    rijen = ["2021/22,RA0308,mbo4,x,bol,60", "2021/22,RA0308,mbo4,x,bbl,."]
    uit = cijfers("instroom_opleidingen", "regio_code, uitsplitsing", {"onderwijs.instroom": rijen})
    assert uit["RA0308", ""] == (None, "onderdrukt")


def test_each_way_of_counting_students_is_a_series_of_its_own():
    rijen = [
        "2021/22,RA0101,hbo,x,voltijd,60,eerstejaars,studie",
        "2021/22,RA0101,hbo,x,voltijd,70,eerstejaars,woon",
        "2021/22,RA0101,hbo,x,voltijd,80,nieuwe_studenten,studie",
        "2021/22,RA0101,hbo,x,voltijd,200,ingeschrevenen,",
        "2021/22,RA0101,hbo,x,voltijd,90",
    ]
    uit = cijfers("instroom_opleidingen", "regio_code, uitsplitsing", {"onderwijs.instroom": rijen})
    van_regio = {soort: cijfer[0] for (regio, soort), cijfer in uit.items() if regio == "RA0101"}
    assert {soort: waarde for soort, waarde in van_regio.items() if "=hbo" in soort} == {
        "maat=eerstejaars;niveau=hbo;plaats=studie": 60,
        "maat=eerstejaars;niveau=hbo;plaats=woon": 70,
        "maat=nieuwe_studenten;niveau=hbo;plaats=studie": 80,
        "maat=ingeschrevenen;niveau=hbo": 200,
        "niveau=hbo": 90,
    }


def test_working_while_learning_is_a_share_of_all_new_students():
    rijen = ["2021/22,NL01,mbo4,x,bol,60", "2021/22,NL01,mbo4,x,bbl,30", "2021/22,NL01,hbo,y,duaal,10"]
    uit = cijfers("bbl_duaal", "uitsplitsing", {"onderwijs.instroom": rijen})
    assert uit == {
        ("",): (0.4, "beschikbaar"),
        ("niveau=mbo4",): (approx(30 / 90), "beschikbaar"),
        ("niveau=hbo",): (1.0, "beschikbaar"),
        ("opleiding=x",): (approx(30 / 90), "beschikbaar"),
        ("opleiding=y",): (1.0, "beschikbaar"),
    }


def test_the_measure_of_a_delivered_rendement_is_named():
    rijen = ["2021/22,NL01,mbo4,verpleegkundige_mbo,75,25", "2021/22,NL01,mbo3,verzorgende_ig,90,60"]
    uit = cijfers("opleidingsrendement", "uitsplitsing", {"onderwijs.rendement": rijen})
    # (75 + 90) / (100 + 150) = 66 %, not the mean of 75 % and 60 %
    assert uit == {
        ("maat=jaarresultaat",): (0.66, "beschikbaar"),
        ("maat=jaarresultaat;niveau=mbo4",): (0.75, "beschikbaar"),
        ("maat=jaarresultaat;niveau=mbo3",): (0.6, "beschikbaar"),
        ("maat=jaarresultaat;opleiding=verpleegkundige_mbo",): (0.75, "beschikbaar"),
        ("maat=jaarresultaat;opleiding=verzorgende_ig",): (0.6, "beschikbaar"),
    }


def test_the_percentage_of_a_course_is_never_that_of_all():
    rijen = [
        "2021/22,sectorrendement,woon,RA0308,mbo,Verpleegkundige,,80",
        "2021/22,sectorrendement,woon,RA0309,mbo,Verpleegkundige,,60",
        "2021/22,sectorrendement,woon,RA0308,mbo,,bbl,90",
        "2021/22,studierendement,,NL01,wo,,,65",
    ]
    tabel = {"onderwijs.rendement_percentage": rijen}
    uit = cijfers("sectorrendement", "regio_code, uitsplitsing", tabel)
    gevuld = {cel: waarde for cel, (waarde, _) in uit.items() if waarde is not None}
    # No cell without a course and a way, and none of WGO03, which is two regions.
    assert gevuld == {
        ("RA0308", "niveau=mbo;opleiding=Verpleegkundige;plaats=woon"): 0.8,
        ("RA0309", "niveau=mbo;opleiding=Verpleegkundige;plaats=woon"): 0.6,
        ("RA0308", "leerweg=bbl;niveau=mbo;plaats=woon"): 0.9,
    }
    assert cijfers("studierendement", "regio_code, uitsplitsing", tabel) == {
        ("NL01", "niveau=wo"): (0.65, "beschikbaar")
    }


@pytest.mark.parametrize(
    ("beschrijving", "kolom", "verwacht"),
    [
        ({"voorlopig": "ja"}, "", [("2021/22", True), ("2022/23", True)]),
        ({"voorlopig": "nee"}, "", [("2021/22", False), ("2022/23", False)]),
        ({}, "is_voorlopig", [("2021/22", False), ("2022/23", True)]),
        # Words are for the reader: they decide nothing.
        ({"opmerking": "Voorlopige cijfers", "verwijzing": "voorlopig"}, "", [("2021/22", False), ("2022/23", False)]),
    ],
)
def test_what_is_provisional_says_so_in_a_field(goedgekeurd, maak_levering, tmp_path, beschrijving, kolom, verwacht):
    extra = [f",{k}" if kolom else "" for k in (kolom, "0", "1")]
    rijen = ("2021/22,NL01,1,4", "2022/23,NL01,1,4")
    tekst = "\n".join(r + e for r, e in zip((KOPPEN["onderwijs.numerus_fixus"], *rijen), extra, strict=True))
    maak_levering({"numerus_fixus": f"{tekst}\n"}, bron="onderwijs", **beschrijving)
    build(tmp_path / "raw", tmp_path / "wh")
    with duckdb.connect(str(tmp_path / "wh" / PUBLICATIE), read_only=True) as con:
        assert con.execute("select periode, is_voorlopig from waarneming order by 1").fetchall() == verwacht


KAART = "proef:\n  titel: P\n  vraag: P?\n  eenheid: personen\n  richting: geen\n  niveaus: [land]\n"


@pytest.mark.parametrize(
    ("regels", "melding"),
    [
        (
            "  bron: mobiliteit.stromen\n  teller: sum(instroom)\n  per: [afbakening]\n  jaar: som\n",
            "proef: 'jaar: som' telt kwartalen van instroom op, maar instroom is een stroom over twaalf maanden.",
        ),
        (
            "  bron: vacatures.vacatures\n  teller: sum(openstaand)\n  per: [afbakening]\n  jaar: som\n",
            "maar openstaand is een stand op een dag.",
        ),
        (
            "  bron: vacatures.vacatures\n  teller: sum(openstaand)\n",
            "proef: rijen met een andere afbakening mogen niet worden opgeteld.",
        ),
        (
            "  bron: verzuim.verzuim\n  teller: sum(percentage)\n  per: [meting]\n",
            "proef: percentage mag niet worden opgeteld.",
        ),
        (
            "  bron: werknemersenquete.uitkomsten\n  waarde: aandeel\n",
            "proef: rijen met een andere vraag mogen niet worden opgeteld.",
        ),
        ("  bron: vacatures.vacatures\n  per: [afbakening]\n", "proef: sleutel 'teller' ontbreekt."),
        (
            "  bron: vacatures.moeilijk_vervulbaar\n  teller: sum(werkgevers)\n  uitsplitsing: werkgevers\n",
            "proef: uitsplitsing 'werkgevers' is geen naam=waarde.",
        ),
    ],
)
def test_an_entry_that_would_add_up_what_may_not_be_is_refused(tmp_path, regels, melding):
    pad = tmp_path / "indicators.yml"
    pad.write_text(KAART + regels, encoding="utf-8")
    with pytest.raises(AfgekeurdError) as fout:
        load_indicatoren(pad, load_bronnen())
    assert melding in str(fout.value)
