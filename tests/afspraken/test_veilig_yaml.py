"""YAML without surprises: text stays text, and what could run, grow or hide is refused."""

from __future__ import annotations

import time

import pytest
import yaml

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.afspraken.schrift import veilig_yaml
from pipelines.afspraken.schrift.veilig_yaml import GROOTSTE_YAML, load_yaml
from pipelines.levering.leveringen import read_levering


@pytest.fixture
def lees(tmp_path):
    def read(inhoud: str | bytes):
        pad = tmp_path / "levering.yml"
        pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())
        return load_yaml(pad)

    return read


def refused(lees, inhoud: str | bytes) -> str:
    with pytest.raises(AfgekeurdError) as fout:
        lees(inhoud)
    assert len(fout.value.meldingen) == 1
    return str(fout.value)


def test_country_code_no_and_municipality_0363_stay_what_was_typed(lees):
    assert lees("land: NO\ngm: 0363\njaar: 2021\ndatum: 2022-09-15\nleeg:\naan: on\n") == {
        "land": "NO",
        "gm": "0363",
        "jaar": "2021",
        "datum": "2022-09-15",
        "leeg": "",
        "aan": "on",
    }


def test_a_byte_order_mark_and_windows_line_ends_are_harmless(lees):
    assert lees(b"\xef\xbb\xbfbron: a\r\nlijst: [b, c]\r\n") == {"bron": "a", "lijst": ["b", "c"]}


def test_an_empty_document_is_an_empty_mapping(lees):
    assert lees("# alleen een opmerking\n") == {}


@pytest.mark.parametrize(
    "inhoud",
    [
        'bron: a\nx: !!python/object/apply:os.system ["touch /tmp/gekraakt"]\n',
        "bron: a\nx: !eigen b\n",
        "bron: a\nx: &anker b\n",
        "bron: a\nx: *anker\n",
    ],
)
def test_tags_anchors_and_aliases_are_refused_with_their_line(lees, inhoud):
    assert refused(lees, inhoud) == (
        "levering.yml, rij 2: Een tag of anker (!, & of *) mag hier niet.\n"
        "  Zet tekst met leestekens tussen aanhalingstekens."
    )


def test_the_second_of_two_equal_keys_does_not_win_in_silence(lees):
    assert (
        refused(lees, "bron: a\nperiode: b\nbron: c\n") == "levering.yml, rij 3: De sleutel 'bron' staat er twee keer."
    )


def test_a_list_as_key_is_refused_and_not_shown_as_python(lees):
    assert "rij 2: Een sleutel is hier een lijst; dat mag niet." in refused(lees, "a: b\n? [c, d]\n: e\n")


@pytest.mark.parametrize("inhoud", ["a: [b", "a: b\n\tc: d\n", "a: b\n---\nc: d\n", 'a: "b\n', "a: b: c\n"])
def test_broken_yaml_is_one_dutch_message_with_a_line(lees, inhoud):
    assert ": Dit is geen geldige YAML." in refused(lees, inhoud)


def test_latin_1_and_control_bytes_are_refused(lees):
    assert refused(lees, "leverancier: Zorg één".encode("latin-1")) == "levering.yml: Dit bestand is geen UTF-8-tekst."
    assert refused(lees, b"a: \x00\x1b[31m") == "levering.yml: Dit bestand bevat tekens die in YAML niet mogen."


@pytest.mark.parametrize("inhoud", ["a: " + "[" * 100_000, "{a: " * 100_000, "- " * 100_000])
def test_deep_nesting_is_refused_before_the_scanner_slows_down(lees, inhoud):
    begin = time.monotonic()
    assert "rij 1: Dit bestand is te diep genest." in refused(lees, inhoud)
    assert time.monotonic() - begin < 2


def test_a_file_of_more_than_a_megabyte_is_not_read(lees):
    assert "groter dan 1 MB" in refused(lees, b"#" * (GROOTSTE_YAML + 1))


def test_a_description_of_a_delivery_is_small(tmp_path):
    (tmp_path / "l1").mkdir()
    (tmp_path / "l1" / "levering.yml").write_text("bron: a\n" + "#" * 64_000)
    with pytest.raises(AfgekeurdError, match="groter dan 64 kB"):
        read_levering(tmp_path / "l1", {})


def test_the_scanner_is_the_one_in_c():
    """The one in Python needs five times as long: 15 seconds for a megabyte."""
    assert issubclass(veilig_yaml._LEZER, yaml.CBaseLoader)


def test_a_missing_file_is_named_with_its_place(tmp_path):
    with pytest.raises(AfgekeurdError) as fout:
        load_yaml(tmp_path / "\x1b[31mweg" / "levering.yml")
    assert "levering.yml: Dit bestand ontbreekt." in str(fout.value)
    assert "\x1b" not in str(fout.value)
