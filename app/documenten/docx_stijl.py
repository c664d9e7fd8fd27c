"""The style of a DOCX: letter, headings, tables, page and contents, set once so that who edits it keeps it."""

from __future__ import annotations

from typing import Any

from app.documenten.blokken import Document, clean
from app.stijl import LICHT

BREEDTE_CM = 16.5
TABEL = "Regiomonitor tabel"
LETTER = "Arial"
_RUIMTE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_template(document: Document) -> Any:  # noqa: ANN401
    """Return an empty document in the style of the house, with what stands at the head and foot of each page."""
    import docx

    word = docx.Document()
    _describe(word, document)
    _set_theme(word)
    _set_texts(word)
    _add_table_style(word)
    _set_page(word, document)
    return word


def _describe(word: Any, document: Document) -> None:  # noqa: ANN401
    """Set title, date and language, and say that it was made for the Word of today."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    eigenschappen = word.core_properties
    eigenschappen.title = clean(f"{document.soort}: {document.titel}")
    eigenschappen.author = eigenschappen.last_modified_by = "Regiomonitor Zorg en Welzijn"
    eigenschappen.comments = ""
    eigenschappen.language = "nl-NL"
    eigenschappen.created = eigenschappen.modified = document.gemaakt_op.replace(tzinfo=None)
    taal = word.styles.element.find(f".//{qn('w:lang')}")
    taal.set(qn("w:val"), "nl-NL")
    nieuw = f'<w:compat xmlns:w="{_RUIMTE}"><w:compatSetting w:name="compatibilityMode" ' \
            'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'  # fmt: skip
    instellingen = word.settings.element
    oud = instellingen.find(qn("w:compat"))
    if oud is not None:
        oud.getparent().replace(oud, parse_xml(nieuw))
    pakket = word.part.package
    for kenmerk, relatie in list(pakket.rels.items()):
        if relatie.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            # The small picture is of the library's own empty page.
            del pakket.rels[kenmerk]


def _set_theme(word: Any) -> None:  # noqa: ANN401
    """Give the theme our letter, so that headings and text get it and an editor finds it."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml

    deel = word.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    thema = parse_xml(deel.blob)
    for letter in thema.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}latin"):
        letter.set("typeface", LETTER)
    deel._blob = serialize_part_xml(thema)


