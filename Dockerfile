# The bot on Node's own image, without npm's copy of Node and without what only the tests need.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production DATABASE_URL=sqlite:/data/snapshot-bot.db
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json manifest.yml ./
COPY src ./src
# A start without settings ends at once, and leaves beside the sources what Node has compiled. Node keeps
# it apart for each user, with the same options, and lets nobody else read it. Then it becomes root's.
RUN install -d -o node -g node node_modules/.cache \
  && (setpriv --reuid=node --regid=node --clear-groups \
    node --max-semi-space-size=4 --heap-growing-percent=50 src/start.js || true) \
  && chown -R root:node node_modules/.cache && chmod -R u=rwX,g=rX,o= node_modules/.cache
# The only place that it writes into; nothing else in the image is the user's.
RUN install -d -o node -g node -m 700 /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "--heap-growing-percent=50", "src/start.js"]
