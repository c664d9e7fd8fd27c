"""Which figures of a concept are of one area: for who writes its file, and for who lays what is published beside it."""

from __future__ import annotations

from pipelines.afspraken.codelijsten import Herkomst, Niveau, Schatting, sql_list

# One row per region that is of this area × spell: itself, and what lay in it then.
GEBIEDEN = "eigen_gebied"
NIVEAUS = (Niveau.WGO, Niveau.ARBEIDSMARKTREGIO)
# Of rows that a supplier left something to say about; of deliveries that do not count.
AANDACHT, INGETROKKEN, OPZIJ = "aandacht", "ingetrokken", "opzij gezet"
# A model and raking borrow from other areas, and so say something of them.
_SCHATTINGEN = ("", Schatting.ONGEWOGEN, Schatting.GEWOGEN)


def is_of_area(rij: str, eigen: str, publicatie: str) -> str:
    """Return the condition that a row of waarneming with this alias is of the area and rests on nothing of others.

    `eigen`, `publicatie`: where the table with the regions of the area is, and where that with periods. Of what is
    bridged from another division of the country a region that shares a source region could be computed.
    """
    dag = f"coalesce({rij}.peildatum, (select p.eind from {publicatie}.periode p where p.periode = {rij}.periode))"
    return (
        f"{rij}.herkomst <> '{Herkomst.SYNTHETISCH}' and {rij}.schatting in {sql_list(_SCHATTINGEN)} "
        f"and not regexp_matches({rij}.uitsplitsing, '(^|;)brug=') "
        f"and exists (select 1 from {eigen}.{GEBIEDEN} g where g.regio_code = {rij}.regio_code "
        f"and {dag} between g.van and g.tot)"
    )
