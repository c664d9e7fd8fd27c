"""One wave of the SRS survey as a sample: its answers, its design, and who may be shown.

A question is a column of `srs_enquete.antwoorden`; its base is whoever answered it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from pipelines.afspraken.codelijsten import MINSTE_RESPONDENTEN, MINSTE_RESPONS
from pipelines.afspraken.contract import Kolom
from pipelines.afspraken.meldingen import AfgekeurdError, Melding
from pipelines.afspraken.plekken import ENQUETE
from pipelines.rekenen.steekproef.schatten import Masker, Ontwerp, Rij

BRON = ENQUETE
# Groups of marks as the nulmeting publishes them, beside the single marks.
CIJFERGROEPEN: Mapping[str, tuple[int, ...]] = {
    **{f"cijfer_{cijfer}": (cijfer,) for cijfer in range(1, 11)},
    "cijfer_tm_4": (1, 2, 3, 4),
    "cijfer_tm_5": (1, 2, 3, 4, 5),
    "cijfer_9_10": (9, 10),
}


@dataclass(frozen=True)
class Meting:
    """One wave: respondents in order of their id, and the WGO of each stratum in code order."""

    jaar: str
    herkomst: str
    antwoorden: pd.DataFrame
    ontwerp: Ontwerp
    wgos: tuple[str, ...]
    is_voorlopig: bool = False

    def in_wgo(self, code: str) -> Masker:
        """Return who belongs to one WGO; nobody where it was not invited."""
        return np.asarray(self.antwoorden["regio_code"] == code)

    def is_enough(self, leden: Masker) -> bool:
        """Return whether the WGO's of these respondents together answered enough to be shown (B1)."""
        strata = np.unique(self.ontwerp.stratum[leden])
        n, uitgenodigd = self.ontwerp.antwoorden[strata].sum(), self.ontwerp.uitgenodigd[strata].sum()
        return bool(n >= MINSTE_RESPONDENTEN and n >= MINSTE_RESPONS * uitgenodigd)


def load_metingen(con: duckdb.DuckDBPyConnection) -> list[Meting]:
    """Return every wave of the survey, oldest first.

    Raises:
        AfgekeurdError: a WGO answered without being invited, or more often than it was.
    """
    jaren = con.execute(
        f"""
        select periode, herkomst, is_voorlopig from gebruikt
        where bron = '{BRON}' and tabel = 'antwoorden' order by periode
        """
    ).fetchall()
    metingen = []
    for jaar, herkomst, is_voorlopig in jaren:
        antwoorden = con.execute(
            f"select * from {BRON}.antwoorden where periode = ? order by respondent_id", [jaar]
        ).df()
        ontwerp, wgos = _design(con, jaar, antwoorden)
        metingen.append(Meting(jaar, herkomst, antwoorden, ontwerp, wgos, is_voorlopig))
    return metingen


def _design(con: duckdb.DuckDBPyConnection, jaar: str, antwoorden: pd.DataFrame) -> tuple[Ontwerp, tuple[str, ...]]:
    """Return the sample design of one year and the WGO of each stratum, in code order.

    Where nobody delivered how many were invited, that number is infinite: no finite population to gain from,
    and no response to judge a WGO by.
    """
    rijen = con.execute(
        f"select regio_code, uitgenodigd from {BRON}.uitgenodigd where periode = ? order by 1", [jaar]
    ).fetchall()
    telling = antwoorden["regio_code"].value_counts()
    uitgenodigd = {str(code): float(aantal) for code, aantal in rijen}
    if not uitgenodigd:
        uitgenodigd = dict.fromkeys(sorted(telling.index), math.inf)
    fouten = [
        Melding(BRON, f"{code} heeft in {jaar} {aantal} antwoorden, maar {uitgenodigd.get(code, 0):g} uitgenodigden.",
                advies="Vul de tabel uitgenodigd aan.")
        for code, aantal in sorted(telling.items()) if aantal > uitgenodigd.get(code, 0)
    ]  # fmt: skip
    if fouten:
        raise AfgekeurdError(fouten)
    wgos = tuple(uitgenodigd)
    stratum = antwoorden["regio_code"].map({code: nummer for nummer, code in enumerate(wgos)}).to_numpy(dtype=np.intp)
    aantallen = np.array([float(telling.get(code, 0)) for code in wgos])
    return Ontwerp(stratum, np.array(list(uitgenodigd.values())), aantallen), wgos


def categories(kolom: Kolom, antwoord: pd.Series) -> tuple[list[str], Rij]:
    """Return the categories of a question and, per respondent × categorie, the figure whose mean is the estimate.

    Outside the base of the question the figure is 0.
    """
    reeksen: dict[str, pd.Series] = {}
    if kolom.type in ("ja_nee", "geheel"):
        reeksen[""] = antwoord.fillna(0)
    if kolom.type == "geheel":
        reeksen |= {naam: antwoord.isin(cijfers) for naam, cijfers in CIJFERGROEPEN.items()}
    reeksen |= {code: antwoord == code for code in kolom.lijst}
    return list(reeksen), np.column_stack([reeks.to_numpy(dtype=float) for reeks in reeksen.values()])


def is_mean(kolom: Kolom, categorie: str) -> bool:
    """Return whether a figure is a mean; the others are shares."""
    return kolom.type == "geheel" and not categorie
