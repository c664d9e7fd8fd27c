"""Queries of the page Cijfers: where figures come from and how they were checked."""

from __future__ import annotations

from app.lezen.data import haal_tabel
from app.lezen.geheugen import remember
from app.lezen.oorsprong import BRONTEKST
from app.lezen.rijen import Kenmerk, Resultaat
from pipelines.afspraken.codelijsten import Herkomst, Niveau, Status, sql_list


@remember(4)
def leveringen(merk: Kenmerk) -> Resultaat:
    """One row per delivered file."""
    return haal_tabel(
        merk,
        """
        select bron, tabel, leverancier, herkomst, periode, ontvangen, rijen, rijen_gebruikt, verwijzing,
               licentie, opmerking, bestand, sha256, levering_id
        from levering order by herkomst, bron, periode, tabel
        """,
    )


@remember(4)
def tabelnamen(merk: Kenmerk) -> dict[str, str]:
    """Return what every delivered table is called, by delivery and table: source, table, period and herkomst."""
    tabel = haal_tabel(
        merk,
        # A publication of before sources had a title there has only their names.
        f"""
        select levering_id, tabel, coalesce(bron_titel, replace(bron, '_', ' ')), periode,
               herkomst = '{Herkomst.SYNTHETISCH}'
        from (from levering union all by name select null as bron_titel where false)
        order by herkomst, bron, periode, tabel
        """,
    )
    return {
        table_key(
            levering, naam
        ): f"{bron}: {naam.replace('_', ' ')}, {periode}{', voorbeelddata' if verzonnen else ''}"
        for levering, naam, bron, periode, verzonnen in tabel.rijen
    }


def table_key(levering_id: str, tabel: str) -> str:
    """Return what identifies one delivered table in a link."""
    return f"{levering_id}, {tabel}"


@remember(4)
def controles(merk: Kenmerk) -> Resultaat:
    """One row per check, the ones that found something first."""
    return haal_tabel(
        merk,
        """
        select levering_id, tabel, controle, kolom, gelukt, aantal_rijen, aantal_afwijkend, melding
        from kwaliteit order by gelukt, levering_id, tabel, controle, kolom
        """,
    )


@remember(4)
def controles_per_levering(merk: Kenmerk) -> Resultaat:
    """One row per delivered file: how many checks, how many found something."""
    return haal_tabel(
        merk,
        """
        select levering_id, tabel, count(*) as controles, count(*) filter (where gelukt) as geslaagd
        from kwaliteit group by levering_id, tabel order by levering_id, tabel
        """,
    )


@remember(4)
def aansluiting(merk: Kenmerk) -> Resultaat:
    """One row per published figure that is also computed, and per pair of figures that are counted twice."""
    return haal_tabel(
        merk,
        r"""
        with cijfer as (select *, """
        + BRONTEKST
        + r""" as maker from gepubliceerd_cijfer g),
        plaats as (
            select indicator_id, concat_ws(', ', bron, vindplaats) as bron, any_value(maker) as maker,
                   any_value(plek) as plek
            from cijfer where gekozen group by all
        )
        select a.indicator_id, a.categorie, a.uitsplitsing, i.titel, i.eenheid, r.naam as regio,
               coalesce(b.naam, a.branche_code) as branche, coalesce(p.naam, a.periode) as periode,
               a.gepubliceerd, a.berekend, a.herkomst_berekend,
               a.oordeel, a.oorzaak, a.bron, g.maker as oorsprong, g.plek,
               een.waarde_tot as gepubliceerd_tot, een.precisie as precisie_een, een.maker as oorsprong_een,
               een.plek as plek_een,
               ander.precisie as precisie_ander, ander.maker as oorsprong_ander, ander.plek as plek_ander,
               dg.decimalen as decimalen_gepubliceerd, db.decimalen as decimalen_berekend
        from aansluiting a
        left join indicator i on i.indicator_id = a.indicator_id
        left join plaats g on g.indicator_id = a.indicator_id and g.bron = a.bron
        -- Of two counts side by side, the uitsplitsing names both (`meting=kzv|vernet`); of two figures under one key,
        -- the source names the other by its id.
        left join cijfer een on een.gekozen and een.indicator_id = a.indicator_id and een.categorie = a.categorie
            and een.uitsplitsing = regexp_replace(a.uitsplitsing, '\|[^;]*', '') and een.regio_code = a.regio_code
            and een.branche_code = a.branche_code and een.periode = a.periode
        left join cijfer ander on ander.indicator_id = a.indicator_id and ander.categorie = a.categorie
            and ander.regio_code = a.regio_code and ander.branche_code = a.branche_code and ander.periode = a.periode
            and if(contains(a.uitsplitsing, '|'),
                   ander.gekozen and ander.uitsplitsing = regexp_replace(a.uitsplitsing, '=[^;|]*\|', '='),
                   ander.cijfer_id = regexp_extract(a.bron, ' naast \S+ (\S+) \(', 1))
        left join decimalen dg on dg.indicator_id = a.indicator_id and dg.is_deel = (a.categorie <> '')
            and dg.bron <> '' and starts_with(a.bron, dg.bron) and dg.uitsplitsing = a.uitsplitsing
        left join decimalen db on db.indicator_id = a.indicator_id and db.is_deel = (a.categorie <> '')
            and db.bron is null
        left join regio r on r.regio_code = a.regio_code
        left join branche b on b.branche_code = a.branche_code
        left join periode p on p.periode = a.periode
        order by i.volgorde, a.regio_code, b.volgorde, p.begin
        """,
    )


