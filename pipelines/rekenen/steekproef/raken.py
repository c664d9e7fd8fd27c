"""Raking: weights that agree with how many were invited per WGO and per second margin (branche, grootteklasse).

A second margin is optional (`srs_enquete.randtotalen`). Where it does not fit, there are no raked figures and the
publication says why; the weighted ones stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd

from pipelines.afspraken.codelijsten import Herkomst
from pipelines.rekenen.steekproef.schatten import Ijking, Nummers, Ontwerp, Rij, one_hot

BRON = "srs_enquete"
CONTROLE = "raken naar de randtotalen"
_MEESTE_RONDEN = 500
_NAUWKEURIG = 1e-10


class NietGeraaktError(Exception):
    """Why there are no raked weights, as a sentence for the reader."""


@dataclass(frozen=True)
class Randtotaal:
    """One margin: per respondent its category, and how many were invited per category."""

    groep: Nummers
    uitgenodigd: Rij


def rake(ontwerp: Ontwerp, randtotalen: Sequence[Randtotaal]) -> Ontwerp:
    """Return the design with weights raked to its strata and to the margins (iterative proportional fitting).

    Raises:
        NietGeraaktError: the margins contradict each other, so that no weights fit all of them.
    """
    alle = [Randtotaal(ontwerp.stratum, ontwerp.uitgenodigd), *randtotalen]
    leden = [one_hot(rand.groep, len(rand.uitgenodigd)) for rand in alle]
    gewicht = ontwerp.gewicht
    for _ in range(_MEESTE_RONDEN):
        for rand, deel in zip(alle, leden, strict=True):
            gewicht = gewicht * (rand.uitgenodigd / (gewicht @ deel))[rand.groep]
        afstand = max(
            float(np.abs(gewicht @ deel / rand.uitgenodigd - 1).max()) for rand, deel in zip(alle, leden, strict=True)
        )
        if afstand < _NAUWKEURIG:
            return replace(ontwerp, ijking=Ijking(gewicht, tuple(rand.groep for rand in alle)))
    raise NietGeraaktError(
        f"Na {_MEESTE_RONDEN} ronden passen de gewichten nog niet bij alle randtotalen: "
        "deze aantallen zijn niet samen te verenigen met de antwoorden."
    )


def rake_delivered(
    con: duckdb.DuckDBPyConnection, jaar: str, antwoorden: pd.DataFrame, ontwerp: Ontwerp, herkomst: str
) -> Ontwerp | None:
    """Return the raked design of one year, or None where no margin was delivered or it does not fit.

    Adds a row to table `raakpoging` that says how it went.
    """
    rijen = con.execute(
        f"""
        select m.kenmerk, m.waarde, m.uitgenodigd, g.herkomst, g.levering_id
        from {BRON}.randtotalen m
        join gebruikt g on g.bron = '{BRON}' and g.tabel = 'randtotalen' and g.periode = m.periode
        where m.periode = ? order by m.kenmerk, m.waarde
        """,
        [jaar],
    ).fetchall()
    if not rijen:
        return None
    geraakt, reden = None, None
    try:
        if herkomst == Herkomst.LEVERING and rijen[0][3] == Herkomst.SYNTHETISCH:
            raise NietGeraaktError("De randtotalen zijn voorbeelddata en de antwoorden niet; die worden nooit gemengd.")
        geraakt = rake(ontwerp, _margins(antwoorden, ontwerp, [rij[:3] for rij in rijen]))
    except NietGeraaktError as fout:
        reden = f"Over {jaar} zijn er geen geraakte cijfers. {fout}"
    con.execute(
        "insert into raakpoging values (?, 'randtotalen', ?, null, ?, ?, ?, ?)",
        [rijen[0][4], CONTROLE, geraakt is not None, len(rijen), 0 if geraakt else len(rijen), reden],
    )
    return geraakt


def _margins(antwoorden: pd.DataFrame, ontwerp: Ontwerp, rijen: Sequence[tuple[str, str, float]]) -> list[Randtotaal]:
    """Return the delivered margins, checked against the answers and the invitations."""
    if not ontwerp.is_known:
        raise NietGeraaktError("Het aantal uitgenodigden per werkgeversorganisatie is niet geleverd.")
    if (ontwerp.antwoorden == 0).any():
        raise NietGeraaktError("Niet elke werkgeversorganisatie met uitgenodigden heeft antwoorden.")
    per_kenmerk: dict[str, dict[str, float]] = {}
    for kenmerk, waarde, aantal in rijen:
        per_kenmerk.setdefault(kenmerk, {})[waarde] = float(aantal)
    totaal = float(ontwerp.uitgenodigd.sum())
    return [_margin(antwoorden, kenmerk, aantallen, totaal) for kenmerk, aantallen in per_kenmerk.items()]


def _margin(antwoorden: pd.DataFrame, kenmerk: str, aantallen: Mapping[str, float], totaal: float) -> Randtotaal:
    kolom = antwoorden["branche_code" if kenmerk == "branche" else kenmerk]
    zonder_aantal, zonder_antwoord = set(kolom) - set(aantallen), set(aantallen) - set(kolom)
    if zonder_aantal:
        waarden = ", ".join(sorted(zonder_aantal))
        raise NietGeraaktError(f"Bij {kenmerk} ontbreekt het aantal uitgenodigden van: {waarden}.")
    if zonder_antwoord:
        waarden = ", ".join(sorted(zonder_antwoord))
        raise NietGeraaktError(f"Bij {kenmerk} heeft niemand geantwoord van: {waarden}.")
    som = sum(aantallen.values())
    if som != totaal:
        raise NietGeraaktError(f"Bij {kenmerk} tellen de uitgenodigden op tot {som:g}, per regio tot {totaal:g}.")
    nummer = {waarde: plek for plek, waarde in enumerate(aantallen)}
    return Randtotaal(kolom.map(nummer).to_numpy(dtype=np.intp), np.array(list(aantallen.values())))
