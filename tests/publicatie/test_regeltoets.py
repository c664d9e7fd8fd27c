"""The budget rules: each at its boundary, missing is not zero, and a slip in a rule is named."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from budgetrijen import KOP, budget

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.bouwen import PUBLICATIE, build
from pipelines.publicatie import regels, regeltoets
from pipelines.publicatie.regels import REGELS, load_regelsets
from pipelines.publicatie.regeltoets import Budgetrij, judge_rule, sum_text

SET = load_regelsets()[2021]
REGEL = {regel.regel_id: regel for regel in SET.regels}


def row(pijler: str, subsidie: str, cofinanciering: str = "0", onderdeel: str | None = None, samen: bool = False):
    return Budgetrij(pijler, onderdeel, samen, Fraction(subsidie), Fraction(cofinanciering))


def three(leren: str) -> list[Budgetrij]:
    """Return rows of the three pijlers that add up to 10.000 euro."""
    rest = Fraction(10_000) - Fraction(leren)
    return [row("kiezen_toeleiden", str(rest / 2)), row("leren_opleiden", leren), row("werken_behoud", str(rest / 2))]


@pytest.mark.parametrize(
    ("leren", "oordeel"), [("1999", "voldoet_niet"), ("1999.99", "voldoet_niet"), ("2000", "voldoet")]
)
def test_a_fifth_is_a_fifth_to_the_cent(leren, oordeel):
    """19.99 % and 19.9999 % do not reach 20 %, though the second is printed as 20.0 %."""
    assert judge_rule(REGEL["minimum_leren_opleiden"], three(leren)).oordeel == oordeel


def test_a_share_just_under_its_norm_does_not_read_as_the_norm():
    tekst = judge_rule(REGEL["minimum_leren_opleiden"], three("1999.60")).toelichting
    assert tekst.endswith("€ 2.000 van € 10.000 is 19,996%; de norm is minstens 20%.")


@pytest.mark.parametrize(
    ("basis", "oordeel"), [("5529", "voldoet_niet"), ("5530", "voldoet"), ("5550", "voldoet"), ("5551", "voldoet_niet")]
)
def test_a_guideline_is_met_within_a_tenth_of_a_percentage_point(basis, oordeel):
    rest = str((Fraction(10_000) - Fraction(basis)) / 4)
    rijen = [row("basis", basis)] + [row(p, rest) for p in regels.PIJLERS[1:]]
    assert judge_rule(REGEL["richtlijn_basis"], rijen).oordeel == oordeel


def test_half_co_financing_counts_the_three_pijlers_only():
    """5.0 of 10 million in the three pijlers; basis and innoveren need none, and theirs does not help."""
    drie = [row(p, "100", "100") for p in regels.PIJLERS[1:4]]
    rijen = [row("basis", "1000"), *drie, row("innoveren", "100", "900")]
    half = judge_rule(REGEL["cofinanciering_inhoudelijk"], rijen)
    assert (half.uitkomst, half.oordeel) == (Fraction(1, 2), "voldoet")
    minder = [row("basis", "1000"), *drie[:2], row("werken_behoud", "101", "100"), row("innoveren", "100", "900")]
    assert judge_rule(REGEL["cofinanciering_inhoudelijk"], minder).oordeel == "voldoet_niet"


@pytest.mark.parametrize(
    ("onderdeel", "bedrag", "oordeel"),
    [("informatie", "100", "voldoet"), ("informatie", "99.99", "voldoet_niet"), ("communicatie", "150", "voldoet"),
     ("communicatie", "149.99", "voldoet_niet"), ("netwerkbeheer", "250", "voldoet"),
     ("netwerkbeheer", "249.99", "voldoet_niet")],
)  # fmt: skip
def test_the_parts_of_the_basis_have_their_minimum(onderdeel, bedrag, oordeel):
    rest = str(1000 - Fraction(bedrag))
    rijen = [row("basis", bedrag, onderdeel=onderdeel), row("basis", rest)]
    assert judge_rule(REGEL[f"basis_{onderdeel}"], rijen).oordeel == oordeel


def test_two_thirds_of_innoveren_is_regional():
    rijen = [row("innoveren", "200"), row("innoveren", "100", samen=True)]
    assert judge_rule(REGEL["innoveren_regionaal"], rijen).oordeel == "voldoet"
    assert judge_rule(REGEL["innoveren_gezamenlijk"], rijen).oordeel == "voldoet"
    half = [row("innoveren", "100"), row("innoveren", "100", samen=True)]
    assert judge_rule(REGEL["innoveren_regionaal"], half).oordeel == "voldoet_niet"


def test_what_was_not_delivered_is_not_zero():
    zonder = judge_rule(REGEL["minimum_leren_opleiden"], three("2000")[:2])
    assert (zonder.uitkomst, zonder.oordeel, zonder.toelichting) == (
        None, "niet_te_bepalen", "Niet geleverd: werken en behoud."
    )  # fmt: skip
    assert judge_rule(REGEL["basis_informatie"], [row("basis", "100")]).oordeel == "niet_te_bepalen"
    geheim = [*three("2000")[:2], Budgetrij("werken_behoud", None, False, None, None)]
    assert judge_rule(REGEL["minimum_leren_opleiden"], geheim).toelichting == "Een bedrag ontbreekt of is geheim."
    nul = [row(p, "0") for p in regels.PIJLERS]
    assert judge_rule(REGEL["richtlijn_basis"], nul).oordeel == "niet_te_bepalen"


def test_a_rule_says_what_it_divides_by_what():
    assert sum_text(REGEL["basis_informatie"]) == "subsidie voor informatie in basis, gedeeld door subsidie voor basis"
    assert sum_text(REGEL["richtlijn_basis"]).endswith("gedeeld door subsidie voor alle pijlers")
    assert sum_text(REGEL["innoveren_gezamenlijk"]).startswith("subsidie voor innoveren door regio's samen, ")


def test_every_rule_of_the_programme_is_there_for_each_of_its_years():
    assert {regel.regel_id: float(regel.norm) for regel in SET.regels} == pytest.approx({
        "richtlijn_basis": 0.554, "richtlijn_inhoudelijk": 0.394, "richtlijn_innoveren": 0.051,
        "minimum_kiezen_toeleiden": 0.2, "minimum_leren_opleiden": 0.2, "minimum_werken_behoud": 0.2,
        "cofinanciering_inhoudelijk": 0.5, "basis_informatie": 0.1, "basis_communicatie": 0.15,
        "basis_netwerkbeheer": 0.25, "innoveren_regionaal": 2 / 3, "innoveren_gezamenlijk": 1 / 3,
    })  # fmt: skip
    assert set(load_regelsets()) == {2020, 2021, 2022, 2023, 2024}


def test_norms_are_those_that_were_published(publicatie):
    gepubliceerd = {
        (indicator, categorie): waarde
        for indicator, categorie, waarde in publicatie.execute(
            "select indicator_id, categorie, waarde from waarneming "
            "where uitsplitsing in ('soort=richtlijn', 'soort=minimum')"
        ).fetchall()
    }
    naam = {"minimum_": "", "richtlijn_": "", "basis_": "", "cofinanciering_": ""}
    for regel_id, regel in REGEL.items():
        soort = next((s for s in naam if regel_id.startswith(s)), None)
        if soort:
            indicator = "cofinanciering_aandeel" if soort == "cofinanciering_" else "budget_aandeel"
            assert gepubliceerd.pop((indicator, regel_id.removeprefix(soort))) == pytest.approx(float(regel.norm))
    assert gepubliceerd == {}


def test_without_budgets_every_rule_says_what_is_missing(publicatie):
    rijen = publicatie.execute("select regel_id, regio_code, uitkomst, oordeel, toelichting from regeltoets").fetchall()
    assert {rij[0] for rij in rijen} == set(REGEL)
    assert {rij[1:4] for rij in rijen} == {("NL01", None, "niet_te_bepalen")}
    assert all("niet geleverd" in rij[4] for rij in rijen)


@pytest.mark.parametrize(
    ("goed", "fout", "melding"),
    [
        ("pijler: [basis]}", "pijler: [bassis]}",
         "richtlijn_basis, teller, pijler: 'bassis' bestaat niet. Bedoelde u basis?"),
        ("bedrag: [subsidie_eur]}", "bedrag: [subsidie]}", "'subsidie' bestaat niet. Bedoelde u subsidie_eur?"),
        ("soort: eis", "soort: eisen", "'eisen' bestaat niet. Bedoelde u eis?"),
        ("norm: 2/3", "norm: tweederde", "innoveren_regionaal: norm 'tweederde' is geen getal."),
        ("gebied: [land]", "gebied: [lnd]", "gebied: 'lnd' bestaat niet. Bedoelde u land?"),
        ("gezamenlijk: [nee]", "gezamelijk: [nee]", "onbekende sleutel 'gezamelijk'. Bedoelde u gezamenlijk?"),
        ("jaren: [2020,", "jaren: [20,", "jaren: '20' is geen jaar."),
        ("onderdeel: [informatie]", "onderdeel: informatie", "onderdeel: hier hoort een lijst te staan."),
    ],
)  # fmt: skip
def test_a_slip_in_a_rule_is_named_with_the_nearest_right_name(tmp_path, goed, fout, melding):
    tekst = (REGELS / "srs_2020_2024.yml").read_text(encoding="utf-8")
    assert goed in tekst
    (tmp_path / "r.yml").write_text(tekst.replace(goed, fout, 1), encoding="utf-8")
    with pytest.raises(AfgekeurdError) as afgekeurd:
        load_regelsets(tmp_path)
    assert melding in str(afgekeurd.value)


@pytest.fixture
def bouw(maak_levering, goedgekeurd, tmp_path: Path):
    def make(csv: str, **anders: str) -> duckdb.DuckDBPyConnection:
        maak_levering({"budget": KOP + csv}, bron="srs_budget", **anders)
        build(tmp_path / "raw", tmp_path / "wh")
        return duckdb.connect(str(tmp_path / "wh" / PUBLICATIE), read_only=True)

    return make


def test_the_country_is_judged_when_every_wgo_of_that_day_delivered(bouw):
    """2021 had 13 WGO's; all but WGO01 deliver, and only the regions themselves can be judged."""
    wgos = [f"WGO{nr:02d}" for nr in range(1, 15) if nr != 8]
    con = bouw("".join(budget(2021, wgo) for wgo in wgos[1:]))
    land = con.execute("select distinct oordeel, toelichting from regeltoets where regio_code = 'NL01'").fetchall()
    assert land == [("niet_te_bepalen", "Het budget is niet geleverd van: ZorgpleinNoord.")]
    regio = con.execute("select distinct oordeel from regeltoets where regio_code = 'WGO02'").fetchall()
    assert regio == [("voldoet",)]
    assert con.execute("select count(*) from waarneming where regio_code = 'NL01'").fetchone() == (0,)


