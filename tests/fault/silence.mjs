// F4: the database takes connections and says nothing; resets each; has no place for anybody.

import { setTimeout as pause } from "node:timers/promises";
import { withClient } from "../../lib/start/roles.mjs";
import {
  declareRun,
  makeItem,
  openClient,
  quantile,
  rounded,
  until,
  watchSite,
} from "./client.mjs";

const LIMIT_MS = 3000;
const BACK_MS = 5000;

/** How each trouble begins and how it ends. */
const TROUBLES = {
  silent: { begin: ({ door }) => door.hush(), end: ({ door }) => door.mend() },
  resetting: { begin: ({ door }) => door.slam(), end: ({ door }) => door.mend() },
  full: {
    begin: ({ superuser }) => limitConnections(superuser, 0),
    end: ({ superuser }) => limitConnections(superuser, -1),
  },
};

/** To the site it is the same as a full table, and 53300 is what it hears; the superuser can still end it. */
const limitConnections = (superuser, most) =>
  withClient(superuser(), async (client) => {
    await client.query(`ALTER ROLE plugfest_app CONNECTION LIMIT ${most}`);
    if (most < 0) return;
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'plugfest_app'",
    );
  });

export async function silenceDatabase(ground, { isShort }) {
  const figures = {};
  const faults = {};
  for (const [name, trouble] of Object.entries(TROUBLES)) {
    const told = await suffer(ground, trouble, isShort ? 10_000 : 60_000);
    Object.assign(figures, told.figures(name));
    for (const [what, count] of Object.entries(told.faults)) faults[`${name}: ${what}`] = count;
  }
  return { figures, faults };
}

async function suffer(ground, { begin, end }, lastsMs) {
  const { site, tokens } = ground;
  const agent = openClient(site.url, { token: tokens[1], sockets: 4 });
  const visitor = openClient(site.url, { sockets: 8 });
  const path = await declareRun(agent);
  const push = () => agent.send(path, { schema: "1", items: [makeItem()] });
  const isReady = async () => (await visitor.ask("/readyz")).status === 200;
  // Warm: every page has been asked for, every pool has connections.
  await Promise.all(
    Array.from({ length: 40 }, () => [push(), visitor.ask("/events/loopback/tracks/dtls")]).flat(),
  );
  const finish = watchSite(site);
  const answers = { ingest: [], page: [] };
  let isOver = false;
  const keepAsking = async (list, ask) => {
    while (!isOver) {
      list.push(await ask());
      await pause(50);
    }
  };
  await begin(ground);
  const asking = [
    keepAsking(answers.ingest, push),
    keepAsking(answers.ingest, push),
    keepAsking(answers.page, () => visitor.ask("/events/loopback/tracks/dtls")),
    keepAsking(answers.page, () => visitor.ask("/")),
  ];
  const noticedMs = await until(async () => !(await isReady()), lastsMs);
  await pause(lastsMs);
  isOver = true;
  await Promise.all(asking);
  await end(ground);
  const isBack = async () => (await isReady()) && (await push()).status === 200;
  const backMs = await until(isBack, 60_000);
  const { grownMb } = await finish();
  agent.close();
  visitor.close();
  return judge({ answers, noticedMs, backMs, grownMb });
}

function judge({ answers, noticedMs, backMs, grownMb }) {
  const pages = answers.page.map(({ ms }) => ms);
  const later = answers.ingest.filter(({ status }) => status === 503);
  const odd = answers.ingest.filter(({ status }) => status !== 503 && status !== 200);
  const ingestMs = answers.ingest.map(({ ms }) => ms);
  return {
    figures: (name) => ({
      [name]: `/readyz says so after ${noticedMs} ms; ${pages.length} pages, p50 ${rounded(quantile(pages, 0.5))} ms, longest ${rounded(Math.max(...pages))} ms; ${later.length} batches told 503, longest ${rounded(Math.max(...ingestMs))} ms; memory +${grownMb} MB; back after ${backMs} ms`,
      ...(odd[0] && {
        [`${name}: first odd answer`]: `${odd[0].status} ${odd[0].text.slice(0, 300)}`,
      }),
    }),
    faults: {
      "/readyz late": +(noticedMs === null || noticedMs > LIMIT_MS),
      "pages that took more than 3 s": pages.filter((ms) => ms > LIMIT_MS).length,
      "batches told neither 503 nor 200": odd.length,
      "503 without Retry-After": later.filter(({ headers }) => !headers["retry-after"]).length,
      "memory grown by 100 MB or more": +(grownMb >= 100),
      "back late": +(backMs === null || backMs > BACK_MS),
    },
  };
}
