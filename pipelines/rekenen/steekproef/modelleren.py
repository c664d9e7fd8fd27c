"""Small-area estimates of survey questions per WGO, where the catalogue asks for them (`model: ja`).

Direct figures of WGO's with few answers, drawn towards each other by the model of Fay and Herriot. They stand beside
the direct figures as `schatting` model: in no best figure, test, rank or map. A WGO with too few answers gets none
either: its own answers could be worked back from an estimate and its weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np
from scipy import special

from pipelines.afspraken.codelijsten import (
    GROOTSTE_HALVE_BREEDTE,
    MINSTE_BASIS,
    MODELCONTROLE,
    TOTAAL,
    Herkomst,
    Niveau,
    Schatting,
    Status,
    round_half_up,
)
from pipelines.afspraken.contract import Kolom
from pipelines.rekenen.steekproef.kleingebied import Kleingebied, fit_areas
from pipelines.rekenen.steekproef.meting import BRON, Meting, categories, is_mean
from pipelines.rekenen.steekproef.schatten import NIVEAU, Masker, Rij

SCHATTING = Schatting.MODEL
# With fewer WGO's there is too little to learn how much they differ.
MINSTE_GEBIEDEN = 5
_KWANTIEL = float(special.ndtri((1 + NIVEAU) / 2))


@dataclass
class Modelcijfers:
    """Figures of one question as table enquete has them, and what to say of the model of each answer."""

    rijen: list[tuple[object, ...]] = field(default_factory=list)
    zinnen: list[tuple[str, bool, str]] = field(default_factory=list)


def model_question(kolom: Kolom, meting: Meting) -> Modelcijfers:
    """Return one row per categorie × WGO of one question; none of made-up answers."""
    uit = Modelcijfers()
    if meting.herkomst == Herkomst.SYNTHETISCH or not meting.ontwerp.is_known:
        return uit
    gevraagd = meting.antwoorden[kolom.naam].notna().to_numpy()
    namen, waarden = categories(kolom, meting.antwoorden[kolom.naam])
    leden = {code: gevraagd & meting.in_wgo(code) for code in meting.wgos}
    genoeg = [c for c in meting.wgos if meting.is_enough(meting.in_wgo(c)) and leden[c].sum() >= MINSTE_BASIS]
    for plek, categorie in enumerate(namen):
        pasvorm = _fit(waarden[:, plek], [leden[c] for c in genoeg], _open_share(meting, genoeg))
        uit.zinnen.append((f"{kolom.naam} {categorie}".strip(), *_describe(pasvorm)))
        for code in meting.wgos:
            kop = (kolom.naam, categorie, "", code, Niveau.WGO, TOTAAL, SCHATTING)
            n = int(leden[code].sum())
            if code not in genoeg:
                uit.rijen.append((*kop, *[None] * 6, n, Status.TE_WEINIG))
            elif pasvorm is not None:
                getallen, status = _figure(pasvorm, genoeg.index(code), is_aandeel=not is_mean(kolom, categorie))
                uit.rijen.append((*kop, *getallen, n, status))
    return uit


def note_models(con: duckdb.DuckDBPyConnection, jaar: str, zinnen: Sequence[tuple[str, bool, str]]) -> None:
    """Add to table raakpoging, beside the delivery of the answers, what there is to say of each model."""
    for wat, gelukt, zin in zinnen:
        con.execute(
            """
            insert into raakpoging select levering_id, tabel, ?, ?, ?, rijen, 0, ? from gebruikt
            where bron = ? and tabel = 'antwoorden' and periode = ?
            """,
            [MODELCONTROLE, wat, gelukt, zin, BRON, jaar],
        )


def _describe(pasvorm: Kleingebied | None) -> tuple[bool, str]:
    if pasvorm is None:
        reden = (
            f"minder dan {MINSTE_GEBIEDEN} WGO's met genoeg antwoorden, geen spreiding, of een WGO antwoordde helemaal"
        )
        return False, f"Geen modelschatting: {reden}."
    minst, meest = (f"{round_half_up(float(deel) * 100)}%" for deel in (pasvorm.eigen.min(), pasvorm.eigen.max()))
    deel = minst if minst == meest else f"{minst} tot {meest}"
    return True, f"De eigen antwoorden van een WGO tellen voor {deel}, het gemiddelde voor de rest."


def _open_share(meting: Meting, wgos: list[str]) -> Rij:
    """Return per WGO which part of those invited did not answer: what chance there is in its figure."""
    nummers = [meting.wgos.index(code) for code in wgos]
    return np.asarray(1 - meting.ontwerp.antwoorden[nummers] / meting.ontwerp.uitgenodigd[nummers])


def _fit(waarden: Rij, leden: list[Masker], open_deel: Rij) -> Kleingebied | None:
    """Return the model of one answer; None with too few WGO's, without spread, or where a WGO answered as a whole.

    The sampling variances come from the spread within all WGO's together: that of one WGO with ten answers is itself
    too uncertain, and 0 where they are all alike.
    """
    if len(leden) < MINSTE_GEBIEDEN or not (open_deel > 0).all():
        return None
    per = [waarden[deel] for deel in leden]
    n = np.array([len(deel) for deel in per], dtype=float)
    binnen = sum(float(((deel - deel.mean()) ** 2).sum()) for deel in per) / (n.sum() - len(per))
    if binnen <= 0:
        return None
    return fit_areas(np.array([deel.mean() for deel in per]), open_deel * binnen / n)


def _figure(pasvorm: Kleingebied, nummer: int, *, is_aandeel: bool) -> tuple[tuple[float | None, ...], Status]:
    """Return estimate, root mean squared error, 95 % interval, no teller and no noemer; and its status."""
    waarde, fout = float(pasvorm.waarde[nummer]), float(np.sqrt(pasvorm.mse[nummer]))
    onder, boven = waarde - _KWANTIEL * fout, waarde + _KWANTIEL * fout
    if not is_aandeel:
        return (waarde, fout, onder, boven, None, None), Status.BESCHIKBAAR
    breed = _KWANTIEL * fout > GROOTSTE_HALVE_BREEDTE
    getallen = (min(max(waarde, 0.0), 1.0), fout, max(onder, 0.0), min(boven, 1.0), None, None)
    return getallen, Status.INDICATIEF if breed else Status.BESCHIKBAAR
