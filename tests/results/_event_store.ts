import type { Connection, Pool } from "../../src/pool/mod.ts";
import { type RecordedFacts, recordFacts, type Statement } from "../../src/results/mod.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";

export const NOON = new Date("2025-03-01T12:00:00Z");

export function minutesAfter(minutes: number): Date {
  return new Date(NOON.getTime() + minutes * 60_000);
}

/** A database with events of one source, and the pools of those who speak of them. */
export interface EventStore extends AsyncDisposable {
  readonly database: TestDatabase;
  /** The feeds' pool, which speaks for all. */
  readonly pool: Pool;
  /** The web's, which speaks for a tenant. */
  readonly web: Pool;
  addEvent(sport?: string): Promise<string>;
  /** Says it, for all or for a tenant, with the role that may. */
  say(statement: Pick<Statement, "eventId" | "facts"> & Partial<Statement>): Promise<RecordedFacts>;
  /** In a read transaction of the web's role: of the tenant, where one is given. */
  read<T>(tenantId: string | undefined, look: (connection: Connection) => Promise<T>): Promise<T>;
}

export async function openEventStore(): Promise<EventStore> {
  const database = await openDatabase();
  const pool = database.pool("linehold_odds");
  const web = database.pool("linehold_web");
  return {
    database,
    pool,
    web,
    async addEvent(sport = "soccer") {
      const eventId = Bun.randomUUIDv7();
      await database.owner(
        `insert into events (event_id, source, source_event_id, sport, competition_id, competition, home, away, starts_at,
           status, source_version, updated_at)
         values ($1, 'test', $1::uuid::text, $2, 'c', 'Cup', 'Home', 'Away', $3, 'live', 1, $3)`,
        [eventId, sport, NOON],
      );
      return eventId;
    },
    async say(statement) {
      const { tenantId } = statement;
      await using lease = await (tenantId === undefined
        ? pool.lease({ access: "write" })
        : web.lease({ access: "write", tenantId }));
      const recorded = await recordFacts(lease.connection, { source: "test", at: NOON, ...statement });
      await lease.commit();
      return recorded;
    },
    async read(tenantId, look) {
      await using lease = await web.lease(tenantId === undefined ? {} : { tenantId });
      return await look(lease.connection);
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}
