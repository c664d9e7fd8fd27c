"""A supplier's file in its own layout: kolommen.yml says what each column, label and row is."""

from __future__ import annotations

import openpyxl
import pytest

from app.opdrachten.cli import main
from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.levering.aannemen import accept_path, check_path
from pipelines.levering.kolommen.gelijkenis import Codes, nearest_code
from pipelines.levering.kolommen.vertaling import read_kolommen
from pipelines.levering.kolommen.voorstel import Labelvoorstel, propose
from pipelines.levering.leveringen import find_leveringen
from pipelines.levering.toets.keuren import validate_levering

BRONNEN = load_bronnen()
KAART = """
vacatures:
  koprij: 3
  kolommen: {Kwartaal: periode, Gebied: regio_code, Sector: branche_code, Open vacatures: openstaand}
  waarden:
    regio_code: {Heel Nederland: NL01, Grensstreek: rij weglaten}
    branche_code: {Alle zorg: TOTAAL, Ouderenzorg: VVT}
  vast: {afbakening: azw_breed}
  weglaten: [Toelichting]
"""
RIJEN = [
    ["Vacatures per kwartaal"],
    [],
    ["Toelichting", "Kwartaal", "Gebied", "Sector", "Open vacatures"],
    ["", "2023 1e kwartaal", "Heel Nederland", "Alle zorg", 900],
    ["stijgt", "2023 1e kwartaal", "Heel Nederland", "Ouderenzorg", 400],
    ["", "2023 1e kwartaal", "Grensstreek", "Ouderenzorg", 3],
]


@pytest.fixture
def lever(tmp_path):
    def write(rijen=RIJEN, kaart: str = KAART, naam: str = "Onze vacatures Q1.xlsx"):
        boek = openpyxl.Workbook()
        for rij in rijen:
            boek.active.append(rij)
        boek.save(tmp_path / naam)
        (tmp_path / "kaart.yml").write_text(kaart, encoding="utf-8")
        return tmp_path / naam, tmp_path / "kaart.yml"

    return write


def changed(rij: int, kolom: int, waarde) -> list[list]:
    return [
        [waarde if (r, k) == (rij, kolom) else cel for k, cel in enumerate(cellen)] for r, cellen in enumerate(RIJEN)
    ]


def test_the_file_is_read_under_the_columns_of_the_contract_and_says_which_rows_it_left_out(lever):
    pad, kaart = lever()
    keuring = check_path(pad, "vacatures", kolommen=kaart)
    assert keuring.meldingen == []
    rijen = keuring.frames["vacatures"][["periode", "regio_code", "branche_code", "afbakening", "openstaand"]]
    assert rijen.to_numpy().tolist() == [
        ["2023KW01", "NL01", "TOTAAL", "azw_breed", "900"],
        ["2023KW01", "NL01", "VVT", "azw_breed", "400"],
    ]
    assert "Overgeslagen volgens kolommen.yml: 'Grensstreek', 1 keer." in [m.tekst for m in keuring.opmerkingen]


@pytest.mark.parametrize(
    ("rijen", "melding"),
    [
        (changed(4, 4, "veel"), "rij 5, kolom Open vacatures (openstaand), cel E5: 'veel' is geen getal."),
        (changed(4, 3, "Ouderen"), "rij 5, kolom Sector (branche_code), cel D5: 'Ouderen' bestaat niet."),
        (changed(4, 4, 4000), "rij 5, kolom Open vacatures (openstaand), cel E5: "),
        (changed(2, 2, "Regio"), "rij 3: Kolom 'Gebied' (voor regio_code) van kolommen.yml staat niet in dit bestand."),
        (changed(2, 0, "Uitleg"), "rij 3: Kolom 'Uitleg' hoort niet in deze tabel."),
        ([*RIJEN[:2], [], *RIJEN[2:]], "rij 3: Op deze rij staat geen kop: zij is leeg of er niet."),
        (changed(2, 0, "openstaand"), "rij 3: Kolom 'openstaand' staat in dit bestand, en kolommen.yml haalt haar"),
    ],
)
def test_what_is_wrong_is_named_in_the_words_of_the_supplier(lever, rijen, melding):
    pad, kaart = lever(rijen)
    keuring = check_path(pad, "vacatures", kolommen=kaart)
    assert f"{pad.name}, {melding}" in "\n".join(map(str, keuring.meldingen))


