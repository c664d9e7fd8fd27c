"""Print what counting 17 million jobs costs, next to plain `count(distinct)` over the same joins.

python bench/bench_personen.py [--map DIR]

Makes 12 peildata of 1.35 million persons (17.2 million jobs, 20,000 employers, the gemeenten of the day, 9 branches) in
DIR, or in a folder that goes away, as a supplier would deliver them. Then three measures, each in a process of its own:

- keuring: the checks of `regiomonitor check`, after the import of Great Expectations;
- gewoon: per peildatum one `count(distinct persoon_id)` with grouping sets over level × branche, joined to regio and
  membership;
- snel: what a build does, the same plus the employers of every cell.

The answers of the last two must be equal, and the third may take 0.4 of the time of the second.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.regio import load_regio
from pipelines.afspraken.warehouse.verbinding import DUCKDB_CONFIG
from pipelines.laden import personen
from pipelines.levering.aannemen import check_path
from pipelines.levering.bestand.tekst import read_text_table
from pipelines.levering.leveringen import read_levering
from pipelines.levering.toets import leesproces
from pipelines.levering.toets.groot import Bestand
from pipelines.levering.toets.valideren import Keuring

DAGEN = [f"{jaar}-{dag}" for jaar in (2021, 2022, 2023) for dag in ("03-31", "06-30", "09-30", "12-31")]
PERSONEN, WERKGEVERS = 1_350_000, 20_000
KOLOMMEN = ("periode", "peildatum", "persoon_id", "werkgever_id", "branche_code", "gm_code")
GRENS, GRENS_MB = 0.4, 1000

WERKGEVER = f"""
create table werkgever as
select nr, substr(md5('w' || nr), 1, 12) as werkgever_id,
       ['ZKH', 'REV', 'GGZ', 'GHZ', 'VVT', 'HAG', 'SW', 'JZ', 'KO'][1 + (hash(nr * 7 + 1) % 9)::int] as branche_code
