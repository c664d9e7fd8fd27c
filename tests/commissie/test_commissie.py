"""What the committee writes: the same tests on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from commissiebed import Lid

from app.commissie.bank.opslag import BESTAND, URL, Opslag
from app.commissie.model import Inhoud, InvoerError, Onderwerp, OpslagError
from app.commissie.openen import open_opslag
from app.commissie.referentiekader import fields, why_not_rising
from app.commissie.uitwisselen import KOLOMMEN, export_csv, import_changes, read_csv
from pipelines.afspraken.meldingen import AfgekeurdError

WORTEL = Path(__file__).parents[2]
SCORE = Onderwerp("score", "RA0205", 2026, "regiovisie/verstevigen")
NOTITIE = Onderwerp("notitie", "RA0205", 2026, "n1")


@pytest.fixture
def opslag(maak: Callable[[], Opslag]) -> Opslag:
    return maak()


def test_a_score_is_kept_with_who_and_when_and_found_again_in_another_session(opslag: Opslag) -> None:
    opslag.save(SCORE, Inhoud("Visie staat, partners tekenen in mei.", 2), gebaseerd_op=0, **Lid)
    opslag.save(SCORE, Inhoud("Alle partners hebben getekend.", 3), gebaseerd_op=1, **Lid)
    ander = Opslag(opslag.url)
    (nu,) = ander.current("RA0205").values()
    assert (nu.inhoud.score, nu.versie, nu.wie) == (3, 2, "An de Vries")
    assert [w.inhoud.score for w in ander.history("RA0205")] == [2, 3]
    assert ander.current("RA0206") == {}


def test_two_at_once_lose_nothing_the_second_sees_the_first_and_decides(opslag: Opslag) -> None:
    opslag.save(SCORE, Inhoud("Begin", 1), gebaseerd_op=0, **Lid)
    opslag.save(SCORE, Inhoud("Tekst van An", 2), gebaseerd_op=1, **Lid)
    tweede = opslag.save(SCORE, Inhoud("Tekst van Bo", 4), wie="Bo Jansen", rol="commissie", gebaseerd_op=1)
    assert tweede.eigen.versie is None
    assert tweede.ander is not None
    assert (tweede.ander.inhoud.tekst, tweede.ander.wie) == ("Tekst van An", "An de Vries")
    assert next(iter(opslag.current("RA0205").values())).inhoud.tekst == "Tekst van An"
    # Bo reads An's text and still wants her own: now it is based on what holds.
    opslag.save(SCORE, Inhoud("Tekst van Bo", 4), wie="Bo Jansen", rol="commissie", gebaseerd_op=2)
    assert [(w.inhoud.tekst, w.versie) for w in opslag.history()] == [
        ("Begin", 1), ("Tekst van An", 2), ("Tekst van Bo", None), ("Tekst van Bo", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("daad", ["update wijziging set tekst = 'x'", "delete from wijziging"])
def test_history_cannot_be_changed_even_with_sql(opslag: Opslag, daad: str) -> None:
    opslag.save(NOTITIE, Inhoud("Blijft staan"), gebaseerd_op=0, **Lid)
    with pytest.raises((OpslagError, sa.exc.IntegrityError)), opslag.transaction() as con:
        con.exec_driver_sql(daad)
    assert [w.inhoud.tekst for w in opslag.history()] == ["Blijft staan"]


def test_bad_input_is_refused_with_every_fault_and_nothing_is_kept(opslag: Opslag) -> None:
    with pytest.raises(InvoerError) as fout:
        opslag.save(SCORE, Inhoud("", 5), wie=" ", rol="commissie", gebaseerd_op=0)
    assert fout.value.fouten == [
        "Vul eerst uw naam in (2 tot en met 80 tekens).",
        "Kies een score van 1 tot en met 4.",
        "Schrijf een toelichting; leeg bewaren kan niet.",
    ]
    with pytest.raises(InvoerError, match="Een regio kan een reactie geven"):
        opslag.save(SCORE, Inhoud("x", 1), wie="WGO", rol="regio", gebaseerd_op=0)
    with pytest.raises(InvoerError, match="niet te bewaren"):
        opslag.save(NOTITIE, Inhoud("a\x00b"), gebaseerd_op=0, **Lid)
    assert opslag.history() == []


def test_text_and_name_pasted_from_word_are_kept_with_plain_spaces(opslag: Opslag) -> None:
    uit_word = Inhoud("\ufeff€\u00a05\u202fmln, zorg\u00adplan\u200b\u200d\r\nklaar\u3000")
    opslag.save(NOTITIE, uit_word, wie="An\u00a0de Vries", rol="commissie", gebaseerd_op=0)
    (nu,) = opslag.history()
    assert (nu.inhoud.tekst, nu.wie) == ("€ 5 mln, zorgplan\nklaar", "An de Vries")
    assert read_csv(export_csv([nu]).replace("€ 5".encode(), "€\u00a05".encode()), "export.csv") == [nu]
    for teken in "\u202e\u2066\x07":
        with pytest.raises(InvoerError, match="niet te bewaren"):
            opslag.save(NOTITIE, Inhoud(f"a{teken}b"), gebaseerd_op=1, **Lid)


def test_a_region_replies(opslag: Opslag) -> None:
    reactie = Onderwerp("reactie", "RA0205", 2026, "r1")
    opslag.save(reactie, Inhoud("Wij zijn het eens met afspraak 1."), wie="WGV", rol="regio", gebaseerd_op=0)
    assert opslag.current("RA0205")[reactie].rol == "regio"
    with pytest.raises(InvoerError, match="verandert niet meer"):
        opslag.save(reactie, Inhoud("Wij zijn het oneens."), wie="WGV", rol="regio", gebaseerd_op=1)
    assert [w.inhoud.tekst for w in opslag.history()] == ["Wij zijn het eens met afspraak 1."]


def test_four_writers_and_a_kill_keep_every_acknowledged_edit_in_order(maak: Callable[[], Opslag]) -> None:
    opslag = maak()
    map_ = os.environ["REGIOMONITOR_WAREHOUSE"]
    omgeving = {**os.environ, "PYTHONPATH": f"{WORTEL}{os.pathsep}{WORTEL / 'tests'}"}
    opdracht = [sys.executable, str(WORTEL / "tests" / "hulp" / "breken" / "commissie_schrijver.py"), map_]
    schrijvers = [
        subprocess.Popen([*opdracht, wie, "25"], env=omgeving, stdout=subprocess.PIPE, text=True) for wie in "abcd"
    ]
    eerste = schrijvers[0].stdout
    assert eerste is not None
    bevestigd = [[eerste.readline() for _ in range(8)]]
    schrijvers[0].kill()
    bevestigd[0] += eerste.readlines()
    bevestigd += [s.communicate()[0].splitlines() for s in schrijvers[1:]]
    schrijvers[0].wait()
    assert [len(b) for b in bevestigd[1:]] == [25, 25, 25]
    erin = opslag.history("RA0101")
    volgorde = [w.kenmerk for w in erin]
    for nummer, regels in enumerate(bevestigd):
        kenmerken = [regel.split()[0] for regel in regels if len(regel.split()) == 2]
        plekken = [volgorde.index(k) for k in kenmerken]
        assert plekken == sorted(plekken)
        assert all(erin[p].wie == f"Lid {'abcd'[nummer]}" and erin[p].op for p in plekken)
    # What holds of the shared subject is one unbroken row of versions, whoever wrote them.
    samen = [w.versie for w in erin if w.onderwerp.sleutel == "samen" and w.versie is not None]
    assert samen == list(range(1, len(samen) + 1))
    assert len(samen) >= 1


def test_export_and_import_bring_back_every_change_exactly(maak: Callable[[], Opslag]) -> None:
    van, naar = maak(), None
    teksten = ["=1+1", "'aanhaling", "+31 6", "-", "@naam", 'met "quotes"; en\nregels', "<script>alert(1)</script>"]
    for nummer, tekst in enumerate(teksten):
        van.save(Onderwerp("notitie", "RA0205", 2026, f"n{nummer}"), Inhoud(tekst), gebaseerd_op=0, **Lid)
    afspraak = Onderwerp("afspraak", "RA0205", 2026, "a1")
    van.save(afspraak, Inhoud("Plan af", stand="open", datum=date(2027, 3, 1)), gebaseerd_op=0, **Lid)
    van.save(SCORE, Inhoud("Botst", 2), gebaseerd_op=7, **Lid)
    bestand = export_csv(van.history())
    for cel in ("=1+1", "+31 6", "@naam"):
        assert f";{cel};".encode() not in bestand
    naar = maak()
    assert import_changes(naar, read_csv(bestand, "export.csv"), "export.csv") == len(teksten) + 2
    assert naar.history() == van.history()
    assert import_changes(naar, read_csv(bestand, "export.csv"), "export.csv") == 0
    assert export_csv(naar.history()) == bestand


def test_an_import_that_contradicts_what_is_there_changes_nothing(maak: Callable[[], Opslag]) -> None:
    een, twee = maak(), None
    een.save(SCORE, Inhoud("Van de een", 1), gebaseerd_op=0, **Lid)
    bestand = export_csv(een.history())
    twee = maak()
    twee.save(SCORE, Inhoud("Van de ander", 2), gebaseerd_op=0, **Lid)
    with pytest.raises(AfgekeurdError, match=r"export\.csv, rij 2: Hier staat al iets anders"):
        import_changes(twee, read_csv(bestand, "export.csv"), "export.csv")
    assert [w.inhoud.tekst for w in twee.history()] == ["Van de ander"]


def test_an_import_keeps_to_the_rules_of_the_form(maak: Callable[[], Opslag]) -> None:
    van, naar = maak(), None
    niveau = [Onderwerp("ambitieniveau", "NL01", jaar) for jaar in (2024, 2025)]
    van.save(niveau[0], Inhoud("Hoog", 3), gebaseerd_op=0, **Lid)
    van.save(niveau[1], Inhoud("Lager", 2), gebaseerd_op=0, **Lid)
    van.save(NOTITIE, Inhoud("Eerste"), gebaseerd_op=0, **Lid)
    van.save(NOTITIE, Inhoud("Tweede"), gebaseerd_op=1, **Lid)
    hoog, lager, eerste, tweede = van.history()
    naar = maak()
    import_changes(naar, [hoog], "a.csv")
    for nieuw, reden in (([lager], "rij 2, kolom score: Het ambitieniveau daalt nooit"),
                         ([tweede], "rij 2, kolom gebaseerd_op: De versie waarop deze")):  # fmt: skip
        with pytest.raises(AfgekeurdError, match=reden):
            import_changes(naar, nieuw, "a.csv")
    assert naar.history() == [hoog]
    assert import_changes(naar, [eerste], "a.csv") + import_changes(naar, [hoog, eerste, tweede], "a.csv") == 2
    van_regio = export_csv([hoog]).replace(b"NL01", b"RA0205")
    with pytest.raises(AfgekeurdError, match="Een ambitieniveau geldt voor alle regio's"):
        read_csv(van_regio, "a.csv")


def test_a_broken_import_names_every_fault() -> None:
    kop = "kenmerk;soort;regio_code;jaar;sleutel;versie;gebaseerd_op;score;stand;datum;publicatie_id;tekst;wie;rol;op"
    rij = "geen;score;RA0205;geheim;regiovisie/verstevigen;1;0;9;;geheim;;Tekst;An;commissie;geheim"
    with pytest.raises(AfgekeurdError) as fout:
        read_csv(f"{kop}\r\n{rij}\r\n".encode(), "export.csv")
    assert {m.kolom for m in fout.value.meldingen} == {"jaar", "datum", "op", "kenmerk"}
    # A note that slid into another column stays out of the log.
    assert "geheim" not in str(fout.value)
    assert "rij 2, kolom jaar: Dit is geen geheel getal.\n  Alleen cijfers, hoogstens zes." in str(fout.value)
    with pytest.raises(AfgekeurdError, match="De kolommen zijn niet die van een export"):
        read_csv(b"a;b\r\n", "export.csv")


def test_a_hostile_import_is_refused_whole_with_a_reason_for_each_row() -> None:
    goed = dict(zip(KOLOMMEN, ("", "notitie", "RA0205", "2026", "n1", "1", "0", "", "", "", "", "=2+5", "An",
                               "commissie", "2026-03-01T10:00:00"), strict=True))  # fmt: skip
    anders = [
        ({}, ""),
        ({"regio_code": "RA0250"}, "'RA0250' bestaat niet. Bedoelde u RA0205?"),
        ({"jaar": "2999"}, "Het jaar moet tussen 2018 en"),
        ({"op": "2999-01-01T00:00:00"}, "Dit tijdstip ligt in de toekomst."),
        ({"tekst": "a" * 10_001}, "langer dan 10000 tekens"),
        ({"publicatie_id": "x" * 81}, "geen kenmerk van een publicatie"),
        ({"versie": "3"}, "De versie volgt niet"),
        ({"datum": "2026-01-01"}, "Hier hoort geen datum bij."),
        ({"soort": "gesprek", "datum": "2031-01-01"}, "Het gesprek van 2026 is in 2026 of 2027."),
        ({"soort": "reactie", "rol": "regio", "gebaseerd_op": "1", "versie": "2"}, "verandert niet meer"),
        ({"soort": "score", "sleutel": "regiovisie/verstevigen", "score": "1e9"}, "geen geheel getal"),
    ]
    rijen = [goed | anders | {"kenmerk": str(uuid.UUID(int=n))} for n, (anders, _) in enumerate(anders)]
    rijen.append(rijen[0])
    rijen.append(goed | {"kenmerk": "{00000000-0000-0000-0000-000000000099}"})
    bestand = "\r\n".join([";".join(KOLOMMEN), *(";".join(r.values()) for r in rijen)]).encode()
    with pytest.raises(AfgekeurdError) as fout:
        read_csv(bestand, "export.csv", {"RA0205"})
    per_rij = {m.rij: m.tekst for m in fout.value.meldingen}
    verwacht = {n: tekst for n, (_, tekst) in enumerate(anders, start=2) if tekst}
    verwacht |= {13: "Dit kenmerk staat ook in rij 2.", 14: "Dit is geen kenmerk."}
    assert per_rij.keys() == verwacht.keys()
    assert all(tekst in per_rij[n] for n, tekst in verwacht.items())


def test_errors_carry_no_text_name_or_address(
    opslag: Opslag, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(OpslagError) as fout, opslag.transaction() as con:
        con.execute(sa.text("insert into bestaat_niet values (:t)"), {"t": "geheime notitie"})
    assert "geheim" not in str(fout.value)
    assert fout.value.__cause__ is None
    monkeypatch.setenv(URL, "postgresql://lid:wachtwoord@127.0.0.1:1/niets")
    with pytest.raises(OpslagError) as fout:
        open_opslag(Path("nergens"))
    assert "wachtwoord" not in str(fout.value) + caplog.text


def test_the_app_starts_without_the_database_library() -> None:
    vraag = "import sys, app.schermen.gesprek.pagina; sys.exit('sqlalchemy' in sys.modules)"
    assert (
        subprocess.run(
            [sys.executable, "-c", vraag], cwd=WORTEL, env={**os.environ, "PYTHONPATH": str(WORTEL)}
        ).returncode
        == 0
    )


def test_the_file_is_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(URL, raising=False)
    open_opslag(tmp_path)
    assert (tmp_path / BESTAND).stat().st_mode & 0o077 == 0


def test_the_level_of_ambition_only_rises() -> None:
    assert why_not_rising({2024: 2, 2026: 3}, 2025, 3) == ""
    assert "in een eerder jaar was het al 2" in why_not_rising({2024: 2}, 2025, 1)
    assert "in een later jaar is het 3" in why_not_rising({2024: 2, 2026: 3}, 2025, 4)
    assert len(fields()) == 12
