"""Open data by address: the figures of the pages, filters, pages, errors that help, and nothing hidden in any way."""

from __future__ import annotations

import asyncio
import csv
import gzip
import io
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from opendata import NIEUW, Loket, counter, with_newer

from app.dienst.opendata.antwoord import Bewaard, make
from app.dienst.opendata.grens import Grens
from app.lezen import data
from app.uitgave.vorm.vormen import VORMEN

CSV = "/data/v1/indicatoren/{}.csv"
VERBERG = """update waarneming set status = 'onderdrukt', waarde = null, teller = null, noemer = null, n = null
             where indicator_id = 'dekkingsgraad' and regio_code = 'RA0101'"""


@pytest.fixture
def loket(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loket]:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    with counter() as loket:
        yield loket


def rows(inhoud: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(inhoud.decode())))


def test_every_indicator_has_the_figures_of_the_pages(loket: Loket) -> None:
    lijst = loket.ask("/data/v1/indicatoren").json["indicatoren"]
    assert [i["indicator_id"] for i in lijst] == list(data.indicatoren(data.kenmerk()))
    # Every answer is new: as many at once as one reader may ask, and what was asked before is free.
    for indicator in lijst:
        antwoord = loket.ask(indicator["adressen"]["csv"])
        pagina = data.waarnemingen(data.kenmerk(), indicator["indicator_id"], False)
        gelezen = [(r["regio_code"], r["periode"], r["waarde"] and float(r["waarde"])) for r in rows(antwoord.inhoud)]
        assert gelezen == [(w.regio_code, w.periode, "" if w.waarde is None else w.waarde) for w in pagina]
        assert indicator["aantal"] == len(pagina)


def test_filters_together_give_the_rows_that_pass_each(loket: Loket) -> None:
    heel = loket.ask("/data/v1/indicatoren/instroom_opleidingen.json").json["rijen"]
    keuzes = {
        "regio": ("regio_code", "NL01,RA0101"), "niveau": ("niveau", "land"), "branche": ("branche_code", "TOTAAL"),
        "periode": ("periode", "2020/21,2021/22"), "herkomst": ("herkomst", "gepubliceerd"),
    }  # fmt: skip
    for aantal in (1, 2, 5):
        for namen in itertools.combinations(keuzes, aantal):
            vraag = "&".join(f"{naam}={keuzes[naam][1]}" for naam in namen)
            gekregen = loket.ask(f"/data/v1/indicatoren/instroom_opleidingen.json?{vraag}").json["rijen"]
            assert gekregen == [
                r for r in heel if all(r[keuzes[naam][0]] in keuzes[naam][1].split(",") for naam in namen)
            ]
    assert 0 < len(gekregen) < len(heel)


@pytest.mark.parametrize("woord", ["VOORBEELD", "Verzonnen (niet echt)"])
def test_made_up_figures_are_asked_for_by_their_code_whatever_the_word_on_them(
    loket: Loket, monkeypatch: pytest.MonkeyPatch, woord: str
) -> None:
    monkeypatch.setattr("app.taal.cellen.VOORBEELD", woord)
    heel = loket.ask("/data/v1/indicatoren/rapportcijfer.json?voorbeeld=1").json["rijen"]
    gevraagd = loket.ask("/data/v1/indicatoren/rapportcijfer.json?voorbeeld=1&herkomst=synthetisch").json["rijen"]
    assert gevraagd == [r for r in heel if r["herkomst"] == f"{woord} (synthetisch)"] != []


def test_pages_follow_each_other_to_the_last_row(loket: Loket) -> None:
    heel = rows(loket.ask(CSV.format("instroom_opleidingen")).inhoud)
    adres: str | None = CSV.format("instroom_opleidingen") + "?per_pagina=20&niveau=land"
    gelezen: list[dict[str, str]] = []
    while adres:
        antwoord = loket.ask(adres)
        gelezen += rows(antwoord.inhoud)
        volgende = re.search(r'<([^>]+)>; rel="next"', antwoord.koppen["link"])
        adres = volgende[1] if volgende else None
    assert gelezen == [r for r in heel if r["niveau"] == "land"]
    assert len(gelezen) > 20
    te_ver = loket.ask(CSV.format("instroom_opleidingen") + "?pagina=9&per_pagina=1000")
    assert (te_ver.status, te_ver.json["fout"]["wat"]) == (404, "Pagina 9 bestaat niet: er is 1 pagina.")


