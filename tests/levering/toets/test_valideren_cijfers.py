"""Published figures: what may stand there, and the sentence for every fault."""

from __future__ import annotations

import pytest
from nakijken import BRONNEN, validate

CIJFER = {
    "id": "a", "indicator_id": "dekkingsgraad", "regio_code": "NL01", "branche_code": "TOTAAL", "periode": "2021",
    "waarde": "0.68", "precisie": "afgerond", "bron": "SRS", "vindplaats": "Tabel 1.1", "kwaliteit": "primair",
}  # fmt: skip


@pytest.fixture
def cijfers(maak_levering):
    """Return the first line of every message on rows of gepubliceerd, each a set of changes to a good row."""

    def check(*anders: dict[str, str], zonder: tuple[str, ...] = (), scheiding: str = ",") -> list[str]:
        alle = BRONNEN["gepubliceerd"].tabellen["cijfers"].kolommen
        kop = [kolom for kolom in alle if kolom not in zonder]
        rijen = [{**CIJFER, "id": f"c{nummer}"} | rij for nummer, rij in enumerate(anders)]
        regels = [scheiding.join(f'"{rij.get(kolom, "")}"' for kolom in kop) for rij in rijen]
        tekst = "\n".join([scheiding.join(kop), *regels]) + "\n"
        keuring = validate(maak_levering({"cijfers": tekst}, bron="gepubliceerd", herkomst="gepubliceerd"))
        return [str(melding).removeprefix("cijfers.csv").splitlines()[0] for melding in keuring.meldingen]

    return check


def test_published_figures_pass_and_a_range_may_be_open_upwards(cijfers):
    assert cijfers(
        {},
        {"precisie": "bereik", "waarde_tot": "0.7"},
        {"precisie": "bereik"},
        {"uitsplitsing": "afbakening=sbi_q;meting=kzv", "n": "985"},
        {"regio_code": "GM0003", "periode": "2017"},
        {"regio_code": "WGO08", "periode": "2017"},
        {"regio_code": "RA0101", "periode": "2009"},
    ) == []  # fmt: skip


def test_every_fault_in_published_figures_has_its_sentence(cijfers):
    assert cijfers(
        {"indicator_id": "dekkinsgraad"},
        {"waarde": "68"},
        {"waarde_tot": "0.7"},
        {"precisie": "bereik", "waarde_tot": "0.6"},
        {"teller": "9", "noemer": "8"},
        {"uitsplitsing": "{id}"},
        {"regio_code": "363"},
        {"regio_code": "GM0003"},
        {"regio_code": "WGO07", "periode": "2022KW03"},
        {"branche_code": "REV", "periode": "2020"},
        {"precisie": "exct"},
        {"kwaliteit": "x"},
        {"bron": ""},
        {"waarde": "."},
        {"n": "<5"},
        {"waarde": "0,68"},
        {"peildatum": "05-06-2022"},
        {"id": "c0"},
        {"waarde": "-0.1"},
    ) == [
        ", rij 2, kolom indicator_id: 'dekkinsgraad' bestaat niet. Bedoelde u dekkingsgraad?",
        ", rij 2: (c0) komt meer dan eens voor. Zo staat het in 2 rijen: 2, 19.",
        ", rij 3, kolom waarde: 68 is geen aandeel.",
        ", rij 4, kolom waarde_tot: 0.7 staat bij precisie 'afgerond'.",
        ", rij 5, kolom waarde_tot: 0.6 is minder dan waarde (0.68).",
        ", rij 6, kolom teller: 9 is meer dan noemer (8).",
        ", rij 7, kolom uitsplitsing: '{id}' is geen uitsplitsing.",
        ", rij 8, kolom regio_code: '363' bestaat niet. Bedoelde u GM0363?",
        ", rij 9, kolom regio_code: 'GM0003' bestaat niet op de datum van deze rij.",
        ", rij 10, kolom regio_code: 'WGO07' bestaat niet op de datum van deze rij.",
        ", rij 11, kolom branche_code: 'REV' bestaat niet op de datum van deze rij.",
        ", rij 12, kolom precisie: 'exct' bestaat niet. Bedoelde u exact?",
        ", rij 13, kolom kwaliteit: 'x' bestaat niet.",
        ", rij 14, kolom bron: deze cel is leeg.",
        ", rij 15, kolom waarde: '.' is geen getal.",
        ", rij 16, kolom n: '<5' is geen geheel getal.",
        ", rij 17, kolom waarde: '0,68' is geen getal.",
        ", rij 18, kolom peildatum: '05-06-2022' is geen datum.",
        ", rij 20, kolom waarde: -0.1 is geen aandeel.",
    ]


def test_a_column_that_may_be_left_out_does_not_take_the_rules_with_it(cijfers):
    assert cijfers({"waarde": "68"}, {"waarde_tot": "0.7"}, zonder=("n", "teller", "noemer", "categorie")) == [
        ", rij 2, kolom waarde: 68 is geen aandeel.",
        ", rij 3, kolom waarde_tot: 0.7 staat bij precisie 'afgerond'.",
    ]


def test_a_decimal_comma_counts_where_semicolons_separate(cijfers):
    assert cijfers({"waarde": "0,68"}, {"waarde": "0,5"}, scheiding=";") == []


def test_a_point_in_a_file_of_commas_may_be_a_thousand_and_is_refused(cijfers):
    rijen = ({"waarde": "0,68"}, {"waarde": "0,5", "noemer": "1.234"}, {"waarde": "0,5", "noemer": "1.234,5"})
    assert cijfers(*rijen, scheiding=";") == [
        ", rij 3, kolom noemer: '1.234' heeft een punt, maar andere getallen hebben een komma.",
        ", rij 4, kolom noemer: '1.234,5' is geen getal.",
    ]
