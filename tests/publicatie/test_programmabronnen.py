"""The programme's own sources: what they put in the publication, and what a hostile delivery gets back."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.afspraken.codelijsten import Status
from pipelines.afspraken.contract import BRONNEN as BRONNENMAP
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.bouwen import PUBLICATIE, build
from pipelines.levering.leveringen import read_levering
from pipelines.levering.toets.keuren import validate_levering

BRONNEN = load_bronnen()
EENHEDEN = {i.indicator_id: i.eenheid for i in load_indicatoren(INDICATORS_YML, BRONNEN).values()}


@pytest.fixture
def keur(maak_levering):
    """Return what a supplier reads about tables of one source, without advice."""

    def check(bron: str, **tabellen: str) -> list[str]:
        levering = read_levering(maak_levering(tabellen, bron=bron), BRONNEN)
        keuring = validate_levering(levering, BRONNEN[bron], EENHEDEN)
        return [str(melding).splitlines()[0] for melding in keuring.meldingen]

    return check


@pytest.fixture
def bouw(maak_levering, goedgekeurd, tmp_path: Path):
    """Build from tables of one source and return the publication."""

    def make(bron: str, naam: str = "l1", anders: dict[str, str] | None = None, **tabellen: str):
        maak_levering(tabellen, naam=naam, bron=bron, **(anders or {}))
        build(tmp_path / "raw", tmp_path / "wh")
        return duckdb.connect(str(tmp_path / "wh" / PUBLICATIE), read_only=True)

    return make


VERHAAL = (
    "verhaal_id,soort,pijler,actielijn,regio_code,branche_code,titel,samenvatting,stem,aantal,bron,vindplaats,jaar\n"
)


def test_stories_arrive_as_they_were_told(publicatie):
    assert publicatie.execute("select count(*), count(distinct verhaal_id) from verhaal").fetchone() == (109, 109)
    rij = publicatie.execute("select pijler, regio_code, stem, aantal, jaar from verhaal where verhaal_id = 'SRS-07'")
    assert rij.fetchone() == ("innoveren", "WGO09", "bestuurder", 80, 2021)
    leeg = "select count(*) from verhaal where '' in (pijler, actielijn, regio_code, branche_code)"
    assert publicatie.execute(leeg).fetchone() == (0,)


def test_a_story_is_text_whatever_it_looks_like(bouw):
    """Markup and formulas are words of a story here; the app shows them as text."""
    rij = 'V1,signaal,,,,,<script>alert(1)</script>,"=HYPERLINK(""x"")",naaste,,Eigen,p.1,2021\n'
    con = bouw("verhalen", verhalen=VERHAAL + rij)
    assert con.execute("select titel, samenvatting, aantal from verhaal").fetchall() == [
        ("<script>alert(1)</script>", '=HYPERLINK("x")', None)
    ]


def test_a_story_told_again_replaces_the_older_one(bouw):
    rijen = "V1,signaal,,,,,Oud,a,naaste,,Eigen,p.1,2021\n", "V1,signaal,,,,,Nieuw,a,naaste,,Eigen,p.1,2022\n"
    bouw("verhalen", verhalen=VERHAAL + rijen[0])
    con = bouw("verhalen", naam="l2", verhalen=VERHAAL + rijen[1])
    assert con.execute("select titel from verhaal").fetchall() == [("Nieuw",)]


def test_hostile_stories_come_back_with_every_fault_and_its_place(keur):
    rijen = [
        "V1,tip,kiezen,onderwijs,WGO08,VTT,T,s,klant,0,B,p,2021",
        "V1,signaal,,,363,,T,s,naaste,-1,B,p,2021KW01",
        f"V2,signaal,,,,,{'T' * 121},{'s' * 1201},naaste,,,,",
    ]
    assert keur("verhalen", verhalen=VERHAAL + "\n".join(rijen) + "\n") == [
        "verhalen.csv, rij 2, kolom soort: 'tip' bestaat niet.",
        "verhalen.csv, rij 2, kolom pijler: 'kiezen' bestaat niet. Bedoelde u kiezen_toeleiden?",
        "verhalen.csv, rij 2, kolom actielijn: 'onderwijs' bestaat niet.",
        "verhalen.csv, rij 2, kolom regio_code: 'WGO08' bestaat niet op de datum van deze rij.",
        "verhalen.csv, rij 2, kolom branche_code: 'VTT' bestaat niet. Bedoelde u VVT?",
        "verhalen.csv, rij 2, kolom stem: 'klant' bestaat niet.",
        "verhalen.csv, rij 2, kolom aantal: '0' is minder dan 1.",
        "verhalen.csv, rij 2: (V1) komt meer dan eens voor. Zo staat het in 2 rijen: 2, 3.",
        "verhalen.csv, rij 3, kolom regio_code: '363' bestaat niet. Bedoelde u GM0363?",
        "verhalen.csv, rij 3, kolom aantal: '-1' is minder dan 1.",
        "verhalen.csv, rij 3, kolom jaar: '2021KW01' is geen heel jaar.",
        "verhalen.csv, rij 4, kolom bron: deze cel is leeg.",
        "verhalen.csv, rij 4, kolom vindplaats: deze cel is leeg.",
        "verhalen.csv, rij 4, kolom jaar: deze cel is leeg.",
        "verhalen.csv, rij 4, kolom titel: deze titel past niet op één regel.",
        "verhalen.csv, rij 4, kolom samenvatting: deze samenvatting is langer dan 1.200 tekens.",
    ]


STUDIES = "studie,onderwerp,veldwerk,uitgenodigd,deelgenomen,respons,onderdeel,n,opmerking\n"
UITKOMSTEN = "studie,onderdeel,n,vraag,categorie,aandeel,opmerking\n"


def test_response_of_the_panel_comes_from_its_counts(publicatie):
    """109 of 250 is 43.6 %, printed 44 %; the open panel has no interval."""
    vraag = (
        "select waarde, teller, noemer, onder, boven, herkomst from waarneming where indicator_id = 'panel_respons' "
    )
    rij = publicatie.execute(vraag + "and uitsplitsing = 'studie=33568'").fetchone()
    assert rij == (109 / 250, 109, 250, None, None, "gepubliceerd")


def test_no_percentage_of_the_panel_below_sixty_and_n_stays_visible(bouw):
    rijen = (
        "1,v,59,V,a,0.2,\n1,v,59,V,b,0.5,\n2,v,60,V,a,0.2,\n3,v,10,Prioriteit?,a,0.9,\n4,v,70,V,a,,\n4,v,70,V,b,.,\n"
    )
    con = bouw("panel", uitkomsten=UITKOMSTEN + rijen)
    vraag = "select uitsplitsing, categorie, n, waarde, status from waarneming order by all"
    assert con.execute(vraag).fetchall() == [
        ("studie=1;vraag=V", "a", 59, None, "te_weinig"),
        ("studie=1;vraag=V", "b", 59, None, "te_weinig"),
        ("studie=2;vraag=V", "a", 60, 0.2, "beschikbaar"),
        ("studie=3;vraag=Prioriteit?", "a", 10, None, "te_weinig"),
        ("studie=4;vraag=V", "a", None, None, "ontbreekt"),
        ("studie=4;vraag=V", "b", None, None, "onderdrukt"),
    ]


def test_a_figure_of_a_query_of_its_own_that_is_shown_has_its_value(bouw, tmp_path, monkeypatch):
    """Whatever status it is shown with: what may be shown is asked of the code list."""
    bronnen = tmp_path / "bronnen"
    shutil.copytree(BRONNENMAP, bronnen)
    vraag = bronnen / "panel.publicatie.sql"
    vraag.write_text(vraag.read_text("utf-8").replace("'te_weinig'", f"'{Status.INDICATIEF}'"), "utf-8")
    monkeypatch.setattr("pipelines.bouwen.BRONNEN", bronnen)
    con = bouw("panel", uitkomsten=UITKOMSTEN + "1,v,59,V,a,0.2,\n1,v,59,V,b,.,\n")
    rijen = con.execute("select waarde, n, status from waarneming order by categorie").fetchall()
    assert rijen == [(0.2, 59, "indicatief"), (None, None, "onderdrukt")]


def test_panels_of_two_years_stand_side_by_side(bouw):
    bouw("panel", studies=STUDIES + "1,A,,100,50,0.5,,,\n", anders={"periode": '"2024"'})
    con = bouw("panel", naam="l2", studies=STUDIES + "1,A,,100,60,0.6,,,\n", anders={"periode": '"2025"'})
    vraag = "select periode, waarde from waarneming order by 1"
    assert con.execute(vraag).fetchall() == [("2024", 0.5), ("2025", 0.6)]


def test_hostile_panels_come_back_with_every_fault_and_its_place(keur):
    studies = "1;2,A,juni 2025,0,5,,v,9,\n1;2,A,2025-07-01/2025-06-01,10,12,1.2,v,3,\n"
    uitkomsten = "1=1,v,80,V,a,56,\n1=1,v,81,V,b,0.1,\n9,v,80,V;W,a,0.1,\n1=1,v,80,V,a,0.1,\n"
    assert keur("panel", studies=STUDIES + studies, uitkomsten=UITKOMSTEN + uitkomsten) == [
        "studies.csv, rij 2, kolom uitgenodigd: '0' is minder dan 1.",
        "studies.csv, rij 2: (1;2) komt meer dan eens voor. Zo staat het in 2 rijen: 2, 3.",
        "studies.csv, rij 2, kolom studie: '1;2' bevat een = of een puntkomma. Zo staat het in 2 rijen: 2, 3.",
        "studies.csv, rij 2, kolom deelgenomen: 5 is meer dan uitgenodigd (0).",
        "studies.csv, rij 2, kolom n: 9 is meer dan deelgenomen (5).",
        "studies.csv, rij 2, kolom veldwerk: 'juni 2025' is geen periode van veldwerk.",
        "studies.csv, rij 3, kolom respons: '1.2' ligt niet tussen 0 en 1.",
        "studies.csv, rij 3, kolom deelgenomen: 12 is meer dan uitgenodigd (10).",
        "studies.csv, rij 3, kolom veldwerk: '2025-07-01/2025-06-01' is geen periode van veldwerk.",
        "uitkomsten.csv, rij 2, kolom aandeel: '56' ligt niet tussen 0 en 1.",
        "uitkomsten.csv, rij 2: (1=1, V, a) komt meer dan eens voor. Zo staat het in 2 rijen: 2, 5.",
        "uitkomsten.csv, rij 2, kolom vraag: 'V' (studie '1=1') bevat een = of een puntkomma. "
        "Zo staat het in 3 rijen: 2, 3, 5.",
        "uitkomsten.csv, rij 2, kolom studie: '1=1' komt niet voor in studies. Zo staat het in 3 rijen: 2, 3, 5.",
        "uitkomsten.csv, rij 3, kolom n: 81 wijkt af van n bij de andere categorieën van deze vraag (80).",
        "uitkomsten.csv, rij 4, kolom vraag: 'V;W' (studie '9') bevat een = of een puntkomma.",
        "uitkomsten.csv, rij 4, kolom studie: '9' komt niet voor in studies.",
    ]


ACTIVITEITEN = "activiteit_id,jaar,wgo_code,pijler,titel,doelgroep,status,deelnemers,budget_eur\n"


def test_activities_are_counted_per_pijler_and_status_and_stay_readable(bouw):
    rijen = "A1,2021,WGO01,basis,T,,loopt,,\nA2,2021,WGO01,innoveren,U,hr,gestopt,12,2500.5\n"
    con = bouw("srs_activiteiten", activiteiten=ACTIVITEITEN + rijen)
    tellingen = con.execute(
        "select categorie, uitsplitsing, regio_code, waarde from waarneming order by all"
    ).fetchall()
    assert tellingen == [
        ("", "", "WGO01", 2), ("", "status=gestopt", "WGO01", 1), ("", "status=loopt", "WGO01", 1),
        ("basis", "", "WGO01", 1), ("innoveren", "", "WGO01", 1),
    ]  # fmt: skip
    assert con.execute("select * from activiteit where activiteit_id = 'A2'").fetchall() == [
        ("A2", 2021, "WGO01", "innoveren", "U", "hr", "gestopt", 12, 2500.5)
    ]


def test_regions_of_a_programme_make_their_wgo_only_when_all_are_there(bouw):
    """WGO03 has RA0308 and RA0309; WGO02 has more regions than the one delivered."""
    kop = "programma,periode,regio_code,gerealiseerd,doel\n"
    rijen = ["RA0308,10,20", "RA0309,5,.", "RA0204,7,"]
    con = bouw("programmas", bereik=kop + "".join(f"sectorplanplus,2021,{rij}\n" for rij in rijen))
    vraag = "select regio_code, categorie, waarde, status from waarneming order by all"
    assert con.execute(vraag).fetchall() == [
        ("RA0204", "gerealiseerd", 7, "beschikbaar"),
        ("RA0308", "doel", 20, "beschikbaar"),
        ("RA0308", "gerealiseerd", 10, "beschikbaar"),
        ("RA0309", "doel", None, "onderdrukt"),
        ("RA0309", "gerealiseerd", 5, "beschikbaar"),
        ("WGO03", "doel", None, "onderdrukt"),
        ("WGO03", "gerealiseerd", 15, "beschikbaar"),
    ]


AMBITIES = "regio_code,indicator_id,nuljaar,nulwaarde,doeljaar,doelwaarde,bron\n"
ACTIES = "actie_id,regio_code,actielijn,soort,titel,indicator_id,beoogd_effect,trekker,start,eind,status\n"


def test_the_newest_plan_of_a_region_replaces_its_earlier_one_whole(bouw):
    acties = "1,RA0101,werken,meer,T,verzuim,-0.01,ZorgpleinNoord,2022-01-01,2023-12-31,loopt\n"
    oud = "RA0101,verzuim,2021,0.07,2023,0.06,R\nRA0101,werkdruk,2021,,2023,0.4,R\nRA0102,verzuim,2021,,2023,0.05,R\n"
    bouw("raat", ambities=AMBITIES + oud, acties=ACTIES + acties, anders={"periode": '"2022"'})
    nieuw = "RA0101,verzuim,2021,0.07,2025,0.055,RAAT 2024\n"
    con = bouw("raat", naam="l2", ambities=AMBITIES + nieuw, anders={"periode": '"2024"'})
    assert con.execute("select regio_code, indicator_id, doeljaar, doelwaarde from doel order by all").fetchall() == [
        ("RA0101", "verzuim", 2025, 0.055),
        ("RA0102", "verzuim", 2023, 0.05),
    ]
    assert con.execute("select actie_id, beoogd_effect, status from actie").fetchall() == [("1", -0.01, "loopt")]


def test_hostile_plans_come_back_with_every_fault_and_its_place(keur):
    ambities = "WGO01,verzuim,2021,7,2021,6,RAAT\nRA0101,verzuin,21,,2023,nvt,\n"
    acties = "1,RA0101,zorgen,minder,T,,x,,2023-01-01,2022-01-01,loopt\n"
    assert keur("raat", ambities=AMBITIES + ambities, acties=ACTIES + acties) == [
        "acties.csv, rij 2, kolom actielijn: 'zorgen' bestaat niet.",
        "acties.csv, rij 2, kolom soort: 'minder' bestaat niet. Bedoelde u anders?",
        "acties.csv, rij 2, kolom beoogd_effect: 'x' is geen getal.",
        "acties.csv, rij 2, kolom trekker: deze cel is leeg.",
        "acties.csv, rij 2, kolom eind: 2022-01-01 ligt voor start (2023-01-01).",
        "ambities.csv, rij 2, kolom regio_code: 'WGO01' bestaat, maar hoort niet in deze tabel.",
        "ambities.csv, rij 2, kolom doeljaar: 2021 ligt niet na nuljaar (2021).",
        "ambities.csv, rij 2, kolom doelwaarde: 6 (nulwaarde '7') is geen aandeel.",
        "ambities.csv, rij 3, kolom indicator_id: 'verzuin' bestaat niet. Bedoelde u verzuim?",
        "ambities.csv, rij 3, kolom nuljaar: '21' ligt niet tussen 2000 en 2100.",
        "ambities.csv, rij 3, kolom doelwaarde: 'nvt' is geen getal.",
        "ambities.csv, rij 3, kolom bron: deze cel is leeg.",
    ]


def test_hostile_budgets_activities_and_programmes_come_back_with_every_fault_and_its_place(keur):
    kop = "jaar,wgo_code,pijler,onderdeel,subsidie_eur,cofinanciering_eur,gezamenlijk\n"
    rijen = "2021,WGO01,leren,,1.005,-1,2\n2021,WGO01,innoveren,informatie,1,1,0\n" + "2021,WGO02,basis,,1,1,0\n" * 2
    assert keur("srs_budget", budget=kop + rijen) == [
        "budget.csv, rij 2, kolom pijler: 'leren' bestaat niet. Bedoelde u leren_opleiden?",
        "budget.csv, rij 2, kolom cofinanciering_eur: '-1' is minder dan 0.",
        "budget.csv, rij 2, kolom gezamenlijk: '2' is geen 0 of 1.",
        "budget.csv, rij 2, kolom subsidie_eur: 1.005 heeft meer dan twee decimalen.",
        "budget.csv, rij 3, kolom onderdeel: onderdeel informatie staat bij pijler innoveren.",
        "budget.csv, rij 4: (2021, WGO02, basis, , 0) komt meer dan eens voor. Zo staat het in 2 rijen: 4, 5.",
    ]
    assert keur("srs_activiteiten", activiteiten=ACTIVITEITEN + "A1,2021,NL01,basis,,,klaar,-1,veel\n") == [
        "activiteiten.csv, rij 2, kolom wgo_code: 'NL01' bestaat, maar hoort niet in deze tabel.",
        "activiteiten.csv, rij 2, kolom titel: deze cel is leeg.",
        "activiteiten.csv, rij 2, kolom status: 'klaar' bestaat niet.",
        "activiteiten.csv, rij 2, kolom deelnemers: '-1' is minder dan 0.",
        "activiteiten.csv, rij 2, kolom budget_eur: 'veel' is geen getal.",
    ]
    kop = "programma,periode,regio_code,gerealiseerd,doel\n"
    rijen = "sectorplan,2021,GM0363,1,1\nsectorplanplus,2021,NL01,5,\nsectorplanplus,2021,RA0101,6,x\n"
    assert keur("programmas", bereik=kop + rijen) == [
        "bereik.csv, rij 2, kolom programma: 'sectorplan' bestaat niet. Bedoelde u sectorplanplus?",
        "bereik.csv, rij 2, kolom regio_code: 'GM0363' bestaat, maar hoort niet in deze tabel.",
        "bereik.csv, rij 4, kolom doel: 'x' is geen geheel getal.",
        "bereik.csv, rij 4, kolom gerealiseerd: 6 is meer dan in heel Nederland (5).",
    ]
