-- Who signed, where that is known by more than a name that was typed; '' else.
alter table sign_off add column if not exists user_id varchar default '' not null;
