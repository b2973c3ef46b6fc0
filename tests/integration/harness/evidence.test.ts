import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { makeEvent } from "@/tests/factories/event";
import { bundledAgent } from "./agent";
import { openOwnDoors } from "./own-doors";
import { TOKEN, whoIAm } from "./throw-away-site";

const FLAGS = ["--track", "calls", "--party", "uac=alpha@1.0", "--party", "uas=beta@1.0"];
const agent = bundledAgent();
const sum = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** A capture of so many bytes, which no other test has. */
function capture(name: string, bytes = 200): string {
  const file = path.join(agent.folder, name);
  const head = Buffer.from("d4c3b2a1020004000000000000000000ffff000001000000", "hex");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, Buffer.concat([head, Buffer.from(name), Buffer.alloc(bytes, "x")]));
  return file;
}

function report(name: string): string {
  const file = path.join(agent.folder, name);
  writeFileSync(
    file,
    `<testsuite name="${name}" timestamp="2026-11-20T10:00:00Z"><testcase name="C-1"/><testcase name="C-2"/></testsuite>`,
  );
  return file;
}

type Whim = Parameters<typeof openOwnDoors>[0];

async function open(whim?: Whim) {
  const event = await makeEvent();
  const doors = await openOwnDoors(whim);
  const bench = await agent.bench();
  await bench.site.close();
  const env = { PLUGFEST_URL: doors.url, PLUGFEST_TOKEN: await event.tokenOf("alpha") };
  return {
    ...doors,
    event,
    spool: bench.spool,
    start: (args: string[]) => bench.start(args, env),
    run: (args: string[], more = {}) => bench.run(args, { ...env, ...more }),
  };
}

const claimsOf = async (eventId: string) => {
  const claims = await db.evidenceClaim.findMany({ where: { eventId }, orderBy: { name: "asc" } });
  return claims.map(({ name, kind, state }) => [name, kind, state]);
};

