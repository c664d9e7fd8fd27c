-- One row per respondent; a question that was not asked stays empty, answers in words stay as they are.
create table antwoorden as
select
    jaar                                        as periode,
    wgo_code                                    as regio_code,
    * exclude (jaar, wgo_code) replace (
        to_getal(rapportcijfer)                 as rapportcijfer,
        to_getal(digitale_tools)                as digitale_tools,
        to_getal(inzet_digitaal)                as inzet_digitaal,
        to_getal(inzet_verander)                as inzet_verander,
        to_getal(pilot)                         as pilot,
        to_getal(amo_inzicht_tekorten)          as amo_inzicht_tekorten,
        to_getal(amo_inzet_behoud)              as amo_inzet_behoud,
        to_getal(amo_spp)                       as amo_spp,
        to_getal(amo_instroombeleid)            as amo_instroombeleid,
        to_getal(amo_anders)                    as amo_anders,
        to_getal(amo_geen)                      as amo_geen,
        to_getal(netwerk_nieuwe_samenwerking)   as netwerk_nieuwe_samenwerking,
        to_getal(werving_realistisch)           as werving_realistisch,
        to_getal(werving_animo)                 as werving_animo,
        to_getal(werving_anders)                as werving_anders,
        to_getal(werving_geen)                  as werving_geen,
        to_getal(imago_realistisch)             as imago_realistisch,
        to_getal(imago_animo)                   as imago_animo,
        to_getal(imago_anders)                  as imago_anders,
        to_getal(imago_geen)                    as imago_geen,
        to_getal(leren_op_hoogte)               as leren_op_hoogte,
        to_getal(leren_bpv)                     as leren_bpv,
        to_getal(leren_kwaliteit)               as leren_kwaliteit,
        to_getal(leren_anders)                  as leren_anders,
        to_getal(leren_geen)                    as leren_geen,
        to_getal(werken_aandacht_verzuim)       as werken_aandacht_verzuim,
        to_getal(werken_inzet_behoud)           as werken_inzet_behoud,
        to_getal(werken_vitaliteit)             as werken_vitaliteit,
        to_getal(werken_mobiliteit)             as werken_mobiliteit,
        to_getal(werken_anders)                 as werken_anders,
        to_getal(werken_geen)                   as werken_geen
    ),
    'beschikbaar'                               as celstatus
from raw_antwoorden;

-- One row per jaar × WGO: how many organisations were invited, according to the WGO.
create table uitgenodigd as
select
    jaar                                        as periode,
    wgo_code                                    as regio_code,
    to_getal(uitgenodigd)                       as uitgenodigd,
    'beschikbaar'                               as celstatus
from raw_uitgenodigd;

-- One row per respondent × vraag × theme named in an open answer.
create table open_antwoorden as
select
    _periode                                    as periode,
    respondent_id,
    vraag,
    code,
    'beschikbaar'                               as celstatus
from raw_open_antwoorden;

-- One row per jaar × kenmerk × waarde: how many of the invited organisations have it; a margin to rake to.
create table randtotalen as
select
    jaar                                        as periode,
    kenmerk,
    waarde,
    to_getal(uitgenodigd)                       as uitgenodigd,
    'beschikbaar'                               as celstatus
from raw_randtotalen;
