"""One download: what may pass is tried again, later or as late as the server asks; what will not is said at once."""

from __future__ import annotations

import gzip
import subprocess
import time

import pytest
from draadserver import Antwoord, serve

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.ophalen import ophalen


@pytest.fixture
def gewacht(monkeypatch):
    """Return how long was waited, without waiting."""
    seconden: list[float] = []
    monkeypatch.setattr(ophalen, "sleep", seconden.append)
    return seconden


def get(url, seconden=20, grootste=1_000_000, pogingen=4):
    return ophalen.download(url + "/a", eind=time.monotonic() + seconden, grootste=grootste, pogingen=pogingen).inhoud


def in_turn(*antwoorden):
    rest = list(antwoorden)
    return lambda _pad: rest.pop(0) if len(rest) > 1 else rest[0]


PAK = {"Content-Encoding": "gzip"}
GOED = Antwoord(b"goed")


@pytest.mark.parametrize(
    ("eerst", "verwacht"),
    [
        (Antwoord(b"stuk", 500), [1]),
        (Antwoord(b"dicht", 503), [1]),
        (Antwoord(b"rustig", 429, {"Retry-After": "7"}), [7]),
        (Antwoord(b"dicht", 503, {"Retry-After": "3"}), [3]),
        (Antwoord(None), [1]),
        (Antwoord(b"goed, maar nog lang niet alles", afgekapt=4), [1]),
        (Antwoord(b"half", 206), [1]),
        (Antwoord(b"later", 202), [1]),
        (Antwoord(b"geen pak", koppen=PAK), [1]),
        # Without its last bytes a pack unpacks as if it were whole.
        (Antwoord(gzip.compress(b"goed")[:-8], koppen=PAK), [1]),
    ],
    ids=[
        "500",
        "503",
        "429 met Retry-After",
        "503 met Retry-After",
        "lijn weg",
        "halve inhoud",
        "deel",
        "nog niet",
        "geen gzip",
        "halve gzip",
    ],
)
def test_what_may_pass_is_tried_again(gewacht, eerst, verwacht):
    with serve(in_turn(eerst, GOED)) as (url, gevraagd):
        assert get(url) == b"goed"
    assert (gewacht, len(gevraagd)) == (verwacht, 2)


@pytest.mark.parametrize(
    ("antwoord", "tekst", "vragen"),
    [
        (Antwoord(b"", 500), "foutcode 500 (storing bij de server)", 4),
        (Antwoord(b"", 429, {"Retry-After": "3600"}), "foutcode 429 (te veel vragen achter elkaar)", 1),
        (Antwoord(b"", 404), "foutcode 404 (dit adres bestaat niet)", 1),
        (Antwoord(None), "De verbinding met de server is afgebroken", 4),
        (Antwoord(b"", 302, {"Location": "https://ander.example/a"}), "naar een andere server (ander.example)", 1),
        (Antwoord(b"", 302, {"Location": "/a"}), "De server blijft verwijzen", 5),
        (Antwoord(b"x" * 1_000_001), "groter dan 1 MB", 1),
        (Antwoord(gzip.compress(b"x" * 5_000_000), koppen={"Content-Encoding": "gzip"}), "groter dan 1 MB", 1),
    ],
    ids=["blijft 500", "een uur", "404", "blijft weg", "andere server", "rondje", "te groot", "ingepakt te groot"],
)  # fmt: skip
def test_what_will_not_pass_is_one_message(gewacht, antwoord, tekst, vragen):
    with serve(lambda _pad: antwoord) as (url, gevraagd), pytest.raises(AfgekeurdError, match="127") as fout:
        get(url)
    (melding,) = fout.value.meldingen
    assert tekst in str(melding)
    assert len(gevraagd) == vragen


@pytest.mark.parametrize("delen", [1, 2])
def test_what_is_packed_is_read_whole(delen):
    inhoud = b"".join(gzip.compress(b"goed") for _ in range(delen))
    with serve(lambda _pad: Antwoord(inhoud, koppen=PAK)) as (url, _):
        assert get(url) == b"goed" * delen


def test_a_server_that_drips_is_held_to_the_time_of_all_together(gewacht):
    with serve(lambda _pad: Antwoord(b"traag", traag=2)) as (url, _), pytest.raises(AfgekeurdError) as fout:
        get(url, seconden=0.3)
    assert "antwoordt niet op tijd" in str(fout.value)


def test_a_certificate_that_no_one_knows_is_refused(tmp_path, gewacht):
    sleutel, certificaat = tmp_path / "sleutel.pem", tmp_path / "certificaat.pem"
    vraag = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-subj", "/CN=127.0.0.1", "-keyout", str(sleutel), "-out", str(certificaat)]  # fmt: skip
    subprocess.run(vraag, check=True, capture_output=True)
    with serve(lambda _pad: GOED, (str(certificaat), str(sleutel))) as (url, gevraagd):
        with pytest.raises(AfgekeurdError) as fout:
            get(url)
        assert gevraagd == []
    assert "De beveiligde verbinding lukt niet" in str(fout.value)
