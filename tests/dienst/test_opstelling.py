"""The monitor on two hosts with two processes each behind nginx: one address, one publication, one login."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from gesprekpublicatie import write_test_bed
from lang import alleen_lang
from opstelling import NAAM, PER_HOST, Opstelling, find_nginx, hosts, make_certificate, running
from postgres import find_postgres, running_postgres
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from toegangsbed import KOEKJESGEHEIM, login_settings

TOEGANG = (
    login_settings(f"https://{NAAM}")
    + """\
[toegang]
openbaar = true
[toegang.org]
personen = { "jo@voorbeeld.nl" = ["commissie"] }
"""
)
pytestmark = [alleen_lang,
              pytest.mark.skipif(find_nginx() is None, reason="NIET GETEST: nginx is er niet")]  # fmt: skip
# A process looks at the database of who logged out every five seconds; two of those, and a busy computer.
_BINNEN = 30


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map_ = tmp_path_factory.mktemp("warehouse")
    publish(map_, "20260101T000000Z-eerste")
    return map_


@pytest.fixture(scope="module")
def opstelling(tmp_path_factory: pytest.TempPathFactory, warehouse: Path) -> Iterator[Opstelling]:
    map_ = tmp_path_factory.mktemp("opstelling")
    make_certificate(map_)
    toegang = map_ / "toegang.toml"
    toegang.write_text(TOEGANG, encoding="utf-8")
    toegang.chmod(0o600)
    programmas = find_postgres()
    with hosts() as computers:
        if programmas is None:
            with running(map_, warehouse, toegang, computers) as opstelling:
                yield opstelling
            return
        with running_postgres(programmas, tuple(host.gastheer for host in computers)) as url:
            # Who owns the tables makes them before several processes open them.
            url = url.replace("127.0.0.1", "{host}")
            omgeving = {"REGIOMONITOR_COMMISSIE_URL": url}
            with running(map_, warehouse, toegang, computers, **omgeving) as opstelling:
                yield opstelling


def publish(warehouse: Path, naam: str) -> None:
    """Put a publication of this name in place as a build does: beside, and then in one step."""
    nieuw = warehouse / ".nieuw.duckdb"
    write_test_bed(nieuw, {})
    with duckdb.connect(str(nieuw)) as con:
        con.execute("update publicatie set publicatie_id = ?", [naam])
    (warehouse / "publicaties").mkdir(exist_ok=True)
    shutil.copy(nieuw, warehouse / "publicaties" / f"{naam}.duckdb")
    os.replace(nieuw, warehouse / "publicatie.duckdb")


def place(nummer: int) -> dict[str, str]:
    """Return the cookie of one browser."""
    return {"cookie": f"rm_plek={nummer:032x}"}


def spread(opstelling: Opstelling, aantal: int = 40) -> dict[int, int]:
    """Return, by process, the number of a browser that comes to it."""
    bij = {}
    for nummer in range(aantal):
        bij.setdefault(opstelling.who_answered(opstelling.ask("/robots.txt", **place(nummer))), nummer)
        if len(bij) == len(opstelling.hosts) * PER_HOST:
            break
    return bij


@pytest.mark.lang
def test_one_browser_stays_at_one_process_and_all_are_used(opstelling: Opstelling) -> None:
    eerst = opstelling.ask("/kaart")
    assert eerst.status == 200
    koekje = eerst.koppen["set-cookie"]
    assert all(deel in koekje for deel in ("rm_plek=", "; Secure", "; HttpOnly", "; SameSite=Lax"))
    plek = koekje.partition(";")[0]
    zelfde = {opstelling.who_answered(opstelling.ask("/robots.txt", cookie=plek)) for _ in range(8)}
    assert zelfde == {opstelling.who_answered(eerst)}
    assert "rm_plek" not in opstelling.ask("/kaart", cookie=plek).koppen.get("set-cookie", "")
    assert set(spread(opstelling)) == set(range(len(opstelling.processen)))
    for pad in ("/data/v1", "/insluiten/dekkingsgraad"):
        assert "set-cookie" not in opstelling.ask(pad).koppen


@pytest.mark.lang
def test_what_is_asked_and_answered_is_as_strict_as_without_nginx(opstelling: Opstelling) -> None:
    pagina = opstelling.ask("/kaart").koppen
    assert pagina["strict-transport-security"] == "max-age=31536000"
    assert "unsafe-eval" not in pagina["content-security-policy"]
    assert pagina["x-content-type-options"] == "nosniff"
    assert pagina["server"] == "nginx"
    assert opstelling.handshake() == 101
    assert opstelling.handshake("https://elders.nl") == 403
    assert opstelling.ask("/healthz").inhoud == b"ok"
    assert opstelling.ask("/readyz").status == 200
    # Whatever a reader writes of himself, there are no counts for passers-by.
    assert opstelling.ask("/metrics").status == 404
    for pad in ("/_stcore/health/../../metrics", "//metrics", "/%6detrics"):
        antwoord = opstelling.ask(pad, host="localhost:8601", x_forwarded_for="127.0.0.1")
        assert antwoord.status in (308, 404, 421), pad
    assert opstelling.ask("/kaart", "POST").status == 405
    assert opstelling.ask("/data/v1", host="elders.nl").status == 421


@pytest.mark.lang
def test_who_tries_too_often_waits_whatever_he_writes_of_himself(opstelling: Opstelling) -> None:
    def attempt(nummer: int) -> tuple[int, str]:
        antwoord = opstelling.ask("/auth/logout", x_forwarded_for=f"10.9.9.{nummer}", **place(nummer))
        return antwoord.status, antwoord.koppen.get("retry-after", "")

    # Four processes let twenty in each, however many addresses he claims to have.
    pogingen = [attempt(nummer) for nummer in range(140)]
    assert pogingen[0] == (302, "")
    assert all(wacht for status, wacht in pogingen if status == 429)
    assert sum(status == 429 for status, _ in pogingen) > 40


@pytest.mark.lang
def test_who_logs_out_at_one_process_is_out_at_all(opstelling: Opstelling) -> None:
    gegevens = {"provider": "org", "origin": f"https://{NAAM}", "is_logged_in": True, "iat": int(time.time()) - 60,
                "email": "jo@voorbeeld.nl", "email_verified": True}  # fmt: skip
    koekje = create_signed_value(KOEKJESGEHEIM, "_streamlit_user", json.dumps(gegevens)).decode()
    bij = spread(opstelling)

    def is_in(nummer: int) -> bool:
        # Who is known is sent on; who is not, sees the page of login.
        antwoord = opstelling.ask("/aanmelden", cookie=f"rm_plek={nummer:032x}; _streamlit_user={koekje}")
        return antwoord.status == 302

    assert all(is_in(nummer) for nummer in bij.values())
    hier = bij[0]
    opstelling.ask("/auth/logout", cookie=f"rm_plek={hier:032x}; _streamlit_user={koekje}")
    assert not is_in(hier)
    wait_for(lambda: not any(is_in(nummer) for nummer in bij.values()))


@pytest.mark.lang
def test_a_new_publication_reaches_every_process_while_twenty_read(opstelling: Opstelling, warehouse: Path) -> None:
    bij, klaar, fouten = spread(opstelling), threading.Event(), list[object]()

    def read(nummer: int) -> None:
        while not klaar.is_set():
            for pad in ("/readyz", "/data/v1/indicatoren", "/kaart"):
                antwoord = opstelling.ask(pad, **place(nummer))
                if antwoord.status not in (200, 429):
                    fouten.append((pad, antwoord.status))

    lezers = [threading.Thread(target=read, args=(nummer,)) for nummer in range(20)]
    for lezer in lezers:
        lezer.start()
    try:
        publish(warehouse, "20260102T000000Z-tweede")
        wait_for(lambda: all(shows(opstelling, n) == "20260102T000000Z-tweede" for n in bij.values()))
    finally:
        klaar.set()
        for lezer in lezers:
            lezer.join()
    assert fouten == []


@pytest.mark.lang
def test_a_process_and_then_a_host_that_is_gone_are_not_missed(opstelling: Opstelling, tmp_path: Path) -> None:
    bij = spread(opstelling)
    opstelling.processen[0].send_signal(signal.SIGKILL)
    opstelling.processen[0].wait()
    assert opstelling.ask("/kaart", **place(bij[0])).status == 200
    # A host that hangs says nothing at all: its line is cut, or its processes stand still.
    weg = opstelling.hosts[1]
    if weg.voor:
        subprocess.run(["ip", "-n", weg.naam, "link", "set", "eth0", "down"], check=True)
        assert all(opstelling.ask("/kaart", **place(nummer)).status == 200 for nummer in bij.values())
        subprocess.run(["ip", "-n", weg.naam, "link", "set", "eth0", "up"], check=True)
    for proces in opstelling.processen[1:]:
        proces.terminate()
        proces.wait(20)
    geen = opstelling.ask("/kaart", wacht=60, **place(1))
    assert (geen.status, geen.koppen["retry-after"]) == (503, "10")
    assert b"De monitor is even weg" in geen.inhoud


def shows(opstelling: Opstelling, nummer: int) -> str:
    return str(json.loads(opstelling.ask("/readyz", **place(nummer)).inhoud)["publicatie"])


def wait_for(is_zover) -> None:
    eind = time.monotonic() + _BINNEN
    while not is_zover():
        assert time.monotonic() < eind
        time.sleep(0.3)
