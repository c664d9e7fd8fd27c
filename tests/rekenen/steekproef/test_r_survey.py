"""Agreement with R's package survey: what `fixtures/r_survey/referentie.R` wrote, without R.

Estimates and standard errors agree to 0.0005, bounds to 0.01. R 4.1-1 has no Wilson interval: R computes it from
its own standard error and degrees of freedom, and the nearest method of svyciprop (xlogit) lies within 0.01 too.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from pipelines.afspraken.contract import Bron, Kolom, Tabel
from pipelines.afspraken.indicatoren import Indicator
from pipelines.rekenen.steekproef.meting import Meting
from pipelines.rekenen.steekproef.raken import Randtotaal, rake
from pipelines.rekenen.steekproef.schatten import Ontwerp, Schattingen, mean_weighted, share_weighted
from pipelines.rekenen.steekproef.verschil import compile_verschillen

MAP = Path(__file__).parents[2] / "fixtures" / "r_survey"
VERWACHT = pd.read_csv(MAP / "uitkomst.csv").set_index("naam")
GELEZEN = pd.read_csv(MAP / "antwoorden.csv")
UITGENODIGD = pd.read_csv(MAP / "uitgenodigd.csv")
RAKEN = {"gewogen": (), "geraakt": ("grootteklasse",), "geraakt3": ("branche", "grootteklasse")}
DOMEINEN = {
    "allen": None, "vraag": None, "WGO02": ("wgo", "WGO02"), "WGO03": ("wgo", "WGO03"), "VVT": ("branche", "VVT"),
    "<50": ("grootteklasse", "<50"),
}  # fmt: skip
SCHATTINGEN = [naam.removesuffix("/wilson") for naam in VERWACHT.index if naam.startswith(tuple(RAKEN))
               and not naam.endswith("xlogit")]  # fmt: skip


def margin(rijen: pd.DataFrame, kenmerk: str) -> Randtotaal:
    aantallen = UITGENODIGD[UITGENODIGD["kenmerk"] == kenmerk].set_index("waarde")["uitgenodigd"].sort_index()
    return Randtotaal(aantallen.index.get_indexer(rijen[kenmerk]), aantallen.to_numpy(dtype=float))


def design(rijen: pd.DataFrame, kenmerken: tuple[str, ...] = ()) -> Ontwerp:
    wgo = margin(rijen, "wgo")
    ontwerp = Ontwerp(wgo.groep, wgo.uitgenodigd, np.bincount(wgo.groep).astype(float))
    return rake(ontwerp, [margin(rijen, k) for k in kenmerken]) if kenmerken else ontwerp


def estimate(naam: str) -> Schattingen:
    soort, domein, vraag = naam.split("/")
    rijen = GELEZEN[GELEZEN["jaar"] == 2021].reset_index(drop=True)
    leden = rijen[vraag].notna()
    if DOMEINEN[domein] is not None:
        kolom, waarde = DOMEINEN[domein]
        leden &= rijen[kolom] == waarde
    reken = mean_weighted if vraag == "cijfer" else share_weighted
    return reken(rijen[[vraag]].fillna(0).to_numpy(dtype=float), leden.to_numpy()[:, None], design(rijen, RAKEN[soort]))


@pytest.mark.parametrize("naam", SCHATTINGEN)
def test_shares_and_means_of_domains_weighted_and_raked(naam):
    verwacht = VERWACHT.loc[naam if naam in VERWACHT.index else f"{naam}/wilson"]
    s = estimate(naam)
    assert (s.waarde[0], s.standaardfout[0]) == pytest.approx((verwacht.schatting, verwacht.se), abs=5e-4)
    assert (s.onder[0], s.boven[0]) == pytest.approx((verwacht.onder, verwacht.boven), abs=0.01)
    if f"{naam}/xlogit" in VERWACHT.index:
        ander = VERWACHT.loc[f"{naam}/xlogit"]
        assert (s.onder[0], s.boven[0]) == pytest.approx((ander.onder, ander.boven), abs=0.01)


def test_raked_weights_fit_every_margin():
    rijen = GELEZEN[GELEZEN["jaar"] == 2021]
    ontwerp = design(rijen, RAKEN["geraakt3"])
    for kenmerk in ("wgo", *RAKEN["geraakt3"]):
        randtotaal = margin(rijen, kenmerk)
        assert np.bincount(randtotaal.groep, ontwerp.gewicht) == pytest.approx(randtotaal.uitgenodigd)


def wave(jaar: int, rijen: pd.DataFrame) -> Meting:
    rijen = rijen[rijen["jaar"] == jaar].reset_index(drop=True)
    wgos = tuple(UITGENODIGD[UITGENODIGD["kenmerk"] == "wgo"]["waarde"])
    rijen = rijen.assign(regio_code=rijen["wgo"], respondent_id=rijen["org"], panel_id=rijen["org"])
    return Meting(str(jaar), "levering", rijen, design(rijen), wgos)


def compare(rijen: pd.DataFrame) -> dict[tuple[str, str, str], tuple[float, ...]]:
    """Return (verschil, standaardfout, onder, boven, p) per soort × region × question, as verschil.py has them."""
    kolommen = {"ja": Kolom("ja", "ja_nee"), "vraag": Kolom("vraag", "ja_nee"), "cijfer": Kolom("cijfer", "geheel")}
    bronnen = {"srs_enquete": Bron("srs_enquete", "", "", {"antwoorden": Tabel("antwoorden", "", kolommen, ())})}
    indicatoren = {v: Indicator(v, v, v, "aandeel", "hoger", enquete=True) for v in kolommen}
    con = duckdb.connect()
    con.execute(
        (Path(__file__).parents[3] / "pipelines" / "rekenen" / "steekproef" / "enquete.sql").read_text(encoding="utf-8")
    )
    compile_verschillen(con, indicatoren, bronnen, [wave(2021, rijen), wave(2023, rijen)])
    gevonden = con.execute(
        "select soort, regio_code, indicator_id, verschil, standaardfout, onder, boven, p from toets "
        "where categorie = '' and (soort = 'verandering' or periode = '2021')"
    ).fetchall()
    return {rij[:3]: rij[3:] for rij in gevonden}


@pytest.fixture(scope="module")
def panel() -> dict[tuple[str, str, str], tuple[float, ...]]:
    return compare(GELEZEN)


@pytest.fixture(scope="module")
def half_panel() -> dict[tuple[str, str, str], tuple[float, ...]]:
    return compare(GELEZEN[GELEZEN["deel"] == 1])


@pytest.mark.parametrize("naam", [n for n in VERWACHT.index if n.startswith(("regio_rest", "panel", "deel"))])
def test_differences_of_regions_and_waves(naam, panel, half_panel):
    """Panel: everyone answered twice, R's stacked design; deel: some did, the covariance worked out in R."""
    soort, regio, vraag = naam.split("/")
    toetsen = half_panel if soort == "deel" else panel
    gevonden = toetsen["regio_rest" if soort == "regio_rest" else "verandering", regio, vraag]
    verwacht = VERWACHT.loc[naam]
    assert gevonden[:2] == pytest.approx((verwacht.schatting, verwacht.se), abs=5e-4)
    assert gevonden[2:4] == pytest.approx((verwacht.onder, verwacht.boven), abs=0.01)
    assert gevonden[4] == pytest.approx(verwacht.p, abs=0.001)


def test_a_region_against_the_rest_is_the_two_sample_test_of_svyttest(panel):
    verwacht = VERWACHT.loc["svyttest/WGO03/ja"]
    assert panel["regio_rest", "WGO03", "ja"][:2] == pytest.approx((verwacht.schatting, verwacht.se), abs=5e-4)
