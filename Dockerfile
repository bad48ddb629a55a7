# syntax=docker/dockerfile:1

# ---- build: the typed database client and the web ----
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN node scripts/setup.mjs --web

# ---- packages: only what runs in production ----
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
COPY packages/cdm/package.json packages/cdm/
COPY packages/connectors/package.json packages/connectors/
COPY packages/contracts/package.json packages/contracts/
COPY packages/engine/package.json packages/engine/
COPY packages/identity-providers/package.json packages/identity-providers/
COPY packages/lake-emulator/package.json packages/lake-emulator/
COPY packages/profiles/package.json packages/profiles/
COPY packages/schedules/package.json packages/schedules/
# No package that production needs has an install script worth running.
RUN npm ci --omit=dev --ignore-scripts --workspace=@junction/api

# ---- run ----
FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Junction" \
      org.opencontainers.image.description="A self-hosted admin center for data connections" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY packages packages
COPY prisma prisma
COPY apps/api apps/api
COPY --from=build /app/apps/api/src/platform/prisma apps/api/src/platform/prisma
COPY --from=build /app/apps/web/dist apps/web/dist

# The only folder that is written to; everything else may be mounted read-only.
RUN install -d -o node -g node -m 0700 /var/lib/junction
VOLUME /var/lib/junction
USER node
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    JUNCTION_DATA_DIR=/var/lib/junction
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node as process 1 handles SIGTERM itself, and starts no children that would have to be reaped.
CMD ["node", "--disable-warning=ExperimentalWarning", "apps/api/src/main-all.ts"]
