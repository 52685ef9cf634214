import { exampleRegistration } from "../../src/players/examples.ts";
import { openStage, type Stage, type StageOptions } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";

/** Business time of these tests, on which nothing falls by chance. */
export const NOON = Date.UTC(2025, 8, 19, 12);
export const PASSWORD = "correct horse battery";

/** Two brands of one deployment, at which players come and go over HTTP. */
export interface PlayersHouse extends AsyncDisposable {
  readonly stage: Stage;
  readonly tenantIds: Readonly<Record<"acme" | "other", string>>;
  register(tenant: string, person?: Readonly<Record<string, unknown>>): Promise<Response>;
  signIn(tenant: string, credentials: { email: string; password?: string }): Promise<Response>;
  /** A registered player's session. */
  enter(tenant: string, person?: Readonly<Record<string, unknown>>): Promise<Entered>;
}

export interface Entered {
  readonly email: string;
  readonly playerId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Opens it. People are told apart by name and e-mail, so that nobody's exclusion is another's. */
export async function openPlayersHouse(options: StageOptions = {}): Promise<PlayersHouse> {
  const ids = { acme: "", other: "" };
  const stage = await openStage({
    epochMs: () => NOON,
    async arrange(database) {
      ids.acme = await arrangeTenant(database, { slug: "acme" });
      const compliance = { ageMark: "21+" };
      ids.other = await arrangeTenant(database, {
        slug: "other",
        document: { betting: { currency: "SEK" }, compliance },
      });
    },
    ...options,
  });
  await stage.directory.firstLoaded;
  const register: PlayersHouse["register"] = (tenant, person = {}) =>
    stage.ask("POST", `/${tenant}/api/players`, {
      body: { ...exampleRegistration, ...newPerson(), password: PASSWORD, ...person },
    });
  const signIn: PlayersHouse["signIn"] = (tenant, { email, password = PASSWORD }) =>
    stage.ask("POST", `/${tenant}/api/sessions`, { body: { email, password } });
  return {
    stage,
    tenantIds: ids,
    register,
    signIn,
    async enter(tenant, person = {}) {
      const registered = await register(tenant, person);
      const { email = "" } = await bodyOf(registered);
      const session = await bodyOf(await signIn(tenant, { email }));
      const { playerId = "", accessToken = "", refreshToken = "" } = session;
      return { email, playerId, accessToken, refreshToken };
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}

/** Somebody whom no test has met. */
export function newPerson(): { readonly fullName: string; readonly email: string } {
  const letters = [...crypto.randomUUID().replaceAll("-", "")]
    .map((digit) => "abcdefghijklmnop"[Number.parseInt(digit, 16)])
    .join("");
  return { fullName: `Test ${letters}`, email: `${letters}@example.org` };
}

/** The members of an answer, of which a test knows what they are. */
export async function bodyOf(response: Response): Promise<Record<string, string>> {
  return (await response.json()) as Record<string, string>;
}

/** Status and code of a refusal. */
export async function refusal(response: Response): Promise<readonly [number, unknown]> {
  const { code } = await bodyOf(response);
  return [response.status, code];
}
