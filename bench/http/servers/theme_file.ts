/** One answer of the service, for servers that shall give the very same: written by the bench, read by each of them. */
export interface ThemeFile {
  readonly tenant: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a bare server holds of it. */
export interface HeldTheme {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads the file that `THEME_FILE` names: themes by tenant, as a cache holds them. */
export async function readThemes(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Map<string, HeldTheme>> {
  const { body, headers, tenant }: ThemeFile = await Bun.file(env["THEME_FILE"] ?? "").json();
  return new Map([[tenant, { bytes: new TextEncoder().encode(body), headers }]]);
}
