"""The bars beside the map: what travels at every choice does not grow with the regions."""

from __future__ import annotations

import json
from dataclasses import replace

from app.beeld.kaart import kaartgrafiek, kaartstaven
from app.beeld.kaart.kaartstaven import Vorm

_TIEN = Vorm(
    10, (0.0, 1.0), is_tweezijdig=False, heeft_grenzen=True, heeft_land=True, heeft_koppen=True, heeft_patronen=True,
    met_voorbeeld=True,
)  # fmt: skip


def test_the_picture_of_many_rows_is_said_as_short_as_that_of_few() -> None:
    # Only the height is written with a figure more: 10 rows of 18 are 180 high, 90 rows 1620.
    kort, lang = (len(json.dumps(kaartstaven.spec("light", replace(_TIEN, aantal=aantal)))) for aantal in (10, 90))
    assert lang - kort == 1


def test_what_the_reader_points_at_keeps_the_name_that_the_style_asks_for() -> None:
    groep = kaartstaven.spec("light", _TIEN)["layer"][0]
    assert [laag["name"] for laag in groep["layer"] if "name" in laag] == ["regels"]


def test_what_travels_at_every_change_of_period_is_small_and_hatched_by_the_page() -> None:
    kaart = json.dumps(kaartgrafiek.map_spec("light", 34.1, 447.0, False, True, False))
    assert "rm-arc-" in kaart
    # Borders between groups of tiles are only drawn where there are groups, and need no telling apart elsewhere.
    assert "datum.x2" not in kaart
    assert len(kaart) < 3_500
