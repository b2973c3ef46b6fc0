import { mkdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { makeEvent } from "@/tests/factories/event";
import { bundledAgent } from "./agent";
import { openOwnDoors } from "./own-doors";

const BEAT = "/api/v1/agent/heartbeat";
const PARTIES = ["--party", "as=opensips"];
const agent = bundledAgent();

describe("heartbeats", () => {
  it("tell of a watch that it lives and what waits, and status tells of the last one", async () => {
    const { site, start, run } = await agent.bench();
    const folder = path.join(agent.folder, "beating");
    mkdirSync(folder);
    const { child, ended } = start(["watch", folder, "--track", "dtls", ...PARTIES]);
    await site.until(() => site.asked.some((asked) => asked.path === BEAT));
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, stderr: expect.stringContaining("SIGTERM") });
    const [beat] = site.asked.filter((asked) => asked.path === BEAT);
    expect(beat?.body).toEqual({
      version: expect.any(String),
      sentAt: expect.any(String),
      spoolDepth: 0,
      inFlight: 0,
      discarded: [],
    });
    await site.close();
    const { stdout } = await run(["status"]);
    expect(stdout).toMatch(/The last heartbeat, 20\S+Z, was (not )?answered/);
  });

  it("that nobody answers disturb neither a command nor its result", async () => {
    const { site, run } = await agent.bench();
    site.whim = ({ path: asked }) => (asked === BEAT ? "hang up" : undefined);
    const command = ["--", "sh", "-c", "sleep 1.5; exit 7"];
    const { code, stderr } = await run([
      "exec",
      "--track",
      "t",
      "--test",
      "T",
      ...PARTIES,
      ...command,
    ]);
    expect({ code, beats: site.asked.filter((asked) => asked.path === BEAT).length }).toEqual({
      code: 7,
      beats: 1,
    });
    expect(stderr).not.toContain("eartbeat");
    expect([...site.items.values()]).toMatchObject([{ test: "T", outcome: "fail" }]);
    const { stdout } = await run(["status"]);
    expect(stdout).toContain("was not answered: fetch failed");
    await site.close();
  });

  it("are kept by the product's own API", async () => {
    const event = await makeEvent();
    const doors = await openOwnDoors();
    const bench = await agent.bench();
    await bench.site.close();
    const env = { PLUGFEST_URL: doors.url, PLUGFEST_TOKEN: await event.tokenOf("alpha") };
    const command = ["--", "sleep", "2"];
    const party = ["--party", "uac=alpha", "--party", "uas=beta"];
    const args = ["exec", "--track", "calls", "--test", "C-1", ...party, ...command];
    expect((await bench.run(args, env)).code).toBe(0);
    const kept = await db.agent.findFirstOrThrow({ where: { eventId: event.eventId } });
    expect(kept).toMatchObject({ inFlight: 1, spoolDepth: 0, discarded: [] });
    expect(Math.abs(kept.skewMs ?? Number.NaN)).toBeLessThan(2000);
    await doors.close();
  });
});
