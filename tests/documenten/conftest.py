"""One made-up publication for the tests of documents, and the documents of one of its regions."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from documentdelen import LANG, REGIO, VIJANDIG
from gesprekpublicatie import REGIOS, action, figure, wgo_of, write_test_bed
from pypdf import PdfReader

from app.documenten import maken
from app.documenten.blokken import Document
from app.lezen import data
from app.lezen.gevraagd import publication_of


@pytest.fixture(scope="session")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty made-up regions; the second has trouble, a made-up figure and a story that tries to be markup."""
    map_ = tmp_path_factory.mktemp("documenten")
    plan = {"titel": LANG, "trekker": "https://example.org/" + "a-1/" * 40}
    anders = {
        "acties": [action(REGIO, **plan)],
        "figuren": [figure("dekkingsgraad", REGIO, "2021", 0.61)],
        "verhalen": [("V1", "goed_voorbeeld", "werken_behoud", "werken", wgo_of(REGIO), None, VIJANDIG,
                      f"Teams \x07 roosteren zelf. {VIJANDIG}", "professional", 12, "Een rapport", "p. 3", 2022)],
    }  # fmt: skip
    write_test_bed(map_ / data.BESTAND, {REGIO: anders})
    with duckdb.connect(str(map_ / data.BESTAND)) as con:
        con.execute("update waarneming set herkomst = 'synthetisch' where indicator_id = 'verzuim' "
                    "and niveau = 'arbeidsmarktregio'")  # fmt: skip
        for tabel in ("actie", "doel"):
            con.execute(f"delete from {tabel} where regio_code = ?", [REGIOS[4]])
        con.execute("insert into regeltoets (regel_id, jaar, regio_code, norm, uitkomst, oordeel, toelichting, titel, "
                    "soort, som) values ('m', 2021, 'NL01', 0.2, 0.1999, 'voldoet_niet', '', 'Innoveren', "
                    "'eis', '')")  # fmt: skip
        con.execute("""insert into waarneming by name select * replace ('budget_aandeel' as indicator_id,
                    'basis' as categorie, 'soort=realisatie' as uitsplitsing, 0.41 as waarde) from waarneming
                    where indicator_id = 'dekkingsgraad' and regio_code = 'NL01' and periode = '2021'""")
        con.execute("""insert into indicator by name select * replace ('budget_aandeel' as indicator_id,
                    'Budget per pijler' as titel) from indicator where indicator_id = 'dekkingsgraad'""")
    return map_


@pytest.fixture(scope="session")
def document(map_: Path) -> Document:
    return maken.compose(publication_of(map_, None), REGIO, voorbeeld=True)


@pytest.fixture(scope="session")
def pdf(document: Document) -> bytes:
    return maken.write(document, "pdf")


@pytest.fixture(scope="session")
def lezer(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


@pytest.fixture(scope="session")
def presentatie(document: Document) -> bytes:
    return maken.write(document, "pptx")
