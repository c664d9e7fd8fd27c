"""Stories as bars: all of them are in one."""

from __future__ import annotations

from app.beeld.onderwerp import verhaalbeeld
from app.lezen.onderwerp.verhaalrijen import Verhaal


def story(pijler: str) -> Verhaal:
    velden = dict.fromkeys(Verhaal.__dataclass_fields__, "")
    return Verhaal(**velden | {"pijler": pijler})  # type: ignore[arg-type]


def test_the_bars_add_up_to_all_stories() -> None:
    gezien = str(verhaalbeeld.by_theme([story("werken_behoud"), story(""), story("")], lambda pijler: f"?{pijler}"))
    assert "Niet bij één pijler" in gezien
    assert [deel.split("<")[0] for deel in gezien.split("<strong>")[1:]] == ["1", "2"]
    assert 'href="?"' not in gezien