@pytest.mark.parametrize(
    ("adres", "status", "zegt"),
    [
        ("/data/v1/indicatoren/dekkingsgrad.csv", 404, "Bedoelde u dekkingsgraad?"),
        ("/data/v1/regios/RA9999.json", 404, "Er is geen gebied 'RA9999'"),
        ("/data/v1/indicatoren/dekkingsgraad.pdf", 404, "staan geen gegevens"),
        ("/data/v1/indicatoren/dekkingsgraad.csv?regoi=NL01", 400, "Bedoelde u regio?"),
        ("/data/v1/indicatoren/dekkingsgraad.csv?regio=NL99", 400, "'NL99' is geen waarde van 'regio'"),
        ("/data/v1/indicatoren/dekkingsgraad.csv?regio=", 400, "is geen waarde van 'regio'"),
        ("/data/v1/indicatoren/dekkingsgraad.csv?regio=NL01&regio=RA0101", 400, "meer dan eens"),
        ("/data/v1/indicatoren/dekkingsgraad.csv?periode=vorig+jaar", 400, "'vorig jaar'"),
        ("/data/v1/indicatoren/dekkingsgraad.csv?pagina=0", 400, "'0' is geen waarde van 'pagina'"),
        ("/data/v1/indicatoren/dekkingsgraad.csv?per_pagina=99999999999999999999", 400, "'per_pagina'"),
        ("/data/v1/indicatoren/dekkingsgraad.csv?voorbeeld=ja", 400, "'voorbeeld'"),
        ("/data/v1/indicatoren/dekkingsgraad.csv?publicatie=../publicatie", 404, "bestaat niet"),
        ("/data/v1/indicatoren/dekkingsgraad.csv?publicatie=%00", 404, "bestaat niet"),
        ("/data/v1/indicatoren?regio=NL01", 400, "'regio' bestaat hier niet"),
        ("/data/v1/wijzigingen/a..b.json", 404, "bestaat niet"),
        ("/data/v1/publicatie.duckdb?publicatie=x", 400, "'publicatie' bestaat hier niet"),
        ("/data/v2/indicatoren", 404, "staan geen gegevens"),
        ("/data/../", 404, "staan geen gegevens"),
        ("/data/kaart", 404, "staan geen gegevens"),
    ],
)  # fmt: skip
def test_what_is_not_there_says_what_is(loket: Loket, adres: str, status: int, zegt: str) -> None:
    antwoord = loket.ask(adres)
    assert antwoord.status == status
    fout = antwoord.json["fout"]
    assert zegt in fout["wat"]
    assert fout.get("advies") or fout.get("toegestaan")
    assert antwoord.koppen["cache-control"] == "no-store"


def test_only_open_data_is_answered_here(loket: Loket) -> None:
    for pad in ("/", "/kaart", "/database", "/datax/v1"):
        assert loket.ask(pad).inhoud == b"de app"
    assert loket.ask("/data").json == loket.ask("/data/v1/").json == loket.ask("/data/v1").json
    assert loket.ask("/data/v1", "POST").status == loket.ask("/data/v1", "DELETE").status == 405


def test_who_has_it_gets_nothing_and_who_can_gets_it_compressed(loket: Loket) -> None:
    eerst = loket.ask(CSV.format("dekkingsgraad"))
    etag = eerst.koppen["etag"]
    for bekend in (etag, etag.removeprefix("W/"), f'"x", {etag}', "*"):
        weer = loket.ask(CSV.format("dekkingsgraad"), if_none_match=bekend)
        assert (weer.status, weer.inhoud, weer.koppen["etag"]) == (304, b"", etag)
    assert loket.ask(CSV.format("dekkingsgraad"), if_none_match='"x"').status == 200
    klein = loket.ask(CSV.format("dekkingsgraad"), accept_encoding="br, gzip")
    assert klein.koppen["content-encoding"] == "gzip"
    assert gzip.decompress(klein.inhoud) == eerst.inhoud
    assert "content-encoding" not in loket.ask(CSV.format("dekkingsgraad"), accept_encoding="gzip;q=0").koppen


