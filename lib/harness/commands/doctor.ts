import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { AgentReply } from "@/lib/agents/schema";
import { agentToken, type Config, loadConfig, serverUrl } from "../config";
import type { Context } from "../context";
import { EXIT, type ExitCode, Failure, graver } from "../failure";
import type { Output } from "../output";
import { plural } from "../output";
import { askWhoIAm } from "../server";
import { writeDurably } from "../spool/durable";
import { bytesUnder, listRuns, openSpool } from "../spool/spool";

/** What one check found. `advice` says what to do about it. */
type Check = {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly advice?: string;
  readonly exit?: ExitCode;
};

const SKEW_MS = 5_000;
const SOON_MS = 2 * 86_400_000;
const OLDEST_NODE = 20;

/** One line for each thing that a push needs; the exit code is the gravest that a push would have. */
export async function doctor(context: Context): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  const tell = (check: Check) => {
    tellCheck(context.output, check);
    if (!check.ok) exit = graver(exit, check.exit ?? EXIT.rejected);
  };
  tell(checkNode());
  const config = await loadConfig(context.env, context.flags.config);
  if (config.file?.open) tell(openFile(config.file.path));
  for (const check of await checkSpool(config)) tell(check);
  for (const check of await checkServer(context, config)) tell(check);
  return exit;
}

function tellCheck(output: Output, { name, ok, found, advice }: Check) {
  const text = `${ok ? "ok    " : "wrong "} ${name}: ${found}${advice ? ` ${advice}` : ""}`;
  output.tell({ event: "check", name, ok, found, advice }, text);
}

function checkNode(): Check {
  const found = process.versions.node;
  const ok = Number(found.split(".")[0]) >= OLDEST_NODE;
  return ok
    ? { name: "node", ok, found }
    : { name: "node", ok, found, advice: "The agent needs Node.js 20 or newer." };
}

const openFile = (path: string): Check => ({
  name: "configuration",
  ok: false,
  found: `${path} can be read by others on this machine.`,
  advice: `It holds your token: chmod 600 ${path}`,
});

async function checkSpool(config: Config): Promise<Check[]> {
  try {
    const spool = await openSpool(config.spool, config.spoolMaxBytes);
    const probe = join(spool.root, `probe-${process.pid}`);
    await writeDurably(probe, "");
    await rm(probe);
    const { runs, damaged } = await listRuns(spool);
    const bytes = await bytesUnder(spool.root);
    const waiting = runs.length + damaged.length;
    const backlog: Check = {
      name: "backlog",
      ok: waiting === 0,
      found: waiting === 0 ? "nothing waits" : `${plural(waiting, "run")} waiting.`,
      ...(waiting > 0 ? { advice: "plugfest flush sends them." } : {}),
    };
    const isFull = bytes > spool.maxBytes;
    const room: Check = {
      name: "spool",
      ok: !isFull,
      found: `${spool.root} can be written; ${(bytes / 1_048_576).toFixed(1)} of ${(spool.maxBytes / 1_048_576).toFixed(0)} MiB used.`,
      ...(isFull
        ? { advice: "Log excerpts of new results are left out until it is emptied." }
        : {}),
    };
    return [room, backlog];
  } catch (error) {
    return [failed("spool", error)];
  }
}

async function checkServer(context: Context, config: Config): Promise<Check[]> {
  const { output, patience } = context;
  try {
    const url = serverUrl(config);
    const link = { url, token: agentToken(config), output, patience };
    const asked = Date.now();
    const agent = await askWhoIAm(link);
    const skewMs = Date.parse(agent.serverTime) - (asked + Date.now()) / 2;
    return [checkUrl(url), checkToken(agent), checkClock(skewMs), checkPhase(agent)];
  } catch (error) {
    return [failed("server", error)];
  }
}

function checkUrl(url: string): Check {
  const { protocol, hostname } = new URL(url);
  const isOpen = protocol === "http:" && !/^(localhost|127\..*|\[::1\])$/.test(hostname);
  return isOpen
    ? {
        name: "server",
        ok: false,
        found: `${url} answers, but without encryption.`,
        advice: "Anyone on the way can read the token: use https.",
      }
    : { name: "server", ok: true, found: `${url} answers` };
}

function checkToken({ agent, event, entry, scopes, expiresAt }: AgentReply): Check {
  const reports = entry === null ? "neutral" : `for ${entry}`;
  const found = `${agent.name}, ${reports}, at ${event.label} (${event.slug}), until ${expiresAt}.`;
  if (!scopes.includes("results:write")) {
    const advice = "It may not push results: ask the organizer for one with results:write.";
    return { name: "token", ok: false, found, advice, exit: EXIT.refused };
  }
  const isOld = Date.parse(expiresAt) - Date.now() < SOON_MS;
  return isOld
    ? { name: "token", ok: false, found, advice: "It ends soon: ask for a new one." }
    : { name: "token", ok: true, found };
}

function checkClock(skewMs: number): Check {
  const seconds = (skewMs / 1000).toFixed(1);
  return Math.abs(skewMs) <= SKEW_MS
    ? { name: "clock", ok: true, found: `within ${SKEW_MS / 1000} s of the server's` }
    : {
        name: "clock",
        ok: false,
        found: `the server's clock is ${seconds} s ${skewMs > 0 ? "ahead" : "behind"}.`,
        advice: "Results are ordered by their start: set the clock, for example with NTP.",
      };
}

function checkPhase({ event }: AgentReply): Check {
  const takes = event.phase === "testing" || event.phase === "review";
  return takes
    ? { name: "event", ok: true, found: `in phase ${event.phase}` }
    : {
        name: "event",
        ok: false,
        found: `in phase ${event.phase}.`,
        advice: "Results are taken in testing, and late ones in review; until then they wait here.",
      };
}

function failed(name: string, error: unknown): Check {
  if (!(error instanceof Failure)) throw error;
  return { name, ok: false, found: error.message, exit: error.exit };
}
