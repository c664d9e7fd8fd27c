"""What the publication says of the order of figures and of the survey's questions: rows from catalogue and contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipelines.afspraken.warehouse.verbinding import insert_rows

if TYPE_CHECKING:
    import duckdb

    from pipelines.afspraken.contract import Bron, Kolom
    from pipelines.afspraken.indicatoren import Indicator

ENQUETE = "srs_enquete"
_OPEN = "open"
# The same tables wherever they are made: in the work database, and in a publication from before them.
TABELLEN = {
    "kaartplek": "(indicator_id varchar, plek varchar, volgorde integer)",
    "kernreeks": "(indicator_id varchar, plek varchar, uitsplitsing varchar, periode_soort varchar)",
    "bronritme": "(bron varchar, titel varchar, leverancier varchar, ritme varchar)",
    "enquetevraag": "(indicator_id varchar, volgorde integer, soort varchar, rol varchar, basis varchar, "
    "basis_woorden varchar, antwoorden varchar[])",
}


def create(con: duckdb.DuckDBPyConnection, tabellen: Iterable[str] = TABELLEN) -> None:
    """Make the tables, or some of them; all of them empty."""
    for tabel in tabellen:
        con.execute(f"create table {tabel} {TABELLEN[tabel]}")


def fill_kaartplek(con: duckdb.DuckDBPyConnection, tabel: str, indicatoren: Mapping[str, Indicator]) -> None:
    """Fill a table kaartplek: one row per indicator × set in which it has a place, or of which it is kept out."""
    insert_rows(con, tabel, [(i.indicator_id, *plek) for i in indicatoren.values() for plek in i.plek.items()])


def fill_kernreeks(con: duckdb.DuckDBPyConnection, tabel: str, indicatoren: Mapping[str, Indicator]) -> None:
    """Fill a table kernreeks: one row per indicator × place (land, regio); regions follow the country if not named."""
    rijen = [
        (i.indicator_id, plek, kern.uitsplitsing, kern.periode)
        for i in indicatoren.values()
        for plek, kern in (("land", i.kern.land), ("regio", i.kern.regio or i.kern.land))
        if kern is not None
    ]
    insert_rows(con, tabel, rijen)


def fill_bronritme(con: duckdb.DuckDBPyConnection, tabel: str, bronnen: Mapping[str, Bron]) -> None:
    """Fill a table bronritme: one row per source, with how often it brings figures."""
    insert_rows(con, tabel, [(b.naam, b.titel, b.leverancier, b.ritme) for b in bronnen.values()])


def fill_enquetevraag(
    con: duckdb.DuckDBPyConnection, tabel: str, bronnen: Mapping[str, Bron], indicatoren: Mapping[str, Indicator]
) -> None:
    """Fill a table enquetevraag: one row per question of the survey, in the order of the contract."""
    if ENQUETE not in bronnen:
        return
    antwoorden = bronnen[ENQUETE].tabellen["antwoorden"]
    open_vragen = bronnen[ENQUETE].tabellen["open_antwoorden"].kolommen["vraag"].lijst
    vragen = {kolom.naam: _question(kolom, antwoorden.bases) for kolom in antwoorden.kolommen.values()}
    vragen |= {vraag: (_OPEN, None, None, None, []) for vraag in open_vragen}
    gevraagd = [naam for naam in vragen if naam in indicatoren and indicatoren[naam].enquete]
    insert_rows(con, tabel, [(naam, nummer, *vragen[naam]) for nummer, naam in enumerate(gevraagd, 1)])


def _question(kolom: Kolom, bases: Mapping[str, str]) -> tuple[object, ...]:
    woorden = bases[kolom.basis] if kolom.basis else None
    antwoorden = [*kolom.lijst] if kolom.type == "code" else []
    return (kolom.type, kolom.rol, kolom.basis, woorden, antwoorden)
