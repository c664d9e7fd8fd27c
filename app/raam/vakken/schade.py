"""What a reader sees when the publication of now is damaged: what stands in its place, and what to do."""

from __future__ import annotations

import streamlit as st

from app.beeld.markup import Html, tag
from app.lezen import data
from app.lezen.rijen import Publicatie
from app.raam.vakken import onderdelen
from app.taal.opmaak import datum

_HERSTEL = tag("code", ".venv/bin/regiomonitor build --force")


def substitute_text(publicatie: Publicatie) -> Html:
    """Return that the publication of now is damaged, what is shown in its place, and what to do."""
    return tag(
        "p",
        tag("strong", "De nieuwste publicatie is beschadigd."),
        f" U ziet daarom de publicatie van {datum(publicatie.gemaakt_op)} ({publicatie.publicatie_id}), de nieuwste "
        "bewaarde die heel is. De beheerder van de monitor maakt een nieuwe met: ",
        _HERSTEL,
        ".",
        klasse="rm-melding",
        role="alert",
    )


def nothing_to_show() -> None:
    """Show what to do when there is no publication yet, or none that is whole."""
    if not data.pad().is_file():
        onderdelen.empty_state()
        return
    st.title("De publicatie is beschadigd")
    wat = tag("p", "Er is ook geen eerdere publicatie bewaard die heel is. Er is nu niets te laten zien.")
    hoe = tag("p", "De beheerder van de monitor maakt een nieuwe met: ", _HERSTEL, ".")
    onderdelen.show(tag("div", wat, hoe, klasse="rm-leeg"))