def test_all_regions_together_and_the_figures_beside_the_verdict(bouw):
    wgos = [f"WGO{nr:02d}" for nr in range(1, 15) if nr not in (7, 8)]
    con = bouw("".join(budget(2023, wgo) for wgo in wgos))
    rijen = dict(con.execute("select regel_id, oordeel from regeltoets where regio_code = 'NL01'").fetchall())
    assert rijen == dict.fromkeys(REGEL, "voldoet")
    vraag = "select waarde from waarneming where regio_code = 'NL01' and indicator_id = ? and categorie = ?"
    # Twelve times 1.000 euro subsidy and 394 co-financing; 394 of 788 in the three pijlers, 554 of 1394 in the basis.
    assert con.execute(vraag, ["budget_bedrag", ""]).fetchone() == (12 * 1394,)
    assert con.execute(vraag, ["cofinanciering_aandeel", "inhoudelijk"]).fetchone() == (0.5,)
    assert con.execute(vraag, ["budget_aandeel", "basis"]).fetchone() == (pytest.approx(554 / 1394),)


def test_made_up_budgets_are_not_judged_and_a_year_without_rules_says_so(bouw):
    con = bouw(budget(2021, "WGO01") + budget(2030, "WGO01"), herkomst="synthetisch")
    vraag = "select regel_id, regio_code, oordeel, left(toelichting, 30) from regeltoets where jaar = 2030"
    assert con.execute(vraag).fetchall() == [
        ("geen_regels", "NL01", "niet_te_bepalen", "Voor 2030 zijn geen budgetrege")
    ]
    verzonnen = "select distinct regio_code, uitkomst, oordeel, herkomst from regeltoets where jaar = 2021"
    assert con.execute(verzonnen).fetchall() == [("NL01", None, "niet_te_bepalen", "")]
    gaten = con.execute("select toelichting from regeltoets where jaar = 2021").fetchall()
    assert all("niet geleverd" in tekst for (tekst,) in gaten)


