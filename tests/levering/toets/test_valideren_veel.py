"""A hundred thousand faults: they are counted, and cost seconds and a few lines."""

from __future__ import annotations

import time

from nakijken import validate


def test_a_hundred_thousand_wrong_rows_are_counted_and_not_all_printed(maak_levering):
    tekst = "id,reden\n" + "".join(f"c{nummer},\n" for nummer in range(100_000))
    map_ = maak_levering({"niet_opgenomen": tekst}, bron="gepubliceerd")
    begin = time.process_time()
    meldingen = [str(melding) for melding in validate(map_).meldingen]
    assert time.process_time() - begin < 10
    assert meldingen == [
        "niet_opgenomen.csv, rij 2, kolom reden: deze cel is leeg. Zo staat het in 100.000 rijen: 2, 3, 4, 5, 6, …."
    ]


def test_of_a_hundred_thousand_different_wrong_values_two_hundred_are_named_and_the_rest_is_counted(maak_levering):
    kop = "periode,regio_code,branche_code,telling,werknemers\n"
    tekst = kop + "".join(f"2021,NL01,TOTAAL,cbs_breed,x{nummer}\n" for nummer in range(100_000))
    map_ = maak_levering({"werknemers": tekst}, bron="werknemers")
    begin = time.process_time()
    alle = [str(m) for m in validate(map_).meldingen]
    assert time.process_time() - begin < 20
    dubbel = "(2021, NL01, TOTAAL, cbs_breed) komt meer dan eens voor. Zo staat het in 100.000 rijen: 2, 3, 4, 5, 6, …."
    assert [m.splitlines()[0] for m in alle if "meer dan eens" in m] == [f"werknemers.csv, rij 2: {dubbel}"]
    meldingen = [m for m in alle if "meer dan eens" not in m]
    assert len(meldingen) == 201
    assert meldingen[-1] == (
        "werknemers.csv, kolom werknemers: De controle 'type' vond nog 99.800 fouten; hier staan de eerste 200."
    )
