"""The cells of an indicator as a build before made them, where nothing changed of what they are made of.

That is its entry and the contract of its table, the rows of that table as they were loaded, which delivery each is of,
and the regions and branches. They are the cells from before disclosure control, which looks at all of them again.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import duckdb

from pipelines.afspraken.contract import Tabel
from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.warehouse.uitkomsten import Uitkomsten
from pipelines.rekenen.jaarsom import note_years

if TYPE_CHECKING:
    import pyarrow as pa

MAP = "cellen"
# What every indicator is made with, beside its own table.
REFERENTIE = ("regio", "regio_inwoners", "voorouder", "branche", "codelijst")
_RIJEN_PER_STUK = 10_000


class Eerder:
    """The cells that are remembered, for one work database."""

    def __init__(self, con: duckdb.DuckDBPyConnection, uitkomsten: Uitkomsten | None) -> None:
        self.con, self.uitkomsten = con, uitkomsten
        self._sommen: dict[str, str] = {}

    def recall(self, indicator: Indicator, tabel: Tabel) -> bool:
        """Add the cells that are remembered of an indicator to table cel; return whether there were any."""
        if self.uitkomsten is None:
            return False
        lees = partial(_read, indicator.indicator_id, self._rows("select * from cel limit 0").schema)
        gevonden = self.uitkomsten.recall(self._name(self.uitkomsten, indicator, tabel), lees)
        if gevonden is None:
            return False
        jaren, cellen = gevonden
        note_years(self.con, jaren)
        self.con.register("_cellen", cellen)
        self.con.execute("insert into cel select * from _cellen")
        self.con.unregister("_cellen")
        return True

    def keep(self, indicator: Indicator, tabel: Tabel, jaren: Sequence[str]) -> None:
        """Remember the cells of an indicator that were made, and the years that are in no delivery."""
        if self.uitkomsten is not None:
            cellen = self._rows("select * from cel where indicator_id = ?", indicator.indicator_id)
            self.uitkomsten.keep(self._name(self.uitkomsten, indicator, tabel), partial(_write, jaren, cellen))

    def _name(self, uitkomsten: Uitkomsten, indicator: Indicator, tabel: Tabel) -> str:
        bron = str(indicator.bron)
        gebruikt = "select * from gebruikt where bron || '.' || tabel = ? order by all"
        delen = (self._sum(f"select * from {naam} order by all") for naam in (bron, *REFERENTIE))
        return uitkomsten.name(repr(indicator), repr(tabel), self._sum(gebruikt, bron), *delen)

    def _sum(self, vraag: str, *waarden: str) -> str:
        """Return a hash over all that a question of these tables gives; each is asked once."""
        sleutel = repr((vraag, waarden))
        if sleutel not in self._sommen:
            # As Arrow the same rows are not always the same bytes: where nothing stands, anything may.
            rijen = self.con.execute(vraag, list(waarden)).fetchall()
            kolommen = [kolom[:2] for kolom in self.con.description or ()]
            self._sommen[sleutel] = hashlib.sha256(repr((kolommen, rijen)).encode()).hexdigest()
        return self._sommen[sleutel]

    def _rows(self, vraag: str, *waarden: str) -> pa.Table:
        return self.con.execute(vraag, list(waarden)).to_arrow_table(_RIJEN_PER_STUK)


def _stream(tabel: pa.Table) -> bytes:
    import pyarrow as pa

    stroom = io.BytesIO()
    with pa.ipc.new_stream(stroom, tabel.schema) as schrijver:
        schrijver.write_table(tabel)
    return stroom.getvalue()


def _write(jaren: Sequence[str], cellen: pa.Table) -> bytes:
    return json.dumps(jaren).encode() + b"\n" + _stream(cellen)


def _read(indicator_id: str, vorm: pa.Schema, inhoud: bytes) -> tuple[list[str], pa.Table]:
    """Return the years and the cells.

    Raises:
        ValueError: these are not what cells of this indicator look like.
    """
    import pyarrow as pa

    kop, _, rest = inhoud.partition(b"\n")
    with pa.ipc.open_stream(rest) as stroom:
        cellen = stroom.read_all()
    if cellen.schema != vorm or not set(cellen.column("indicator_id").to_pylist()) <= {indicator_id}:
        raise ValueError(indicator_id)
    return json.loads(kop), cellen
