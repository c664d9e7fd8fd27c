"""What search engines and harvesters read of a page: the publication as a dataset, with addresses that answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from opendata import counter
from starlette.requests import Request

from app.dienst.toegang import allowed_addresses
from app.dienst.vindbaar import Vindbaar
from app.lezen import data


def request(host: str) -> Request:
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": b"",
                    "headers": [(b"host", host.encode())]})  # fmt: skip


def test_the_head_of_a_page_has_the_publication_as_a_dataset(
    kleine_publicatie: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    kop = Vindbaar(allowed_addresses(8501, "127.0.0.1", "")).head(request("127.0.0.1:8501"))
    (inhoud,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', kop)
    wat = json.loads(inhoud)
    publicatie_id = data.publicatie(data.kenmerk()).publicatie_id
    # What Google asks of a dataset, and what tells one publication from another.
    assert (wat["@context"], wat["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(wat["description"]) <= 5000
    assert wat["name"]
    assert wat["version"] == publicatie_id
    assert publicatie_id in wat["citation"]
    assert all(deel["@type"] == "DataDownload" for deel in wat["distribution"])
    feed = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', kop)
    assert feed
    with counter() as loket:
        for adres in (*(deel["contentUrl"] for deel in wat["distribution"]), wat["@id"], feed[1]):
            assert loket.ask(adres.removeprefix("http://127.0.0.1:8501")).status == 200, adres


def test_nothing_in_it_ends_the_element(kleine_publicatie: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(kleine_publicatie))
    monkeypatch.setattr("app.dienst.vindbaar.dataset", lambda *_: {"name": "</script><script>alert(1)</script>"})
    kop = Vindbaar(allowed_addresses(8501, "127.0.0.1", "")).head(request("127.0.0.1:8501"))
    assert kop.count("<script") == kop.count("</script>") == 1
    assert json.loads(kop.partition('+json">')[2].partition("</script>")[0])["name"].startswith("</script>")


def test_without_a_publication_there_is_nothing_to_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    assert Vindbaar(allowed_addresses(8501, "127.0.0.1", "")).head(request("127.0.0.1:8501")) == ""
