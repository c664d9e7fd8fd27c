"""Which rows count: per period and series the newest real delivery, and published figures add up."""

from __future__ import annotations

from datetime import date

import pytest
from koppen import KOPPEN
from werk import deliver, load, shipped


def loaded(tabel: str, *leveringen: tuple[str, list[str]], vraag: str) -> list[tuple]:
    """Return what a query finds in the staged table of deliveries (herkomst, rows), each received a day later."""
    bron, naam = tabel.split(".")
    bronnen, indicatoren = shipped(bron, "mobiliteit")
    keuringen = [
        deliver(bronnen[bron], {naam: "\n".join([KOPPEN[tabel], *rijen]) + "\n"}, f"l{dag}", herkomst=herkomst,
                ontvangen=date(2025, 1, dag))
        for dag, (herkomst, rijen) in enumerate(leveringen, 1)
    ]  # fmt: skip
    with load(keuringen, bronnen, indicatoren) as con:
        return con.execute(vraag).fetchall()


@pytest.mark.parametrize(
    ("tabel", "een", "ander", "kolom"),
    [
        ("werknemers.werknemers", "2022,NL01,TOTAAL,cbs_breed,1400", "2022,NL01,TOTAAL,pfzw,1200", "telling"),
        ("verzuim.verzuim", "2022,NL01,TOTAAL,kzv,8,100", "2022,NL01,TOTAAL,vernet,7,100", "meting"),
        ("vacatures.vacatures", "2022,NL01,TOTAAL,azw_breed,60", "2022,NL01,TOTAAL,sbi_q,50", "afbakening"),
        ("mobiliteit.stromen", "2022,NL01,TOTAAL,azw_breed,60,5", "2022,NL01,TOTAAL,azw_smal,50,5", "afbakening"),
    ],
)
def test_a_delivery_of_one_count_never_replaces_the_other(tabel, een, ander, kolom):
    reeksen = loaded(tabel, ("levering", [een]), ("levering", [ander]), vraag=f"select {kolom} from {tabel} order by 1")
    assert reeksen == sorted([(een.split(",")[3],), (ander.split(",")[3],)])


def test_first_years_of_duo_never_replace_new_students_of_cbs():
    rijen = [f"2021/22,NL01,hbo,x,voltijd,{deel}" for deel in ("80,nieuwe_studenten,", "60,eerstejaars,studie", "90")]
    vraag = "select instroom from onderwijs.instroom order by 1"
    delen = [("levering", [rij]) for rij in rijen]
    assert loaded("onderwijs.instroom", *delen, vraag=vraag) == [(60,), (80,), (90,)]


def test_of_one_count_the_newest_delivery_replaces_the_whole_period():
    oud = ("levering", ["2022,NL01,TOTAAL,cbs_breed,1400", "2022,RA0101,TOTAAL,cbs_breed,20"])
    nieuw = ("levering", ["2022,NL01,TOTAAL,cbs_breed,1500"])
    vraag = "select regio_code, werknemers from werknemers.werknemers"
    assert loaded("werknemers.werknemers", oud, nieuw, vraag=vraag) == [("NL01", 1500)]


def test_what_is_made_up_drops_out_of_a_real_period_whatever_its_count():
    verzonnen = ("synthetisch", ["2022,RA0101,TOTAAL,cbs_breed,20", "2021,RA0101,TOTAAL,cbs_breed,19"])
    echt = ("levering", ["2022,NL01,TOTAAL,pfzw,1200"])
    vraag = "select periode, telling from werknemers.werknemers order by 1"
    assert loaded("werknemers.werknemers", echt, verzonnen, vraag=vraag) == [("2021", "cbs_breed"), ("2022", "pfzw")]


def figure(id_: str, waarde: int, bron: str, regio: str = "NL01") -> str:
    """Return one published figure."""
    return f"{id_},uitstroom,{regio},TOTAAL,2022,{waarde},exact,{bron},tabel 1,primair"


def test_a_later_published_figure_replaces_only_the_same_key_of_the_same_source():
    vraag = "select id, waarde from gepubliceerd.cijfers order by id"
    eerst = ("gepubliceerd", [figure("a", 1, "CBS"), figure("b", 2, "AZW"), figure("c", 3, "CBS", "PV20")])
    later = ("gepubliceerd", [figure("d", 9, "CBS")])
    assert loaded("gepubliceerd.cijfers", eerst, later, vraag=vraag) == [("b", 2), ("c", 3), ("d", 9)]


def test_two_figures_of_one_key_in_one_delivery_both_stay():
    vraag = "select id from gepubliceerd.cijfers order by id"
    samen = ("gepubliceerd", [figure("a", 1, "CBS"), figure("b", 2, "CBS")])
    assert loaded("gepubliceerd.cijfers", samen, vraag=vraag) == [("a",), ("b",)]


def test_one_id_may_return_in_a_later_delivery():
    """An id names a figure within its delivery; two suppliers may both begin at 1."""
    vraag = "select levering_id, rijen from gebruikt order by 1"
    delen = [("gepubliceerd", [figure("1", 1, "CBS")]), ("gepubliceerd", [figure("1", 2, "AZW")])]
    assert loaded("gepubliceerd.cijfers", *delen, vraag=vraag) == [("gepubliceerd/l1", 1), ("gepubliceerd/l2", 1)]
