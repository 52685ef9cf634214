-- Each process group works as a role of its own, taken inside every transaction, so that one group's mistakes end at its grants.
-- The roles belong to the cluster, not to this database: another database may have made them, even at this very moment.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['linehold_read', 'linehold_web', 'linehold_odds', 'linehold_settlement'] loop
    begin
      execute format('create role %I nologin noinherit', wanted);
    exception
      when duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;

revoke create on schema public from public;
grant usage on schema public to linehold_read, linehold_web, linehold_odds, linehold_settlement;
