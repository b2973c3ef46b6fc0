// Database, site, event, agents and their files: what the push starts from.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ADMIN } from "../../lib/start/bundle.mjs";
import { makeAdmin, makeAgent, makeClient, makeSite } from "../../lib/start/make.mjs";
import { runNode } from "../../lib/start/processes.mjs";
import { siteEnv } from "../../lib/start/site.mjs";
import { Agent } from "./agent.mjs";
import { openDoor } from "./door.mjs";
import { startDurablePostgres } from "./postgres.mjs";
import { listTests, writeReports } from "./reports.mjs";
import { openSite } from "./site.mjs";

/** Whose word the agents bring; null is a neutral harness, whose word counts for all sides. */
const REPORTERS = ["openssl", null, "gnutls", "werift"];

/**
 * Database, site and the demonstration's event, and a token for each of REPORTERS; what was started is
 * added to `toStop`, to be stopped in the reverse order. `settings` are the site's own.
 */
export async function openGround({ toStop, settings = {} }) {
  for (const make of [makeClient, makeAgent, makeAdmin, makeSite]) await make();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugfest-fault-"));
  toStop.push(async () => fs.rmSync(folder, { recursive: true, force: true }));
  const postgres = await startDurablePostgres();
  toStop.push(postgres.stop);
  const door = await openDoor(postgres.port());
  toStop.push(async () => door.shut());
  const throughDoor = new URL(postgres.appUrl());
  throughDoor.port = String(door.port);
  const secrets = { authSecret: randomBytes(32).toString("hex") };
  const env = {
    ...siteEnv({ appUrl: "http://127.0.0.1", data: folder }, secrets),
    DATABASE_URL: throughDoor.toString(),
    ...settings,
  };
  await runNode([ADMIN, "seed"], env);
  const site = await openSite({ folder, env });
  toStop.push(site.stop);
  await site.start();
  const tokens = await makeTokens(env);
  return { postgres, door, site, env, folder, tokens, superuser: () => postgres.url("plugfest") };
}

const makeTokens = (env) =>
  Promise.all(
    REPORTERS.map(async (entry) => {
      const who = entry === null ? ["--neutral"] : ["--entry", entry];
      return (await runNode([ADMIN, "agent-token", "--event", "loopback", ...who], env)).trim();
    }),
  );

/** The ground with agents on it, and the files that they push. */
export async function setTheStage(ground, { plan, random, toStop }) {
  const agents = await makeAgents({ ...ground, plan, random });
  toStop.push(async () => {
    for (const agent of agents) agent.end();
  });
  return { ...ground, agents };
}

async function makeAgents({ folder, tokens, site, plan, random }) {
  const tests = await listTests(site.url, tokens[0]);
  return Array.from({ length: plan.agents }, (_, at) => {
    const own = path.join(folder, `agent-${at + 1}`);
    const which = at % REPORTERS.length;
    const reports = writeReports({
      folder: own,
      results: plan.results / plan.agents,
      reporter: REPORTERS[which],
      tests,
      random,
    });
    return new Agent({
      folder: own,
      env: { PLUGFEST_URL: site.url, PLUGFEST_TOKEN: tokens[which] },
      reports,
    });
  });
}
