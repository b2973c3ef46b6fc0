// Reads a matrix over HTTP as an agent does, with the database and the site started anew, so that neither remembers.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { middle, siteOf } from "./stage.mjs";

async function timed(url, headers) {
  const began = performance.now();
  const response = await fetch(url, { headers });
  const body = Buffer.from(await response.arrayBuffer());
  const ms = performance.now() - began;
  if (!response.ok && response.status !== 304) {
    throw new Error(`${response.status} ${body.subarray(0, 300)}`);
  }
  return { ms, response, body };
}

async function restarted(stage, database) {
  await stage.postgres.kill();
  await stage.postgres.start();
  const site = await siteOf(stage, database);
  await site.start();
  return site;
}

const addressOf = (site, slug) =>
  `${site.url}/api/v1/events/${slug}/tracks/calls/matrix.json?encoding=compact`;
const lettersOf = (body) => JSON.parse(body).grids.map(({ cells }) => cells);

/** Milliseconds of the first read, of the later ones, and of those that bring nothing new; and what it weighs. */
export async function measureReads(stage, database, { slug, token, reads }) {
  const site = await restarted(stage, database);
  const url = addressOf(site, slug);
  const headers = { authorization: `Bearer ${token}` };
  const cold = await timed(url, headers);
  const tagged = { ...headers, "if-none-match": cold.response.headers.get("etag") };
  const [warm, unchanged] = [[], []];
  for (let at = 0; at < reads; at += 1) {
    warm.push((await timed(url, headers)).ms);
    const again = await timed(url, tagged);
    if (again.response.status !== 304) throw new Error(`${again.response.status}, not 304`);
    unchanged.push(again.ms);
  }
  await site.stop();
  return {
    cold: cold.ms,
    warm: middle(warm),
    unchanged: middle(unchanged),
    kB: cold.body.length / 1000,
    gz: gzipSync(cold.body).length / 1000,
    digest: createHash("sha256").update(lettersOf(cold.body).join("\n")).digest("hex"),
  };
}

/** Two moments side by side: as it was before `change`, and as it is now. */
export async function compareMoments(stage, database, { slug, token, reads, change }) {
  const headers = { authorization: `Bearer ${token}` };
  const site = await restarted(stage, database);
  const url = addressOf(site, slug);
  const { asOf } = JSON.parse((await timed(url, headers)).body);
  await change();
  const times = { earlier: [], now: [], compared: [] };
  let differ = 0;
  for (let at = 0; at < reads; at += 1) {
    const earlier = await timed(`${url}&asOf=${asOf}`, headers);
    const now = await timed(url, headers);
    const began = performance.now();
    differ = countDiffering(lettersOf(earlier.body), lettersOf(now.body));
    times.compared.push(performance.now() - began);
    times.earlier.push(earlier.ms);
    times.now.push(now.ms);
  }
  await site.stop();
  const [earlier, now, compared] = [times.earlier, times.now, times.compared].map(middle);
  return { earlier, now, compared, differ };
}

function countDiffering(before, after) {
  let count = 0;
  for (const [at, letters] of after.entries()) {
    const old = before[at] ?? "";
    for (let place = 0; place < letters.length; place += 1) {
      if (letters[place] !== old[place]) count += 1;
    }
  }
  return count;
}
