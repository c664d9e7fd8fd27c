"""Kaart built the plain way, to lay the app beside: a Streamlit script with DuckDB, pandas and Altair, cached as usual.

Usage: REGIOMONITOR_WAREHOUSE=MAP streamlit run bench/gewoon.py; `bench_gewoon.py` does so. It shows what Kaart shows of
one indicator: title, choices, the regions as tiles and as bars, the chosen region beside Nederland, a table and its
source. It hides nothing that was withdrawn, knows no login and no other page.
"""

from __future__ import annotations

import os

import altair as alt
import duckdb
import pandas as pd
import streamlit as st

_VRAAG = """
select w.*, p.naam as periode_naam, p.begin, p.eind, r.naam, r.tegel_x, r.tegel_y, l.leverancier
from waarneming w join periode p using (periode) left join regio r using (regio_code)
left join (select levering_id, any_value(leverancier) as leverancier from levering group by all) l using (levering_id)
where w.indicator_id = ? and w.schatting <> 'model'
"""


@st.cache_resource
def connect() -> duckdb.DuckDBPyConnection:
    """Return the publication, read-only."""
    return duckdb.connect(f"{os.environ['REGIOMONITOR_WAREHOUSE']}/publicatie.duckdb", read_only=True)


@st.cache_data
def read(sql: str, waarden: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return the answer to a query."""
    return connect().cursor().execute(sql, list(waarden)).df()


def chosen(naam: str, opties: list[str], tekst: dict[str, str] | None = None) -> str:
    """Show a list and return what is chosen, by the address or by hand."""
    gevraagd = st.query_params.get(naam, "")
    index = opties.index(gevraagd) if gevraagd in opties else 0
    return st.selectbox(naam.capitalize(), opties, index=index, format_func=(tekst or {}).get if tekst else str)


def tiles(rijen: pd.DataFrame) -> alt.LayerChart:
    """Return the regions as tiles, each in its colour."""
    basis = alt.Chart(rijen).encode(
        x=alt.X("tegel_x:O", axis=None), y=alt.Y("tegel_y:O", axis=None), tooltip=["naam", "waarde"]
    )
    vlak = basis.mark_rect().encode(color=alt.Color("waarde:Q", scale=alt.Scale(scheme="blues")))
    return vlak + basis.mark_text(fontSize=9).encode(text="naam")


def main() -> None:
    """Show the page."""
    st.set_page_config(page_title="Kaart", layout="wide")
    st.title("Kaart")
    indicatoren = read("""select indicator_id, any_value(titel) as titel from indicator join waarneming
        using (indicator_id) where niveau = 'arbeidsmarktregio' and waarde is not null
        group by all order by any_value(volgorde)""")
    titels = dict(zip(indicatoren.indicator_id, indicatoren.titel, strict=True))
    links, midden, rechts = st.columns(3)
    with links:
        indicator = chosen("indicator", list(titels), titels)
    alle = read(_VRAAG, (indicator,))
    regionaal = alle[(alle.niveau == "arbeidsmarktregio") & (alle.branche_code == "TOTAAL") & alle.waarde.notna()]
    perioden = regionaal.sort_values("eind", ascending=False).drop_duplicates("periode")
    with midden:
        periode = chosen(
            "periode", list(perioden.periode), dict(zip(perioden.periode, perioden.periode_naam, strict=True))
        )
    rijen = regionaal[regionaal.periode == periode].drop_duplicates("regio_code").sort_values("waarde")
    with rechts:
        regio = chosen("regio", list(rijen.regio_code), dict(zip(rijen.regio_code, rijen.naam, strict=True)))
    laagst, hoogst = rijen.iloc[0], rijen.iloc[-1]
    st.header(f"{titels[indicator]}: van {laagst.waarde:.3g} in {laagst.naam} tot {hoogst.waarde:.3g} in {hoogst.naam}")
    kaart, staven = st.columns([4, 3])
    kaart.altair_chart(tiles(rijen[["naam", "waarde", "tegel_x", "tegel_y"]]).properties(height=480))
    staven.altair_chart(
        alt.Chart(rijen[["naam", "waarde"]]).mark_bar().encode(x="waarde:Q", y=alt.Y("naam:N", sort="-x"))
    )
    verloop = alle[alle.regio_code.isin([regio, "NL01"]) & (alle.branche_code == "TOTAAL") & alle.waarde.notna()]
    st.subheader(rijen[rijen.regio_code == regio].naam.iloc[0])
    st.altair_chart(
        alt.Chart(verloop[["eind", "waarde", "naam"]])
        .mark_line(point=True)
        .encode(x="eind:T", y="waarde:Q", color="naam:N")
    )
    st.dataframe(rijen[["naam", "waarde", "teller", "noemer", "status", "herkomst"]], hide_index=True)
    st.caption(f"Bron: {', '.join(sorted(rijen.leverancier.dropna().unique()))}. Periode: {periode}.")


main()
