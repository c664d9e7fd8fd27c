"""The page Voortgangsgesprek: what it says of a region, and that nothing that is written is lost."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from gesprekpublicatie import NATIONAL, REGIOS, action, figure, healthy, wgo_of, write, write_test_bed
from scherm import VERBODEN, text
from scherm import run as open_page
from streamlit.testing.v1 import AppTest

from app.commissie.bank.opslag import URL, Opslag
from app.commissie.model import Inhoud, Onderwerp, OpslagError, Wijziging
from app.commissie.openen import open_opslag
from app.commissie.referentiekader import fields
from app.commissie.uitwisselen import import_changes
from app.documenten import maken
from app.lezen import data
from app.oordeel.gesprek import signalen
from app.schermen.gesprek.invoer import Gesprek
from app.schermen.gesprek.pagina import ONDERDELEN

REGIO = REGIOS[1]
VELD = f"score/{REGIO}/2023/regiovisie/verstevigen"
Lid = {"wie": "An de Vries", "rol": "commissie"}


@pytest.fixture
def opslag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opslag:
    """Twenty made-up regions, of which the second has trouble, with an empty database beside them."""
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    anders = {
        "figuren": [figure("dekkingsgraad", REGIO, "2021", 0.61)],
        "acties": [action(REGIO), action(REGIO, actie_id="A-2", titel="Zij-instroom", indicator_id=None)],
        "verhalen": [("V1", "goed_voorbeeld", "werken_behoud", "werken", wgo_of(REGIO), None, "Rooster van het team",
                      "Teams roosteren zelf.", "professional", 12, "Een rapport", "p. 3", 2022)],
    }  # fmt: skip
    write_test_bed(tmp_path / "publicatie.duckdb", {REGIO: anders, REGIOS[2]: {"doelen": [], "acties": []}})
    return open_opslag(tmp_path)


def run(**keuze: str) -> AppTest:
    return open_page("voortgangsgesprek", **{"regio": REGIO, **keuze})


def name(scherm: AppTest, wie: str) -> None:
    scherm.text_input(key="veld_Uw naam").set_value(wie)


def score(scherm: AppTest, wie: str, punten: int, tekst: str, versie: int) -> None:
    name(scherm, wie)
    scherm.radio(key=f"score_{VELD}_{versie}").set_value(punten)
    scherm.text_area(key=f"tekst_{VELD}_{versie}").set_value(tekst)
    save(scherm)


def save(scherm: AppTest) -> None:
    scherm.button(key="werkblad_bewaren").click().run()
    assert not scherm.exception


def test_signals_stand_with_their_evidence_and_question(opslag: Opslag) -> None:
    tekst = text(run())
    assert "Regio 2: 2 signalen om te bespreken" in tekst
    assert "Dekkingsgraad loopt achter op de ambitie: 61% (2021), 68% in 2024" in tekst
    assert "Ambitie: van 60% in 2020 naar 68% in 2024" in tekst
    assert "Wat is er nodig om bij dekkingsgraad in 2024 toch op 68% uit te komen?" in tekst
    assert "/indicator?indicator=dekkingsgraad" in tekst
    zonder = text(run(regio=REGIOS[0]))
    assert ("dus ook geen vraag" in tekst, "dus ook geen vraag" in zonder) == (False, True)
    assert "Regio 1: 1 van de 11 regels is nog niet te beoordelen; de andere 10 geven geen signaal" in zonder


def test_plans_say_what_was_observed_and_that_it_was_not_caused(opslag: Opslag) -> None:
    tekst = text(run(onderdeel="plannen"))
    assert "niet hetzelfde als wat de actie heeft veroorzaakt" in tekst
    assert "−0,5 procentpunt sinds 2020" in tekst
    assert "niet te zeggen: bij deze actie is geen indicator genoemd" in tekst
    leeg = text(run(onderdeel="plannen", regio=REGIOS[2]))
    assert "zijn geen ambities geleverd" in leeg
    assert "De regio levert uit haar actieplan de tabel ambities" in leeg


def test_notes_of_the_committee_go_into_a_document_only_when_ticked_and_another_region_starts_unticked(
    opslag: Opslag,
) -> None:
    scherm = run(onderdeel="plannen")
    assert [(c.label, c.value) for c in scherm.checkbox] == [
        ("Met scores, notities en afspraken van de commissie (vertrouwelijk)", False)
    ]
    scherm.checkbox[0].check().run()
    scherm.selectbox[0].select(REGIOS[2]).run()
    assert not scherm.checkbox[0].value


def test_a_score_is_found_again_in_another_session(opslag: Opslag) -> None:
    scherm = run(onderdeel="kader")
    assert "nog niet gescoord" in text(scherm)
    score(scherm, "An de Vries", 2, "De visie is getekend.", 0)
    assert "1 score." in text(scherm)
    ander = run(onderdeel="kader")
    assert all(deel in text(ander) for deel in ("1 van 12 onderdelen gescoord", "An de Vries"))
    assert ander.text_area(key=f"tekst_{VELD}_1").value == "De visie is getekend."


def test_one_name_goes_with_every_form_of_the_worksheet(opslag: Opslag) -> None:
    scherm = run()
    # A field within a form is only known when that form is saved.
    assert scherm.text_input(key="veld_Uw naam").proto.form_id == ""
    name(scherm, "An de Vries")
    scherm.radio(key="score_ambitieniveau/NL01/2023/_0").set_value(2)
    scherm.text_area(key="tekst_ambitieniveau/NL01/2023/_0").set_value("Zoals afgesproken.")
    next(k for k in scherm.button if k.label == "Niveau bewaren").click().run()
    assert [w.wie for w in opslag.history("NL01")] == ["An de Vries"]


def test_signals_of_all_regions_are_looked_for_once(opslag: Opslag, monkeypatch: pytest.MonkeyPatch) -> None:
    gezocht: list[str] = []
    zoek = signalen.find
    monkeypatch.setattr(signalen, "find", lambda g: gezocht.append(g.regio.regio_code) or zoek(g))
    assert "van 20 gesprekken gevoerd" in text(run(onderdeel="regios"))
    # Once more for the dossier of the region itself.
    assert sorted(gezocht) == sorted([*REGIOS, REGIO])


def test_all_scores_and_an_agreement_are_saved_at_once_and_what_cannot_be_saved_stays(opslag: Opslag) -> None:
    scherm = run()
    name(scherm, "An de Vries")
    for nummer, veld in enumerate(fields()):
        vak = f"score/{REGIO}/2023/{veld}_0"
        scherm.radio(key=f"score_{vak}").set_value(1 + nummer % 4)
        # The last one has no explanation.
        scherm.text_area(key=f"tekst_{vak}").set_value("" if veld == "route/anders" else f"Zie {veld}")
    afspraak = next(v.key for v in scherm.text_area if v.key.startswith("tekst_werkblad_afspraak"))
    scherm.text_area(key=afspraak).set_value("Plan voor zij-instroom")
    scherm.text_input(key=afspraak.replace("tekst_", "dag_", 1)).set_value("1 maart 2027")
    save(scherm)
    assert [e.value for e in scherm.error] == ["Anders: anders werken: Schrijf een toelichting; leeg bewaren kan niet."]
    assert "11 scores en de afspraak." in text(scherm)
    assert scherm.radio(key=f"score_score/{REGIO}/2023/route/anders_0").value == 4
    bewaard = {w.onderwerp.sleutel: w.inhoud for w in opslag.history() if w.onderwerp.soort == "score"}
    assert len(bewaard) == 11
    assert bewaard["route/beter"] == Inhoud("Zie route/beter", 3, publicatie_id=bewaard["route/beter"].publicatie_id)
    (plan,) = (w.inhoud for w in opslag.history() if w.onderwerp.soort == "afspraak")
    assert (plan.tekst, plan.datum, plan.stand) == ("Plan voor zij-instroom", date(2027, 3, 1), "open")
    assert "Alle wijzigingen (12)" in [vak.label for vak in scherm.expander]
    # Nothing new: nothing is written twice.
    scherm.text_area(key=f"tekst_score/{REGIO}/2023/route/anders_0").set_value("Zie de toets")
    save(scherm)
    assert len(opslag.history()) == 13


def test_a_day_that_does_not_exist_is_said_at_its_field_and_below_the_button(opslag: Opslag) -> None:
    scherm = run()
    dag = next(v.key for v in scherm.text_input if v.key.startswith("dag_werkblad_afspraak"))
    scherm.text_input(key=dag).set_value("31 februari 2027")
    name(scherm, "An de Vries")
    save(scherm)
    bezwaren = [e.value.split(" bestaat niet")[0] for e in scherm.error]
    assert bezwaren == ["31 februari 2027", "Afspraak: 31 februari 2027"]
    assert (scherm.text_input(key=dag).value, opslag.history()) == ("31 februari 2027", [])


def test_a_text_stays_while_the_database_does_not_answer(opslag: Opslag, monkeypatch: pytest.MonkeyPatch) -> None:
    scherm = run(onderdeel="kader")

    def _hangs(_: Path) -> Opslag:
        raise OpslagError("De gegevens van de commissie zijn nu niet te lezen of te schrijven.")

    with monkeypatch.context() as stil:
        stil.setattr("app.commissie.openen.open_opslag", _hangs)
        score(scherm, "An de Vries", 2, "Een lange toelichting.", 0)
        assert "nu niet te lezen of te schrijven" in text(scherm)
        assert "Uw tekst, nog niet bewaard" in text(scherm)
        assert "Een lange toelichting." in text(scherm)
        # Here the script shows what was typed and not sent.
        assert f'data-concepten="{REGIO}-2023"' in text(scherm)
    scherm.run()
    assert scherm.text_area(key=f"tekst_{VELD}_0").value == "Een lange toelichting."
    assert scherm.radio(key=f"score_{VELD}_0").value == 2
    assert opslag.history() == []
    save(scherm)
    assert [w.inhoud.tekst for w in opslag.history()] == ["Een lange toelichting."]
    assert "Session State" not in text(scherm)


def test_without_a_name_nothing_is_kept_and_the_text_stays(opslag: Opslag) -> None:
    scherm = run(onderdeel="kader")
    score(scherm, "", 2, "Mijn lange tekst", 0)
    assert [e.value for e in scherm.error] == ["Vul eerst uw naam in; daarna kunt u alles in één keer bewaren."]
    assert scherm.text_area(key=f"tekst_{VELD}_0").value == "Mijn lange tekst"
    assert opslag.history() == []


@pytest.mark.parametrize("knop", ["neem", "houd"])
def test_two_members_score_at_once_and_the_second_decides(opslag: Opslag, knop: str) -> None:
    eerste, tweede = run(onderdeel="kader"), run(onderdeel="kader")
    score(eerste, "An de Vries", 2, "Tekst van An", 0)
    score(tweede, "Bo Jansen", 4, "Tekst van Bo", 0)
    gezien = text(tweede)
    assert "An de Vries was u om" in gezien
    assert "Tekst van An" in gezien
    assert "Tekst van Bo" in gezien
    tweede.button(key=f"{knop}_{VELD}").click().run()
    assert not tweede.exception
    (nu,) = opslag.current(REGIO).values()
    assert nu.inhoud.tekst == ("Tekst van Bo" if knop == "neem" else "Tekst van An")
    assert {"Tekst van An", "Tekst van Bo"} == {w.inhoud.tekst for w in opslag.history()}
    # After that both can go on.
    score(tweede, "Bo Jansen", 3, "Samen", nu.versie or 0)
    assert "Bewaard om" in text(tweede)


def test_an_agreement_a_reply_and_an_advice_are_written_down(opslag: Opslag) -> None:
    scherm = run(onderdeel="afspraken")
    name(scherm, "An de Vries")
    sleutel = next(b.key for b in scherm.button if b.key and b.key.startswith("knop_afspraak/"))
    vak = sleutel.removeprefix("knop_")
    scherm.text_area(key=f"tekst_{vak}").set_value("=Plan af\n<b>samen</b>")
    scherm.text_input(key=f"dag_{vak}").set_value("31-2-2024")
    scherm.button(key=sleutel).click().run()
    assert scherm.error[0].value == "31-2-2024 bestaat niet. Kijk de dag en de maand na."
    scherm.text_input(key=f"dag_{vak}").set_value("1-3-2024")
    scherm.button(key=sleutel).click().run()
    assert not scherm.exception
    tekst = text(scherm)
    assert "1 afspraak, waarvan 1 open" in tekst
    assert "&lt;b&gt;samen&lt;/b&gt;" in tekst
    sleutel = next(b.key for b in scherm.button if b.key and b.key.startswith("knop_reactie/"))
    scherm.text_input(key="veld_Uw naam en organisatie").set_value("Jo Bakker, WGO Regio 2")
    scherm.text_area(key=f"tekst_{sleutel.removeprefix('knop_')}").set_value("Wij zijn het eens.")
    scherm.button(key=sleutel).click().run()
    assert "Wij zijn het eens." in text(run(onderdeel="afspraken"))
    assert {(w.onderwerp.soort, w.rol) for w in opslag.history()} == {("afspraak", "commissie"), ("reactie", "regio")}


def test_the_level_never_falls_and_scores_below_it_are_counted(opslag: Opslag) -> None:
    niveau = Onderwerp("ambitieniveau", "NL01", 2022)
    opslag.save(niveau, Inhoud("Nu verbreden", 3), gebaseerd_op=0, **Lid)
    opslag.save(Onderwerp("ambitieniveau", "NL01", 2023), Inhoud("", 3), gebaseerd_op=0, **Lid)
    for nummer, veld in enumerate(fields()):
        inhoud = Inhoud("Zie de toets", 2 if nummer == 0 else 4)
        opslag.save(Onderwerp("score", REGIO, 2023, veld), inhoud, gebaseerd_op=0, **Lid)
    eerder = Onderwerp("score", REGIO, 2021, "regiovisie/verstevigen")
    opslag.save(eerder, Inhoud("Toen nog niets", 1), gebaseerd_op=0, **Lid)
    scherm = run(onderdeel="kader")
    assert "12 van 12 onderdelen gescoord, 1 onder ambitieniveau 3" in text(scherm)
    assert "In 2021: 1 (nog niet zichtbaar)" in text(scherm)
    name(scherm, "An de Vries")
    scherm.radio(key="score_ambitieniveau/NL01/2023/_1").set_value(2)
    scherm.button(key="knop_ambitieniveau/NL01/2023/_1").click().run()
    assert "daalt nooit" in scherm.error[0].value


def test_changes_stand_in_the_order_of_the_database_whatever_the_clock_said(opslag: Opslag) -> None:
    score, niveau = Onderwerp("score", REGIO, 2023, "route/meer"), Onderwerp("ambitieniveau", "NL01", 2023)
    wijzigingen = [
        Wijziging(str(UUID(int=n)), o, Inhoud("x", 2), v, v - 1, "An", "commissie", datetime(2023, 1, 9 - n))
        for n, (o, v) in enumerate([(score, 1), (niveau, 1), (score, 2)])
    ]
    import_changes(opslag, wijzigingen, "a.csv")
    gesprek = Gesprek.read(data.regios(data.kenmerk())[REGIO], 2023, "", opslag)
    assert gesprek.history(["score", "ambitieniveau"]) == wijzigingen


def test_scores_and_agreements_speak_on_the_page_and_never_in_what_can_be_taken_along(opslag: Opslag) -> None:
    opslag.save(Onderwerp("ambitieniveau", "NL01", 2023), Inhoud("", 3), gebaseerd_op=0, **Lid)
    opslag.save(Onderwerp("score", REGIO, 2023, "route/meer"), Inhoud("Geheime reden", 1), gebaseerd_op=0, **Lid)
    plan = Inhoud("Geheim plan", stand="open", datum=date(2022, 12, 31))
    opslag.save(Onderwerp("afspraak", REGIO, 2021, "a1"), plan, gebaseerd_op=0, **Lid)
    scherm = run()
    tekst = text(scherm)
    assert "Regio 2: 4 signalen om te bespreken" in tekst
    assert "1 onder niveau 3" in tekst
    assert "1 open van 1, 1 verlopen" in tekst
    assert "Geheime reden" in tekst
    assert "staat nog open: ‘Geheim plan’" in tekst
    assert "Geheim plan" in text(run(onderdeel="afspraken"))
    assert "Geheim" not in text(run(regio=REGIOS[0])) + text(run(onderdeel="signalen", gespreksjaar="2020"))
    assert "Geheim" not in str(maken.compose(data.kenmerk(), REGIO))


def test_all_regions_stand_in_one_table_each_with_its_own_and_only_its_own(opslag: Opslag) -> None:
    gesprek = Inhoud("", datum=date(2023, 10, 4))
    opslag.save(Onderwerp("gesprek", REGIO, 2023), gesprek, gebaseerd_op=0, **Lid)
    opslag.save(Onderwerp("score", REGIOS[2], 2023, "route/meer"), Inhoud("Waarom", 1), gebaseerd_op=0, **Lid)
    tekst = text(run(onderdeel="regios"))
    assert "2023: 1 van 20 gesprekken gevoerd" in tekst
    tweede, derde = (tekst.split(f">Regio {n}</a>")[1].split("</tr>")[0] for n in (2, 3))
    assert "4 oktober 2023" in tweede
    assert "0 van 12 onderdelen gescoord" in tweede
    assert "1 van 12 onderdelen gescoord" in derde
    assert "nog niet vastgelegd" in derde
    # The second region is behind its ambition and has an action that nobody can follow; the third has no plan.
    assert "3 signalen uit de cijfers, in 2 van de 20 regio's" in tekst
    assert '<td data-kop="Signalen uit de cijfers">2</td>' in tweede


def test_what_was_known_at_the_talk_before_is_compared(opslag: Opslag, tmp_path: Path) -> None:
    (tmp_path / "publicaties").mkdir()
    oud = "20220601T120000Z-11111111"
    write(tmp_path / "publicaties" / f"{oud}.duckdb", [*NATIONAL, *healthy(REGIO).values()], publicatie_id=oud,
          gemaakt=datetime(2022, 6, 1, 12))  # fmt: skip
    gesprek = Onderwerp("gesprek", REGIO, 2022)
    opslag.save(gesprek, Inhoud("", datum=date(2022, 10, 4), publicatie_id=oud), gebaseerd_op=0, **Lid)
    reactie = Onderwerp("reactie", REGIO, 2022, "r1")
    opslag.save(reactie, Inhoud("Wij zijn het eens."), wie="WGO Regio 2", rol="regio", gebaseerd_op=0)
    scherm = run(onderdeel="sinds")
    tekst = text(scherm)
    assert "Reactie van de regio op het gesprek van 2022: WGO Regio 2" in tekst
    assert "Wij zijn het eens." in tekst
    assert "1 juni 2022" in tekst
    assert "1 andere waarde" in tekst


@pytest.mark.parametrize("deel", list(ONDERDELEN))
def test_every_part_stands_and_speaks_plainly(opslag: Opslag, deel: str) -> None:
    tekst = text(run(onderdeel=deel))
    assert not VERBODEN.search(tekst), VERBODEN.search(tekst)


def test_the_page_goes_on_without_the_database(opslag: Opslag, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, "postgresql://lid:wachtwoord@127.0.0.1:1/niets")
    assert "2 signalen om te bespreken" in text(run())
    tekst = text(run(onderdeel="afspraken"))
    assert "Er is niets verloren" in tekst
    assert "wachtwoord" not in tekst


def test_nothing_confidential_is_in_a_link_or_in_the_publication(opslag: Opslag, tmp_path: Path) -> None:
    scherm = run(onderdeel="kader")
    score(scherm, "An de Vries", 2, "Geheime toelichting", 0)
    assert not re.search("geheim|vries", str(dict(scherm.query_params)), re.IGNORECASE)
    assert b"Geheime toelichting" not in (tmp_path / "publicatie.duckdb").read_bytes()


def test_a_document_with_notes_is_never_behind_an_address_of_the_server(opslag, monkeypatch):
    monkeypatch.setattr("app.raam.meenemen.documentknoppen._make", lambda *_, **__: b"geheim stuk")
    scherm = run()
    assert [k.label for k in scherm.get("download_button")][:1] == ["Document als PDF"]
    next(v for v in scherm.checkbox if v.label.startswith("Met scores")).check().run()
    assert not [k for k in scherm.get("download_button") if k.label.startswith("Document")]
    next(k for k in scherm.button if k.label == "Document als PDF, vertrouwelijk").click().run()
    assert "data:application/pdf;base64,Z2VoZWltIHN0dWs=" in scherm.get("iframe")[0].proto.srcdoc
