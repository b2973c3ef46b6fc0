import { type CommandName, helpText, parseCommandLine } from "./commands";
import { catalogue, pairings } from "./commands/catalogue";
import { doctor } from "./commands/doctor";
import { exec } from "./commands/exec";
import { flush } from "./commands/flush";
import { push } from "./commands/push";
import { status } from "./commands/status";
import { watch } from "./commands/watch";
import type { Context } from "./context";
import { readEnv } from "./env";
import { EXIT, Failure, messageOf } from "./failure";
import { createOutput, type Output } from "./output";
import { Patience } from "./patience";
import { NAME, VERSION } from "./version";

/** `exec` ends with the exit code of what it ran. */
const COMMAND = {
  push,
  exec,
  watch,
  flush,
  status,
  doctor,
  catalogue,
  pairings,
} as const satisfies Record<CommandName, (context: Context) => Promise<number>>;

const PATIENCE_S = 60;
/** How long a signal leaves for what is under way (API.md, "The agent's promises", 4). */
const FLUSH_MS = 10_000;

// Without a catch Node would print the bundle's one long line above the message.
async function main(args: readonly string[]): Promise<number> {
  // Told apart before parsing, so that a wrong command line is told in the form that was asked for.
  const own = args.slice(0, args.includes("--") ? args.indexOf("--") : args.length);
  // What `exec` runs has stdout for itself.
  const { stdout, stderr } = process;
  const streams = { stdout: own.includes("exec") ? stderr : stdout, stderr };
  const output = createOutput(own.includes("--json"), streams);
  try {
    const exit = await start(args, output);
    output.tell({ event: "done", exit });
    return exit;
  } catch (error) {
    const exit = error instanceof Failure ? error.exit : EXIT.rejected;
    const message = messageOf(error);
    output.warn({ event: "failed", message, exit }, `plugfest: ${message}`);
    if (!(error instanceof Failure)) {
      process.stderr.write(`This is a fault of the agent. ${stackOf(error)}\n`);
    }
    output.tell({ event: "done", exit });
    return exit;
  }
}

async function start(args: readonly string[], output: Output): Promise<number> {
  const { command, flags, operands } = parseCommandLine(args);
  if (command === "version" || command === "help") {
    const text = command === "version" ? `${NAME} ${VERSION}` : helpText(operands[0]);
    process.stdout.write(`${text}\n`);
    return EXIT.ok;
  }
  const patience = new Patience(parseTimeout(flags.timeout) * 1000);
  endOnSignals(patience, output);
  return COMMAND[command]({ flags, operands, env: readEnv(), output, patience });
}

function parseTimeout(text: string | undefined): number {
  if (text === undefined) return PATIENCE_S;
  if (/^\d{1,6}(\.\d+)?$/.test(text)) return Number(text);
  throw new Failure(EXIT.usage, `--timeout '${text}' is not a number of seconds.`);
}

/** The first signal hurries what is being sent; the second ends at once. Nothing is lost: it is spooled. */
function endOnSignals(patience: Patience, output: Output) {
  const end = (signal: "SIGINT" | "SIGTERM") => {
    if (patience.isHurried) process.exit(signal === "SIGINT" ? 130 : 143);
    const message = `${signal}: ending within ${FLUSH_MS / 1000} s; what is not sent stays in the spool.`;
    output.warn({ event: "warning", message }, message);
    patience.hurry(FLUSH_MS);
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}

const stackOf = (error: unknown) =>
  error instanceof Error ? (error.stack ?? "").split("\n").slice(1, 6).join("\n") : "";

process.exitCode = await main(process.argv.slice(2));
