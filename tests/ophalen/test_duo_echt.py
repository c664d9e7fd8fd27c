"""The real files of DUO, which lie outside the project, give the figures that were published: to the person."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from werk import deliver, figures, shipped

from pipelines.afspraken.contract import load_bronnen
from pipelines.openbaar.duo.bestand import Bestand, read_bytes
from pipelines.openbaar.duo.koppelbestand import load_duokoppelingen
from pipelines.openbaar.duo.tellen import count

GEDEELD = Path("/work/shared")
ECHT, CIJFERS = GEDEELD / "bronnen" / "echt", GEDEELD / "feiten" / "cijfers_2026.csv"
pytestmark = pytest.mark.skipif(
    not CIJFERS.is_file(), reason=f"OVERGESLAGEN: de echte bestanden van DUO staan niet in {GEDEELD}"
)
BRONNEN = load_bronnen()
KOPPELINGEN = load_duokoppelingen(BRONNEN)


@cache
def counted(naam: str, bestand: str) -> pd.DataFrame:
    """Return what a real file gives under its mapping, with both ends of each count as numbers."""
    koppeling = KOPPELINGEN[naam]
    frame = read_bytes((ECHT / bestand).read_bytes(), bestand)
    tabel = BRONNEN[koppeling.bron].tabellen[koppeling.doeltabel]
    rijen = count(koppeling, {0: Bestand(frame, bestand, "", "bestand", "")}, tabel).frame
    aantal = rijen[koppeling.aantal_in]
    tot = rijen.get(f"{koppeling.aantal_in}_tot", pd.Series("", index=rijen.index))
    laag, hoog = aantal.mask(aantal == "<5", "1"), tot.mask(aantal == "<5", "4")
    return rijen.assign(laag=laag.astype(int), hoog=hoog.mask(hoog == "", laag).astype(int))


def published(indicator: str, uitsplitsing: str) -> list[dict[str, str]]:
    with CIJFERS.open(encoding="utf-8", newline="") as stroom:
        rijen = [
            rij for rij in csv.DictReader(stroom)
            if (rij["indicator_id"], rij["uitsplitsing"]) == (indicator, uitsplitsing) and "DUO" in rij["bron"]
        ]  # fmt: skip
    assert rijen
    return rijen


def cell(rijen: pd.DataFrame, cijfer: dict[str, str], **kolommen: str) -> pd.DataFrame:
    waar = (rijen["schooljaar"] == cijfer["periode"]) & (rijen["regio_code"] == cijfer["regio_code"])
    for kolom, waarde in kolommen.items():
        waar &= rijen[kolom] == waarde
    return rijen[waar]


@pytest.mark.parametrize(
    ("uitsplitsing", "kolommen"),
    [
        ("maat=eerstejaars;opleiding=verpleegkundige_hbo", {"opleiding": "verpleegkundige_hbo"}),
        ("croho=gezondheidszorg;maat=eerstejaars;niveau=hbo", {"croho": "gezondheidszorg"}),
    ],
)
def test_first_years_of_2019_are_those_that_were_published(uitsplitsing, kolommen):
    rijen = counted("eerstejaars_hbo", "duo_03b_eerstejaars_hbo_2019.csv")
    cijfers = published("instroom_opleidingen", uitsplitsing)
    assert len(cijfers) >= 160
    anders = [(c["id"], int(deel["laag"].sum())) for c in cijfers
              if int((deel := cell(rijen, c, **kolommen))["laag"].sum()) != int(c["waarde"])]  # fmt: skip
    assert anders == []


def test_of_the_first_years_the_share_that_works_and_learns_is_the_one_that_was_published():
    rijen = counted("eerstejaars_hbo", "duo_03b_eerstejaars_hbo_2019.csv")
    for cijfer in published("bbl_duaal", "maat=eerstejaars;opleiding=verpleegkundige_hbo"):
        deel = cell(rijen, cijfer, opleiding="verpleegkundige_hbo")
        duaal = deel.loc[deel["leerweg"] == "duaal", "laag"].sum()
        assert duaal / deel["laag"].sum() == pytest.approx(float(cijfer["waarde"]), abs=5e-10), cijfer["id"]


def test_masked_cells_of_2024_are_a_range_with_the_ends_that_were_published():
    rijen = counted("ingeschrevenen_hbo", "duo_ingeschrevenhbo_2024.json")
    with (ECHT / "hbov_studenten_per_ra_2020-2024.csv").open(encoding="utf-8", newline="") as stroom:
        grenzen = list(csv.DictReader(stroom))
    assert len(grenzen) > 80
    for grens in grenzen:
        deel = cell(rijen, {"periode": grens["schooljaar"], **grens}, opleiding="verpleegkundige_hbo")
        duaal = deel[deel["leerweg"] == "duaal"]
        gevonden = [deel["laag"].sum(), deel["hoog"].sum(), duaal["laag"].sum(), duaal["hoog"].sum()]
        namen = ("studenten_min", "studenten_max", "duaal_min", "duaal_max")
        assert gevonden == [int(grens[naam]) for naam in namen], grens


@pytest.mark.parametrize("opleiding", ["verpleegkundige_mbo", "verzorgende_ig", "helpende_zorg_en_welzijn", None])
def test_students_of_the_mbo_are_those_that_were_published(opleiding):
    rijen = counted("studenten_mbo", "duo_03_deelnemers_mbo_2019.csv")
    welke = f"opleiding={opleiding}" if opleiding else "niveau=mbo"
    cijfers = published("bbl_duaal", f"maat=ingeschrevenen;{welke}")
    assert len(cijfers) == 5
    for cijfer in cijfers:
        deel = cell(rijen, cijfer, **({"opleiding": opleiding} if opleiding else {}))
        bbl = deel.loc[deel["leerweg"] == "bbl", "laag"].sum()
        assert (bbl, deel["laag"].sum()) == (int(cijfer["teller"]), int(cijfer["noemer"])), cijfer["id"]


def test_what_is_counted_becomes_the_published_figures_and_a_sum_with_masks_shows_both_its_ends():
    bronnen, indicatoren = shipped("onderwijs")
    rijen = pd.concat(
        [counted("eerstejaars_hbo", "duo_03b_eerstejaars_hbo_2019.csv"),
         counted("ingeschrevenen_hbo", "duo_ingeschrevenhbo_2024.json")], ignore_index=True,
    ).drop(columns=["laag", "hoog"]).fillna("")  # fmt: skip
    vraag = """
        select indicator_id, uitsplitsing, regio_code, periode, waarde, waarde_tot from getoonde_cel
        where status = 'beschikbaar' and niveau in ('land', 'provincie', 'arbeidsmarktregio')
    """
    cijfers = figures(
        [deliver(bronnen["onderwijs"], {"instroom": rijen.to_csv(index=False)})], bronnen, indicatoren, vraag
    )
    gemaakt = {tuple(sleutel): (waarde, tot) for *sleutel, waarde, tot in cijfers}
    with CIJFERS.open(encoding="utf-8", newline="") as stroom:
        verwacht = [r for r in csv.DictReader(stroom) if r["bron"].startswith("DUO") and " hbo " in r["bron"]]
    assert len(verwacht) == 519
    for cijfer in verwacht:
        sleutel = tuple(cijfer[k] for k in ("indicator_id", "uitsplitsing", "regio_code", "periode"))
        waarde, tot = gemaakt[sleutel]
        assert waarde == pytest.approx(float(cijfer["waarde"]), abs=5e-10), cijfer["id"]
        assert (tot is None) == (cijfer["waarde_tot"] == ""), cijfer["id"]
        assert tot is None or tot == pytest.approx(float(cijfer["waarde_tot"]), abs=5e-10), cijfer["id"]


def test_the_real_file_of_diplomas_is_counted_as_a_plain_sum_of_its_lines():
    rijen = counted("gediplomeerden_hbo", "duo_05_gediplomeerden_hbo_2019.csv")
    tekst = (ECHT / "duo_05_gediplomeerden_hbo_2019.csv").read_text(encoding="latin-1")
    regels = [
        rij for rij in csv.DictReader(tekst.splitlines(), delimiter=";") if rij["OPLEIDINGSCODE ACTUEEL"] == "34560"
    ]
    assert len(regels) > 50
    for jaar in ("2014", "2018"):
        van = (
            (rijen["periode"] == jaar) & (rijen["opleiding"] == "verpleegkundige_hbo") & (rijen["regio_code"] == "NL01")
        )
        assert rijen.loc[van, "laag"].sum() == sum(int(rij[jaar]) for rij in regels)


def test_a_real_file_that_is_whole_raises_no_doubt_and_its_first_2000_lines_do():
    koppeling, naam = KOPPELINGEN["eerstejaars_hbo"], "duo_03b_eerstejaars_hbo_2019.csv"
    tabel = BRONNEN[koppeling.bron].tabellen[koppeling.doeltabel]
    inhoud = (ECHT / naam).read_bytes()
    gezegd = [
        [
            twijfel.tekst
            for twijfel in count(koppeling, {0: Bestand(read_bytes(deel, naam), naam, "", "", "")}, tabel).twijfels
        ]
        for deel in (inhoud, b"\r\n".join(inhoud.split(b"\r\n")[:2000]) + b"\r\n")
    ]
    assert gezegd[0] == []
    assert "geen enkele rij van" in gezegd[1][0]