def test_a_budget_with_a_pijler_missing_has_amounts_and_no_split(bouw):
    con = bouw("2021,WGO01,basis,,100.50,0,0\n2021,WGO01,innoveren,,.,0,0\n2021,WGO02,basis,,7,0,0\n")
    vraag = (
        "select regio_code, indicator_id, categorie, waarde, status from waarneming where categorie in ('', 'basis')"
    )
    assert con.execute(vraag + " order by all").fetchall() == [
        ("WGO01", "budget_aandeel", "basis", None, "ontbreekt"),
        ("WGO01", "budget_bedrag", "", None, "onderdrukt"),
        ("WGO01", "budget_bedrag", "basis", 100.5, "beschikbaar"),
        ("WGO01", "cofinanciering_aandeel", "", None, "ontbreekt"),
        ("WGO01", "cofinanciering_aandeel", "basis", 0.0, "beschikbaar"),
        ("WGO02", "budget_aandeel", "basis", None, "ontbreekt"),
        ("WGO02", "budget_bedrag", "", 7.0, "beschikbaar"),
        ("WGO02", "budget_bedrag", "basis", 7.0, "beschikbaar"),
        ("WGO02", "cofinanciering_aandeel", "", None, "ontbreekt"),
        ("WGO02", "cofinanciering_aandeel", "basis", 0.0, "beschikbaar"),
    ]


