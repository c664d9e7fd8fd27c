"""The waterfall of the knoppen on a phone: every name can be read in full."""

from __future__ import annotations

import re

import vl_convert

from app.beeld.onderwerp import knopgrafiek


def test_a_long_name_has_two_lines_on_a_narrow_screen_and_one_on_a_wide_one() -> None:
    namen = ("Verwacht tekort", "Zij-instroom en herintreders", "Administratieve lasten", "Blijft over")
    rijen = [
        {"laag": "naam", "rij": naam, "volgorde": n, "soort": "knop", "van": 0, "tot": 125_000, "tekst": "125.000"}
        for n, naam in enumerate(namen)
    ]
    for breed, lang in ((356, ["Zij-instroom", "en herintreders"]), (700, ["Zij-instroom en herintreders"])):
        spec = knopgrafiek.waterfall_spec("light", 6) | {"width": breed, "data": {"values": rijen}}
        spec.pop("usermeta", None)
        beeld = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
        # Rows of 32.4 high: 15.4 + 32.4, and of two lines 7 higher, so that they lie around the middle.
        assert ("translate(0,40.78" in beeld) == (breed == 356)
        teksten = re.findall(r">([^<>]+)</(?:text|tspan)>", beeld)
        assert [t for t in teksten if "…" in t] == []
        assert [deel for deel in lang if deel in teksten] == lang
        assert "Administratieve lasten" in teksten
