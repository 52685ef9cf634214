-- What a placement answered, byte for byte, apart from the bet: whoever settles rewrites the bet's row and has no use for three quarters of it.
-- Bets of before keep theirs where it is.
create table bet_answers (
  tenant_id uuid not null,
  bet_id uuid not null,
  answer text not null check (length(answer) between 2 and 100000),
  primary key (tenant_id, bet_id),
  foreign key (tenant_id, bet_id) references bets (tenant_id, bet_id)
);
create trigger bet_answers_append_only before update or delete or truncate on bet_answers
  for each statement execute function refuse_change();

alter table bet_answers enable row level security;
alter table bet_answers force row level security;
create policy bet_answers_of_tenant on bet_answers
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select, insert on bet_answers to linehold_web;