@remember(4)
def niet_opgenomen(merk: Kenmerk) -> Resultaat:
    """One row per reason why figures from a source are not carried, the commonest first."""
    return haal_tabel(
        merk,
        """
        select reden, count(*) as aantal,
               array_to_string(list_distinct(list(onderwerp order by cijfer_id)
                   filter (where coalesce(onderwerp, '') <> ''))[1:3], '; ') as voorbeelden
        from niet_opgenomen group by reden order by aantal desc, reden
        """,
    )


@remember(4)
def niet_opgenomen_rijen(merk: Kenmerk) -> Resultaat:
    """One row per figure from a source that no indicator carries."""
    return haal_tabel(merk, "from niet_opgenomen order by reden, cijfer_id")


@remember(200)
def gepubliceerde_cijfers(merk: Kenmerk, indicator_id: str) -> Resultaat:
    """One row per figure as published of one indicator, also those that gave way to a better one."""
    return haal_tabel(
        merk,
        """
        select g.cijfer_id, g.categorie, g.uitsplitsing, coalesce(r.naam, g.regio_code) as regio,
               coalesce(b.naam, g.branche_code) as branche, coalesce(p.naam, g.periode) as periode,
               g.waarde, g.waarde_tot, g.precisie, g.n, g.populatie,
               """
        + BRONTEKST
        + """ as oorsprong, g.adres, g.plek, g.bron, g.vindplaats, g.kwaliteit,
               g.gekozen, g.opmerking, d.decimalen, d.decimalen as decimalen_tot
        from gepubliceerd_cijfer g
        left join decimalen d on d.indicator_id = g.indicator_id and d.is_deel = (coalesce(g.categorie, '') <> '')
            and d.bron = coalesce(g.bron, '') and d.uitsplitsing = coalesce(g.uitsplitsing, '')
        left join regio r using (regio_code)
        left join branche b using (branche_code)
        left join periode p using (periode)
        where g.indicator_id = $1
        order by g.categorie, g.uitsplitsing, g.regio_code, b.volgorde, p.begin, g.gekozen desc, g.cijfer_id
        """,
        [indicator_id],
    )


@remember(200)
def beschikbaarheid(merk: Kenmerk, indicator_id: str, voorbeeld: bool) -> Resultaat:
    """One row per level: what figures one indicator has there; with examples also how many of them are made up."""
    is_verzonnen = f"herkomst = '{Herkomst.SYNTHETISCH}'"
    verzonnen = f", count(*) filter (where {is_verzonnen}) as waarvan_voorbeelddata" if voorbeeld else ""
    return haal_tabel(
        merk,
        f"""
        select niveau,
               {sql_list(Herkomst)}[min(list_position({sql_list(Herkomst)}, herkomst))] as heeft,
               count(distinct regio_code) as regios, count(distinct periode) as perioden, count(*) as cijfers{verzonnen}
        from waarneming where indicator_id = $1 and ({voorbeeld} or herkomst <> '{Herkomst.SYNTHETISCH}')
        group by niveau
        order by list_position({sql_list(Niveau)}, niveau)
        """,
        [indicator_id],
    )


