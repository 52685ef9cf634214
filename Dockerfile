# One image for every process group: fly.toml names the command of each.
FROM oven/bun:1.4.5-slim AS packages
WORKDIR /app
COPY package.json bun.lock ./
# Optional packages are the embedded Postgres of `bun start`; peers bring a TypeScript compiler that nothing calls (23 MB).
RUN bun install --frozen-lockfile --production --omit optional --omit peer --ignore-scripts

FROM oven/bun:1.4.5-slim
ENV NODE_ENV=production
WORKDIR /app
# Where the volume of web is mounted. Fly gives a volume to the user of the image, Docker a new one to the owner found here.
RUN mkdir /data && chown bun:bun /data
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
# What /docs shows.
COPY openapi/openapi.json openapi/problems.md openapi/
COPY src src
USER bun
EXPOSE 8080 9091
# The base image's entry point is a script that guesses what to run; here the command is the process, and signals reach it.
ENTRYPOINT []
CMD ["bun", "src/processes/web.ts"]
