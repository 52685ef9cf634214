/** The fastest honest Elysia route for this: a path parameter, a Map, the bytes and headers as they are. */
import { Elysia } from "elysia";
import { readThemes } from "./theme_file.ts";

const themes = await readThemes(Bun.env);
const app = new Elysia()
  .get("/:tenant/api/public/load-theme", ({ params }) => {
    const theme = themes.get(params.tenant);
    if (theme === undefined) return new Response(null, { status: 404 });
    return new Response(theme.bytes, { headers: theme.headers });
  })
  .listen({ hostname: "127.0.0.1", port: 0 });
console.log(`listening ${app.server?.port}`);
