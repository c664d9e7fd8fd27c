"""Writing the publication: what may be seen, the deliveries behind it, and every check that was run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from pipelines.afspraken.codelijsten import fill_codelijst
from pipelines.afspraken.contract import Bron
from pipelines.afspraken.meldingen import Melding
from pipelines.afspraken.warehouse.verbinding import KLEINE_BLOKKEN, insert_rows, quote_path
from pipelines.laden.keuze import rows_per_period
from pipelines.levering.leveringen import sha256_of
from pipelines.levering.toets.valideren import Keuring
from pipelines.publicatie.aansluiten.aansluiting import reconcile
from pipelines.publicatie.aansluiten.tweemaal import compare_series
from pipelines.publicatie.aansluiten.tweevoud import compare_published
from pipelines.publicatie.context import add_context
from pipelines.publicatie.regeltoets import judge_budgets
from pipelines.rekenen.ontleden import explain_changes
from pipelines.rekenen.steekproef.verschil import judge_differences

# From pyproject.toml, the one place where it stands.
CODE_VERSIE = version("regiomonitor")

# One row per delivery with confidential cells: they were protected, and what there is to say about how.
_ONTHULLING = """
insert into pub.kwaliteit
select v.levering_id, l.tabel, v.controle, v.kolom, true, v.aantal, v.afwijkend, v.melding
from onthulling_verslag v
join (select levering_id, min(tabel) as tabel from pub.levering group by levering_id) l using (levering_id)
"""


@dataclass(frozen=True)
class Gebouwd:
    """What a build made: the publication's id, how much it holds, and what there is to say of deliveries."""

    publicatie_id: str
    aantal_waarnemingen: int
    aantal_onderdrukt: int
    opzij: tuple[Melding, ...] = ()
    # What was read otherwise than it says, and jumps that a person confirmed, in deliveries that are real.
    gezegd: tuple[Melding, ...] = ()
    # Kept publications that give away what is hidden now.
    onveilig: tuple[Melding, ...] = ()


def publish(
    con: duckdb.DuckDBPyConnection, pad: Path, keuringen: list[Keuring], invoer: str, bronnen: Mapping[str, Bron],
    opmerkingen: Sequence[tuple[str, str, str, bool]] = (),
) -> Gebouwd:  # fmt: skip
    """Write the publication to its own file and return what it holds.

    `opmerkingen` are (levering, controle, melding, gelukt) of deliveries that do not count.
    """
    con.execute(f"attach {quote_path(pad)} as pub ({KLEINE_BLOKKEN})")
    con.execute("use pub")
    con.execute(Path(__file__).with_name("publicatie.sql").read_text(encoding="utf-8"))
    fill_codelijst(con, "codelijst")
    con.execute("use werk")
    add_context(con, bronnen)
    show_cells(con)
    con.execute(Path(__file__).with_name("publiceren.sql").read_text(encoding="utf-8"))
    con.execute(Path(__file__).with_name("gelijkenis.sql").read_text(encoding="utf-8"))
    con.execute(Path(__file__).with_name("beschikbaarheid.sql").read_text(encoding="utf-8"))
    reconcile(con)
    judge_budgets(con, bronnen)
    compare_published(con)
    compare_series(con)
    judge_differences(con)
    explain_changes(con, bronnen)
    _record_deliveries(con, keuringen, bronnen)
    con.execute(_ONTHULLING)
    for levering_id, controle, melding, gelukt in opmerkingen:
        con.execute(
            "insert into pub.kwaliteit values (?, '', ?, null, ?, 0, 0, ?)", [levering_id, controle, gelukt, melding]
        )
    nu = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    publicatie_id = f"{nu:%Y%m%dT%H%M%SZ}-{invoer[:8]}"
    con.execute(
        """
        insert into pub.publicatie
        select ?, ?, ?, ?, count(*), count(*) filter (where status = 'onderdrukt'), count(distinct indicator_id),
               (select count(distinct levering_id) from pub.levering)
        from pub.waarneming
        """,
        [publicatie_id, nu, CODE_VERSIE, invoer],
    )
    aantal = con.execute("select aantal_waarnemingen, aantal_onderdrukt from pub.publicatie").fetchone()
    con.execute("checkpoint pub; detach pub")
    assert aantal is not None
    return Gebouwd(publicatie_id, *aantal)


def show_cells(con: duckdb.DuckDBPyConnection) -> None:
    """Create view getoonde_cel: one row per protected cell, with what may be shown of it."""
    con.execute(Path(__file__).with_name("tonen.sql").read_text(encoding="utf-8"))


def _record_deliveries(con: duckdb.DuckDBPyConnection, keuringen: list[Keuring], bronnen: Mapping[str, Bron]) -> None:
    leveringen = []
    for keuring in keuringen:
        levering = keuring.levering
        for tabel in keuring.tabellen:
            paden = levering.bestanden[tabel]
            namen = ", ".join(pad.name for pad in paden)
            sommen = ", ".join(sha256_of(pad) for pad in paden)
            rijen = sum(rows_per_period(keuring, tabel).values())
            gebruikt = con.execute(
                "select coalesce(sum(rijen), 0) from gebruikt where levering_id = ? and tabel = ?",
                [levering.levering_id, tabel],
            ).fetchone()
            leveringen.append(
                (levering.levering_id, levering.bron, tabel, namen, sommen, rijen, *(gebruikt or ()),
                 levering.herkomst, levering.leverancier, levering.periode, levering.ontvangen,
                 levering.verwijzing, levering.licentie, levering.opmerking, bronnen[levering.bron].titel,
                 levering.vertrouwelijk)
            )  # fmt: skip
    if not leveringen:
        return
    insert_rows(con, "pub.levering", leveringen)
    insert_rows(con, "pub.kwaliteit", [tuple(rij.values()) for keuring in keuringen for rij in keuring.kwaliteit])