from range({WERKGEVERS}) r(nr)
"""
# Six in a hundred persons have a second job, four in a thousand a third; employers are as unequal as real ones,
# have up to three places of work, and one job in forty is in another branche than the employer's own.
BANEN = """
copy (
    with persoon as (select i + {nummer} * 20000 as i from range({personen}) r(i)),
    baan as (
        select i, 0 as k from persoon
        union all select i, 1 from persoon where hash(i * 31 + {jaar}) % 1000 < 60
        union all select i, 2 from persoon where hash(i * 31 + {jaar}) % 1000 < 4
    ),
    worp as (select i, hash(i * 13 + k * 1000003 + if(hash(i * 17 + {nummer}) % 20 = 0, {nummer}, 0)) as h from baan),
    plek as (
        select i, h, least({werkgevers} - 1, floor(20 * (1001 ** ((h % 1000000) / 1e6) - 1)))::bigint as nr from worp
    )
    select '{periode}' as periode, date '{dag}' as peildatum, substr(md5('p' || i), 1, 16) as persoon_id, werkgever_id,
           if(h % 40 = 3, 'VVT', branche_code) as branche_code, gm_code
    from plek join werkgever using (nr)
    join gemeente g on g.nr = (hash(plek.nr) + (h // 1000000) % 3 * 7) % {gemeenten}
) to '{pad}' (format parquet)
"""
LEDEN = """
copy (
    select werkgever_id, 'WGO0' || (1 + hash(nr) % 7) as wgo_code, lid_van,
           case when hash(nr * 5) % 4 = 0 then lid_van + (hash(nr * 9) % 700)::int end as lid_tot
    from (select *, date '2019-01-01' + (hash(nr * 3) % 1500)::int as lid_van from werkgever)
    where hash(nr * 11) % 100 < if(nr < 2000, 70, 20)
) to '{pad}' (format parquet)
"""


def make_delivery(map_: Path) -> None:
    """Write twelve files of jobs, one of memberships and a levering.yml."""
    con = duckdb.connect(config=DUCKDB_CONFIG)
    load_regio(con)
    con.execute(WERKGEVER)
    for nummer, dag in enumerate(DAGEN):
        con.execute(
            "create or replace temp table gemeente as select regio_code as gm_code, row_number() over (order by 1) - 1 "
            f"as nr from regio where niveau = 'gemeente' and date '{dag}' between coalesce(geldig_van, date '{dag}') "
            f"and coalesce(geldig_tot, date '{dag}')"
        )
        (gemeenten,) = con.execute("select count(*) from gemeente").fetchone()
        con.execute(
            BANEN.format(nummer=nummer, personen=PERSONEN, werkgevers=WERKGEVERS, gemeenten=gemeenten, dag=dag,
                         periode=f"{dag[:4]}KW0{nummer % 4 + 1}", jaar=dag[:4],
                         pad=map_ / f"dienstverbanden-{nummer + 1}.parquet")
        )  # fmt: skip
    con.execute(LEDEN.format(pad=map_ / "leden.parquet"))
    (map_ / "levering.yml").write_text(
        'bron: pfzw_personen\nleverancier: Proef\nperiode: "2023"\nontvangen: 2024-02-01\nherkomst: synthetisch\n'
    )


def validate(map_: Path) -> int:
    """Return how many rows pass the checks."""
    gekeurd = check_path(map_, None)
    assert not gekeurd.meldingen, gekeurd.meldingen[:3]
    return gekeurd.aantal_rijen


PLAIN = """
with plaats as (
    select v.regio_code as gm_code, max(v.ouder_code) filter (where r.niveau = 'arbeidsmarktregio') as ra,
           max(v.ouder_code) filter (where r.niveau = 'wgo') as wgo
    from voorouder v join regio r on r.regio_code = v.ouder_code
    where date '{dag}' between v.van and v.tot group by v.regio_code
),
lid as (
    select distinct werkgever_id from leden
    where date '{dag}' between lid_van and coalesce(lid_tot, date '9999-12-31')
)
select coalesce(ra, wgo, 'NL01'), coalesce(branche_code, 'TOTAAL'),
       count(distinct persoon_id) filter (where lid.werkgever_id is not null), count(distinct persoon_id)
from read_parquet('{pad}') join plaats using (gm_code) left join lid using (werkgever_id)
where branche_code <> 'UMC'
group by grouping sets ((), (branche_code), (wgo), (wgo, branche_code), (ra), (ra, branche_code)) order by all
"""


def count_plainly(con: duckdb.DuckDBPyConnection, map_: Path) -> list[list[tuple]]:
    """Return per peildatum (regio, branche, aangesloten, totaal) of every cell, by count(distinct)."""
    con.execute(f"create table leden as from read_parquet('{map_}/leden.parquet')")
    paden = [map_ / f"dienstverbanden-{nummer + 1}.parquet" for nummer in range(len(DAGEN))]
    return [con.execute(PLAIN.format(dag=d, pad=p)).fetchall() for d, p in zip(DAGEN, paden, strict=True)]


def count_persons(con: duckdb.DuckDBPyConnection, map_: Path) -> list[list[tuple]]:
    """Return the same by the code of a build, which counts the employers of every cell too."""
    bronnen = load_bronnen()
    geleverd = Keuring(read_levering(map_, bronnen))
    geleverd.frames["leden"] = read_text_table(map_ / "leden.parquet").frame
    perioden = [f"{dag[:4]}KW0{nummer % 4 + 1}" for nummer, dag in enumerate(DAGEN)]
    geleverd.groot["dienstverbanden"] = [
        Bestand(map_ / f"dienstverbanden-{nummer}.parquet", {naam: f"{naam}::varchar" if naam == "peildatum" else naam
                                                             for naam in KOLOMMEN}, {periode: 1})
        for nummer, periode in enumerate(perioden, start=1)
    ]  # fmt: skip
    antwoord = []
    for periode in perioden:
        personen.count_period(con, bronnen["pfzw_personen"], periode, geleverd, geleverd)
        antwoord.append(
            con.execute(
                "select regio_code, branche_code, medewerkers_aangesloten::bigint, medewerkers_totaal::bigint "
                "from dekking_van_personen order by all"
            ).fetchall()
        )
    return antwoord


def measure(wat: str, map_: Path) -> None:
    """Do one thing in this process and print its answer, seconds and peak memory as JSON."""
    if wat == "keuring":
        leesproces.warm_up()
        begin = time.perf_counter()
        antwoord: object = validate(map_)
    else:
        con = duckdb.connect(config=DUCKDB_CONFIG)
        load_regio(con)
        begin = time.perf_counter()
        antwoord = (count_plainly if wat == "gewoon" else count_persons)(con, map_)
    seconden = time.perf_counter() - begin
    per_mb = 1_000_000 if sys.platform == "darwin" else 1_000
    leesproces.close()
    piek = sum(resource.getrusage(wie).ru_maxrss for wie in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / per_mb
    print(json.dumps([antwoord, seconden, piek]))


def main() -> None:
    """Make the delivery, measure three times in turn, and print the fastest of each."""
    opties = argparse.ArgumentParser()
    opties.add_argument("--map", type=Path)
    opties.add_argument("--meet", choices=("keuring", "gewoon", "snel"))
    args = opties.parse_args()
    if args.meet:
        measure(args.meet, args.map)
        return
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = args.map or Path(tijdelijk)
        map_.mkdir(parents=True, exist_ok=True)
        if not (map_ / "levering.yml").is_file():
            make_delivery(map_)
        print(f"drukte (load) bij het begin: {os.getloadavg()[0]:.1f}")
        uitkomst: dict[str, list] = {"keuring": [], "gewoon": [], "snel": []}
        for wat in (*uitkomst, "gewoon", "snel", "gewoon", "snel"):
            aanroep = [sys.executable, __file__, "--map", str(map_), "--meet", wat]
            uitkomst[wat].append(json.loads(subprocess.run(aanroep, capture_output=True, text=True, check=True).stdout))
    print(f"{uitkomst['keuring'][0][0]:,} rijen goedgekeurd")
    for wat, metingen in uitkomst.items():
        seconden, piek = min(m[1] for m in metingen), max(m[2] for m in metingen)
        print(f"{wat:8} {seconden:6.2f} s   piek {piek:5.0f} MB")
    gelijk = all(meting[0] == uitkomst["gewoon"][0][0] for meting in uitkomst["gewoon"] + uitkomst["snel"])
    ratio = min(m[1] for m in uitkomst["snel"]) / min(m[1] for m in uitkomst["gewoon"])
    print(f"zelfde antwoord: {'ja' if gelijk else 'NEE'}   verhouding {ratio:.2f} (grens {GRENS}, {GRENS_MB} MB)")
    print(f"drukte (load) aan het eind: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
