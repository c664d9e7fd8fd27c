"""What comes when: per source, and per figure that only others publish, its rhythm and the newest real figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.lezen.data import haal_tabel
from app.lezen.geheugen import remember
from app.lezen.rijen import Kenmerk
from app.lezen.versheid import IS_PROGNOSE, VEROUDERD
from pipelines.afspraken.codelijsten import AFWEZIG, Herkomst, sql_list


@dataclass(frozen=True, slots=True)
class Aanlevering:
    """One source or one figure without a source: who brings it, how often, and the newest real figure there is."""

    naam: str
    leverancier: str
    ritme: str
    periode: str
    eind: date | None
    verouderd: int
    ontvangen: date | None
    # All that it brings is of a programme that has ended, or was stated once: there is no next.
    beeindigd: bool = False


_KALENDER = f"""
with cijfer as (
    select coalesce(split_part(nullif(i.bron, ''), '.', 1), if(e.indicator_id is not null, 'srs_enquete', '')) as bron,
           i.indicator_id, i.ritme, p.naam as periode, coalesce(w.peildatum, p.eind) as eind, l.ontvangen,
           {VEROUDERD} as verouderd
    from waarneming w
    join periode p using (periode)
    join indicator i on i.indicator_id = w.indicator_id
    left join enquetevraag e on e.indicator_id = w.indicator_id
    left join (select levering_id, max(ontvangen) as ontvangen from levering group by 1) l using (levering_id)
    where w.herkomst <> '{Herkomst.SYNTHETISCH}' and w.status not in {sql_list(AFWEZIG)}
      and not {IS_PROGNOSE}
),
beeindigd as (
    select split_part(bron, '.', 1) as bron, bool_and(coalesce(buiten_koers, '') = 'afgelopen') as is_zo
    from indicator where coalesce(bron, '') <> '' group by 1
),
per_bron as (
    select bron, arg_max(periode, eind) as periode, max(eind) as eind, arg_max(verouderd, eind) as verouderd,
           max(ontvangen) as ontvangen
    from cijfer where bron <> '' group by bron
),
los as (
    select i.titel as naam, 'alleen gepubliceerd' as leverancier, i.ritme, arg_max(c.periode, c.eind) as periode,
           max(c.eind) as eind, arg_max(c.verouderd, c.eind) as verouderd, max(c.ontvangen) as ontvangen,
           coalesce(i.buiten_koers, '') = 'afgelopen' as beeindigd
    from indicator i join cijfer c on c.indicator_id = i.indicator_id and c.bron = ''
    where i.ritme is not null group by all
),
plan as (
    select bron, max(ontvangen) as ontvangen from levering where herkomst <> '{Herkomst.SYNTHETISCH}' group by bron
)
select b.titel as naam, b.leverancier, b.ritme, p.periode, p.eind, coalesce(p.verouderd, 0) as verouderd,
       coalesce(p.ontvangen, plan.ontvangen) as ontvangen, coalesce(e.is_zo, false) as beeindigd
from bronritme b
left join per_bron p using (bron)
left join plan using (bron)
left join beeindigd e using (bron)
where b.ritme is not null
union all
from los
order by ritme, naam
"""


@remember(4)
def aanleveringen(merk: Kenmerk) -> tuple[Aanlevering, ...]:
    """Return what comes how often, by rhythm; forecasts have no period that has passed and stay out."""
    return tuple(Aanlevering(*rij) for rij in haal_tabel(merk, _KALENDER).rijen)