@remember(4)
def verzonnen(merk: Kenmerk) -> tuple[int, int]:
    """Return how many figures of the publication are made up, and how many of those are not shown."""
    tabel = haal_tabel(
        merk,
        f"""
        select count(*), count(*) filter (where status = '{Status.ONDERDRUKT}')
        from waarneming where herkomst = '{Herkomst.SYNTHETISCH}'
        """,
    )
    aantal, onderdrukt = tabel.rijen[0]
    return int(aantal), int(onderdrukt)


@remember(200)
def leveringen_van(merk: Kenmerk, indicator_id: str) -> Resultaat:
    """One row per delivered file that one indicator has figures from; a delivery may hold other tables too."""
    return haal_tabel(
        merk,
        """
        with w as (
            select distinct herkomst, levering_id, levering_id like 'srs_enquete/%' as enquete
            from waarneming where indicator_id = $1
        ),
        tabel as (
            select levering_id, 'cijfers' as tabel from w where levering_id like 'gepubliceerd/%'
            union all
            select w.levering_id, split_part(i.bron, '.', 2)
            from w, indicator i
            where i.indicator_id = $1 and i.bron is not null and levering_id not like 'gepubliceerd/%'
            union all
            select levering_id, if($1 in (select indicator_id from enquetevraag where soort = 'open'),
                                   'open_antwoorden', 'antwoorden')
            from w where enquete
            union all
            -- Who was invited came in a delivery of its own: that of the same source and period.
            select u.levering_id, u.tabel
            from w join levering l using (levering_id) join levering u on u.bron = l.bron and u.periode = l.periode
            where w.enquete and u.tabel = 'uitgenodigd'
        )
        select distinct l.leverancier, l.herkomst, l.periode, l.bestand, l.verwijzing, l.levering_id
        from levering l join tabel t using (levering_id, tabel)
        order by l.herkomst, l.periode, l.bestand
        """,
        [indicator_id],
    )


@remember(4)
def onzekere_regios(merk: Kenmerk) -> Resultaat:
    """One row per membership of a region that is not certain."""
    return haal_tabel(
        merk,
        f"""
        select k.naam as regio, o.naam as hoort_bij, l.geldig_van, l.geldig_tot, l.zekerheid
        from regio_lid l
        join regio k on k.regio_code = l.kind_code
        join regio o on o.regio_code = l.ouder_code
        where coalesce(l.zekerheid, 'hoog') <> 'hoog' and k.niveau <> '{Niveau.GEMEENTE}'
        order by l.kind_code, l.geldig_van
        """,
    )


@remember(4)
def licenties(merk: Kenmerk) -> Resultaat:
    """One row per supplier: under which licence its figures are used."""
    return haal_tabel(
        merk,
        """
        select distinct leverancier, licentie from levering
        where coalesce(licentie, '') <> '' order by leverancier
        """,
    )


@remember(4)
def _decimalen(merk: Kenmerk) -> dict[tuple[str, bool, str | None], int]:
    """Return the decimals per kind of figure, where all sources agree on them."""
    tabel = haal_tabel(
        merk,
        """
        select indicator_id, is_deel, uitsplitsing, max(decimalen) from decimalen
        group by all having min(decimalen) = max(decimalen)
        """,
    )
    return {(str(i), bool(deel), u): int(aantal) for i, deel, u, aantal in tabel.rijen}


def decimals(merk: Kenmerk, indicator_id: str, categorie: str, uitsplitsing: str, herkomst: str | None) -> int | None:
    """Return the decimals of a figure of another publication; None where its own value must tell."""
    soort = uitsplitsing if herkomst == Herkomst.GEPUBLICEERD else None
    return _decimalen(merk).get((indicator_id, bool(categorie), soort))
