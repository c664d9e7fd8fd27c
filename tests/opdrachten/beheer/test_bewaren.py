"""What is kept goes when its time is over, and no sooner; what it told readers stays known to a build."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kopiebed import SCORE, _publish

from app.commissie.bank.opslag import URL
from app.commissie.model import Inhoud
from app.commissie.openen import open_opslag
from app.logboek import boek, deur, nagaan
from app.logboek.boek import Gebeurtenis
from app.logboek.regel import Daad
from app.opdrachten.beheer.bewaren import load_terms, plan, refuse_clock
from app.opdrachten.beheer.kopie_schrijven import backup
from app.opdrachten.beheer.opruimen import REGELS
from app.opdrachten.cli import main
from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.warehouse.bewaard import ever_published, kept
from pipelines.afspraken.warehouse.concept import Persoon, ask, concepts

ONDER_SLEUTEL = b"age-encryption.org/v1\n"
NU = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def wh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(deur.SCHAKELAAR)
    map_ = tmp_path / "wh"
    map_.mkdir()
    return map_


def said(wh: Path, kopieen: Path | None = None, nu: datetime = NU, regels: Path = REGELS) -> list[str]:
    stappen = list(plan(wh, kopieen, load_terms(regels), nu))
    for stap in stappen:
        stap.doe()
    return [stap.tekst for stap in stappen]


def test_an_old_publication_is_sealed_but_that_of_now_and_stays_known(wh: Path) -> None:
    for naam in ("20150101T120000Z-cccccccc", "20150301T120000Z-aaaaaaaa", "20160401T120000Z-bbbbbbbb"):
        _publish(wh, naam)
    assert said(wh) == [f"Publicatie 20150{m} is verzegeld." for m in ("101T120000Z-cccccccc", "301T120000Z-aaaaaaaa")]
    assert list(kept(wh)) == ["20160401T120000Z-bbbbbbbb"]
    assert len(ever_published(wh)) == 3
    assert said(wh, nu=datetime(2096, 3, 31, tzinfo=UTC)) == []
    # Also where an older one is that of now, as after a restore.
    _publish(wh, "20150601T120000Z-dddddddd")
    assert said(wh) == []


def test_of_backups_the_newest_stay_and_the_first_of_each_month(wh: Path, tmp_path: Path) -> None:
    kopieen = tmp_path / "kopieen"
    kopieen.mkdir()
    (kopieen / "vakantie.zip").touch()
    for dag in ("20230115", "20240301", "20240302", "20260101", "20260131", "20260201", "20260330"):
        (kopieen / f"regiomonitor-{dag}T000000Z.zip.age").write_bytes(ONDER_SLEUTEL)
    regels = tmp_path / "eigen.yml"
    regels.write_text(REGELS.read_text().replace("nieuwste: 30", "nieuwste: 1"))
    weg = said(wh, kopieen, regels=regels)
    assert [tekst.split()[1] for tekst in weg] == [
        f"regiomonitor-{dag}T000000Z.zip.age" for dag in ("20230115", "20240302", "20260131")
    ]
    assert (kopieen / "vakantie.zip").exists()


def test_copies_of_the_future_empty_ones_and_no_moments_push_nothing_out(wh: Path, tmp_path: Path) -> None:
    regels = tmp_path / "eigen.yml"
    regels.write_text(
        REGELS.read_text().replace("nieuwste: 30", "nieuwste: 2").replace("kopieen_maanden: 24", "kopieen_maanden: 1")
    )
    kopieen = tmp_path / "kopieen"
    kopieen.mkdir()
    for dag in ("20200101", "20260310", "20260320", "20260330", "99991231", "20269999"):
        (kopieen / f"regiomonitor-{dag}T000000Z.zip.age").write_bytes(ONDER_SLEUTEL)
    (kopieen / "regiomonitor-20260331T000000Z.zip").touch()
    weg = said(wh, kopieen, regels=regels)
    assert [tekst.split()[1] for tekst in weg] == ["regiomonitor-20200101T000000Z.zip.age"]


def test_no_copy_goes_while_one_of_the_newest_is_damaged(wh: Path, tmp_path: Path) -> None:
    regels = tmp_path / "eigen.yml"
    regels.write_text(REGELS.read_text().replace("nieuwste: 30", "nieuwste: 1"))
    kopieen = tmp_path / "kopieen"
    kopieen.mkdir()
    for dag in ("20200101", "20260330"):
        (kopieen / f"regiomonitor-{dag}T000000Z.zip").write_bytes(b"geen zip")
    with pytest.raises(AfgekeurdError, match="beschadigd"):
        said(wh, kopieen, regels=regels)
    assert len(list(kopieen.iterdir())) == 2
    _publish(wh, "20240101T120000Z-aaaaaaaa")
    backup(wh, kopieen / "goed.zip")
    (kopieen / "goed.zip").rename(kopieen / "regiomonitor-20260330T000000Z.zip")
    assert len(said(wh, kopieen, regels=regels)) == 1


def test_by_a_clock_that_jumped_nothing_goes_unless_somebody_says_it_is_right(
    wh: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (wh / "voor_herstel" / "20200101T000000000000").mkdir(parents=True)
    assert main(["retention", "--warehouse", str(wh)]) == 1
    assert "het laatste wat hier gebeurde was op 01-01-2020" in capsys.readouterr().err
    assert list((wh / "voor_herstel").iterdir())
    refuse_clock(wh, None, datetime(2020, 12, 1, tzinfo=UTC))


def test_a_publication_that_a_note_was_written_with_stays(wh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(URL, raising=False)
    for naam in ("20150101T120000Z-cccccccc", "20150301T120000Z-aaaaaaaa", "20160401T120000Z-bbbbbbbb"):
        _publish(wh, naam)
    inhoud = Inhoud("Tekst", 2, publicatie_id="20150301T120000Z-aaaaaaaa")
    open_opslag(wh).save(SCORE, inhoud, wie="An", rol="commissie", gebaseerd_op=0)
    assert said(wh) == ["Publicatie 20150101T120000Z-cccccccc is verzegeld."]


def test_months_of_the_log_go_and_it_stays_whole(wh: Path) -> None:
    map_ = wh / "logboek"
    with boek.locked(map_):
        for jaar in (2020, 2021, 2026):
            boek.append(
                map_, Gebeurtenis("", "", Daad.NOTITIES_GELEZEN), lambda jaar=jaar: datetime(jaar, 3, 1, tzinfo=UTC)
            )
    assert said(wh) == ["Het logboek van 2020-03 tot en met 2020-03 is verwijderd."]
    assert nagaan.faults(map_) == []
    assert said(wh) == []


def test_what_was_kept_of_before_a_restore_goes_and_what_has_no_moment_stays(wh: Path) -> None:
    for naam in ("20251201T000000000000", "20260301T000000000000", "zelf", "99999999T999999"):
        (wh / "voor_herstel" / naam).mkdir(parents=True)
    for naam, jaar in (("commissie-0001.sqlite", 2025), ("commissie-beschadigd-x.sqlite", 2026)):
        (wh / naam).touch()
        os.utime(wh / naam, (datetime(jaar, 3, 1, tzinfo=UTC).timestamp(),) * 2)
    (wh / "commissie.sqlite").touch()
    os.utime(wh / "commissie.sqlite", (0, 0))
    assert len(said(wh)) == 2
    assert {pad.name for pad in (wh / "voor_herstel").iterdir()} == {"20260301T000000000000", "zelf", "99999999T999999"}
    assert {pad.name for pad in wh.glob("*.sqlite")} == {"commissie.sqlite", "commissie-beschadigd-x.sqlite"}


def test_a_trial_changes_nothing(wh: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (wh / "voor_herstel" / "20200101T000000000000").mkdir(parents=True)
    plek = ["--warehouse", str(wh), "--klok-klopt"]
    assert main(["retention", "--proef", *plek]) == 0
    assert "1 keer is de termijn om. Dit was een proef" in capsys.readouterr().out
    assert list((wh / "voor_herstel").iterdir())
    assert main(["retention", *plek]) == 0
    assert not list((wh / "voor_herstel").iterdir())
    assert main(["retention", "--kopieen", str(tmp_path / "weg"), *plek]) == 1


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        ("publicaties_jaren: 10", "publicaties_jaren: 0", "'0' is geen termijn"),
        ("publicaties_jaren: 10", "publicaties_jaren: -1", "geen termijn"),
        ("publicaties_jaren: 10", "publicaties_maanden: 10", "onbekende sleutel"),
        ("dagen: 90", "dagen: negentig", "geen termijn"),
    ],
)
def test_a_term_that_is_none_is_named(tmp_path: Path, oud: str, nieuw: str, melding: str) -> None:
    pad = tmp_path / "regels.yml"
    pad.write_text(REGELS.read_text().replace(oud, nieuw, 1))
    with pytest.raises(AfgekeurdError, match=melding):
        load_terms(pad)


def test_a_concept_that_nobody_released_goes_with_its_exact_figures(wh: Path) -> None:
    for naam in ("20251201T120000Z-aaaaaaaa", "20251202T120000Z-bbbbbbbb", "20260329T120000Z-cccccccc"):
        (wh / "concept" / naam).mkdir(parents=True)
        (wh / "concept" / naam / "werk.duckdb").touch()
    # One of which the moment is yet to come is waited for.
    an = Persoon("an@voorbeeld.nl", "a" * 64, "org")
    ask(concepts(wh)["20251202T120000Z-bbbbbbbb"], an, NU + timedelta(days=1))
    assert said(wh) == ["Concept 20251201T120000Z-aaaaaaaa is weggegooid."]
    assert [pad.parent.name[-8:] for pad in sorted(wh.rglob("werk.duckdb"))] == ["bbbbbbbb", "cccccccc"]
    assert len(said(wh, nu=NU + timedelta(days=62))) == 2


def test_always_is_always(wh: Path, tmp_path: Path) -> None:
    pad = tmp_path / "regels.yml"
    pad.write_text(re.sub(r": \d+$", ": altijd", REGELS.read_text(), flags=re.MULTILINE))
    (wh / "voor_herstel" / "20200101T000000000000").mkdir(parents=True)
    (wh / "concept" / "20200101T000000Z-aaaaaaaa").mkdir(parents=True)
    assert said(wh, tmp_path, regels=pad) == []
