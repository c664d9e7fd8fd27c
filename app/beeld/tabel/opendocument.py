"""A workbook as an OpenDocument spreadsheet (ODS): the same sheets, cells and formats as the XLSX it is made from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NAMEN = " ".join(
    f'xmlns:{kort}="{lang}"'
    for kort, lang in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
        "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)
_KOP = '<?xml version="1.0" encoding="UTF-8"?>\n'
# The formats of app.taal.cellen: a text before it, digits, decimals, how many thousands it leaves out, a text after it.
_GETALVORM = re.compile(
    r'(?P<voor>"[^"]*")?(?P<cijfers>#,##0|0)(?:\.(?P<decimalen>0+))?(?P<schaal>,*)(?P<procent>%)?(?P<achter>"[^"]*"|[^"]*)'
)
# Width of a character of a column, in millimetres.
_TEKEN = 2.1
_BLADSTIJL = '<style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" style:scale-to-X="{}" style:scale-to-Y="0"/>'  # noqa: E501


def spreadsheet(boek: Workbook) -> bytes:
    """Return the workbook as ODS, with the same bytes for the same workbook and moment of making."""
    stijlen = _Stijlen()
    bladen = "".join(_sheet(blad, stijlen) for blad in boek.worksheets)
    bereiken = "".join(
        f'<table:database-range table:name={quoteattr(naam)} table:contains-header="true" '
        f"table:target-range-address={quoteattr(_range(blad.title, blad.tables[naam].ref))}/>"
        for blad in boek.worksheets
        for naam in blad.tables
    )
    inhoud = (
        f'{_KOP}<office:document-content {_NAMEN} office:version="1.3">'
        f"<office:automatic-styles>{stijlen.xml()}</office:automatic-styles><office:body><office:spreadsheet>{bladen}"
        f"<table:database-ranges>{bereiken}</table:database-ranges></office:spreadsheet></office:body>"
        "</office:document-content>"
    ).replace("<table:database-ranges></table:database-ranges>", "")
    delen = {
        "mimetype": MIME,
        "content.xml": inhoud,
        "styles.xml": _styles(boek),
        "meta.xml": _meta(boek),
        "settings.xml": _settings(boek),
    }
    soorten = {"/": MIME} | {naam: "text/xml" for naam in delen if naam != "mimetype"}
    delen["META-INF/manifest.xml"] = (
        f'{_KOP}<manifest:manifest {_NAMEN} manifest:version="1.3">'
        + "".join(
            f'<manifest:file-entry manifest:full-path="{naam}" manifest:media-type="{soort}"/>'
            for naam, soort in soorten.items()
        )
        + "</manifest:manifest>"
    )
    return _zip(delen)


def _zip(delen: dict[str, str]) -> bytes:
    """Pack the parts; the first says what it is, readable without unpacking."""
    bestand = io.BytesIO()
    with zipfile.ZipFile(bestand, "w") as pakket:
        for naam, tekst in delen.items():
            deel = zipfile.ZipInfo(naam, (1980, 1, 1, 0, 0, 0))
            deel.compress_type = zipfile.ZIP_STORED if naam == "mimetype" else zipfile.ZIP_DEFLATED
            deel.external_attr = 0o644 << 16
            pakket.writestr(deel, tekst.encode("utf-8", "replace"))
    return bestand.getvalue()


class _Stijlen:
    """The styles that the cells, columns and rows of a document use, each once under a name of its own."""

    def __init__(self) -> None:
        self._namen: dict[str, str] = {}
        self._cellen: dict[tuple[object, ...], str] = {}

    def name(self, soort: str, inhoud: str) -> str:
        """Return the name of a style with this content: a `soort` with {naam} in it."""
        sleutel = f"{soort}\0{inhoud}"
        return self._namen.setdefault(sleutel, f"s{len(self._namen) + 1}")

    def family(self, familie: str, inhoud: str, extra: str = "") -> str:
        """Return the name of a style of a family: table-cell, table-column, table-row."""
        return self.name(f'<style:style style:name="{{naam}}" style:family="{familie}"{extra}>|</style:style>', inhoud)

    def of_cell(self, cel: Cell | MergedCell) -> str:
        """Return the name of the style of a cell of the workbook."""
        letter, plek = cel.font, cel.alignment
        vorm = "" if isinstance(cel.value, str) else cel.number_format
        sleutel = (letter.name, letter.sz, letter.b, letter.u, letter.color and letter.color.rgb, plek.horizontal,
                   plek.vertical, plek.wrap_text, plek.indent, vorm)  # fmt: skip
        if sleutel not in self._cellen:
            self._cellen[sleutel] = self._make_cell(sleutel)
        return self._cellen[sleutel]

    def _make_cell(self, sleutel: tuple[Any, ...]) -> str:
        naam, grootte, vet, streep, kleur, horizontaal, verticaal, wikkel, inspring, vorm = sleutel
        tekst = f'<style:text-properties style:font-name={quoteattr(naam or "Arial")} fo:font-family={quoteattr(naam or "Arial")} fo:font-size="{grootte:g}pt"'  # noqa: E501
        tekst += ' fo:font-weight="bold"' if vet else ""
        tekst += ' style:text-underline-style="solid"' if streep else ""
        tekst += f' fo:color="#{kleur[-6:]}"' if isinstance(kleur, str) else ""
        cel = f'<style:table-cell-properties fo:wrap-option="{"wrap" if wikkel else "no-wrap"}" style:vertical-align="{verticaal or "automatic"}"/>'  # noqa: E501
        links_of_rechts = {"left": "start", "right": "end"}.get(horizontaal or "", "")
        alinea = f'<style:paragraph-properties fo:text-align="{links_of_rechts}"' if links_of_rechts else ""
        if alinea:
            alinea += f' fo:margin-{horizontaal}="{2 * (inspring or 0):g}mm"/>'
        getal = self._number_style(vorm)
        extra = f' style:data-style-name="{getal}"' if getal else ""
        return self.family("table-cell", f"{cel}{alinea}{tekst}/>", extra)

    def _number_style(self, vorm: str) -> str:
        """Return the name of the style of a number or a day; empty where it is written as it is."""
        kaal = vorm.removeprefix("[$-413]")
        if kaal.startswith("d mmmm yyyy"):
            tijd = '<number:text> </number:text><number:hours/><number:text>:</number:text><number:minutes number:style="long"/>'  # noqa: E501
            deel = (
                '<number:day/><number:text> </number:text><number:month number:textual="true" number:style="long"/>'
                f'<number:text> </number:text><number:year number:style="long"/>{tijd if kaal.endswith("h:mm") else ""}'
            )
            return self._data_style("date", deel)
        m = _GETALVORM.fullmatch(kaal)
        if vorm in ("General", "") or m is None:
            return ""
        groep = ' number:grouping="true"' if m["cijfers"] != "0" else ""
        schaal = f' number:display-factor="{1000 ** len(m["schaal"])}"' if m["schaal"] else ""
        n = len(m["decimalen"] or "")
        getal = f'<number:number number:min-integer-digits="1" number:decimal-places="{n}" number:min-decimal-places="{n}"{groep}{schaal}/>'  # noqa: E501
        voor, achter = (f"<number:text>{escape(t)}</number:text>" if (t := (m[d] or "").strip('"')) else ""
                        for d in ("voor", "achter"))  # fmt: skip
        if m["procent"]:
            return self._data_style("percentage", f"{getal}<number:text>%</number:text>")
        return self._data_style("number", f"{voor}{getal}{achter}")

    def _data_style(self, soort: str, inhoud: str) -> str:
        begin = f'<number:{soort}-style style:name="{{naam}}" number:language="nl" number:country="NL">'
        return self.name(f"{begin}|</number:{soort}-style>", inhoud)

    def xml(self) -> str:
        """Return all styles, numbers before the cells that use them."""
        uit = []
        for sleutel, naam in self._namen.items():
            soort, _, inhoud = sleutel.partition("\0")
            voor, _, na = soort.replace("{naam}", naam).partition("|")
            uit.append((not soort.startswith("<number"), f"{voor}{inhoud}{na}"))
        return "".join(tekst for _, tekst in sorted(uit, key=lambda deel: deel[0]))


def _sheet(blad: Worksheet, stijlen: _Stijlen) -> str:
    breedtes = [blad.column_dimensions[_letter(x)].width for x in range(1, blad.max_column + 1)]
    kolommen = "".join(
        f'<table:table-column table:style-name="{_column_style(stijlen, breedte)}"/>' for breedte in breedtes
    )
    kop = int(str(blad.print_title_rows or "0").rpartition(":")[2].strip("$") or 0)
    rijen = [_row(blad, y, stijlen, blad.max_column if y >= kop else 1) for y in range(1, blad.max_row + 1)]
    if kop:
        rijen[kop - 1] = f"<table:table-header-rows>{rijen[kop - 1]}</table:table-header-rows>"
    stijl = stijlen.family("table", "", ' style:master-page-name="Standaard"')
    return (
        f'<table:table table:name={quoteattr(blad.title)} table:style-name="{stijl}">'
        f"{kolommen}{''.join(rijen)}</table:table>"
    )


def _letter(kolom: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(kolom)


def _column_style(stijlen: _Stijlen, breedte: float) -> str:
    return stijlen.family(
        "table-column", f'<style:table-column-properties style:column-width="{breedte * _TEKEN:.1f}mm"/>'
    )


def _row(blad: Worksheet, y: int, stijlen: _Stijlen, breed: int) -> str:
    """Return a row of so many cells, the empty ones too."""
    hoogte = blad.row_dimensions[y].height
    stijl = ""
    if hoogte:
        inhoud = f'<style:table-row-properties style:row-height="{hoogte:g}pt" style:use-optimal-row-height="false"/>'
        stijl = f' table:style-name="{stijlen.family("table-row", inhoud)}"'
    cellen = "".join(_cell(blad.cell(y, x), stijlen) for x in range(1, breed + 1))
    return f"<table:table-row{stijl}>{cellen}</table:table-row>"


def _cell(cel: Cell | MergedCell, stijlen: _Stijlen) -> str:
    waarde, stijl = cel.value, f'table:style-name="{stijlen.of_cell(cel)}"'
    if waarde is None:
        return f"<table:table-cell {stijl}/>"
    if isinstance(waarde, datetime):
        soort = f'office:value-type="date" office:date-value="{waarde.isoformat(timespec="seconds")}"'
    elif isinstance(waarde, date):
        soort = f'office:value-type="date" office:date-value="{waarde.isoformat()}"'
    elif isinstance(waarde, (int, float)):
        is_deel = cel.number_format.endswith("%") and not cel.number_format.endswith('"%"')
        soort = f'office:value-type="{"percentage" if is_deel else "float"}" office:value="{float(waarde)!r}"'
    else:
        inhoud = _text(str(waarde))
        if cel.hyperlink is not None:
            plek = str(cel.hyperlink.location or cel.hyperlink.ref or "").replace("'", "").replace("!", ".")
            inhoud = f'<text:a xlink:type="simple" xlink:href={quoteattr("#" + plek.lstrip("#"))}>{inhoud}</text:a>'
        return f'<table:table-cell {stijl} office:value-type="string"><text:p>{inhoud}</text:p></table:table-cell>'
    return f"<table:table-cell {stijl} {soort}/>"


def _text(tekst: str) -> str:
    """Return a text as XML that keeps its spaces and lines."""
    veilig = escape(tekst).replace("\t", "<text:tab/>").replace("\r\n", "\n").replace("\n", "<text:line-break/>")
    return re.sub("  +", lambda m: f' <text:s text:c="{len(m[0]) - 1}"/>', veilig)


def _range(blad: str, bereik: str) -> str:
    van, _, tot = bereik.partition(":")
    return f"'{blad}'.{van}:'{blad}'.{tot}"


def _styles(boek: Workbook) -> str:
    # One layout for all sheets: a narrow one does not take more paper for it.
    naast_elkaar = max(int(blad.page_setup.fitToWidth or 1) for blad in boek.worksheets)
    return (
        f'{_KOP}<office:document-styles {_NAMEN} office:version="1.3"><office:styles>'
        '<style:default-style style:family="table-cell"><style:text-properties style:font-name="Arial" '
        'fo:font-family="Arial" fo:font-size="12pt" fo:language="nl" fo:country="NL"/></style:default-style>'
        f'</office:styles><office:automatic-styles><style:page-layout style:name="A4">{_BLADSTIJL.format(naast_elkaar)}'
        "</style:page-layout></office:automatic-styles><office:master-styles><style:master-page "
        'style:name="Standaard" style:page-layout-name="A4"/></office:master-styles></office:document-styles>'
    )


def _meta(boek: Workbook) -> str:
    eigen = boek.properties
    return (
        f'{_KOP}<office:document-meta {_NAMEN} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(eigen.title or '')}</dc:title><meta:initial-creator>{escape(eigen.creator or '')}"
        f"</meta:initial-creator><dc:language>{escape(eigen.language or 'nl-NL')}</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _settings(boek: Workbook) -> str:
    """Keep the headings in sight while the reader scrolls."""
    return (
        f'{_KOP}<office:document-settings {_NAMEN} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
        '</config:config-item><config:config-item-map-named config:name="Tables">'
        f"{''.join(_frozen(boek))}</config:config-item-map-named></config:config-item-map-entry>"
        "</config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>"
    )


def _frozen(boek: Workbook) -> Iterator[str]:
    for blad in boek.worksheets:
        if not blad.freeze_panes:
            continue
        rij = int(re.sub(r"\D", "", str(blad.freeze_panes))) - 1
        delen = {
            "VerticalSplitMode": ("short", 2),
            "VerticalSplitPosition": ("int", rij),
            "PositionBottom": ("int", rij),
        }
        items = "".join(
            f'<config:config-item config:name="{naam}" config:type="{soort}">{waarde}</config:config-item>'
            for naam, (soort, waarde) in delen.items()
        )
        naam = quoteattr(blad.title)
        yield f"<config:config-item-map-entry config:name={naam}>{items}</config:config-item-map-entry>"
