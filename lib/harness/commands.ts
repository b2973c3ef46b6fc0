import { type ParseArgsConfig, parseArgs } from "node:util";
import { EXIT, Failure, messageOf } from "./failure";
import { FORMATS } from "./formats/formats";

type Flag = {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  readonly short?: string;
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly help: string;
};

export const FLAGS = {
  track: { type: "string", value: "TRACK", help: "the track the results belong to" },
  format: { type: "string", value: "FORMAT", help: `${FORMATS.join(", ")}, or auto (default)` },
  test: { type: "string", value: "KEY", help: "the test, instead of the names in the file" },
  "exit-code": {
    type: "string",
    value: "N",
    help: "what SIPp ended with: its files alone do not tell all",
  },
  party: {
    type: "string",
    multiple: true,
    value: "ROLE=ENTRY[@BUILD]",
    help: "who took part in which role; once for each party",
  },
  names: {
    type: "string",
    value: "FILE",
    help: "what the names in the report mean: tests, variants, parties (interop.yaml)",
  },
  evidence: {
    type: "string",
    multiple: true,
    value: "FILE",
    help: "a capture, trace, log or key log that belongs to the results; once for each file",
  },
  "exit-map": {
    type: "string",
    value: "CODE=OUTCOME,...",
    help: "what exit codes mean; 0=pass and *=fail unless told",
  },
  "unsupported-by": {
    type: "string",
    multiple: true,
    value: "ROLE",
    help: "who does not support the test when its outcome is unsupported",
  },
  "fail-on-upload": {
    type: "boolean",
    help: "end with the push's exit code when the command itself ended with 0",
  },
  "dry-run": { type: "boolean", help: "show what would be sent; touch neither spool nor server" },
  again: { type: "boolean", help: "push as new results, even if this file was pushed before" },
  timeout: {
    type: "string",
    value: "SECONDS",
    help: "how long to wait for an answer before leaving the rest in the spool (60)",
  },
  config: { type: "string", value: "FILE", help: "configuration file" },
  json: { type: "boolean", help: "print one JSON line per event" },
  help: { type: "boolean", short: "h", help: "show this" },
  version: { type: "boolean", help: "show the agent's version" },
} as const satisfies Record<string, Flag>;
export type FlagName = keyof typeof FLAGS;

type Command = {
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly FlagName[];
};

const CONNECTION = ["timeout", "config", "json", "help"] as const satisfies FlagName[];

export const COMMANDS = {
  push: {
    usage: "push FILE... --track TRACK [flags]",
    summary: "Push the results in files, each file as one run.",
    flags: [
      "track",
      "format",
      "test",
      "exit-code",
      "party",
      "names",
      "evidence",
      "dry-run",
      "again",
      ...CONNECTION,
    ],
  },
  exec: {
    usage: "exec --track TRACK --test KEY [flags] -- COMMAND...",
    summary: "Run a command, and push one result by its exit code, with its output.",
    flags: [
      "track",
      "test",
      "party",
      "names",
      "evidence",
      "exit-map",
      "unsupported-by",
      "fail-on-upload",
      ...CONNECTION,
    ],
  },
  watch: {
    usage: "watch DIR --track TRACK [flags]",
    summary: "Push reports as they appear in a folder, SIPssert's scenarios as they end.",
    flags: ["track", "format", "test", "party", "names", ...CONNECTION],
  },
  flush: {
    usage: "flush",
    summary: "Deliver what waits in the spool.",
    flags: CONNECTION,
  },
  status: {
    usage: "status",
    summary: "Show what waits in the spool and what was rejected. Asks no server.",
    flags: ["config", "json", "help"],
  },
  doctor: {
    usage: "doctor",
    summary: "Check the server's address, the token, the clock and the spool.",
    flags: CONNECTION,
  },
  catalogue: {
    usage: "catalogue [--track TRACK]",
    summary: "Show the names that the event knows: tracks, roles, tests, entries.",
    flags: ["track", ...CONNECTION],
  },
  pairings: {
    usage: "pairings [--track TRACK]",
    summary: "Show what nobody has tried yet, with your entry among the parties.",
    flags: ["track", ...CONNECTION],
  },
} as const satisfies Record<string, Command>;
export type CommandName = keyof typeof COMMANDS;

const OPTIONS = FLAGS satisfies NonNullable<ParseArgsConfig["options"]>;
export type Flags = ReturnType<
  typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>
>["values"];

export type Parsed = {
  readonly command: CommandName | "help" | "version";
  readonly flags: Flags;
  readonly operands: readonly string[];
};

const isCommand = (word: string | undefined): word is CommandName =>
  word !== undefined && Object.hasOwn(COMMANDS, word);

/** Throws Failure with exit code 2 for anything that the command does not know. */
export function parseCommandLine(args: readonly string[]): Parsed {
  const { values, positionals } = parseFlags(args);
  const [word, ...operands] = positionals;
  if (values.version) return { command: "version", flags: values, operands };
  if (word === undefined || word === "help") {
    return { command: "help", flags: values, operands };
  }
  if (!isCommand(word)) {
    throw new Failure(
      EXIT.usage,
      `There is no command '${word}'. There are ${Object.keys(COMMANDS).join(", ")}; see plugfest --help.`,
    );
  }
  if (values.help) return { command: "help", flags: values, operands: [word] };
  const known: readonly string[] = COMMANDS[word].flags;
  const stray = Object.keys(values).find((flag) => !known.includes(flag));
  if (stray !== undefined) {
    throw new Failure(
      EXIT.usage,
      `plugfest ${word} has no flag --${stray}; see plugfest ${word} --help.`,
    );
  }
  return { command: word, flags: values, operands };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // "Unknown option '--x'. To specify a positional argument ...": the first sentence says it.
    const [sentence] = messageOf(error).split(". ", 1);
    throw new Failure(EXIT.usage, `${sentence}; see plugfest --help.`);
  }
}

export function helpText(word: string | undefined): string {
  return isCommand(word) ? helpOf(word) : overview();
}

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  return [
    "plugfest: pushes interoperability results to a Plugfest server.",
    "",
    ...Object.entries(COMMANDS).map(
      ([name, { summary }]) => `  plugfest ${name.padEnd(width)}  ${summary}`,
    ),
    "",
    "plugfest COMMAND --help tells its flags. PLUGFEST_URL and PLUGFEST_TOKEN say where to and who.",
    "Exit codes: 0 all accepted or already there, 1 something rejected, 2 usage,",
    "3 no answer from the server (it waits in the spool), 4 token refused.",
  ].join("\n");
}

function helpOf(name: CommandName): string {
  const { usage, summary, flags } = COMMANDS[name];
  const lines = flags.map((flag): [string, string] => {
    const { value, help }: Flag = FLAGS[flag];
    return [`--${flag}${value ? ` ${value}` : ""}`, help];
  });
  const width = Math.max(...lines.map(([left]) => left.length));
  return [
    `plugfest ${usage}`,
    "",
    summary,
    "",
    ...lines.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`),
  ].join("\n");
}
