-- What every staging query may use: a figure, and the status of the cell it belongs to.
create macro to_getal(tekst) as
    case when regexp_full_match(tekst, '-?\d+(\.\d+)?') then cast(tekst as double) end;

-- First that applies, as in the contract: nvt, ontbreekt, onderdrukt (by the supplier), beschikbaar.
create macro to_status(teksten) as
    case when list_contains(teksten, 'nvt') then 'nvt'
         when len(list_filter(teksten, lambda t: t is null)) > 0 then 'ontbreekt'
         when list_contains(teksten, '.') or list_contains(teksten, '<5') then 'onderdrukt'
         else 'beschikbaar' end;

-- A cell that its source masks is at least 1; a sum with masked cells has its upper end beside it.
create macro is_masker(tekst) as coalesce(tekst = '<5', false);
create macro to_minstens(tekst) as if(is_masker(tekst), 1, to_getal(tekst));
create macro to_hoogstens(tekst, tot) as
    if(is_masker(tekst), meeste_in_masker(), coalesce(to_getal(tot), to_getal(tekst)));
create macro to_status_geteld(tekst) as if(is_masker(tekst), 'beschikbaar', to_status([tekst]));

-- One text of the values that tell series apart, in the order of the contract: the same of a row as of a delivery.
create macro to_reeks(waarden) as array_to_string(list_transform(waarden, lambda w: coalesce(w, '')), '|');
