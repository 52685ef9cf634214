-- Postgres behind PgBouncer, for a server of your own. As a superuser, outside a transaction:
--   psql "$DIRECT_DATABASE_URL" -v ON_ERROR_STOP=1 -f deploy/postgres.sql
-- A managed Postgres has settings pages of its own for these.

-- PgBouncer's 80, 3 kept for superusers, 17 for what connects directly: migrations, listeners, people, backups.
-- This one needs a RESTART. A reload leaves the old number in force without a word.
alter system set max_connections = 100;
alter system set superuser_reserved_connections = 3;

-- These need a reload only.
-- A statement whose client has gone ends within 5 s, and not at its own timeout.
alter system set client_connection_check_interval = '5s';
-- The last net below PgBouncer's idle_transaction_timeout, for those who connect directly.
alter system set idle_in_transaction_session_timeout = '15s';
-- A peer that vanished is noticed in 15 s + 3 × 5 s and gives its connection back.
alter system set tcp_keepalives_idle = 15;
alter system set tcp_keepalives_interval = 5;
alter system set tcp_keepalives_count = 3;
-- Waits for a lock of a second or more are written down with who holds it.
alter system set log_lock_waits = on;

select pg_reload_conf();

-- What a reload was not enough for: no row means that everything above is in force. A row names a setting that waits for a
-- restart, with the value in force until then.
-- The pause is for the reload: the server re-reads its files a moment after it was told to.
select pg_sleep(0.5);
select name, setting as in_force, pending_restart
from pg_settings
where pending_restart;
