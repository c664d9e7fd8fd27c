-- Budgets per WGO, and for the country where every WGO of that day was delivered. A share needs all five
-- pijlers (0 counts, missing does not); an amount is what was delivered.
insert into uitkomst by name
with rij as (
    select periode, regio_code, pijler, subsidie_eur as subsidie, cofinanciering_eur as cofinanciering, celstatus
    from srs_budget.budget
    union all
    select b.periode, het_land(), b.pijler, b.subsidie_eur, b.cofinanciering_eur, b.celstatus
    from srs_budget.budget b
    join (select periode, list(distinct regio_code) as wgos from srs_budget.budget group by periode) g using (periode)
    join periode p using (periode)
    where list_has_all(g.wgos, wgos_op(p.eind))
),
groep as (
    select periode, regio_code, '' as categorie, * exclude (periode, regio_code) from rij
    union all
    select periode, regio_code, pijler, * exclude (periode, regio_code) from rij
    union all
    select periode, regio_code, 'inhoudelijk', * exclude (periode, regio_code) from rij
    where pijler in ('kiezen_toeleiden', 'leren_opleiden', 'werken_behoud')
),
som as (
    select periode, regio_code, categorie, sum(subsidie) as subsidie, sum(cofinanciering) as cofinanciering,
           sum(subsidie + cofinanciering) as totaal, count(distinct pijler) as pijlers,
           slechtste_status(list(celstatus)) as celstatus
    from groep group by all
),
cijfer as (
    select 'budget_bedrag' as indicator_id, '' as uitsplitsing, periode, regio_code, categorie, totaal as teller,
           null as noemer, celstatus as status
    from som where categorie <> 'inhoudelijk'
    union all
    select 'budget_bedrag', '', periode, regio_code, 'subsidie', subsidie, null, celstatus from som where categorie = ''
    union all
    select 'budget_bedrag', '', periode, regio_code, 'cofinanciering', cofinanciering, null, celstatus
    from som where categorie = ''
    union all
    select 'budget_aandeel', 'soort=realisatie', d.periode, d.regio_code, d.categorie, d.totaal, h.totaal,
           case when h.pijlers < 5 then 'ontbreekt' when h.totaal = 0 then 'nvt' else h.celstatus end
    from som d join som h on h.periode = d.periode and h.regio_code = d.regio_code and h.categorie = ''
    where d.categorie not in ('', 'inhoudelijk')
    union all
    select 'cofinanciering_aandeel', 'soort=realisatie', periode, regio_code, categorie, cofinanciering, totaal,
           case when pijlers < case categorie when '' then 5 when 'inhoudelijk' then 3 else 1 end then 'ontbreekt'
                when totaal = 0 then 'nvt' else celstatus end
    from som
)
select *, if(indicator_id = 'budget_bedrag', teller, teller / noemer) as waarde, 'srs_budget' as bron, 'budget' as tabel
from cijfer;
