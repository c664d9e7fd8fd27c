"""Charts of a presentation that PowerPoint can edit: the same figures as on the pages, with the data behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from app.beeld.charts import STREPEN
from app.beeld.stijl import LICHT
from app.beeld.trend import place
from app.documenten.blokken import Grafiek, Staven, bar_text, clean
from app.documenten.schrijvers.pptx_sjabloon import colour_fill, rgb
from app.lezen.rijen import Waarneming
from app.oordeel import zinnen
from app.oordeel.reeksen import segments
from app.oordeel.trend import Lijn
from app.taal.cellen import VOORBEELD
from app.taal.inert import make_inert
from app.taal.opmaak import EENHEID_WOORD

_LETTER_PT = 14


def line_chart(grafiek: Grafiek) -> tuple[Any, Any]:
    """Return the kind and the data of a line chart on a time axis; one series per unbroken piece of line."""
    from pptx.enum.chart import XL_CHART_TYPE

    dagen = _days(grafiek)
    gegevens = _data(_format(grafiek.eenheid, _figures(grafiek)))
    gegevens.categories = _moments(grafiek, dagen) if grafiek.is_helling else sorted(set(dagen.values()))
    for naam, _, _, rijen in pieces(grafiek):
        waarden = {dagen[r.periode]: r.waarde for r in rijen}
        gegevens.add_series(_cell(naam), [waarden.get(dag) for dag in sorted(set(dagen.values()))])
    return XL_CHART_TYPE.LINE_MARKERS, gegevens


def _moments(grafiek: Grafiek, dagen: Mapping[str, date]) -> list[str]:
    """Return the names of the moments of a slope, in order of time."""
    namen = {dagen[r.periode]: r.periode_naam for r in _figures(grafiek) if r.waarde is not None}
    return [_cell(namen[dag]) for dag in sorted(namen)]


def _data(vorm: str) -> Any:  # noqa: ANN401
    from pptx.chart.data import CategoryChartData

    # The library has no types here.
    maak: Any = CategoryChartData
    return maak(number_format=vorm)


def _cell(tekst: str) -> str:
    """Return a name as it may stand in the workbook behind a chart, which would run a formula."""
    return make_inert(clean(tekst))


def pieces(grafiek: Grafiek) -> list[tuple[str, int, int, list[Waarneming]]]:
    """Return name, number of the line, number of the piece and figures of every unbroken piece of a chart."""
    stukken = []
    for nummer, lijn in enumerate(grafiek.lijnen):
        per: dict[int, list[Waarneming]] = {}
        for rij, deel in zip(lijn.rijen, segments(lijn.rijen, grafiek.breuken), strict=True):
            if rij.waarde is not None:
                per.setdefault(deel, []).append(rij)
        stukken += [(_name(lijn), nummer, plek, rijen) for plek, rijen in enumerate(per.values())]
    return stukken


def _name(lijn: Lijn) -> str:
    return f"{lijn.naam} ({VOORBEELD})" if any(r.is_voorbeeld for r in lijn.rijen) else lijn.naam


def _days(grafiek: Grafiek) -> dict[str, date]:
    """Return one day per period, so that two lines with another peildatum still stand above each other."""
    dagen: dict[str, date] = {}
    for lijn in grafiek.lijnen:
        for rij in lijn.rijen:
            if rij.waarde is not None:
                dagen.setdefault(rij.periode, place(rij))
    return dagen


def _format(eenheid: str, rijen: Sequence[Waarneming]) -> str:
    """Return how these figures are written: with the decimals that they have on the pages."""
    komma = "." + "0" * decimalen if (decimalen := zinnen.decimals_of(rijen, eenheid)) else ""
    vormen = {"aandeel": f"0{komma}%", "procent": f'0{komma}"%"', "euro": '"€ "#,##0'}
    # The code is Dutch for programs that would else follow the language of the computer.
    return "[$-413]" + vormen.get(eenheid, f"#,##0{komma}")


def _figures(grafiek: Grafiek) -> list[Waarneming]:
    return [r for lijn in grafiek.lijnen for r in lijn.rijen]


def style_lines(chart: Any, grafiek: Grafiek) -> None:  # noqa: ANN401
    """Give each line its colour, dash and mark, name it once, and write its first and last figure."""
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    _frame(
        chart,
        f"{grafiek.naam}, {EENHEID_WOORD.get(grafiek.eenheid, grafiek.eenheid)}",
        met_legenda=len(grafiek.lijnen) > 1,
    )
    merken = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.DIAMOND)
    stukken = pieces(grafiek)
    for reeks, (_, nummer, _, rijen) in zip(chart.plots[0].series, stukken, strict=True):
        kleur = rgb(LICHT.reeksen[nummer])
        reeks.smooth = False
        reeks.format.line.color.rgb, reeks.format.line.width = kleur, Pt(2.5)
        if STREPEN[nummer] != STREPEN[0]:
            reeks.format.line.dash_style = MSO_LINE.DASH
        reeks.marker.style, reeks.marker.size = merken[nummer], 9
        colour_fill(reeks.marker.format.fill, LICHT.reeksen[nummer])
        reeks.marker.format.line.color.rgb = kleur
        gevuld = [r for r in grafiek.lijnen[nummer].rijen if r.waarde is not None]
        plek = XL_LABEL_POSITION.BELOW if _is_lower(grafiek, nummer) else XL_LABEL_POSITION.ABOVE
        _open_provisional(reeks, rijen)
        _label_ends(reeks, rijen, (gevuld[0], gevuld[-1]), grafiek.eenheid, plek)
    _name_once(chart, [nummer for nummer, (_, _, plek, _) in enumerate(stukken) if plek])
    _set_axes(chart, grafiek)


def _is_lower(grafiek: Grafiek, nummer: int) -> bool:
    """Whether a line ends below the first other one; of two lines that say the same, the second one does."""
    laatste = [next(r.waarde for r in reversed(lijn.rijen) if r.waarde is not None) for lijn in grafiek.lijnen]
    anders = [w for n, w in enumerate(laatste) if n != nummer]
    return any((laatste[nummer] or 0) < (w or 0) for w in anders) or bool(anders and nummer and anders[0] == laatste[1])


def _points(reeks: Any) -> list[int]:  # noqa: ANN401
    return [nummer for nummer, waarde in enumerate(reeks.values) if waarde is not None]


def _open_provisional(reeks: Any, rijen: Sequence[Waarneming]) -> None:  # noqa: ANN401
    """Leave the mark of a provisional figure open, as on the pages."""
    for nummer, rij in zip(_points(reeks), rijen, strict=True):
        if rij.is_voorlopig:
            merk = reeks.points[nummer].marker
            merk.style, merk.size = reeks.marker.style, reeks.marker.size
            colour_fill(merk.format.fill, LICHT.achtergrond)
            merk.format.line.color.rgb = reeks.marker.format.line.color.rgb


def _label_ends(
    reeks: Any,  # noqa: ANN401
    rijen: Sequence[Waarneming],
    tonen: Sequence[Waarneming],
    eenheid: str,
    plek: Any,  # noqa: ANN401
) -> None:
    """Write the figure beside the first and last point of a line; the number is that of the data."""
    for nummer, rij in zip(_points(reeks), rijen, strict=True):
        if rij in tonen:
            label = reeks.points[nummer].data_label
            label.position = plek
            _show_value(label, _format(eenheid, [rij]))


def _show_value(label: Any, vorm: str) -> None:  # noqa: ANN401
    """Let a label show the number behind its point in our letter, and nothing else."""
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    label.font.size, label.font.bold = Pt(_LETTER_PT), True
    for kind in label._dLbl:
        if kind.tag.startswith(qn("c:show")):
            kind.set("val", "1" if kind.tag == qn("c:showVal") else "0")
    voor = label._dLbl.find(qn("c:txPr"))
    voor.addprevious(voor.makeelement(qn("c:numFmt"), {"formatCode": vorm, "sourceLinked": "0"}))


def _name_once(chart: Any, plekken: list[int]) -> None:  # noqa: ANN401
    """Leave the later pieces of a broken line out of the legend."""
    from pptx.oxml import parse_xml

    if not chart.has_legend:
        return
    ruimte = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    legenda = chart.legend._element
    voor = legenda.find(f"{{{ruimte}}}legendPos")
    for plek in reversed(plekken):
        voor.addnext(parse_xml(
            f'<c:legendEntry xmlns:c="{ruimte}"><c:idx val="{plek}"/><c:delete val="1"/></c:legendEntry>'
        ))  # fmt: skip


def _axis_format(grafiek: Grafiek) -> str:
    """Return how the numbers along the axis are written: whole ones, unless the whole line is small."""
    hoogste = max(r.waarde for r in _figures(grafiek) if r.waarde is not None)
    klein = hoogste < (0.05 if grafiek.eenheid == "aandeel" else 5)
    return _format(grafiek.eenheid, _figures(grafiek) if klein else [])


def _set_axes(chart: Any, grafiek: Grafiek) -> None:  # noqa: ANN401
    from pptx.util import Pt

    rooster = rgb(LICHT.rooster)
    waarde, tijd = chart.value_axis, chart.category_axis
    laagste = min(r.waarde for lijn in grafiek.lijnen for r in lijn.rijen if r.waarde is not None)
    if laagste >= 0:
        waarde.minimum_scale = 0
    waarde.major_gridlines.format.line.color.rgb = rooster
    waarde.format.line.fill.background()
    waarde.tick_labels.number_format, waarde.tick_labels.number_format_is_linked = _axis_format(grafiek), False
    tijd.format.line.color.rgb = rgb(LICHT.lijn)
    for as_ in (waarde, tijd):
        as_.tick_labels.font.size = Pt(_LETTER_PT)
    # Two points of measurement are named moments; only more of them are a time axis.
    if not grafiek.is_helling:
        tijd.tick_labels.number_format, tijd.tick_labels.number_format_is_linked = "yyyy", False
        _per_year(tijd, _days(grafiek).values())


def _per_year(tijd: Any, dagen: Collection[date]) -> None:  # noqa: ANN401
    """Put a mark at the beginning of each year on the time axis, with room before the first and after the last."""
    from pptx.oxml import parse_xml

    ruimte = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    nul = date(1899, 12, 30)
    tijd.minimum_scale = (date(min(dagen).year, 1, 1) - nul).days
    tijd.maximum_scale = (date(max(dagen).year + 1, 1, 1) - nul).days
    element = tijd._element
    for naam in ("baseTimeUnit", "majorUnit", "majorTimeUnit"):
        for oud in element.findall(f"{{{ruimte}}}{naam}"):
            element.remove(oud)
    eenheden = (("baseTimeUnit", "days"), ("majorUnit", "1"), ("majorTimeUnit", "years"))
    for naam, waarde in eenheden:
        element.append(parse_xml(f'<c:{naam} xmlns:c="{ruimte}" val="{waarde}"/>'))


def bar_chart(staven: Staven) -> tuple[Any, Any]:
    """Return the kind and the data of a bar chart."""
    from pptx.enum.chart import XL_CHART_TYPE

    gegevens = _data("0%")
    gegevens.categories = [_cell(groep) for groep in staven.groepen]
    for naam, rijen in staven.reeksen:
        stempel = f" ({VOORBEELD})" if any(r is not None and r.is_voorbeeld for r in rijen) else ""
        gegevens.add_series(_cell(naam + stempel), [r.waarde if r is not None else None for r in rijen])
    return XL_CHART_TYPE.BAR_CLUSTERED, gegevens


def style_bars(chart: Any, staven: Staven) -> None:  # noqa: ANN401
    """Give each series its colour, hatch what is uncertain or made up, and write the figure behind the bar."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.enum.dml import MSO_PATTERN
    from pptx.util import Pt

    _frame(chart, staven.titel, met_legenda=len(staven.reeksen) > 1)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 0
    wit = rgb(LICHT.achtergrond)
    for nummer, (reeks, (_, rijen)) in enumerate(zip(plot.series, staven.reeksen, strict=True)):
        kleur = rgb(LICHT.reeksen[nummer])
        colour_fill(reeks.format.fill, LICHT.reeksen[nummer])
        for plek, rij in enumerate(rijen):
            if rij is None or rij.waarde is None:
                continue
            punt = reeks.points[plek]
            if rij.is_voorbeeld or rij.is_indicatief:
                punt.format.fill.patterned()
                punt.format.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
                punt.format.fill.fore_color.rgb, punt.format.fill.back_color.rgb = kleur, wit
                punt.format.line.color.rgb = kleur
            label = punt.data_label
            label.position = XL_LABEL_POSITION.OUTSIDE_END
            label.text_frame.text = bar_text(rij)
            label.text_frame.word_wrap = False
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(_LETTER_PT)
    _bar_axes(chart, staven)


