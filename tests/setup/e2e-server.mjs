// The built site with the demonstration on a throw-away database: what every journey starts from.
// Playwright starts this, waits for its last line, and ends it by a signal.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pushDemonstration, seedDemonstration } from "../../lib/start/demonstration.mjs";
import { migrate } from "../../lib/start/migrate.mjs";
import { APP, asRole, ensureOwnedDatabase, letAppLogIn, OWNER } from "../../lib/start/roles.mjs";
import { startScratchPostgres } from "../../lib/start/scratch.mjs";
import { siteEnv, startSite } from "../../lib/start/site.mjs";

const [port, handOver] = process.argv.slice(2);
const password = randomBytes(16).toString("hex");
const postgres = await startScratchPostgres();
const data = path.join(postgres.folder, "data");
fs.mkdirSync(data);
await ensureOwnedDatabase(postgres.url(), { database: "plugfest", password });
const url = postgres.url("plugfest");
await migrate(asRole(url, OWNER, password));
await letAppLogIn(postgres.url(), password);

const settings = { port, listen: "127.0.0.1", appUrl: `http://localhost:${port}`, data };
const env = {
  ...siteEnv(settings, { authSecret: randomBytes(32).toString("hex") }),
  DATABASE_URL: asRole(url, APP, password),
};
await seedDemonstration(env);
const site = await startSite({ ...settings, env });
await pushDemonstration(env, site.url);

fs.mkdirSync(path.dirname(handOver), { recursive: true });
fs.writeFileSync(handOver, JSON.stringify({ url: settings.appUrl, env }), { mode: 0o600 });

async function stop() {
  await site.stop();
  await postgres.stop();
  fs.rmSync(handOver);
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
process.stdout.write("the end-to-end site is ready\n");