describe("evidence of a push", () => {
  it("is named by every result, sent after them, and the report is kept with the run", async () => {
    const { event, run, close } = await open();
    const [pcap, xml] = [capture("a.pcap"), report("a.xml")];
    const push = ["push", xml, ...FLAGS, "--evidence", pcap, "--json"];
    const first = await run(push);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const results = await db.result.findMany({ where: { trackId: event.trackId } });
    const named = [{ sha256: sum(pcap), kind: "pcap", name: "a.pcap" }];
    expect(results.map(({ evidence }) => evidence)).toEqual([named, named]);
    expect(await claimsOf(event.eventId)).toEqual([
      ["a.pcap", "pcap", "arrived"],
      ["a.xml", "xml", "arrived"],
    ]);
    const told = (ended: typeof first) =>
      ended.events
        .filter(({ event: is }) => is === "evidence")
        .map(({ name, status }) => [name, status]);
    expect(told(first)).toEqual([
      ["a.pcap", "sent"],
      ["a.xml", "sent"],
    ]);
    expect(first.events.find(({ event: is }) => is === "finished")).toMatchObject({
      receipt: { accepted: 2, evidencePending: [] },
    });
    // The same again: nothing new, and no byte sent twice.
    expect(told(await run(push))).toEqual([
      ["a.pcap", "known"],
      ["a.xml", "known"],
    ]);
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(2);
    await close();
  });

  it("is refused before anything is sent when it is not there, or nothing that is kept", async () => {
    const { event, run, close } = await open();
    const xml = report("refused.xml");
    const program = path.join(agent.folder, "program");
    writeFileSync(program, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0]));
    const mistakes = [
      ["/no/such/file", "it cannot be read"],
      [program, "it is neither a capture"],
    ] as const;
    for (const [file, complaint] of mistakes) {
      const { code, stderr } = await run(["push", xml, ...FLAGS, "--evidence", file]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(complaint) });
    }
    expect(await db.run.count({ where: { eventId: event.eventId } })).toBe(0);
    await close();
  });

  it("of a command is looked for when it has ended", async () => {
    const { event, run, close } = await open();
    const trace = path.join(agent.folder, "exec-trace.log");
    const exec = ["exec", "--test", "C-1", ...FLAGS, "--evidence", trace];
    const script = `printf 'INVITE sip:b@example.org SIP/2.0\\n' > ${trace}`;
    expect(await run([...exec, "--", "sh", "-c", script])).toMatchObject({ code: 0 });
    expect(await claimsOf(event.eventId)).toEqual([["exec-trace.log", "sip", "arrived"]]);
    rmSync(trace);
    const without = await run([...exec, "--", "sh", "-c", "true"]);
    expect(without.code).toBe(0);
    expect(without.stderr).toContain("exec-trace.log is not kept as evidence: it cannot be read");
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(2);
    await close();
  });

  it("of SIPssert is what it captured, scenario by scenario, and its report", async () => {
    const { event, run, close } = await open();
    const logs = path.join(agent.folder, "2026-11-22.20:00:00.000001");
    for (const test of ["C-1", "C-2"]) {
      capture(
        path.join("2026-11-22.20:00:00.000001", "set", test, "capture.pcap"),
        test.length + Number(test.at(-1)),
      );
      writeFileSync(path.join(logs, "set", test, "uac.status"), "0");
    }
    writeFileSync(
      path.join(logs, "report.xml"),
      `<testsuite name="set"><testcase name="C-1" classname="set"/><testcase name="C-2" classname="set"/></testsuite>`,
    );
    expect(await run(["push", logs, ...FLAGS])).toMatchObject({ code: 0, stderr: "" });
    const results = await db.result.findMany({ where: { trackId: event.trackId } });
    expect(results.map(({ test, evidence }) => [test, evidence]).toSorted()).toEqual(
      ["C-1", "C-2"].map((test) => {
        const sha256 = sum(path.join(logs, "set", test, "capture.pcap"));
        return [test, [{ sha256, kind: "pcap", name: "capture.pcap" }]];
      }),
    );
    expect(await claimsOf(event.eventId)).toEqual([
      ["capture.pcap", "pcap", "arrived"],
      ["capture.pcap", "pcap", "arrived"],
      ["report.xml", "xml", "arrived"],
    ]);
    await close();
  });
});

describe("a line that is cut", () => {
  it("in the middle of a file costs no more than a piece", async () => {
    const offsets: (string | undefined)[] = [];
    const { event, run, close } = await open(({ method, offset }) => {
      if (method !== "PUT" || offset === undefined) return undefined;
      offsets.push(offset);
      return offsets.length === 2 || offsets.length === 3 ? "cut" : undefined;
    });
    const pcap = capture("cut.pcap", 2_500_000);
    const pushed = await run(["push", report("cut.xml"), ...FLAGS, "--evidence", pcap]);
    expect(pushed).toMatchObject({ code: 0 });
    expect(offsets.slice(0, 5)).toEqual(["0", "1048576", "1048576", "1048576", "2097152"]);
    expect(await claimsOf(event.eventId)).toContainEqual(["cut.pcap", "pcap", "arrived"]);
    await close();
  });

  it("and an agent that is killed: the next one goes on where the first one stopped", async () => {
    const offsets: (string | undefined)[] = [];
    let kill: (() => void) | undefined;
    const { event, start, run, spool, close } = await open(({ method, offset }) => {
      if (method !== "PUT" || offset === undefined) return undefined;
      offsets.push(offset);
      if (offset === "1048576") kill?.();
      return undefined;
    });
    const pcap = capture("killed.pcap", 2_500_000);
    const first = start(["push", report("killed.xml"), ...FLAGS, "--evidence", pcap]);
    kill = () => first.child.kill("SIGKILL");
    expect((await first.ended).signal).toBe("SIGKILL");
    // What was pushed may be gone by then: the spool has a copy.
    rmSync(pcap);
    kill = undefined;
    const before = offsets.length;
    expect(await run(["flush"])).toMatchObject({ code: 0 });
    expect(Number(offsets[before])).toBeGreaterThanOrEqual(1_048_576);
    expect(await claimsOf(event.eventId)).toContainEqual(["killed.pcap", "pcap", "arrived"]);
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(2);
    expect(readdirSync(path.join(spool, "runs"))).toEqual([]);
    await close();
  });
});

