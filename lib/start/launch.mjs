// The order of a start, and of the end: whatever was started ends in the reverse order.
import path from "node:path";
import { CannotStart } from "./cannot-start.mjs";
import { keepSecrets, prepareDataFolder } from "./data-folder.mjs";
import { mintSignInLink, pushDemonstration, seedDemonstration } from "./demonstration.mjs";
import { tell } from "./exit.mjs";
import { install } from "./install.mjs";
import { takeLock } from "./lock.mjs";
import { makeAdmin, makeAgent, makeClient, makeSite } from "./make.mjs";
import { requireFreePort } from "./port.mjs";
import { ENDING_SIGNALS, endRunning, watchParent } from "./processes.mjs";
import { readSettings } from "./settings.mjs";
import { siteEnv, startSite } from "./site.mjs";
import { step } from "./steps.mjs";

/** Starts everything, waits until it is told to end or the site ends by itself, and ends the process. */
export async function launch() {
  const life = { toStop: [], isEnding: false };
  const starting = start(life);
  const end = async (exitCode) => {
    life.isEnding = true;
    endRunning();
    await starting.catch(() => undefined); // whatever it still starts must be stopped as well
    for (const stop of life.toStop.reverse()) await stop();
    process.exit(exitCode);
  };
  let askedAt;
  const endByRequest = (signal) => {
    if (askedAt !== undefined) {
      // Leave at once: the site follows, and the next start finds the database. Terminal and npm may
      // both pass on one Ctrl-C, so only a later one is a second.
      if (signal === "SIGINT" && performance.now() - askedAt > 1000) process.exit(130);
      return;
    }
    askedAt = performance.now();
    console.log("\nStopping.");
    void end(0);
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, endByRequest);
  watchParent(endByRequest);
  try {
    const site = await starting;
    await site.ended;
    if (!life.isEnding) throw new CannotStart("The site ended by itself; what it said is above.");
  } catch (error) {
    if (life.isEnding) return; // it failed because we ended it
    tell(error);
    await end(1);
  }
}

async function start(life) {
  const began = performance.now();
  const settings = readSettings();
  const secrets = await claim(settings, life);
  const next = async (name, work) => {
    if (life.isEnding) throw new Error(`ended before: ${name}`);
    await step(name, work);
  };

  await next("Packages", install);
  const database = {};
  await next("Database", () => open(database, { settings, secrets, life }));
  await next("Migrations", async () => describeApplied(await database.migrate()));
  await next("Database client", makeClient);
  await next("Agent", makeAgent);
  await next("Operator's commands", makeAdmin);
  await next("Site", makeSite);

  const env = { ...siteEnv(settings, secrets), ...database.siteEnv };
  const demonstrate = (name, work) => settings.isDemonstration && next(name, () => tolerate(work));
  await demonstrate("Demonstration event", () => seedDemonstration(env));
  const site = {};
  await next("Serving", async () => {
    Object.assign(site, await startSite({ ...settings, env }));
    life.toStop.push(site.stop);
  });
  await demonstrate("Demonstration results", () => pushDemonstration(env, site.url));
  let link;
  await demonstrate("Sign-in link", async () => {
    link = await mintSignInLink(env);
  });
  announce({ settings, link, seconds: (performance.now() - began) / 1000 });
  return site;
}

/** A site without its demonstration is still a site: what went wrong is told, and the start goes on. */
async function tolerate(work) {
  try {
    await work();
    return undefined;
  } catch (error) {
    tell(error);
    return "failed; going on without it";
  }
}

/** Makes sure that folder and port are ours before anything slow begins; returns the secrets. */
async function claim(settings, life) {
  prepareDataFolder(settings.data);
  const lock = takeLock(path.join(settings.data, "launcher.pid"));
  if (lock.holder) {
    throw new CannotStart(
      `Plugfest already runs on the data folder ${settings.data} (process ${lock.holder}): stop that one, or give this one a folder and a port of its own with PLUGFEST_DATA=.plugfest-2 PORT=${settings.port + 1} npm start.`,
    );
  }
  life.toStop.push(lock.release);
  await requireFreePort(settings, { patient: lock.wasLeftBehind });
  return keepSecrets(settings.data);
}

async function open(database, { settings, secrets, life }) {
  const { openDatabase } = await import("./database.mjs"); // needs packages
  Object.assign(database, await openDatabase(settings, secrets));
  life.toStop.push(database.stop);
  return database.where;
}

const describeApplied = (applied) =>
  applied.length === 0 ? "up to date" : `applied ${applied.join(", ")}`;

function announce({ settings, link, seconds }) {
  const signIn = link
    ? ["Sign in as the demonstration's organizer (once, within 24 hours):", `  ${link}`]
    : ["A link to sign in with: npm run -s admin -- sign-in-link --email YOU@EXAMPLE.ORG"];
  const lines = [
    "",
    `Plugfest is ready at ${settings.appUrl} (${seconds.toFixed(1)} s). Ctrl-C stops it.`,
    ...signIn,
    "",
  ];
  console.log(lines.join("\n"));
}