def test_other_sites_may_read(loket: Loket) -> None:
    assert loket.ask("/data/v1").koppen["access-control-allow-origin"] == "*"
    assert loket.ask("/data/v1/geen").koppen["access-control-allow-origin"] == "*"
    vooraf = loket.ask("/data/v1", "OPTIONS", origin="https://elders.nl", access_control_request_method="GET")
    assert (vooraf.status, vooraf.koppen["access-control-allow-methods"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("vorm", VORMEN)
def test_each_form_is_served_under_a_name_that_says_the_publication(loket: Loket, vorm: str) -> None:
    antwoord = loket.ask(f"/data/v1/regios/WGO01.{vorm}?niveau=wgo")
    assert antwoord.status == 200
    assert antwoord.koppen["content-type"] == VORMEN[vorm].mime
    assert f"WGO01_{data.publicatie(data.kenmerk()).publicatie_id}.{vorm}" in antwoord.koppen["content-disposition"]


def test_what_is_hidden_now_is_hidden_in_every_publication_form_and_filter(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud = with_newer(kleine_publicatie, tmp_path, VERBERG)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    with counter() as loket:
        for publicatie_id in (oud, NIEUW, oud):
            for soort, naam in (("indicatoren", "dekkingsgraad"), ("regios", "RA0101")):
                for filter_ in ("", "&regio=RA0101", "&niveau=arbeidsmarktregio&herkomst=levering", "&voorbeeld=1"):
                    begin = f"/data/v1/{soort}/{naam}"
                    vraag = f"?publicatie={publicatie_id}{filter_}"
                    in_json = [
                        r for r in loket.ask(f"{begin}.json{vraag}").json["rijen"] if r["regio_code"] == "RA0101"
                    ]
                    assert [(r["status"], r["waarde"], r["teller"], r["noemer"], r["cijfer"]) for r in in_json] == [
                        ("onderdrukt", None, None, None, "niet getoond")
                    ]
                    for r in rows(loket.ask(f"{begin}.csv{vraag}").inhoud):
                        assert r["regio_code"] != "RA0101" or (r["waarde"], r["teller"]) == ("", "")
                    parquet = pq.read_table(io.BytesIO(loket.ask(f"{begin}.parquet{vraag}").inhoud)).to_pylist()
                    assert [r["waarde"] for r in parquet if r["regio_code"] == "RA0101"] == [None]
        for van, tot in ((oud, NIEUW), (NIEUW, oud)):
            verschil = loket.ask(f"/data/v1/wijzigingen/{van}..{tot}.json")
            assert (verschil.status, verschil.json["cijfers"]) == (200, [])
        # What is shown in both stays to be had.
        land = loket.ask(f"/data/v1/indicatoren/dekkingsgraad.json?publicatie={oud}&regio=NL01").json
        assert (land["publicatie_id"], land["rijen"][0]["waarde"]) == (oud, 0.68)
        assert {p["publicatie_id"] for p in loket.ask("/data/v1/publicaties").json["publicaties"]} == {oud, NIEUW}


def test_a_new_publication_is_served_from_then_on(
    kleine_publicatie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    with counter() as loket:
        eerst = loket.ask(CSV.format("dekkingsgraad"))
        with_newer(kleine_publicatie, tmp_path, VERBERG)
        monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
        daarna = loket.ask(CSV.format("dekkingsgraad"), if_none_match=eerst.koppen["etag"])
        assert daarna.status == 200
        assert {r["publicatie_id"] for r in rows(daarna.inhoud)} == {NIEUW}


def test_without_a_publication_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    with counter() as loket:
        antwoord = loket.ask(CSV.format("dekkingsgraad"))
        assert (antwoord.status, antwoord.json["fout"]["wat"]) == (503, "Er is nog geen publicatie.")


def test_who_asks_the_same_at_once_waits_for_one_answer(loket: Loket, monkeypatch: pytest.MonkeyPatch) -> None:
    gemaakt = []
    vorm = VORMEN["csv"]

    def write(tabel: object) -> bytes:
        gemaakt.append(1)
        return b"x"

    monkeypatch.setitem(VORMEN, "csv", replace(vorm, write=write))

    async def all_at_once() -> list[int]:
        vragen = [loket.asking(CSV.format("dekkingsgraad")) for _ in range(100)]
        return [antwoord.status for antwoord in await asyncio.gather(*vragen)]

    assert loket.loop.run_until_complete(all_at_once()) == [200] * 100
    assert len(gemaakt) == 1


def test_who_asks_too_much_that_is_new_has_to_wait_and_others_do_not(loket: Loket) -> None:
    statussen = [loket.ask(f"/data/v1/regios/X{nummer}.csv").status for nummer in range(200)]
    assert set(statussen) == {404, 429}
    veel = loket.ask("/data/v1/regios/X999.csv")
    assert veel.koppen["retry-after"]
    assert "te veel" in veel.json["fout"]["wat"]


def test_a_bucket_fills_with_time() -> None:
    nu = [0.0]
    grens = Grens(ineens=2, per_seconde=1, klok=lambda: nu[0])
    assert [grens.take("a") for _ in range(3)] == [0, 0, 1]
    assert grens.take("b") == 0
    nu[0] = 1.0
    assert [grens.take("a"), grens.take("a")] == [0, 1]


def test_what_is_kept_stays_within_its_room() -> None:
    bewaard = Bewaard(ruimte=100, hoogstens=3)
    for naam in "abcd":
        bewaard.put(naam, make(naam.encode() * 10, "text/csv", {}))
    assert [naam for naam in "abcd" if bewaard.get(naam)] == ["b", "c", "d"]
    bewaard.put("groot", make(b"x" * 50, "text/csv", {}))
    assert bewaard.get("groot") is None


def test_what_goes_wrong_says_nothing_of_how(loket: Loket, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("geheim 123")

    monkeypatch.setattr(data, "publicatie", fail)
    antwoord = loket.ask("/data/v1")
    assert antwoord.status == 500
    assert b"geheim" not in antwoord.inhoud
    assert json.loads(antwoord.inhoud)["fout"]["wat"] == "Dit is misgegaan."
