-- The in-toto statement of a decision as the person signed it with a key of his or her own, and that signature (base64); '' where the installation's key alone signs.
alter table sign_off add column if not exists own_key varchar default '' not null;
alter table sign_off add column if not exists own_statement text default '' not null;
alter table sign_off add column if not exists own_signature varchar default '' not null;
