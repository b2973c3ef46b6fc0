// npm run bench:page: what a browser at a quarter of its speed makes of a matrix of 60 x 60 entries and 100 tests, beside a page
// that draws an element for each cell, in one run; docs/benchmarks.md says what the figures mean.
// `-- --minutes 10`: how long changes come in; `-- --cells 20000`: fewer cells, for a look, `-- --quick` for a shorter one; `-- --folder DIR`: pictures.
import { randomUUID } from "node:crypto";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { findChromium } from "../../lib/start/chromium.mjs";
import { withClient } from "../../lib/start/roles.mjs";
import { openNaive } from "./page-naive.mjs";
import { PROBE } from "./page-probe.mjs";
import { bundleBench, runProgram } from "./program.mjs";
import { middle, openStage, putAway, quantile, runBench, say, sayTable, siteOf } from "./stage.mjs";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean" },
    minutes: { type: "string", default: "1" },
    cells: { type: "string", default: "design" },
    loads: { type: "string", default: "5" },
    folder: { type: "string" },
  },
});
if (values.quick) Object.assign(values, { minutes: "0.3", cells: "20000", loads: "3" });
const THROTTLE = 4;
/** The naive page takes minutes over what ours does at once. */
const PATIENCE_MS = 600_000;
const CHANGES_A_SECOND = 50;
const PRESSES = 40;
const SCROLL_FRAMES = 120;

const OURS = {
  mark: "[role=grid] .mark",
  cells: "[role=gridcell], [role=rowheader], [role=columnheader]",
  region: ".huge-region",
  first: '[data-at="1/1"]',
};
const NAIVE = {
  mark: "#naive span",
  cells: "#naive span, #naive th",
  region: "#region",
  first: "#naive td",
};

async function main() {
  const stage = await openStage({ agents: 1 });
  const fill = await bundleBench("matrix-cells");
  const { slug, agents } = stage.fixture;
  const shape = values.cells === "design" ? ["mixed", "60"] : ["even", values.cells];
  await runProgram(fill, { args: [slug, ...shape], env: stage.env() });
  await withClient(stage.postgres.url("plugfest"), async (client) => {
    await client.query("UPDATE interop_event SET visibility = 'public'");
    await client.query("VACUUM ANALYZE");
  });
  const site = await siteOf(stage);
  await site.start();
  const page = `${site.url}/events/${slug}/tracks/calls`;
  const source = `${site.url}/api/v1/events/${slug}/tracks/calls/matrix.json?encoding=compact`;
  const naive = await openNaive(source);
  putAway(naive.stop);
  const browser = await openBrowser();
  const push = pusher(site.url, slug, agents[0]);
  await (await fetch(page)).text(); // what the first reader of all waits for is not the page's doing
  const rows = {
    page: await measure(browser, page, { kind: OURS, push }),
    naive: await measure(browser, naive.url, { kind: NAIVE }),
  };
  tell(rows);
}

async function openBrowser() {
  const { executablePath, env } = await findChromium();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    env: { ...process.env, ...env },
    args: ["--no-sandbox", "--disable-quic", "--enable-precise-memory-info"],
  });
  putAway(() => browser.close());
  return browser;
}

/** The lists to choose from are folded away. */
const unfold = (page) =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll(".filters details")) fold.open = true;
  });

async function open(browser, url, kind) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
  await page.addInitScript(PROBE, kind.mark);
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction(() => window.probe.interactive !== null);
  return { context, page, cdp };
}

async function measure(browser, url, { kind, push }) {
  const loads = [];
  const times = push ? Number(values.loads) : 1;
  for (let at = 0; at < times; at += 1) {
    const { context, page } = await open(browser, url, kind);
    loads.push(await page.evaluate(() => window.probe.load()));
    await context.close();
  }
  const { context, page, cdp } = await open(browser, url, kind);
  if (push) await isLive(page);
  if (values.folder)
    await page.screenshot({ path: path.join(values.folder, `${push ? "page" : "naive"}.png`) });
  const cells = await page.locator(kind.cells).count();
  const scroll = await page.evaluate(
    ([region, frames]) => window.probe.scroll(region, frames),
    [kind.region, SCROLL_FRAMES],
  );
  const most = await page.locator(kind.cells).count();
  const keys = await press(page, kind);
  await unfold(page);
  const filter = [];
  for (const state of ["disputed", "", "reported", "", "confirmed"])
    filter.push(await filterBy(page, state));
  const before = await memory(cdp);
  const live = push ? await follow(page, push) : null;
  const after = live && { ...(await memory(cdp)), ...live };
  await context.close();
  const of = (name) => middle(loads.map((load) => load[name]));
  return {
    paint: of("paint"),
    interactive: of("interactive"),
    cells: Math.max(cells, most),
    frame: quantile(scroll, 0.5),
    frameP95: quantile(scroll, 0.95),
    key: quantile(keys, 0.5),
    inp: quantile(keys, 0.98),
    filter: middle(filter),
    filterMost: Math.max(...filter),
    heapMB: before.heapMB,
    nodes: before.nodes,
    after,
  };
}

