"""What a supplier reads: one message for all rows that say the same, and never more than fits on a terminal."""

from __future__ import annotations

from pipelines.afspraken.meldingen import Melding, fit


def test_a_message_on_many_rows_names_the_first_and_the_number():
    melding = Melding("t.csv", "'NA' is geen getal.", rij=2, kolom="a", aantal=1200, rijen=tuple(range(2, 202)))
    assert str(melding) == ("t.csv, rij 2, kolom a: 'NA' is geen getal. Zo staat het in 1.200 rijen: 2, 3, 4, 5, 6, ….")


def test_what_does_not_fit_is_counted_with_the_command_that_shows_it():
    meldingen = [Melding("t.csv", f"fout {nummer}", advies="Doe iets.") for nummer in range(40)]
    regels = fit(meldingen, ".venv/bin/regiomonitor check t.csv --json", 25)
    assert len(regels) == 25
    assert regels[-1] == "… en nog 28 meldingen. Alles staat in: .venv/bin/regiomonitor check t.csv --json"
    assert fit(meldingen[:1], "", 25) == ["t.csv: fout 0", "  Doe iets."]


def test_a_file_and_a_column_steer_no_terminal_whatever_they_are_called() -> None:
    melding = Melding("\x1b[31m.csv", "Dit mag niet.", rij=2, kolom="a\r\u202eb", advies="Doe het zo.")
    assert str(melding) == "\ufffd[31m.csv, rij 2, kolom a\ufffd\ufffdb: Dit mag niet.\n  Doe het zo."
