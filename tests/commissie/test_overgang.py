"""A PostgreSQL that goes over to another computer, is slow, or whose answer is lost: nothing is gone or there twice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from commissiebed import Lid
from lang import LANG
from postgres import find_postgres, running_postgres, running_standby
from tussenlijn import line_to

from app.commissie.bank import verbinden
from app.commissie.bank.keten import KetenError
from app.commissie.bank.opslag import URL, Opslag
from app.commissie.bank.verbinden import address
from app.commissie.model import Inhoud, Onderwerp, OpslagError
from app.commissie.openen import open_opslag

SCORE = Onderwerp("score", "RA0205", 2026, "regiovisie/verstevigen")


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2].partition("/")[0])


def write(opslag: Opslag, tekst: str, basis: int) -> int:
    """Save one change, and return the version that it became."""
    return opslag.save(SCORE, Inhoud(tekst, 2), gebaseerd_op=basis, **Lid).eigen.versie or 0


def texts(opslag: Opslag) -> list[str]:
    return [w.inhoud.tekst for w in opslag.history()]


def kill(url: str) -> None:
    """End a server at once, with all it was doing."""
    with sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg")).connect() as con:
        data = Path(str(con.scalar(sa.text("show data_directory"))))
    hoofd = int((data / "postmaster.pid").read_text().split()[0])
    kinderen = Path(f"/proc/{hoofd}/task/{hoofd}/children").read_text().split()
    for proces in (hoofd, *map(int, kinderen)):
        os.kill(proces, signal.SIGKILL)


def wait_for(is_zo: Callable[[], bool]) -> None:
    """Wait until this is so."""
    eind = time.monotonic() + 30
    while not is_zo():
        assert time.monotonic() < eind
        time.sleep(0.05)


def both(eerste: str, tweede: str) -> str:
    """Return the address of two servers, of which the one that takes changes is to be found."""
    return f"postgresql://proef@127.0.0.1:{port_of(eerste)},127.0.0.1:{port_of(tweede)}/postgres"


def at_once(url: str) -> sa.Engine:
    """Return the way to a server for what holds at once, such as its settings."""
    return sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")


@pytest.fixture
def programmas() -> Path:
    gevonden = find_postgres()
    if gevonden is None:
        pytest.skip("geen PostgreSQL gevonden")
    return gevonden


@pytest.fixture
def server(programmas: Path) -> Iterator[str]:
    with running_postgres(programmas) as url:
        yield url


@pytest.mark.lang
def test_it_goes_over_to_another_computer_with_all_that_was_acknowledged(
    programmas: Path, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_standby(programmas, server) as (tweede, promote):
        # The one that follows stands first: it takes no changes, and so it is not the one that is asked.
        monkeypatch.setenv(URL, both(tweede, server))
        with at_once(server).connect() as con:
            # What is acknowledged is at both: without this the last of it may be gone.
            con.exec_driver_sql("alter system set synchronous_standby_names = '*'")
            con.exec_driver_sql("select pg_reload_conf()")
        opslag = open_opslag(tmp_path)
        aantal = 30 if LANG else 3
        for nummer in range(aantal):
            assert write(opslag, f"Ervoor {nummer}", nummer) == nummer + 1
        kill(server)
        begin = time.monotonic()
        with pytest.raises(OpslagError, match="Er is niets verloren") as fout:
            write(opslag, "Tijdens", aantal)
        assert time.monotonic() - begin < 10
        assert "Tijdens" not in str(fout.value)
        promote()
        assert write(opslag, "Tijdens", aantal) == aantal + 1
        assert texts(open_opslag(tmp_path)) == [*(f"Ervoor {nummer}" for nummer in range(aantal)), "Tijdens"]


@pytest.mark.lang
def test_one_that_followed_too_late_is_noticed_before_anyone_reads_in_it(
    programmas: Path, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_standby(programmas, server) as (tweede, promote):
        monkeypatch.setenv(URL, both(server, tweede))
        opslag = open_opslag(tmp_path)
        assert write(opslag, "Bij allebei", 0) == 1
        ander = at_once(tweede)
        with ander.connect() as con:
            wait_for(lambda: con.scalar(sa.text("select count(*) from wijziging")) == 1)
            # Nothing reaches it any more.
            con.exec_driver_sql("alter system set primary_conninfo = ''")
            con.exec_driver_sql("select pg_reload_conf()")
            wait_for(lambda: con.scalar(sa.text("select count(*) from pg_stat_wal_receiver")) == 0)
        assert write(opslag, "Alleen bij de eerste", 1) == 2
        kill(server)
        promote()
        with pytest.raises(KetenError):
            open_opslag(tmp_path)
        with ander.connect() as con:
            assert con.scalar(sa.text("select count(*) from wijziging")) == 1


@pytest.mark.lang
def test_a_slow_line_is_waited_for_and_one_that_is_too_slow_is_given_up_in_time(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with line_to(port_of(server)) as lijn:
        monkeypatch.setenv(URL, f"postgresql://proef@127.0.0.1:{lijn.poort}/postgres")
        opslag = open_opslag(tmp_path)
        lijn.traag = 0.2 if LANG else 0.03
        assert write(opslag, "Traag", 0) == 1
        if not LANG:
            monkeypatch.setattr(verbinden, "_VERBIND_S", 2)
            monkeypatch.setattr(verbinden, "_STIL_S", 1)
        lijn.traag = 15 if LANG else 4
        begin = time.monotonic()
        with pytest.raises(OpslagError, match="Er is niets verloren"):
            write(opslag, "Te traag", 1)
        assert time.monotonic() - begin < 10
        lijn.traag = 0
        assert write(opslag, "Te traag", 1) == 2
        assert texts(opslag) == ["Traag", "Te traag"]


@pytest.mark.lang
def test_what_was_kept_without_our_hearing_of_it_is_there_once(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with line_to(port_of(server)) as lijn:
        monkeypatch.setenv(URL, f"postgresql://proef@127.0.0.1:{lijn.poort}/postgres")
        opslag = open_opslag(tmp_path)
        assert write(opslag, "Eerst", 0) == 1
        lijn.knip_na = b"COMMIT"
        with pytest.raises(OpslagError, match="Er is niets verloren"):
            write(opslag, "Bewaard, en niet gehoord", 1)
        assert lijn.is_geknipt.is_set()
        assert texts(opslag) == ["Eerst", "Bewaard, en niet gehoord"]
        bewaard = opslag.save(SCORE, Inhoud("Bewaard, en niet gehoord", 2), gebaseerd_op=1, **Lid)
        assert (bewaard.eigen.versie, bewaard.ander) == (2, None)
        assert texts(opslag) == ["Eerst", "Bewaard, en niet gehoord"]
        # Another person, or another text, is another change.
        ander = opslag.save(SCORE, Inhoud("Bewaard, en niet gehoord", 3), gebaseerd_op=1, **Lid)
        assert (ander.eigen.versie, ander.ander and ander.ander.versie) == (None, 2)


@pytest.mark.parametrize(
    ("gegeven", "computers", "rol"),
    [
        ("postgresql://app:geh%40im@een:5433,twee/commissie", ("een:5433", "twee:5432"), "read-write"),
        ("postgresql://een,twee/commissie?target_session_attrs=any", ("een:5432", "twee:5432"), "any"),
    ],
)
def test_an_address_of_several_computers_asks_the_one_that_takes_changes(
    gegeven: str, computers: tuple[str, ...], rol: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL, gegeven)
    url = address(tmp_path)
    assert (url.query["host"], url.query["target_session_attrs"], url.database) == (computers, rol, "commissie")
    assert "geh@im" not in str(url)


@pytest.mark.parametrize(
    "gegeven",
    ["postgresql://app:hokuspokus@[2001:db8::1]:5432,twee/c", "postgresql://app:hokuspokus@een:vijf,twee/c",
     "mysql://een,twee/c"],
)  # fmt: skip
def test_an_address_of_several_computers_that_is_none_is_said_without_it(
    gegeven: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL, gegeven)
    with pytest.raises(OpslagError, match=r"een:5432,twee:5432") as fout:
        address(tmp_path)
    assert "hokuspokus" not in str(fout.value)
