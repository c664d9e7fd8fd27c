"""Model estimates of a question per WGO: who gets one, what it is, and where it does not go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from respondenten import BASISKOLOMMEN, NIETS, to_csv
from scherm import plain, run

from pipelines.afspraken.codelijsten import fill_codelijst
from pipelines.afspraken.contract import Kolom
from pipelines.afspraken.indicatoren import INDICATORS_YML
from pipelines.bouwen import build
from pipelines.rekenen.steekproef.meting import Meting
from pipelines.rekenen.steekproef.modelleren import model_question
from pipelines.rekenen.steekproef.schatten import Ontwerp

VRAAG = Kolom("amo_geen", "ja_nee")
KOP = "Dit zijn schattingen van een model, geen metingen."
# Per WGO (ja, nee) of 40 invited.
ANTWOORDEN = {
    "WGO01": (2, 18),
    "WGO02": (10, 10),
    "WGO03": (6, 14),
    "WGO04": (16, 4),
    "WGO05": (8, 12),
    "WGO06": (5, 4),
}


def wave(antwoorden=ANTWOORDEN) -> Meting:
    rijen = [(wgo, w) for wgo, (ja, nee) in antwoorden.items() for w in [1.0] * ja + [0.0] * nee]
    frame = pd.DataFrame(rijen, columns=["regio_code", "amo_geen"])
    stratum = frame["regio_code"].map({code: nr for nr, code in enumerate(antwoorden)}).to_numpy(dtype=np.intp)
    ontwerp = Ontwerp(stratum, np.full(len(antwoorden), 40.0), np.bincount(stratum).astype(float))
    return Meting("2021", "levering", frame, ontwerp, tuple(antwoorden))


def figures(meting: Meting) -> dict[str, tuple]:
    """Return {wgo: (waarde, n, status)}."""
    return {rij[3]: (rij[7], rij[13], rij[14]) for rij in model_question(VRAAG, meting).rijen}


def test_every_wgo_is_drawn_towards_the_mean_of_them_all():
    """Shares 10, 50, 30, 80 and 40 %: mean 42 %; the outer two move most, in points, and none crosses the mean."""
    uit = figures(wave())
    direct = {wgo: ja / (ja + nee) for wgo, (ja, nee) in ANTWOORDEN.items()}
    for wgo in ("WGO01", "WGO02", "WGO03", "WGO04", "WGO05"):
        assert min(direct[wgo], 0.42) < uit[wgo][0] < max(direct[wgo], 0.42)
    assert uit["WGO01"][0] - 0.1 > abs(uit["WGO02"][0] - 0.5)


def test_who_has_too_few_answers_gets_no_model_either():
    assert figures(wave())["WGO06"] == (None, 9, "te_weinig")


def test_the_rows_say_model_and_have_no_counts():
    rijen = model_question(VRAAG, wave()).rijen
    assert {rij[6] for rij in rijen} == {"model"}
    assert {rij[11:13] for rij in rijen} == {(None, None)}


def test_how_far_they_were_drawn_is_said_in_words():
    ((wat, gelukt, zin),) = model_question(VRAAG, wave()).zinnen
    assert (wat, gelukt) == ("amo_geen", True)
    assert zin.startswith("De eigen antwoorden van een WGO tellen voor ")


@pytest.mark.parametrize(
    "antwoorden",
    [
        {wgo: ANTWOORDEN[wgo] for wgo in ("WGO01", "WGO02", "WGO03", "WGO04")},
        dict.fromkeys(ANTWOORDEN, (0, 20)),
        {**ANTWOORDEN, "WGO05": (20, 20)},  # all forty answered
    ],
)
def test_where_no_model_can_be_made_there_is_none_and_it_is_said(antwoorden):
    uit = model_question(VRAAG, wave(antwoorden))
    assert [rij for rij in uit.rijen if rij[7] is not None] == []
    assert uit.zinnen[0][1] is False


def test_of_made_up_answers_there_is_no_model():
    assert model_question(VRAAG, replace(wave(), herkomst="synthetisch")).rijen == []


@pytest.mark.parametrize("view", ["beste_waarneming", "beste_waarneming_voorbeeld"])
def test_a_model_is_never_the_best_figure_not_even_the_only_one(view):
    con = duckdb.connect()
    sql = Path(__file__).parents[3] / "pipelines" / "publicatie" / "publicatie.sql"
    con.execute(sql.read_text(encoding="utf-8"))
    fill_codelijst(con, "codelijst")
    for schatting, regio in (("model", "WGO01"), ("model", "WGO02"), ("gewogen", "WGO02")):
        con.execute(
            "insert into waarneming values ('amo_geen', '', '', ?, 'wgo', 'TOTAAL', '2021', ?, 'levering', null, 0.4, "
            "null, 0.1, 0.2, 0.6, null, null, 20, 'beschikbaar', false, 'l')",
            [regio, schatting],
        )
    assert con.execute(f"select regio_code, schatting from {view}").fetchall() == [("WGO02", "gewogen")]


@pytest.mark.usefixtures("hier_gelezen", "goedgekeurd")
def test_switched_on_in_the_catalogue_it_stands_apart(maak_levering, tmp_path: Path, monkeypatch):
    """Six WGO's of twenty answers each: a row `model` per WGO, in no view, and on the pages a place of its own."""
    ja = {"WGO01": 2, "WGO02": 10, "WGO03": 6, "WGO04": 16, "WGO05": 8, "WGO06": 12}
    rijen = [
        NIETS | {"respondent_id": f"{wgo}-{nummer}", "wgo_code": wgo, "digitale_tools": str(int(nummer < aantal))}
        for wgo, aantal in ja.items() for nummer in range(20)
    ]  # fmt: skip
    tabellen = {
        "antwoorden": to_csv(rijen, (*NIETS, *BASISKOLOMMEN)),
        "uitgenodigd": "jaar,wgo_code,uitgenodigd\n" + "".join(f"2021,{wgo},40\n" for wgo in ja),
    }
    maak_levering(tabellen, bron="srs_enquete", leverancier="SEOR")
    catalogus = INDICATORS_YML.read_text(encoding="utf-8")
    assert catalogus.count("\ndigitale_tools: {") == 1
    aan = tmp_path / "indicators.yml"
    aan.write_text(catalogus.replace("\ndigitale_tools: {", "\ndigitale_tools: {model: ja, "), encoding="utf-8")
    build(tmp_path / "raw", tmp_path / "wh", aan)
    with duckdb.connect(str(tmp_path / "wh" / "publicatie.duckdb"), read_only=True) as con:
        vraag = (
            "from waarneming select regio_code, waarde where indicator_id = 'digitale_tools' and schatting = 'model'"
        )
        model = dict(con.execute(vraag).fetchall())
        assert model.keys() == ja.keys()
        # Mean 45 %: 10 and 80 % are drawn in most.
        assert 0.1 < model["WGO01"] < 0.45 < model["WGO04"] < 0.8
        for view in ("beste_waarneming", "beste_waarneming_voorbeeld"):
            assert con.execute(f"select count(*) from {view} where schatting = 'model'").fetchone() == (0,)
        direct = (
            "select regio_code, waarde from beste_waarneming where indicator_id = 'digitale_tools' and niveau = 'wgo'"
        )
        eigen = dict(con.execute(f"{direct} and uitsplitsing = ''").fetchall())
        assert eigen == {wgo: pytest.approx(aantal / 20) for wgo, aantal in ja.items()}
        # What is tested against the rest is the direct figure: 10 % beside the mean of the others.
        toets = "select verschil from verschil where indicator_id = 'digitale_tools' and regio_code = 'WGO01'"
        assert con.execute(toets).fetchall() == [(pytest.approx(0.1 - 52 / 100, abs=0.0051),)]
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path / "wh"))
    _on_the_page_of_the_question(eigen["WGO01"], round(model["WGO01"], 2))
    _on_mijn_regio(eigen["WGO01"], round(model["WGO01"], 2))


def _on_the_page_of_the_question(eigen: float, model: float) -> None:
    """What stands above it knows only what was answered; below it are the model and how it was made."""
    voor, _, na = plain(run("indicator", indicator="digitale_tools", regio="WGO01", voorbeeld="0")).partition(KOP)
    assert f"{eigen:.0%}" in voor
    assert f"{model:.0%}" not in voor
    assert f"{model:.0%}" in na
    assert "De eigen antwoorden van een WGO tellen voor " in na


def _on_mijn_regio(eigen: float, model: float) -> None:
    tekst = plain(run("regio", regio="WGO01", indicator="digitale_tools", voorbeeld="0"))
    assert tekst.count(f"{model:.0%}") == 1
    assert f"Modelschatting over 2021: {model:.0%} (95%-interval " in tekst
    assert "Dat is geen meting" in tekst
    assert f"{eigen:.0%}" in tekst