describe("a full spool", () => {
  it("leaves out evidence, keeps every outcome, and tells both sides", async () => {
    const { event, run, close } = await open();
    const pcap = capture("large.pcap", 300_000);
    const small = { PLUGFEST_SPOOL_MAX: "100000" };
    const pushed = await run(["push", report("full.xml"), ...FLAGS, "--evidence", pcap], small);
    expect(pushed.code).toBe(0);
    expect(pushed.stderr).toContain("the spool was full, so 1 file of evidence were left out");
    expect(await db.result.count({ where: { trackId: event.trackId } })).toBe(2);
    expect(await claimsOf(event.eventId)).toEqual([["full.xml", "xml", "arrived"]]);
    const stored = await db.run.findFirstOrThrow({ where: { eventId: event.eventId } });
    expect(stored.finish).toMatchObject({
      discarded: [{ reason: "spool_full", category: "evidence", quantity: 1 }],
    });
    await close();
  });
});

describe("a server that does not take the file", () => {
  it("for its content: the results are there, the file is named, the exit code says so", async () => {
    const { site, run } = await agent.bench();
    site.whim = ({ path: asked }) => {
      if (asked.endsWith("/agent"))
        return { status: 200, body: { ...whoIAm(), scopes: ["results:write", "evidence:write"] } };
      return asked.endsWith("/evidence")
        ? {
            status: 415,
            body: {
              title: "Unsupported media type",
              detail: "Not this kind.",
              type: "urn:plugfest:problem:unsupported_media",
            },
          }
        : undefined;
    };
    const { code, stderr } = await run(["push", report("unlike.xml"), ...FLAGS]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "the server does not take unlike.xml: 415 Unsupported Media Type: Not this kind.",
    );
    expect(site.items.size).toBe(2);
    await site.close();
  });

  it("because the token may not: what was asked for is told, the report is not", async () => {
    const { site, run } = await agent.bench();
    expect(TOKEN).toContain("pf_agt_");
    const silent = await run(["push", report("scope.xml"), ...FLAGS]);
    expect(silent).toMatchObject({ code: 0, stderr: "" });
    const told = await run([
      "push",
      report("scope2.xml"),
      ...FLAGS,
      "--evidence",
      capture("scope.pcap"),
    ]);
    expect(told.code).toBe(1);
    expect(told.stderr).toContain(
      "This token may not send evidence (scope evidence:write), so 1 file stayed here.",
    );
    expect(site.asked.some(({ path: asked }) => asked.includes("evidence"))).toBe(false);
    await site.close();
  });

  it("for want of room: everything waits in the spool", async () => {
    const { site, spool, run } = await agent.bench();
    const scopes = { ...whoIAm(), scopes: ["results:write", "evidence:write"] };
    site.whim = ({ path: asked }) => {
      if (asked.endsWith("/agent")) return { status: 200, body: scopes };
      return asked.endsWith("/evidence")
        ? {
            status: 507,
            body: {
              title: "Insufficient storage",
              detail: "No room.",
              type: "urn:plugfest:problem:storage_full",
            },
          }
        : undefined;
    };
    const { code, stderr } = await run(["push", report("no-room.xml"), ...FLAGS]);
    expect(code).toBe(3);
    expect(stderr).toContain("No room.");
    expect(readdirSync(path.join(spool, "runs"))).toHaveLength(1);
    await site.close();
  });
});