def _bar_axes(chart: Any, staven: Staven) -> None:  # noqa: ANN401
    """Read from top to bottom, and leave room at the right for the figures behind the bars."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    groepen, waarden = chart.category_axis, chart.value_axis
    groepen.reverse_order = True
    groepen.tick_labels.font.size = Pt(_LETTER_PT)
    groepen.format.line.fill.background()
    waarden.has_major_gridlines = False
    waarden.minimum_scale = 0
    hoogste = max((r.waarde for _, rijen in staven.reeksen for r in rijen if r is not None and r.waarde), default=1.0)
    waarden.maximum_scale = hoogste * 1.9
    waarden.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    waarden.format.line.fill.background()


def _frame(chart: Any, titel: str, *, met_legenda: bool) -> None:  # noqa: ANN401
    """Give a chart its title, letter and legend."""
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.font.size, chart.font.color.rgb = Pt(_LETTER_PT), rgb(LICHT.inkt)
    chart.has_title = True
    chart.chart_title.text_frame.text = clean(titel)
    loop = chart.chart_title.text_frame.paragraphs[0].runs[0]
    loop.font.size, loop.font.bold = Pt(_LETTER_PT), True
    chart.has_legend = met_legenda
    if met_legenda:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.legend.font.size = Pt(_LETTER_PT)
