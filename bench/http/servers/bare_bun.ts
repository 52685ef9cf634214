/** The same answer from a route of Bun's own server. */
import { readThemes } from "./theme_file.ts";

const themes = await readThemes(Bun.env);
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  routes: {
    "/:tenant/api/public/load-theme": ({ params }) => {
      const theme = themes.get(params.tenant);
      if (theme === undefined) return new Response(null, { status: 404 });
      return new Response(theme.bytes, { headers: theme.headers });
    },
  },
});
console.log(`listening ${server.port}`);