/** Arrows from the first square on; what each took until it was painted. */
async function press(page, kind) {
  await page.locator(kind.first).first().focus();
  await page.evaluate(() => window.probe.events());
  for (let at = 0; at < PRESSES; at += 1) {
    await page.keyboard.press(at % 4 === 3 ? "ArrowRight" : "ArrowDown");
    await pause(60);
  }
  return page.evaluate(() => window.probe.events());
}

/** From the click to the frame in which the grid shows something else. */
async function filterBy(page, state) {
  await page.locator("select[name=state]").selectOption(state);
  const show = page.getByRole("button", { name: "Show", exact: true });
  const [took] = await Promise.all([page.evaluate(() => window.probe.untilOther()), show.click()]);
  return took;
}

const isLive = (page) =>
  page.waitForFunction(() => document.querySelector(".live-state")?.textContent.includes("Live"));

/** Until the page says the same number of changes twice: then nothing is on its way any more. */
async function untilCounted(page) {
  const isSame = () => {
    const now = document.querySelector(".live-count")?.textContent;
    const isIt = now !== undefined && now === window.lastCount;
    window.lastCount = now;
    return isIt;
  };
  await page.waitForFunction(isSame, null, { polling: 1000 });
}

async function memory(cdp) {
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const { nodes } = await cdp.send("Memory.getDOMCounters");
  return { heapMB: usedSize / 1e6, nodes };
}

/** Changes come in for some minutes while somebody walks through the grid. */
async function follow(page, push) {
  await page.locator(".filters select[name=state]").selectOption("");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await isLive(page);
  const until = performance.now() + Number(values.minutes) * 60_000;
  let pushed = 0;
  const keys = [];
  await page.locator('[role=grid] [tabindex="0"]').first().focus();
  await page.evaluate(() => window.probe.events());
  for (let second = 0; performance.now() < until; second += 1) {
    const began = performance.now();
    await push(CHANGES_A_SECOND);
    pushed += CHANGES_A_SECOND;
    for (let at = 0; at < 4; at += 1)
      await page.keyboard.press(second % 20 < 10 ? "ArrowDown" : "ArrowUp");
    await pause(Math.max(0, 1000 - (performance.now() - began)));
  }
  await untilCounted(page);
  keys.push(...(await page.evaluate(() => window.probe.events())));
  const heard = await page.locator(".live-count").textContent();
  return { pushed, heard, inpLive: quantile(keys, 0.98) };
}

/** Pushes so many results, each into another cell; few of them said so before. */
function pusher(url, slug, { token, runId }) {
  let made = 0;
  return async (count) => {
    const items = Array.from({ length: count }, () => {
      const [test, row, round] = [made % 100, Math.floor(made / 100) % 60, Math.floor(made / 6000)];
      made += 1;
      return {
        id: randomUUID(),
        test: `C-${test}`,
        outcome: "timeout",
        parties: [
          { role: "uac", entry: `e-${row}`, build: "1.0" },
          { role: "uas", entry: `e-${(row + 1 + round) % 60}`, build: "1.0" },
        ],
        startedAt: new Date().toISOString(),
      };
    });
    const answer = await fetch(`${url}/api/v1/events/${slug}/runs/${runId}/results`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ schema: "1", items }),
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`The push is answered ${answer.status}.`);
  };
}

function tell({ page, naive }) {
  say(
    `\n60 x 60 entries x 100 tests, cells: ${values.cells}; Chromium at a ${THROTTLE}th of its speed`,
  );
  const row = (name, key, digits = 0) => [
    name,
    page[key].toFixed(digits),
    naive[key].toFixed(digits),
    (naive[key] / Math.max(page[key], 0.1)).toFixed(1),
  ];
  sayTable(
    ["", "page", "naive", "naive / page"],
    [
      row("first paint, ms", "paint"),
      row("interactive, ms", "interactive"),
      row("cells in the document", "cells"),
      row("frame while scrolling, p50 ms", "frame", 1),
      row("frame while scrolling, p95 ms", "frameP95", 1),
      row("key until painted, p50 ms", "key"),
      row("INP of keys, ms", "inp"),
      row("filter, middle, ms", "filter"),
      row("filter, longest, ms", "filterMost"),
      row("heap, MB", "heapMB", 1),
      row("nodes", "nodes"),
    ],
  );
  const { pushed, heard, inpLive, heapMB, nodes } = page.after;
  say(
    `\nAfter ${pushed} changes at ${CHANGES_A_SECOND}/s: ${heapMB.toFixed(1)} MB (before ${page.heapMB.toFixed(1)}), ${nodes} nodes, INP of keys meanwhile ${inpLive} ms; the page says: ${heard}`,
  );
  say(`\n${JSON.stringify({ bench: "page", cells: values.cells, page, naive })}`);
}

await runBench(main);