def _set_texts(word: Any) -> None:  # noqa: ANN401
    """Set body text, headings, the contents and the notices."""
    from docx.enum.style import WD_STYLE_TYPE

    accent, gedempt = LICHT.accent, LICHT.gedempt
    stijlen = word.styles
    _style(stijlen["Normal"], 10, LICHT.inkt, na=6)
    _style(stijlen["Title"], 26, accent, vet=True, voor=120, na=12)
    _style(stijlen["Heading 1"], 17, accent, vet=True, voor=20, na=8)
    _style(stijlen["Heading 2"], 12.5, accent, vet=True, voor=14, na=4)
    _style(stijlen["Caption"], 9.5, LICHT.inkt, vet=True, voor=10, na=4)
    stijlen["Caption"].paragraph_format.keep_with_next = True
    _style(stijlen["List Bullet"], 10, LICHT.inkt, na=4)
    for naam, basis in (
        ("Klein", "Normal"),
        ("Cel", "Normal"),
        ("Celkop", "Cel"),
        ("Melding", "Normal"),
        ("Inhoud", "Normal"),
    ):
        nieuw = stijlen.add_style(naam, WD_STYLE_TYPE.PARAGRAPH)
        nieuw.base_style = stijlen[basis]
    _style(stijlen["Klein"], 9, gedempt, na=8)
    _style(stijlen["Cel"], 8.5, LICHT.inkt)
    _style(stijlen["Celkop"], 8.5, accent, vet=True)
    _style(stijlen["Melding"], 10.5, LICHT.voorbeeld, vet=True, voor=10, na=6)
    _frame_left(stijlen["Melding"], LICHT.voorbeeld)
    _style(stijlen["Inhoud"], 17, accent, vet=True, na=8)
    for niveau in (1, 2):
        regel = stijlen.add_style(f"toc {niveau}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        regel.base_style = stijlen["Normal"]
        _style(regel, 10, LICHT.inkt, vet=niveau == 1, voor=4 if niveau == 1 else 0, na=2)
        regel.paragraph_format.left_indent = _cm(0.6 * (niveau - 1))
    for naam in ("Header", "Footer"):
        _style(stijlen[naam], 8, gedempt)
        stijlen[naam].paragraph_format.tab_stops.clear_all()


def _style(stijl: Any, punten: float, kleur: str, *, vet: bool = False, voor: float = 0, na: float = 0) -> None:  # noqa: ANN401
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    letter, vorm = stijl.font, stijl.paragraph_format
    letter.size, letter.bold, letter.italic = Pt(punten), vet, False
    letter.color.rgb = RGBColor.from_string(kleur[1:])
    vorm.space_before, vorm.space_after, vorm.line_spacing = Pt(voor), Pt(na), 1.12
    if (rand := stijl.element.get_or_add_pPr().find(qn("w:pBdr"))) is not None:
        rand.getparent().remove(rand)


def _frame_left(stijl: Any, kleur: str) -> None:  # noqa: ANN401
    from docx.oxml import parse_xml

    vorm = stijl.element.get_or_add_pPr()
    rand = f'<w:pBdr xmlns:w="{_RUIMTE}"><w:left w:val="single" w:sz="24" w:space="8" w:color="{kleur[1:]}"/></w:pBdr>'
    vlak = f'<w:shd xmlns:w="{_RUIMTE}" w:val="clear" w:color="auto" w:fill="{LICHT.vlak[1:]}"/>'
    # The order of the file format: frame and fill come before tabs, spacing and indent.
    voor = vorm.find(f"{{{_RUIMTE}}}spacing")
    voor.addprevious(parse_xml(rand))
    voor.addprevious(parse_xml(vlak))


def _add_table_style(word: Any) -> None:  # noqa: ANN401
    """Add the style of the tables: a heavy line below the header, a thin one below each row, no grid."""
    from docx.oxml import parse_xml

    lijn, accent = LICHT.lijn[1:], LICHT.accent[1:]
    dun = f'w:val="single" w:sz="4" w:space="0" w:color="{lijn}"'
    word.styles.element.append(
        parse_xml(f"""
    <w:style xmlns:w="{_RUIMTE}" w:type="table" w:customStyle="1" w:styleId="RegiomonitorTabel">
      <w:name w:val="{TABEL}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
      <w:tblPr><w:tblBorders><w:bottom {dun}/><w:insideH {dun}/></w:tblBorders>
        <w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
          <w:bottom w:w="50" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
      <w:tblStylePr w:type="firstRow"><w:tcPr>
        <w:tcBorders><w:bottom w:val="single" w:sz="12" w:space="0" w:color="{accent}"/></w:tcBorders>
        <w:shd w:val="clear" w:color="auto" w:fill="{LICHT.vlak[1:]}"/></w:tcPr></w:tblStylePr>
    </w:style>""")
    )


def _set_page(word: Any, document: Document) -> None:  # noqa: ANN401
    """Set A4, and a head and foot on every page but the cover."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    deel = word.sections[0]
    deel.page_width, deel.page_height = _cm(21), _cm(29.7)
    deel.left_margin = deel.right_margin = _cm((21 - BREEDTE_CM) / 2)
    deel.top_margin, deel.bottom_margin = _cm(2.4), _cm(2.2)
    deel.different_first_page_header_footer = True
    boven, onder = deel.header.paragraphs[0], deel.footer.paragraphs[0]
    for regel in (boven, onder):
        regel.paragraph_format.tab_stops.add_tab_stop(_cm(BREEDTE_CM), WD_TAB_ALIGNMENT.RIGHT)
    boven.add_run(clean(f"{document.soort}: {document.titel}"))
    if document.merken:
        merk = boven.add_run(f"\t{' · '.join(document.merken)}")
        merk.bold = True
        merk.font.color.rgb = _rgb(LICHT.voorbeeld)
    begin = f"{document.publicatie}{'. Vertrouwelijk' if document.vertrouwelijk else ''}"
    onder.add_run(f"{clean(begin)}\tBladzijde ")
    add_field(onder, "PAGE", "1")
    onder.add_run(" van ")
    add_field(onder, "NUMPAGES", "1")


def add_field(alinea: Any, opdracht: str, nu: str) -> None:  # noqa: ANN401
    """Add a field that the program fills in; `nu` stands there until it does."""
    from docx.oxml import parse_xml

    for inhoud in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {opdracht} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{nu}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        alinea._p.append(parse_xml(f'<w:r xmlns:w="{_RUIMTE}">{inhoud}</w:r>'))


def _cm(maat: float) -> Any:  # noqa: ANN401
    from docx.shared import Cm

    return Cm(maat)


def _rgb(kleur: str) -> Any:  # noqa: ANN401
    from docx.shared import RGBColor

    return RGBColor.from_string(kleur[1:])
