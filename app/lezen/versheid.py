"""How old a figure is on the day of its publication, and whether it still speaks for that day."""

from __future__ import annotations

from pipelines.afspraken.codelijsten import Ritme

_MAANDEN = " ".join(f"when '{ritme}' then {ritme.maanden}" for ritme in Ritme)

# Complete months since the end of the period (of a forecast: since it was made) where these are more than the rhythm
# of the indicator allows; 0 for a fresh figure. Needs waarneming `w`, periode `p` and indicator `i`.
_JAAR = "cast(regexp_extract(w.uitsplitsing, 'prognose=(\\d\\d\\d\\d)', 1) as int)"
_MAAND = "try_cast(regexp_extract(w.uitsplitsing, 'prognose=\\d\\d\\d\\d-(0[1-9]|1[0-2])', 1) as int)"
IS_PROGNOSE = "regexp_matches(w.uitsplitsing, 'prognose=\\d\\d\\d\\d')"
_MOMENT = f"""
case when {IS_PROGNOSE}
     then last_day(make_date({_JAAR}, coalesce({_MAAND}, 12), 1))
     else coalesce(w.peildatum, p.eind) end
"""
_GRENS = f"""
case coalesce(i.ritme, if(p.soort in ('kwartaal', 'maand'), '{Ritme.KWARTAAL}', '{Ritme.JAAR}')) {_MAANDEN} end
"""
_VANDAAG = "(select cast(max(gemaakt_op) as date) from publicatie)"
# The last day of a month has the last day of another month beside it.
_VERS_TOT = f"""
if({_MOMENT} = last_day({_MOMENT}), last_day({_MOMENT} + to_months({_GRENS})), {_MOMENT} + to_months({_GRENS}))
"""
VEROUDERD = f"""
case when {_VERS_TOT} < {_VANDAAG} then cast(date_sub('month', {_MOMENT}, {_VANDAAG}) as int) else 0 end
"""
