# The server, and the element that it serves. Runs as nobody in particular, writes to /data and /tmp alone:
#   docker build -t support-center .
#   docker run --init --read-only --tmpfs /tmp -v support-center:/data -p 8787:8787 \
#     -e AUTH_SECRET -e AUTH_ISSUER=https://app.example.com support-center
# Several processes need PostgreSQL and S3: server/deploy/.
ARG NODE_IMAGE=node:24-bookworm-slim

# The element is built with everything that development needs. Nothing here has to run a script to be installed.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY widget widget
COPY server server
RUN node widget/build.ts

# What runs: dependencies without those of development, in a layer that changes only with the lockfile.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM ${NODE_IMAGE}
WORKDIR /app
# The folder of the data is made here, so that a new volume in its place belongs to the user. The other one keeps what
# Node makes of the source.
RUN mkdir -p /data /app/.cache/compiled && chown 1000:1000 /data /app/.cache/compiled \
  && ln -s /app/server/cli/support-center.mjs /usr/local/bin/support-center
COPY --from=dependencies /app/node_modules node_modules
COPY package.json schema.sql ./
COPY server server
COPY --from=build /app/dist/widget dist/widget
ENV NODE_ENV=production \
  NODE_COMPILE_CACHE=/app/.cache/compiled \
  MALLOC_ARENA_MAX=1 \
  HOST=0.0.0.0 \
  PORT=8787 \
  DATABASE_URL=sqlite:/data/support.db \
  ATTACHMENTS_URL=file:/data/attachments
# The user `node` of the image, as a number, so that an orchestrator can tell that it is not root.
USER 1000:1000
# Without its settings the server only says what is missing. What Node made of its source until then stays in the image,
# so that no start has to load what strips the types.
RUN node server/main.ts 2>&1 | grep AUTH_SECRET
VOLUME /data
EXPOSE 8787
# The server stops by itself on SIGTERM and starts no processes, so it may be process 1. No npm between it and signals.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
