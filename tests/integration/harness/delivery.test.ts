import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundledAgent } from "./agent";
import { problem } from "./throw-away-site";

const FLAGS = ["--track", "dtls", "--party", "client=openssl", "--party", "server=gnutls"];
const agent = bundledAgent();

const waiting = (spool: string) => readdirSync(path.join(spool, "runs"));
/** A report of so many cases, each with an excerpt of so many bytes. */
function report(name: string, cases: number, logBytes = 0): string {
  const log = logBytes > 0 ? `<system-out>${noise(logBytes)}</system-out>` : "";
  const lines = Array.from(
    { length: cases },
    (_, at) => `<testcase name="case ${at}">${log}</testcase>`,
  );
  const target = path.join(agent.folder, name);
  writeFileSync(
    target,
    `<testsuite timestamp="2026-11-22T20:00:00Z">${lines.join("\n")}</testsuite>`,
  );
  return target;
}
/** Text that does not zip away. */
const noise = (bytes: number) =>
  Array.from({ length: bytes }, (_, at) =>
    ((at * 7919 + (at >> 3) * 104_729) % 36).toString(36),
  ).join("");

describe("the agent tries again", () => {
  it("after 503, not before Retry-After is over", async () => {
    const { site, run } = await agent.bench();
    const at: number[] = [];
    site.whim = ({ path: asked }) => {
      if (!asked.endsWith("/results")) return undefined;
      at.push(performance.now());
      return at.length === 1
        ? { ...problem(503, "unavailable", "Busy."), headers: { "retry-after": "1" } }
        : undefined;
    };
    const { code, events } = await run(["push", report("busy.xml", 3), ...FLAGS, "--json"]);
    expect(code).toBe(0);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(990);
    const [retry] = events.filter(({ event }) => event === "retry");
    expect(retry).toMatchObject({ waitMs: 1000, reason: expect.stringContaining("503") });
    expect(site.items.size).toBe(3);
    await site.close();
  });

  it("after 408, 425, 429, 500, 502 and 504", async () => {
    const pushes = [408, 425, 429, 500, 502, 504].map(async (status) => {
      const { site, run } = await agent.bench();
      site.whim = (_, nth) => (nth <= 2 ? { status, body: "<html>Bad gateway</html>" } : undefined);
      const { code } = await run(["push", report(`again-${status}.xml`, 1), ...FLAGS]);
      await site.close();
      return { status, code, items: site.items.size };
    });
    for (const { status, ...rest } of await Promise.all(pushes)) {
      expect({ status, ...rest }).toEqual({ status, code: 0, items: 1 });
    }
  });

  it("when the answer was lost on the way, and nothing is stored twice", async () => {
    const { site, run } = await agent.bench();
    let lost = 0;
    site.whim = (asked) => {
      if (!asked.path.endsWith("/results") || lost > 0) return undefined;
      lost += 1;
      for (const item of asked.body.items ?? []) site.items.set(item.id, item);
      return "hang up";
    };
    const { code, stdout } = await run(["push", report("lost.xml", 5), ...FLAGS]);
    expect({ code, lost }).toEqual({ code: 0, lost: 1 });
    expect(stdout).toContain("5 already there");
    await site.close();
  });

  it("not after 501, nor when asked to wait longer than --timeout", async () => {
    const { site, spool, run } = await agent.bench();
    site.whim = ({ path: asked }) =>
      asked.endsWith("/results")
        ? { ...problem(503, "unavailable", "Closed."), headers: { "retry-after": "3600" } }
        : undefined;
    const { code, stderr } = await run(["push", report("closed.xml", 1), ...FLAGS]);
    expect(code).toBe(3);
    expect(stderr).toContain("It asks to be left alone for 3600 s");
    site.whim = () => problem(501, "not_implemented", "No.");
    expect(await run(["flush"])).toMatchObject({ code: 3 });
    expect(waiting(spool)).toHaveLength(1);
    await site.close();
  });
});

