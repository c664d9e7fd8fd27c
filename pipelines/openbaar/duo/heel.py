"""Whether a file of DUO can be whole: what falls away in it, and what every whole one has.

A row that is not there is nought students only in a file that is whole, and a file that was cut off between two rows
reads as well as a whole one. What is found here stops until a person has looked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from pipelines.afspraken.codelijsten import MEESTE_IN_MASKER, Niveau
from pipelines.afspraken.meldingen import Melding, show_value
from pipelines.openbaar.duo.koppelbestand import Duokoppeling
from pipelines.openbaar.duo.opleidingen import load_opleidingen
from pipelines.openbaar.koppelen.gemeenten import expected_regions, parents
from pipelines.openbaar.tabellen.tabel import list_some

JAAR, PLEK, HOOG, CODE = "\0jaar", "\0plek", "\0hoog", "\0code"
# A region with more students than this has some the year after; a code on no list has fewer in its first year. Of the
# files of 2019 and 2024 no region fell to nought from more than 1, and no new code began with more than 80.
_VEEL_IN_REGIO, _VEEL_NIEUW = 20, 100
_OPNIEUW = "Is het bestand heel? Haal het anders opnieuw op, of geef het met --file."


def absent_provinces(koppeling: Duokoppeling, plekken: set[str], plek: str) -> Iterator[Melding]:
    """Yield that a file by gemeente has no row at all, of whatever education, of a whole provincie."""
    if not _by_gemeente(koppeling):
        return
    ouders = parents(Niveau.PROVINCIE)
    if mist := sorted(expected_regions(Niveau.PROVINCIE) - {ouders.get(code, "") for code in plekken}):
        tekst = f"Het bestand heeft geen enkele rij van {len(mist)} van de 12 provincies: {list_some(mist, 12)}."
        yield Melding(plek, tekst, advies=_OPNIEUW)


def fallen_away(koppeling: Duokoppeling, cellen: pd.DataFrame, plek: str) -> Iterator[Melding]:
    """Yield which educations and regions had students and have none a year later, and which code begins large."""
    if "opleiding" in cellen:
        yield from (
            Melding(plek, f"{wat}: {voor} in {jaar - 1} en 0 in {jaar}.",
                    advies="Kreeg deze opleiding een nieuwe code, zet die dan in "
                    "pipelines/bronnen/openbaar/opleidingen.csv.")
            for wat, jaar, voor in _to_nought(cellen.groupby(["opleiding", JAAR])[HOOG].sum(), MEESTE_IN_MASKER)
        )  # fmt: skip
    if CODE in cellen:
        yield from _new_codes(cellen[cellen[CODE] != ""], plek)
    if _by_gemeente(koppeling):
        regio = cellen[PLEK].map(parents(Niveau.ARBEIDSMARKTREGIO))
        for code, jaar, voor in _to_nought(cellen.groupby([regio, JAAR])[HOOG].sum(), _VEEL_IN_REGIO):
            yield Melding(plek, f"{code}: {voor} in {jaar - 1} en 0 in {jaar}.", advies=_OPNIEUW)


def empty_regions(koppeling: Duokoppeling, cellen: pd.DataFrame) -> list[str]:
    """Return the arbeidsmarktregio's that have no student of zorg en welzijn in any year."""
    if not _by_gemeente(koppeling):
        return []
    met = set(cellen.loc[cellen[HOOG] > 0, PLEK].map(parents(Niveau.ARBEIDSMARKTREGIO)))
    return sorted(expected_regions(Niveau.ARBEIDSMARKTREGIO) - met)


def unlisted_codes(koppeling: Duokoppeling, kolom: pd.Series) -> pd.Series:
    """Return the codes that stand on no list; '' for the others."""
    bekend = {
        regel.code for regel in load_opleidingen() if koppeling.opleiding and regel.lijst == koppeling.opleiding.lijst
    }
    return kolom.mask(kolom.isin(bekend), "")


def _by_gemeente(koppeling: Duokoppeling) -> bool:
    return bool(koppeling.regio.kolom) and koppeling.regio.soort != Niveau.ARBEIDSMARKTREGIO


def _per_year(som: pd.Series) -> pd.DataFrame:
    """Return a row per what is summed and a column per year; what has no row in a year has nought there."""
    return som.unstack(fill_value=0).sort_index(axis=1)


def _to_nought(som: pd.Series, meer_dan: int) -> Iterator[tuple[str, int, int]]:
    """Yield what had more than so many in one year and none in the next one, that year, and how many it had."""
    jaren = _per_year(som)
    for voor, na in zip(jaren.columns, jaren.columns[1:], strict=False):
        for wat in jaren.index[(jaren[voor] > meer_dan) & (jaren[na] == 0)]:
            yield str(wat), int(na), int(jaren.loc[wat, voor])


def _new_codes(cellen: pd.DataFrame, plek: str) -> Iterator[Melding]:
    jaren = _per_year(cellen.groupby([CODE, JAAR])[HOOG].sum())
    for n, jaar in enumerate(jaren.columns[1:], 1):
        nieuw = jaren.index[(jaren.iloc[:, :n] == 0).all(axis=1) & (jaren[jaar] >= _VEEL_NIEUW)]
        for code in nieuw:
            waar: Mapping[str, int] = cellen.loc[cellen[CODE] == code, "opleiding"].value_counts().to_dict()
            tekst = (
                f"Code {show_value(code)} is nieuw in {jaar}, met {int(jaren.loc[code, jaar])} studenten; zij tellen"
            )
            advies = "Is het een bekende opleiding onder een nieuwe code, zet die dan in "
            yield Melding(plek, f"{tekst} bij {', '.join(waar)}.",
                          advies=f"{advies}pipelines/bronnen/openbaar/opleidingen.csv.")  # fmt: skip
