"""The documents: what stands on the page stands in them, and they are made of the publication that is asked for."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path

import docx
import duckdb
import pptx
import pytest
from documentdelen import REGIO, VIJANDIG, shapes, squeeze
from gesprekpublicatie import REGIOS
from pypdf import PdfReader

from app.beeld import cijferrijen
from app.commissie.model import Inhoud, Onderwerp
from app.commissie.openen import open_opslag
from app.commissie.referentiekader import fields
from app.documenten import dias, maken
from app.documenten.blokken import Alinea, Document, Tabelblok
from app.documenten.omvang import Omvang
from app.lezen import data
from app.lezen.gevraagd import publication_of
from app.oordeel.gesprek import dossier, gespreksgegevens
from app.opdrachten import cli


def test_without_made_up_figures_there_is_no_notice(map_: Path) -> None:
    zonder = maken.compose(publication_of(map_, None), REGIOS[0])
    assert zonder.melding == ""
    assert "VOORBEELD" not in str(zonder.blokken)


def test_no_title_of_a_slide_gives_a_region_the_figures_of_its_werkgeversorganisatie(map_: Path) -> None:
    alles = dossier.build_dossier(publication_of(map_, None), REGIOS[0])
    van_wgo = [c for c in alles.cijfers if c.van_wgo]
    gegevens = gespreksgegevens.collect(publication_of(map_, None), REGIOS[0])
    eigen, alleen_wgo = (
        dias.region_slides(replace(alles, cijfers=tuple(c)), gegevens)[0].titel for c in (alles.cijfers, van_wgo)
    )
    assert eigen.startswith("Regio 1: ")
    assert "rapportcijfer" not in eigen
    assert alleen_wgo == f"{van_wgo[0].van_wgo}: rapportcijfer 7,3"


def test_figures_are_the_same_in_publication_page_download_and_every_document(
    map_: Path, document: Document, presentatie: bytes, lezer: PdfReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(map_))
    alles = dossier.build_dossier(publication_of(map_, None), REGIO, voorbeeld=True)
    op_de_pagina = [list(rij) for rij in dossier.figure_rows(alles.cijfers)]
    word = docx.Document(BytesIO(maken.write(document, "docx"))).tables[0]
    assert [[cel.text for cel in rij.cells] for rij in word.rows][1:] == op_de_pagina
    in_pdf = squeeze(" ".join(pagina.extract_text() for pagina in lezer.pages))
    assert all(squeeze("".join(rij)) in in_pdf for rij in op_de_pagina)
    tweede = shapes(pptx.Presentation(BytesIO(presentatie)))[1]
    assert [inhoud[1:] for soort, _, inhoud in tweede if soort == "tabel"] == [op_de_pagina]
    vraag = "select waarde from beste_waarneming_voorbeeld where indicator_id = ? and regio_code = ? and periode = ?"
    with duckdb.connect(str(map_ / data.BESTAND), read_only=True) as con:
        for rij, download in zip(op_de_pagina, cijferrijen.csv_rows(c.rij for c in alles.cijfers), strict=True):
            velden = dict(zip(cijferrijen.CSV_KOLOMMEN, download, strict=True))
            sleutel = [velden[naam] for naam in ("indicator_id", "regio_code", "periode")]
            assert con.execute(vraag, sleutel).fetchone() == (velden["waarde"],)
            schaal = 100 if velden["eenheid"] == "aandeel" else 1
            getal = Decimal(rij[2].split()[0].rstrip("%").replace(",", "."))
            assert getal == (Decimal(repr(velden["waarde"])) * schaal).quantize(getal, ROUND_HALF_UP)


def test_the_programme_monitor_names_every_region_once_and_warns_of_made_up_figures(map_: Path) -> None:
    monitor = maken.compose(publication_of(map_, None), "NL01")
    regios = next(b for b in monitor.blokken if isinstance(b, Tabelblok) and b.kolommen[0] == "Regio")
    assert [rij[0] for rij in regios.rijen] == [f"Regio {nummer}" for nummer in range(1, 21)]
    assert regios.rijen[1][2] == "61%"
    assert monitor.soort == "Programmamonitor"
    tabellen = {b.bijschrift: b.rijen for b in monitor.blokken if isinstance(b, Tabelblok)}
    plannen = {rij[0]: rij[1:] for rij in tabellen["Ambities en acties per regio"]}
    assert plannen["Regio 1"] == ("1", "1", "1 loopt")
    assert plannen["Regio 5"] == ("niet aangeleverd", "niet aangeleverd", "")
    assert ("Basis: onderzoek en netwerk", "41%") in tabellen["Budget in 2021: bedrag en verdeling per pijler"]
    assert tabellen["Regels van het programma over 2021"][0][:4] == (
        "Innoveren", "minstens 20%", "19,99%", "✗ voldoet niet"
    )  # fmt: skip
    assert Alinea("Budgetten per werkgeversorganisatie zijn nog niet aangeleverd.") in monitor.blokken
    bronnen = [rij[0] for rij in tabellen["Wat elk cijfer is en waar het vandaan komt"]]
    assert "Budget per pijler" in bronnen
    kort = maken.compose(publication_of(map_, None), "NL01", omvang=Omvang.KORT)
    kern, bron = [b for b in kort.blokken if isinstance(b, Tabelblok)]
    assert {rij[0] for rij in kern.rijen} == {rij[0] for rij in bron.rijen}
    assert [d.titel for d in monitor.dias][
        -2
    ] == "Van geen enkele actielijn is genoeg bekend om te zeggen of zij op koers is"
    assert maken.write(monitor, "pdf").startswith(b"%PDF")


def test_notes_of_the_committee_are_in_a_document_only_on_request_and_then_it_says_confidential(
    map_: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(map_ / data.BESTAND, tmp_path)
    waar = ["report", REGIO, "--warehouse", str(tmp_path), "-o", str(tmp_path)]
    assert cli.main([*waar, "--notities"]) == 0
    assert [p.name for p in tmp_path.glob("*sqlite")] == []
    afspraak = Inhoud(f"Een plan in maart. {VIJANDIG}", stand="open", datum=date(2023, 3, 1))
    onderwerp = Onderwerp("afspraak", REGIO, 2023, "a1")
    open_opslag(tmp_path).save(onderwerp, afspraak, wie="An de Vries", rol="commissie", gebaseerd_op=0)
    for keuze in ([], ["--notities"], ["--notities", "--format", "pptx"]):
        assert cli.main([*waar, *keuze]) == 0
    naam = f"dossier_{REGIO}_20230601T120000Z-00000000"
    zonder, met = (
        [squeeze(p.extract_text()) for p in PdfReader(tmp_path / f"{naam}{wat}.pdf").pages]
        for wat in ("", "_vertrouwelijk")
    )
    assert "eenplaninmaart" not in "".join(zonder).casefold()
    assert "Afspraakovertijd" not in "".join(zonder)
    for zin in ("Afspraak over tijd", "en staat nog open: ‘Een plan in maart.", "Wat houdt deze afspraak op"):
        assert squeeze(zin) in "".join(met)
    assert "vertrouwelijk" not in "".join(zonder).casefold()
    assert squeeze(f"Een plan in maart. {VIJANDIG}") in "".join(met)
    assert "1maart2023(verlopen)" in "".join(met)
    assert all("ertrouwelijk" in bladzijde or not nummer for nummer, bladzijde in enumerate(met))
    assert "VERTROUWELIJK" in met[0]
    dias = shapes(pptx.Presentation(str(tmp_path / f"{naam}_vertrouwelijk.pptx")))
    assert len(dias) == 6
    assert "Nog geen uitkomsten van de enquête" in str(dias[1])
    assert "Wat houdt deze afspraak op" in str(dias[3])
    assert "1 afspraak, waarvan 1 open" in str(dias[4])
    assert f"Afspraak: Een plan in maart. {VIJANDIG}; Uiterlijk: 1 maart 2023 (verlopen)" in str(dias[4][0][2])
    assert all("Vertrouwelijk" in str(dia) for dia in dias)
    assert cli.main(["report", "NL01", "--notities", *waar[2:]]) == 1
    assert "niet over Nederland" in capsys.readouterr().err


def test_a_document_of_an_older_publication_holds_its_figures_and_its_name(map_: Path, tmp_path: Path) -> None:
    (tmp_path / "publicaties").mkdir()
    shutil.copy(map_ / data.BESTAND, tmp_path)
    oud = tmp_path / "publicaties" / "20230601T120000Z-00000000.duckdb"
    shutil.copy(map_ / data.BESTAND, oud)
    with duckdb.connect(str(tmp_path / data.BESTAND)) as con:
        con.execute("update publicatie set publicatie_id = '20230701T120000Z-11111111'")
        con.execute("update waarneming set waarde = 0.77 where regio_code = ? and indicator_id = 'dekkingsgraad' "
                    "and periode = '2021'", [REGIO])  # fmt: skip
    for keuze in ([], ["--publicatie", oud.stem]):
        assert cli.main(["report", REGIO, *keuze, "--warehouse", str(tmp_path), "-o", str(tmp_path / "uit")]) == 0
    for naam, cijfer, ander in (("20230701T120000Z-11111111", "77%", "61%"), (oud.stem, "61%", "77%")):
        bladen = PdfReader(tmp_path / "uit" / f"dossier_{REGIO}_{naam}.pdf").pages
        assert f"Publicatie{naam}".replace("-", "") in squeeze(bladen[0].extract_text())
        tekst = " ".join(blad.extract_text() for blad in bladen)
        assert cijfer in tekst
        assert ander not in tekst


def test_what_is_taken_along_in_one_file_is_compressed(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maken, "write", lambda _document, formaat: formaat.encode() * 1000)
    with zipfile.ZipFile(BytesIO(maken.write_all(document, {"pdf": "a.pdf", "docx": "a.docx"}))) as pakket:
        assert all(lid.compress_size < 100 < lid.file_size for lid in pakket.infolist())
        assert pakket.read("a.pdf") == b"pdf" * 1000


def test_report_finds_a_region_by_name_and_names_the_nearest(
    map_: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    waar = ["--warehouse", str(map_), "-o", str(tmp_path)]
    assert cli.main(["report", "regio 2", "--kort", *waar]) == 0
    assert [p.name for p in tmp_path.iterdir()] == [f"kerncijfers_{REGIO}_20230601T120000Z-00000000.pdf"]
    assert cli.main(["report", "RA9030", *waar]) == 1
    assert "'RA9030' is geen regio. Bedoelde u RA9020?" in capsys.readouterr().err
    assert cli.main(["report", *waar]) == 2
    assert cli.main(["report", REGIO, "--publicatie", "../x", *waar]) == 1
    assert "bestaat niet" in capsys.readouterr().err
    assert cli.main(["report", REGIO, "--format", "pptx", "--kort", *waar]) == 2
    capsys.readouterr()
    bestand = next(tmp_path.iterdir())
    assert cli.main(["report", "Regio 99", "--publicatie", "x", *waar[:2], "-o", str(bestand / "map")]) == 1
    fouten = capsys.readouterr().err
    assert "Dit is een bestand, en geen map." in fouten
    assert "Publicatie 'x' bestaat niet." in fouten
    assert len(list(tmp_path.iterdir())) == 1


def test_every_score_is_on_a_slide_of_its_own_with_its_explanation_in_the_notes(map_: Path, tmp_path: Path) -> None:
    shutil.copy(map_ / data.BESTAND, tmp_path)
    opslag = open_opslag(tmp_path)
    for nummer, sleutel in enumerate(fields()):
        score = Inhoud(f"Omdat {sleutel} zo is.", score=1 + nummer % 4)
        opslag.save(Onderwerp("score", REGIO, 2023, sleutel), score, wie="An", rol="commissie", gebaseerd_op=0)
    niveau = Onderwerp("ambitieniveau", "NL01", 2023, "")
    opslag.save(niveau, Inhoud(score=2), wie="An", rol="commissie", gebaseerd_op=0)
    waar = ["report", REGIO, "--warehouse", str(tmp_path), "-o", str(tmp_path / "d.pptx")]
    assert cli.main([*waar, "--notities", "--format", "pptx"]) == 0
    afspraken, scores = shapes(pptx.Presentation(str(tmp_path / "d.pptx")))[4:6]
    assert "nog geen afspraken" in str(afspraken)
    assert "12 van de 12 onderdelen gescoord, waarvan 3 onder het ambitieniveau" in str(scores)
    assert all(naam in str(scores) for naam in fields().values())
    assert all(f"Toelichting: Omdat {sleutel} zo is." in str(scores) for sleutel in fields())