it("a server that is down ends with 3, and a later flush delivers", async () => {
  const { site, spool, run } = await agent.bench();
  const down = { PLUGFEST_URL: "http://127.0.0.1:1" };
  const first = await run(["push", report("down.xml", 3), ...FLAGS, "--timeout", "1"], down);
  expect(first.code).toBe(3);
  expect(first.stderr).toContain("stays in the spool. No answer from http://127.0.0.1:1/");
  expect(waiting(spool)).toHaveLength(1);

  // It was made for another server: this one does not get it.
  const other = await run(["flush"]);
  expect(other).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("made for http://127.0.0.1:1/"),
  });
  expect(site.items.size).toBe(0);

  const { site: same, run: sameRun } = await agent.bench();
  const here = { PLUGFEST_SPOOL: spool };
  same.whim = () => "hang up";
  const push = ["push", report("down-too.xml", 2), ...FLAGS, "--timeout", "0.5"];
  expect(await sameRun(push, here)).toMatchObject({ code: 3 });
  same.whim = () => undefined;
  expect((await sameRun(["status"], here)).stdout).toContain(
    "2 results, 0 of 1 batch acknowledged",
  );
  const flushed = await sameRun(["flush"], here);
  expect(flushed.stdout).toContain("2 accepted");
  expect(same.items.size).toBe(2);
  await site.close();
  await same.close();
});

it("a later push takes along what waited", async () => {
  const { site, spool, run } = await agent.bench();
  site.whim = () => "hang up";
  await run(["push", report("waited.xml", 2), ...FLAGS, "--timeout", "0.5"]);
  site.whim = () => undefined;
  const { code, stdout } = await run(["push", report("fresh.xml", 3), ...FLAGS]);
  expect(code).toBe(0);
  expect(stdout.match(/\d accepted/g)).toEqual(["3 accepted", "2 accepted"]);
  expect(waiting(spool)).toEqual([]);
  await site.close();
});

describe("a token that is refused", () => {
  it.each([
    [401, "unauthenticated"],
    [403, "forbidden"],
  ])("with %i ends with 4, keeps the results, and is never printed", async (status, kind) => {
    const { site, spool, run } = await agent.bench();
    site.whim = () => problem(status, kind, "This token was revoked.");
    const { code, stdout, stderr } = await run(["push", report("token.xml", 2), ...FLAGS]);
    expect(code).toBe(4);
    expect(stderr).toContain("This token was revoked.");
    expect(stdout + stderr).not.toContain("pf_agt_");
    expect(waiting(spool)).toHaveLength(1);
    await site.close();
  });

  it("for its form ends with 4 before anything is asked", async () => {
    const { site, run } = await agent.bench();
    const bad = { PLUGFEST_TOKEN: "pf_agt_tooshort" };
    const { code, stdout, stderr } = await run(["push", report("form.xml", 1), ...FLAGS], bad);
    expect(code).toBe(4);
    expect(stderr).toContain("The token is not an agent's");
    expect(stdout + stderr).not.toContain("tooshort");
    expect(site.asked).toEqual([]);
    await site.close();
  });
});

describe("what is no Plugfest server", () => {
  it.each([
    [
      "a page with 200",
      { status: 200, body: "<html>Log in</html>" },
      "not as a Plugfest server does",
    ],
    ["404", { status: 404, body: {} }, "There is no Plugfest at"],
    [
      "a redirect",
      { status: 301, headers: { location: "https://example.org/" } },
      "sends us elsewhere",
    ],
  ])("%s: ends with 3, and nothing is taken for delivered", async (_, reply, complaint) => {
    const { site, spool, run } = await agent.bench();
    site.whim = () => reply;
    const { code, stderr } = await run(["push", report("portal.xml", 1), ...FLAGS]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(complaint) });
    expect(waiting(spool)).toHaveLength(1);
    await site.close();
  });

  it("an answer for fewer items than were sent counts for none", async () => {
    const { site, spool, run } = await agent.bench();
    site.whim = ({ path: asked }) =>
      asked.endsWith("/results")
        ? {
            status: 200,
            body: {
              ...{ received: 1, accepted: 1, duplicate: 0, rejected: 0, conflict: 0, unmapped: 0 },
              items: [{ id: null, status: "accepted" }],
            },
          }
        : undefined;
    const { code, stderr } = await run(["push", report("fewer.xml", 2), ...FLAGS]);
    expect(code).toBe(3);
    expect(stderr).toContain("answered for 1 of 2 items");
    expect(waiting(spool)).toHaveLength(1);
    await site.close();
  });
});