@pytest.mark.parametrize(
    ("goed", "fout", "melding"),
    [
        ("vacatures:", "vacature:", "Bron vacatures heeft geen tabel 'vacature'. Bedoelde u vacatures?"),
        ("openstaand}", "openstand}", "vacatures, kolommen: kolom 'openstand' bestaat niet. Bedoelde u openstaand?"),
        ("openstaand}", "periode}", "vacatures: kolom 'periode' komt uit meer dan één kolom"),
        ("vast: {afbakening", "vast: {periode", "vacatures: kolom 'periode' staat bij kolommen en bij vast."),
        ("[Toelichting]", "[Gebied]", "vacatures: kolom 'Gebied' staat bij kolommen en bij weglaten."),
        ("koprij: 3", "koprij: 21", "'21' is geen rij van een kop."),
        ("weglaten:", "wegl:", "onbekende sleutel 'wegl'."),
        ("vast: {afbakening: azw_breed}", "vast: [afbakening]", "vast: hier horen sleutels met waarden te staan."),
        ("koprij: 3", "koprij: !!python/none 3", "Een tag of anker"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_before_the_file_is_read(lever, goed, fout, melding):
    _, kaart = lever(kaart=KAART.replace(goed, fout))
    with pytest.raises(AfgekeurdError) as geweigerd:
        read_kolommen(kaart, BRONNEN["vacatures"])
    assert melding in str(geweigerd.value)


def test_a_table_of_persons_is_not_mapped(tmp_path):
    (tmp_path / "levering.yml").write_text(
        'bron: pfzw_personen\nleverancier: PFZW\nperiode: "2021"\nontvangen: 2022-09-15\nherkomst: levering\n'
        "kolommen: kolommen.yml\n"
    )
    (tmp_path / "kolommen.yml").write_text("dienstverbanden:\n  kolommen: {Persoon: persoon_id}\n")
    (tmp_path / "dienstverbanden.csv").write_text("Persoon\n12345678\n")
    (melding,) = check_path(tmp_path, None).meldingen
    assert melding.tekst == "Tabel dienstverbanden kan miljoenen rijen hebben en wordt niet vertaald."


def test_a_mapping_that_is_not_mentioned_is_not_passed_over_in_silence(lever, tmp_path):
    lever(naam="vacatures.xlsx")
    (tmp_path / "kaart.yml").rename(tmp_path / "kolommen.yml")
    (tmp_path / "levering.yml").write_text(
        'bron: vacatures\nleverancier: CBS\nperiode: "2023"\nontvangen: 2024-01-15\nherkomst: levering\n'
    )
    with pytest.raises(AfgekeurdError, match="Dit bestand wordt niet gebruikt"):
        check_path(tmp_path, None)


def test_an_accepted_file_stays_as_it_came_and_every_build_reads_it_again(lever, tmp_path, capsys):
    pad, kaart = lever()
    raw = tmp_path / "raw"
    aanroep = ["accept", str(pad), "--bron", "vacatures", "--periode", "2023KW01", "--raw", str(raw)]
    assert main([*aanroep, "--kolommen", str(kaart)]) == 0, capsys.readouterr().err
    (levering,) = find_leveringen(raw, BRONNEN)
    assert (levering.map / "vacatures.xlsx").read_bytes() == pad.read_bytes()
    assert (levering.map / "kolommen.yml").read_bytes() == kaart.read_bytes()
    eenheden = {i.indicator_id: i.eenheid for i in load_indicatoren(INDICATORS_YML, BRONNEN).values()}
    keuring = validate_levering(levering, BRONNEN["vacatures"], eenheden)
    assert (keuring.meldingen, len(keuring.frames["vacatures"])) == ([], 2)


def test_a_folder_with_a_mapping_given_apart_keeps_both(lever, tmp_path):
    map_ = tmp_path / "map"
    map_.mkdir()
    pad, kaart = lever(naam="vacatures.xlsx")
    pad.rename(map_ / "vacatures.xlsx")
    (map_ / "levering.yml").write_text(
        'bron: vacatures\nleverancier: CBS\nperiode: "2023"\nontvangen: 2024-01-15\nherkomst: levering'
    )
    plek = accept_path(map_, None, "2023", tmp_path / "raw", kaart).plek
    assert (plek / "levering.yml").read_text().endswith("herkomst: levering\nkolommen: kolommen.yml\n")
    with pytest.raises(AfgekeurdError, match=r"heeft al een kolommen\.yml"):
        check_path(plek, None, kolommen=kaart)


def test_the_draft_knows_names_by_meaning_and_says_what_a_person_must_look_at(lever, tmp_path, capsys):
    pad, _ = lever()
    uit = tmp_path / "voorstel.yml"
    assert main(["check", str(pad), "--bron", "vacatures", "--kolommen-voorstel", str(uit)]) == 0
    assert "Tabel vacatures: 4 van 5 kolommen herkend." in capsys.readouterr().out
    regels = uit.read_text(encoding="utf-8").splitlines()
    assert regels[2:4] == ["  koprij: 3", "  kolommen:"]
    assert {'    "Kwartaal": periode', '    "Gebied": regio_code', '    "Open vacatures": openstaand'} <= set(regels)
    assert {'      "Heel Nederland": NL01', '      "Alle zorg": TOTAAL', '      "Ouderenzorg": VVT'} <= set(regels)
    assert '      # "Grensstreek": ?   # een code, of rij weglaten' in regels
    assert "  #   afbakening: ?   # een van: azw_breed, azw_smal, sbi_q" in regels
    assert '  # weglaten: ["Toelichting"]   # wordt niet gelezen: klopt dat?' in regels
    # What is unsure does not count, so that the file is refused until someone has looked.
    meldingen = "\n".join(map(str, check_path(pad, "vacatures", kolommen=uit).meldingen))
    assert "Kolom 'afbakening' ontbreekt." in meldingen
    assert "Kolom 'Toelichting' hoort niet in deze tabel." in meldingen
    assert main(["check", str(pad), "--bron", "vacatures", "--kolommen-voorstel", str(uit)]) == 1
    assert "Dit bestand is er al." in capsys.readouterr().err


def test_the_second_delivery_of_a_supplier_needs_one_command(lever, tmp_path, capsys):
    pad, kaart = lever()
    raw = ["--raw", str(tmp_path / "raw")]
    eerste = ["accept", str(pad), "--bron", "vacatures", "--periode", "2023KW01", *raw, "--kolommen"]
    assert main([*eerste, "vorige"]) == 1
    assert "Van bron vacatures is nog geen levering met een kolommen.yml bewaard." in capsys.readouterr().err
    assert main([*eerste, str(kaart)]) == 0
    kaart.unlink()
    lever([*RIJEN[:3], ["", "2023 2e kwartaal", "Heel Nederland", "Alle zorg", 950]], naam="Q2.xlsx")
    kaart.unlink()
    tweede = ["accept", str(tmp_path / "Q2.xlsx"), "--bron", "vacatures", "--periode", "2023KW02", *raw]
    assert main([*tweede, "--kolommen", "vorige"]) == 0


@pytest.mark.parametrize(
    ("label", "code", "zeker"),
    [("VVT", "VVT", True), ("Ziekenhuizen", "ZKH", True), ("Ziekenhuisen", "ZKH", False), ("Bakkers", None, False)],
)
def test_only_a_known_name_of_a_code_is_sure(label, code, zeker):
    kolom = BRONNEN["vacatures"].tabellen["vacatures"].kolommen["branche_code"]
    assert nearest_code(label, Codes().of(kolom)) == (code, zeker)


def test_a_column_of_branches_is_one_whatever_its_name_and_a_part_of_one_name_is_a_guess(lever):
    """Of a workbook the sheet counts that looks most like the table; the rest is the supplier's own business."""
    kop, rij = ["Kwartaal", "Werkgebied", "Wie", "Open vacatures"], ["Q1 2023", "Haaglanden", "Gehandicaptenzorg", 9]
    pad, _ = lever([["Toelichting"]])
    boek = openpyxl.load_workbook(pad)
    for cellen in (["Onze vacatures"], [], kop, rij):
        (boek["Cijfers"] if "Cijfers" in boek.sheetnames else boek.create_sheet("Cijfers")).append(cellen)
    boek.save(pad)
    voorstel = propose(pad, BRONNEN["vacatures"])
    assert (voorstel.tabel, voorstel.koprij) == ("vacatures", 3)
    assert [(k.hun, k.onze, k.zeker) for k in voorstel.kolommen] == [
        ("Kwartaal", "periode", True), ("Werkgebied", "regio_code", True), ("Wie", "branche_code", False),
        ("Open vacatures", "openstaand", True),
    ]  # fmt: skip
    assert voorstel.waarden == {"regio_code": (Labelvoorstel("Haaglanden", "RA1020", False),)}
    assert voorstel.ontbreekt == ("afbakening",)
    assert voorstel.codes["afbakening"] == {"azw_breed": "azw breed", "azw_smal": "azw smal", "sbi_q": "sbi q"}
    assert voorstel.codes["regio_code"]["RA1020"] == "Haaglanden en Nieuwe Waterweg Noord"


def test_where_no_header_is_known_the_widest_row_is_it_once_the_table_is_said(lever):
    pad, _ = lever([["Lijst"], ["Wanneer", "Waar", "Hoeveel"], ["2023", "ergens", 9]])
    with pytest.raises(AfgekeurdError, match="Kies welke tabel het is: vacatures, moeilijk_vervulbaar"):
        propose(pad, BRONNEN["vacatures"])
    voorstel = propose(pad, BRONNEN["vacatures"], "vacatures")
    assert (voorstel.koprij, [(k.hun, k.onze) for k in voorstel.kolommen]) == (
        2, [("Wanneer", None), ("Waar", None), ("Hoeveel", None)],
    )  # fmt: skip
    with pytest.raises(AfgekeurdError, match="geen kop"):
        propose(lever([["Lijst"], ["9"]])[0], BRONNEN["vacatures"], "vacatures")


def test_what_stands_below_the_table_is_no_row_of_it_and_what_stands_between_rows_is(lever):
    noten = [["Bron: ledenopgave"], ["Vragen? Bel ons."]]
    pad, kaart = lever([*RIJEN, [], *noten])
    keuring = check_path(pad, "vacatures", kolommen=kaart)
    assert (keuring.meldingen, len(keuring.frames["vacatures"])) == ([], 2)
    assert "Onder de tabel staat een toelichting: rij 8 tot en met 9 overgeslagen." in [
        melding.tekst for melding in keuring.opmerkingen
    ]
    pad, kaart = lever([*RIJEN[:4], *noten, *RIJEN[4:]])
    assert {melding.rij for melding in check_path(pad, "vacatures", kolommen=kaart).meldingen} == {5}


@pytest.mark.parametrize("noten", [[], [[], ["Bron: ledenopgave"]]], ids=["no notes", "notes"])
def test_a_last_row_of_which_only_one_cell_came_through_is_a_row_with_a_fault(lever, noten):
    pad, kaart = lever([*RIJEN, ["", "2023 1e kwartaal"], *noten])
    assert {melding.rij for melding in check_path(pad, "vacatures", kolommen=kaart).meldingen} == {7}


@pytest.mark.parametrize("naam", ["leeg.xlsx", "leeg.csv", "leeg.parquet", "leeg.sav"])
def test_no_draft_is_made_of_what_is_no_table(naam, tmp_path, capsys):
    (tmp_path / naam).write_bytes(b"")
    uit = tmp_path / "voorstel.yml"
    assert main(["check", str(tmp_path / naam), "--bron", "vacatures", "--kolommen-voorstel", str(uit)]) == 1
    assert naam in capsys.readouterr().err
    assert not uit.exists()
