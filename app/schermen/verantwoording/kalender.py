"""The calendar of deliveries: what comes when, per source, and how old the newest real figure is."""

from __future__ import annotations

from datetime import date

import streamlit as st

from app.beeld.markup import table, tag
from app.lezen import data
from app.lezen.onderwerp import kalender
from app.lezen.onderwerp.kalender import Aanlevering
from app.lezen.rijen import Kenmerk, Resultaat
from app.oordeel.overzicht.aanleverkalender import expected, state
from app.raam.vakken import onderdelen
from app.taal.opmaak import datum
from pipelines.afspraken.codelijsten import Ritme

_RITME: dict[str, str] = {ritme: ritme.naam for ritme in Ritme}
_KOPPEN = ("Bron", "Leverancier", "Ritme", "Nieuwste cijfer", "Ontvangen", "Volgende", "Stand")
_UITLEG = (
    "Wat komt wanneer? Een cijfer geldt als vers tot "
    f"{Ritme.KWARTAAL.maanden} maanden na zijn periode als er elk kwartaal een nieuw komt, en anders tot "
    f"{Ritme.JAAR.maanden} maanden. Daarna staat er 'verouderd' bij, en rust er geen oordeel meer op."
)


def show(merk: Kenmerk) -> None:
    """Show per source how often it brings figures, the newest real one, and when the next is to be expected."""
    st.header("Aanleverkalender", anchor=False)
    onderdelen.show(tag("p", _UITLEG, klasse="rm-onder"))
    vandaag = data.publicatie(merk).gemaakt_op.date()
    rijen = [_row(deel, vandaag) for deel in kalender.aanleveringen(merk)]
    onderdelen.show(table(_KOPPEN, rijen, bijschrift="Wat er wanneer komt, per bron"))
    onderdelen.download("aanleverkalender", "Wat er wanneer komt, per bron", Resultaat(_KOPPEN, tuple(rijen)))
    uitleg = f"De stand is die op {datum(vandaag)}, de dag van deze publicatie."
    onderdelen.show(tag("p", uitleg, klasse="rm-bron"))


def _row(deel: Aanlevering, vandaag: date) -> tuple[str, ...]:
    return (
        deel.naam,
        deel.leverancier,
        "eenmalig of afgelopen" if deel.beeindigd else _RITME[deel.ritme],
        deel.periode or "nog geen",
        datum(deel.ontvangen) or "nog niet",
        expected(deel, vandaag),
        state(deel),
    )