describe("batches", () => {
  it("hold at most 1,000 items and fit the limits, compressed and not", async () => {
    const { site, run } = await agent.bench();
    const { code } = await run(["push", report("large.xml", 2300, 2000), ...FLAGS]);
    expect(code).toBe(0);
    expect(site.items.size).toBe(2300);
    const batches = site.asked.filter(({ path: asked }) => asked.endsWith("/results"));
    expect(batches.length).toBeGreaterThanOrEqual(3);
    for (const { sentBytes, rawBytes, body } of batches) {
      expect(body.items?.length).toBeLessThanOrEqual(1000);
      expect(sentBytes).toBeLessThanOrEqual(1_048_576);
      expect(rawBytes).toBeLessThanOrEqual(8 * 1_048_576);
      expect(rawBytes / sentBytes).toBeLessThanOrEqual(100);
    }
    const [run1] = site.runs.values();
    expect(run1?.finish).toMatchObject({ counts: { items: 2300 } });
    await site.close();
  });

  it("that repeat themselves do not look like a bomb", async () => {
    const { site, run } = await agent.bench();
    const target = path.join(agent.folder, "same.xml");
    const log = `<system-out>${"a".repeat(16_000)}</system-out>`;
    const cases = Array.from(
      { length: 700 },
      (_, at) => `<testcase name="${at}">${log}</testcase>`,
    );
    writeFileSync(target, `<testsuite>${cases.join("")}</testsuite>`);
    expect(await run(["push", target, ...FLAGS])).toMatchObject({ code: 0 });
    expect(site.items.size).toBe(700);
    for (const { sentBytes, rawBytes } of site.asked.filter(({ sentBytes }) => sentBytes > 0)) {
      expect(rawBytes / sentBytes).toBeLessThanOrEqual(100);
      expect(sentBytes).toBeLessThanOrEqual(1_048_576);
    }
    await site.close();
  });

  it("that the server finds too large are halved until they fit", async () => {
    const { site, run } = await agent.bench();
    site.whim = ({ body }) =>
      (body.items?.length ?? 0) > 3 ? problem(413, "too_large", "At most 3 items.") : undefined;
    const { code, stdout } = await run(["push", report("halved.xml", 10), ...FLAGS]);
    expect({ code, items: site.items.size }).toEqual({ code: 0, items: 10 });
    expect(stdout).toContain("10 accepted");
    await site.close();
  });

  it("of one item that is too large lose only that one", async () => {
    const { site, run } = await agent.bench();
    site.whim = ({ body }) =>
      body.items?.some(({ test }) => test === "case 4")
        ? problem(413, "too_large", "Too large.")
        : undefined;
    const { code, stdout, stderr } = await run(["push", report("one.xml", 10), ...FLAGS]);
    expect({ code, items: site.items.size }).toEqual({ code: 1, items: 9 });
    expect(stdout).toContain("9 accepted, 1 rejected");
    expect(stderr).toContain("case 4: 413");
    await site.close();
  });
});

it("a full spool drops log excerpts, never an outcome, and says so to both sides", async () => {
  const { site, run } = await agent.bench();
  const full = { PLUGFEST_SPOOL_MAX: "20000" };
  const args = ["push", report("full.xml", 1200, 1000), ...FLAGS];
  const { code, stderr } = await run(args, full);
  expect(code).toBe(0);
  expect(stderr).toContain("the spool was full, so 1,200 log excerpts were left out");
  expect(site.items.size).toBe(1200);
  expect([...site.items.values()].some(({ log }) => log !== undefined)).toBe(false);
  const [only] = site.runs.values();
  expect(only?.finish).toMatchObject({
    counts: { items: 1200 },
    discarded: [
      { reason: "spool_full", category: "log", quantity: 1200 },
      // The report itself, which is evidence too.
      { reason: "spool_full", category: "evidence", quantity: 1 },
    ],
  });
  await site.close();
});