def test_rules_are_read_before_anything_is_judged(bouw, monkeypatch, tmp_path):
    (tmp_path / "r.yml").write_text("titel: x\n", encoding="utf-8")
    monkeypatch.setattr(regeltoets, "load_regelsets", lambda: load_regelsets(tmp_path))
    with pytest.raises(AfgekeurdError, match=r"r.yml: sleutel 'regels' ontbreekt."):
        bouw(budget(2021, "WGO01"))


def test_budgets_are_laid_beside_what_was_published(bouw, maak_levering):
    """13 times 1.394 euro is not the 20.1 million of the nulmeting, and the row says so."""
    kop = "id,indicator_id,categorie,regio_code,branche_code,periode,waarde,precisie,bron,vindplaats,kwaliteit\n"
    cijfers = kop + "a,budget_bedrag,,NL01,TOTAAL,2021,20100000,afgerond,SRS,p.2,primair\n"
    cijfers += "b,budget_bedrag,subsidie,NL01,TOTAAL,2021,13000,exact,SRS,p.2,primair\n"
    maak_levering({"cijfers": cijfers}, bron="gepubliceerd", herkomst="gepubliceerd")
    con = bouw("".join(budget(2021, f"WGO{nr:02d}") for nr in range(1, 15) if nr != 8))
    rijen = con.execute("select categorie, gepubliceerd, oordeel from aansluiting order by 1").fetchall()
    assert rijen == [("", 20_100_000, "wijkt_af"), ("subsidie", 13_000, "gelijk")]


def test_budgets_of_regions_may_be_added_up_and_shares_of_the_panel_may_not(publicatie):
    rijen = publicatie.execute(
        "select indicator_id, optelbaar from indicator "
        "where indicator_id in ('budget_bedrag', 'panel_uitkomst') order by 1"
    ).fetchall()
    assert rijen == [("budget_bedrag", True), ("panel_uitkomst", False)]
