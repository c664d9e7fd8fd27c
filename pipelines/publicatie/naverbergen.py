"""What the attack on a new publication still finds is hidden as well, so that an honest delivery never stops a build.

The suppressor chooses with care what to hide; this is coarse, and only for what it did not foresee: first the cells
that a finding rests on, or else the region and the branche around it, then the whole table.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipelines.aanval.bevinding import Bevinding
from pipelines.afspraken.codelijsten import LAND, TOONBAAR, TOTAAL, sql_list
from pipelines.afspraken.warehouse.verbinding import insert_rows, open_alone

CONTROLE = "geheime cijfers zijn niet terug te rekenen"


def hide_more(pad: Path, bevindingen: Sequence[Bevinding], *, alles: bool) -> tuple[int, int]:
    """Hide in a publication what makes these findings possible, and say so in `kwaliteit`.

    `alles`: all of their tables. Returns how many figures were hidden for it, and how many are hidden in all.
    """
    with open_alone(pad, read_only=False) as pub:
        pub.execute(
            "create temp table gevonden (indicator_id varchar, uitsplitsing varchar, herkomst varchar, "
            "periode varchar, regio_code varchar, branche_code varchar, is_cel boolean)"
        )
        rijen = {(*b.reeks, *plek, bool(b.steunt_op)) for b in bevindingen for plek in b.steunt_op or [b.plek]}
        insert_rows(pub, "gevonden", sorted(rijen))
        waar = "true" if alles else _ROND_DE_CEL
        pub.execute(f"create temp table te_verbergen as {_CELLEN.format(waar=waar, zelfde=_ZELFDE_PERSONEN)}")
        pub.execute(_MELD, [CONTROLE, len(bevindingen)])
        (aantal,) = pub.execute(_TELLEN).fetchone() or (0,)
        for opdracht in (_VERBERG, *_AFGELEID):
            pub.execute(opdracht)
        pub.execute(
            "update publicatie set aantal_onderdrukt = (select count(*) from waarneming where status = 'onderdrukt')"
        )
        (geheim,) = pub.execute("select aantal_onderdrukt from publicatie").fetchone() or (0,)
        return int(aantal), int(geheim)


def note_known(pad: Path, bevindingen: Sequence[Bevinding]) -> None:
    """Say in `kwaliteit`, with the delivery that they are of, how many hidden cells were given away before."""
    with open_alone(pad, read_only=False) as pub:
        pub.execute("create temp table bekend (indicator_id varchar, herkomst varchar, cel varchar)")
        cellen = sorted({(b.reeks[0], b.reeks[2], repr((b.reeks, b.plek))) for b in bevindingen})
        insert_rows(pub, "bekend", cellen)
        pub.execute(_BEKEND, [CONTROLE])


_BEKEND = """
insert into kwaliteit
with van as (
    select b.indicator_id, b.herkomst, max(w.levering_id) as levering_id, count(distinct b.cel) as aantal
    from bekend b join waarneming w using (indicator_id, herkomst) group by all
)
select v.levering_id, min(l.tabel), ?, null, true, v.aantal, 0,
       'Eerdere publicaties geven ' || v.aantal || if(v.aantal = 1, ' geheime cel', ' geheime cellen')
       || ' al prijs; zie .venv/bin/regiomonitor audit.'
from van v join levering l using (levering_id) group by all
"""
_ROND_DE_CEL = f"""
    (g.is_cel and w.regio_code = g.regio_code and w.branche_code = g.branche_code)
    or (not g.is_cel and w.regio_code <> '{LAND}' and w.branche_code <> '{TOTAAL}'
        and (w.regio_code = g.regio_code
             or (w.branche_code = g.branche_code
                 and w.niveau = (select niveau from regio r where r.regio_code = g.regio_code))))
"""
# The same persons under another name: all that counts them on that day.
_ZELFDE_PERSONEN = """
    select t.indicator_id, t.uitsplitsing, w.herkomst, e.periode, w.regio_code, w.branche_code
    from cellen w
    join telt_zoals t on t.ander_id = w.indicator_id
    join waarneming d on d.indicator_id = w.indicator_id and d.periode = w.periode and d.regio_code = w.regio_code
                     and d.branche_code = w.branche_code and d.herkomst = w.herkomst
    join periode p on p.periode = d.periode
    join waarneming e on e.indicator_id = t.indicator_id and e.uitsplitsing = t.uitsplitsing
                     and e.herkomst = w.herkomst and e.regio_code = w.regio_code and e.branche_code = w.branche_code
    join periode q on q.periode = e.periode
    where coalesce(d.peildatum, p.eind) = coalesce(e.peildatum, q.eind)
"""
_CELLEN = """
with cellen as (
    select w.indicator_id, w.uitsplitsing, w.herkomst, w.periode, w.regio_code, w.branche_code
    from waarneming w
    join gevonden g on g.indicator_id = w.indicator_id and g.uitsplitsing = w.uitsplitsing
                   and g.herkomst = w.herkomst and g.periode = w.periode
    where w.herkomst <> 'gepubliceerd' and ({waar})
    union
    select indicator_id, uitsplitsing, herkomst, periode, regio_code, branche_code from gevonden
)
from cellen union {zelfde}
"""
_TELLEN = f"""
select count(*) from waarneming semi join te_verbergen
    using (indicator_id, uitsplitsing, herkomst, periode, regio_code, branche_code)
where status in {sql_list(TOONBAAR)}
"""
_MELD = f"""
insert into kwaliteit
select w.levering_id, l.tabel, ?, null, true, count(*), 0,
       'De aanval vond geheime cijfers terug (' || ? || '); daarom zijn hier ' || count(*) || ' cijfers meer verborgen.'
from waarneming w
semi join te_verbergen using (indicator_id, uitsplitsing, herkomst, periode, regio_code, branche_code)
join (select levering_id, min(tabel) as tabel from levering group by levering_id) l using (levering_id)
where w.status in {sql_list(TOONBAAR)}
group by w.levering_id, l.tabel
"""
_VERBERG = f"""
update waarneming set status = 'onderdrukt', waarde = null, waarde_tot = null, standaardfout = null, onder = null,
                      boven = null, teller = null, noemer = null, n = null
from te_verbergen v
where v.indicator_id = waarneming.indicator_id and v.uitsplitsing = waarneming.uitsplitsing
  and v.herkomst = waarneming.herkomst and v.periode = waarneming.periode and v.regio_code = waarneming.regio_code
  and v.branche_code = waarneming.branche_code and waarneming.status in {sql_list(TOONBAAR)}
"""
_AFGELEID = (
    """
    delete from ontleding using te_verbergen v
    where v.indicator_id = ontleding.indicator_id and v.uitsplitsing = ontleding.uitsplitsing
      and v.herkomst = ontleding.herkomst and v.regio_code = ontleding.regio_code
      and v.periode in (ontleding.periode, ontleding.periode_vorig)
    """,
    """
    delete from aansluiting using te_verbergen v
    where v.indicator_id = aansluiting.indicator_id and v.uitsplitsing = aansluiting.uitsplitsing
      and v.herkomst = aansluiting.herkomst_berekend and v.periode = aansluiting.periode
      and v.regio_code = aansluiting.regio_code and v.branche_code = aansluiting.branche_code
    """,
    f"""
    delete from verschil using te_verbergen v
    where v.indicator_id = verschil.indicator_id and v.herkomst = verschil.herkomst
      and v.regio_code = verschil.regio_code and v.branche_code = '{TOTAAL}'
      and v.periode in (verschil.periode, verschil.periode_vorig)
    """,
)
