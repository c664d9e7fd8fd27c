"""The real delivery of DUO (hbo, 2015-2019), which lies outside the project: skipped, and said so, without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from werk import deliver, figures, shipped

from pipelines.voorbeelddata.marges import figures as published_figures

BESTAND = Path("/work/shared/bronnen/echt/levering_onderwijs_duo_hbo_2015-2019/instroom.csv")
pytestmark = pytest.mark.skipif(
    not BESTAND.is_file(), reason=f"OVERGESLAGEN: de levering van DUO staat niet op {BESTAND}"
)


def test_the_first_years_of_duo_are_their_own_series_and_agree_with_what_was_published():
    bronnen, indicatoren = shipped("onderwijs")
    kop, *rijen = BESTAND.read_text(encoding="utf-8").splitlines()
    tekst = "\n".join([f"{kop},maat", *(f"{rij},eerstejaars" for rij in rijen)]) + "\n"
    vraag = """
        select indicator_id, uitsplitsing, regio_code, branche_code, periode, waarde from getoonde_cel
        where status = 'beschikbaar' and niveau in ('land', 'arbeidsmarktregio')
    """
    cijfers = figures([deliver(bronnen["onderwijs"], {"instroom": tekst})], bronnen, indicatoren, vraag)
    assert {soort.split(";")[0] for _, soort, *_ in cijfers} == {"maat=eerstejaars", "leerweg=voltijd",
                                                                 "leerweg=deeltijd", "leerweg=duaal"}  # fmt: skip
    naast = [(waarde, float(published_figures()[tuple(sleutel)]["waarde"]))
             for *sleutel, waarde in cijfers if tuple(sleutel) in published_figures()]  # fmt: skip
    assert len(naast) > 200
    assert [paar for paar in naast if paar[0] != pytest.approx(paar[1], abs=5e-7)] == []
