"""With how many decimals a figure is written: decided once per publication, so that it is the same everywhere.

A published figure keeps the decimals of its source. A source that writes 7,3% also writes 8,0%: what counts is the
series that it published, not the one figure, of which a trailing zero is lost. A computed figure has the decimals of
its indicator, however many of its figures are on a page.
"""

from __future__ import annotations

from pipelines.afspraken.codelijsten import KLEIN, Herkomst

# One row per series of figures: those of one indicator (the marks behind a mean apart), and of published figures those
# of one source and uitsplitsing. `bron` is null where figures were computed.
TABEL = f"""
create table decimalen as
with cijfer as (
    select indicator_id, categorie <> '' as is_deel, null as bron, null as uitsplitsing, waarde, teller, noemer
    from waarneming where herkomst <> '{Herkomst.GEPUBLICEERD}'
    union all
    select indicator_id, coalesce(categorie, '') <> '', coalesce(bron, ''), coalesce(uitsplitsing, ''), waarde,
           null, null
    from gepubliceerd_cijfer
    union all
    -- Published, but not as one of the figures with a page of their own.
    select indicator_id, categorie <> '', '', uitsplitsing, waarde, teller, noemer
    from waarneming where herkomst = '{Herkomst.GEPUBLICEERD}'
),
geschaald as (
    select c.*, if(i.eenheid = 'cijfer' and is_deel, 'aandeel', i.eenheid) as soort,
           waarde * if(soort = 'aandeel', 100, 1) as getal
    from cijfer c join indicator i using (indicator_id) where waarde is not null
),
reeks as (
    select indicator_id, is_deel, bron, uitsplitsing, soort,
           indicator_id in (select indicator_id from waarneming where schatting <> '') as is_enquete,
           bool_and(abs(getal - round(getal)) < 1e-6) as is_heel,
           -- More than one decimal, or a quotient of its own counts: divided here, not written by a source.
           bool_and(abs(getal * 10 - round(getal * 10)) < 1e-6
                    and coalesce(abs(waarde - teller / nullif(noemer, 0)) > 1e-9, true)) as is_geschreven,
           median(getal) as midden
    from geschaald group by all
)
select indicator_id, is_deel, bron, uitsplitsing,
       case when soort in ('cijfer', 'uren') then 1
            when soort not in ('aandeel', 'procent', 'per_1000') or is_heel then 0
            when is_geschreven and (bron is not null or not is_enquete) then 1
            when is_enquete then 0
            when midden < if(soort = 'per_1000', {KLEIN["per_1000"]}, {KLEIN["aandeel"]}) then 1
            else 0 end as decimalen
from reeks
"""

# Finds the row of one figure `w` with its published source `g`.
KOPPELING = f"""
left join decimalen d on d.indicator_id = w.indicator_id and d.is_deel = (w.categorie <> '')
    and d.bron is not distinct from case when w.herkomst = '{Herkomst.GEPUBLICEERD}' then coalesce(g.bron, '') end
    and d.uitsplitsing is not distinct from case when w.herkomst = '{Herkomst.GEPUBLICEERD}' then w.uitsplitsing end
"""
