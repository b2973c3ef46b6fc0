import type { WriteStream } from "node:tty";

/** Every event that `--json` prints; docs/agent.md says what each one carries. */
export const EVENTS = [
  "item",
  "read",
  "spooled",
  "retry",
  "batch",
  "evidence",
  "rejected",
  "warning",
  "finished",
  "kept",
  "check",
  "run",
  "catalogue",
  "pairing",
  "watching",
  "failed",
  "done",
] as const;
export type EventName = (typeof EVENTS)[number];
export type Told = { readonly event: EventName; readonly [field: string]: unknown };

/** Where the agent says what happens: sentences for people, or one JSON line per event. */
export type Output = {
  /** Without a text, the event is for machines only. */
  tell(event: Told, text?: string): void;
  warn(event: Told, text: string): void;
  progress(text: string): void;
};

type Streams = { stdout: WriteStream; stderr: WriteStream };

/** The lines of `--json` go to stdout, warnings in words to stderr, progress only to a terminal. */
export function createOutput(isJson: boolean, { stdout, stderr }: Streams): Output {
  // A reader that went away (`| head`) is no reason to stop delivering.
  stdout.on("error", () => undefined);
  let isProgressShown = false;
  const clear = () => {
    if (isProgressShown) stderr.write("\r\u001b[K");
    isProgressShown = false;
  };
  const say = (stream: WriteStream, event: Told, text: string | undefined) => {
    if (isJson) stdout.write(`${JSON.stringify(event)}\n`);
    else if (text !== undefined) {
      clear();
      stream.write(`${visible(text)}\n`);
    }
  };
  return {
    tell: (event, text) => say(stdout, event, text),
    warn: (event, text) => say(stderr, event, text),
    progress: (text) => {
      if (isJson || !stderr.isTTY) return;
      stderr.write(`\r\u001b[K${text}`);
      isProgressShown = true;
    },
  };
}

// A test's name or a server's answer must not move the cursor or rename the window.
const visible = (text: string) => text.replace(/(?![\n\t])\p{Cc}/gu, "?");

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
