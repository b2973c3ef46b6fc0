import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { constants } from "node:os";
import { basename } from "node:path";
import { OUTCOMES, type Outcome } from "@/lib/results/schema";
import { startBeating } from "../beat";
import type { Flags } from "../commands";
import { loadConfig } from "../config";
import type { Context } from "../context";
import { keepWhatCan } from "../evidence/kept";
import { EXIT, Failure, messageOf } from "../failure";
import {
  CALLED,
  type Draft,
  defined,
  logFrom,
  messageFrom,
  type Reading,
  Tail,
} from "../formats/draft";
import { deliverOwn, spoolOwn } from "../publish";
import { prepareRun } from "../run";
import { openSession } from "../session";
import { type Told, toldBy } from "../told";

/** How the command ended: an exit code, a signal, or not begun at all. */
type Ended = { readonly code: number; readonly signal?: string; readonly fault?: string };
type ExitMap = { readonly codes: ReadonlyMap<number, Outcome>; readonly rest: Outcome };

/** A shell tells a signal as 128 and its number. */
const SIGNALLED = 128;
const NOT_FOUND = 127;

/**
 * Runs a command, lets its output through, and pushes one result by its exit code. The exit code of
 * the command is ours, unless --fail-on-upload.
 */
export async function exec(context: Context): Promise<number> {
  const { flags, operands } = context;
  const [command, ...args] = operands;
  if (command === undefined) {
    throw new Failure(EXIT.usage, "Which command? plugfest exec [flags] -- COMMAND...");
  }
  // Every execution is a new one.
  const { evidence: files = [], ...others } = flags;
  const told = { ...(await toldBy(others)), nonce: randomUUID() };
  const map = parseExitMap(flags["exit-map"]);
  const unsupportedBy = unsupportedRoles(flags, told, map);
  if (told.test === undefined) throw new Failure(EXIT.usage, "Which test? Name it with --test.");
  // Before the command runs: a mistake should not cost an hour of testing.
  const session = await openSession(await loadConfig(context.env, flags.config), context);
  const reading = { test: told.test, map, unsupportedBy };
  prepareRun(readingOf(reading, { ...NOT_RUN, command }), told);

  const startedAt = new Date();
  const output = new Tail();
  const begun = performance.now();
  const stopBeating = startBeating(session, 1);
  const ended = await runCommand(command, args, output);
  stopBeating();
  const durationMs = Math.round((performance.now() - begun) * 1000) / 1000;
  const seen = { command, startedAt, durationMs, output, ended };
  // Now, since the command may have written them; a result is not lost for a file that is not there.
  const { files: evidence, problems: warnings } = await keepWhatCan(files, "given");
  const prepared = prepareRun({ ...readingOf(reading, seen), warnings }, { ...told, evidence });
  const own = await spoolOwn(session, basename(command), async () => prepared);
  const exit = await deliverOwn(session, [own]);
  return ended.code === 0 && flags["fail-on-upload"] ? exit : ended.code;
}

type Seen = {
  readonly command: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly output: Tail;
  readonly ended: Ended;
};
const NOT_RUN = {
  startedAt: new Date(0),
  durationMs: 0,
  output: new Tail(),
  ended: { code: 0 },
} satisfies Omit<Seen, "command">;

function readingOf(
  { test, map, unsupportedBy }: { test: string; map: ExitMap; unsupportedBy: string[] },
  { command, startedAt, durationMs, output, ended }: Seen,
): Reading {
  const isBroken = ended.fault !== undefined || ended.signal !== undefined;
  const outcome = isBroken ? "error" : (map.codes.get(ended.code) ?? map.rest);
  const why = ended.fault ?? (ended.signal ? `ended by ${ended.signal}` : `exit ${ended.code}`);
  const draft: Draft = defined({
    test,
    outcome,
    rawStatus: ended.signal ?? `exit=${ended.code}`,
    unsupportedBy: outcome === "unsupported" ? unsupportedBy : undefined,
    startedAt: startedAt.toISOString(),
    durationMs,
    message: ended.code === 0 ? undefined : messageFrom(`${basename(command)}: ${why}`),
    log: logFrom([output.part]),
    // The test is the flag's, and no name of anything.
    [CALLED]: "",
  });
  return {
    format: "exec",
    runner: basename(command).slice(0, 255),
    files: [],
    startedAt: draft.startedAt,
    warnings: [],
    items: () => [draft],
  };
}

async function runCommand(command: string, args: readonly string[], output: Tail): Promise<Ended> {
  const child = spawn(command, args, { stdio: ["inherit", "pipe", "pipe"] });
  child.stdout.on("data", tee(process.stdout, output));
  child.stderr.on("data", tee(process.stderr, output));
  const stop = passOn(child);
  try {
    return await endOf(child);
  } finally {
    stop();
  }
}

function tee(stream: NodeJS.WriteStream, output: Tail) {
  const decoder = new TextDecoder();
  return (chunk: Buffer) => {
    stream.write(chunk);
    output.add(decoder.decode(chunk, { stream: true }));
  };
}

function endOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    child.once("error", (error) =>
      resolve({ code: NOT_FOUND, fault: `could not be run (${messageOf(error)})` }),
    );
    child.once("close", (code, signal) =>
      resolve(
        signal
          ? { code: SIGNALLED + constants.signals[signal], signal }
          : { code: code ?? NOT_FOUND },
      ),
    );
  });
}

/** A signal to us is meant for the command too; Ctrl-C reaches it from the terminal by itself. */
function passOn(child: ChildProcess): () => void {
  const term = () => void child.kill("SIGTERM");
  process.on("SIGTERM", term);
  return () => process.off("SIGTERM", term);
}

/** `0=pass,127=unsupported,*=fail`; whatever is not named is fail. */
function parseExitMap(text: string | undefined): ExitMap {
  const codes = new Map<number, Outcome>([[0, "pass"]]);
  let rest: Outcome = "fail";
  for (const part of text?.split(",") ?? []) {
    const [, code, word] = /^\s*(\d{1,3}|\*)=(\w+)\s*$/.exec(part) ?? [];
    const outcome = OUTCOMES.find((known) => known === word);
    if (code === undefined || outcome === undefined) {
      throw new Failure(
        EXIT.usage,
        `--exit-map '${part}' is not CODE=OUTCOME or *=OUTCOME. Outcomes are ${OUTCOMES.join(", ")}.`,
      );
    }
    if (code === "*") rest = outcome;
    else codes.set(Number(code), outcome);
  }
  return { codes, rest };
}

/** Unsupported is declared, never guessed: by --unsupported-by, or by the only party there is. */
function unsupportedRoles(flags: Flags, told: Told, { codes, rest }: ExitMap): string[] {
  const isNeeded = rest === "unsupported" || [...codes.values()].includes("unsupported");
  const named = flags["unsupported-by"] ?? [];
  if (!isNeeded || named.length > 0) return named;
  const [only, ...others] = told.parties;
  if (only && others.length === 0) return [only.role];
  throw new Failure(
    EXIT.usage,
    "Whose is it, when the command says unsupported? Name the role with --unsupported-by.",
  );
}
