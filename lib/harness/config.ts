import { readFile, stat } from "node:fs/promises";
import * as z from "zod";
import type { HarnessEnv } from "./env";
import { EXIT, Failure, messageOf } from "./failure";

const fileSchema = z.strictObject({
  url: z.string().optional(),
  token: z.string().optional(),
});

export type Config = {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly spool: string;
  readonly spoolMaxBytes: number;
  /** The file that was read, and whether others on this machine can read it too. */
  readonly file: { readonly path: string; readonly open: boolean } | undefined;
};

const SPOOL_MAX_BYTES = 512 * 1024 * 1024;
const TOKEN = /^pf_agt_[0-9A-Za-z]{27}_[0-9A-Za-z]{6}$/;

/** The environment wins over the file. `given` is the file named by --config, which must exist. */
export async function loadConfig(env: HarnessEnv, given?: string): Promise<Config> {
  const file = await readConfigFile(given ?? env.configFile, given !== undefined);
  return {
    url: env.url ?? file?.url,
    token: (env.token ?? file?.token)?.trim(),
    spool: env.spool,
    spoolMaxBytes: parseBytes(env.spoolMaxBytes),
    file: file && { path: file.path, open: file.open },
  };
}

async function readConfigFile(path: string, isRequired: boolean) {
  let text: string;
  let mode: number;
  try {
    text = await readFile(path, "utf8");
    mode = (await stat(path)).mode;
  } catch (error) {
    const absent = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (absent && !isRequired) return undefined;
    throw new Failure(EXIT.usage, `Cannot read the configuration: ${messageOf(error)}`);
  }
  const open = process.platform !== "win32" && (mode & 0o077) !== 0;
  return { ...parseConfig(path, text), path, open };
}

function parseConfig(path: string, text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and with it perhaps the token.
    throw new Failure(EXIT.usage, `${path} is not JSON.`);
  }
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Failure(
    EXIT.usage,
    `${path}: ${issue?.message ?? "not a configuration"}. It holds { "url": "https://...", "token": "pf_agt_..." }.`,
  );
}

function parseBytes(text: string | undefined): number {
  if (text === undefined) return SPOOL_MAX_BYTES;
  if (!/^\d{1,15}$/.test(text)) {
    throw new Failure(EXIT.usage, `PLUGFEST_SPOOL_MAX is a number of bytes, not '${text}'.`);
  }
  return Number(text);
}

/** The server's address, ending in a slash so that a path can be appended. */
export function serverUrl(config: Config): string {
  if (!config.url) {
    throw new Failure(
      EXIT.usage,
      `No server is known. Set PLUGFEST_URL, or write { "url": "https://..." } into ~/.config/plugfest/config.json.`,
    );
  }
  const url = URL.canParse(config.url) ? new URL(config.url) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Failure(EXIT.usage, `PLUGFEST_URL '${config.url}' is not an http or https address.`);
  }
  if (url.username || url.password) {
    throw new Failure(EXIT.usage, "PLUGFEST_URL must not hold a user name or password.");
  }
  return `${url.origin}${url.pathname.replace(/\/*$/, "/")}`;
}

export function agentToken(config: Config): string {
  if (!config.token) {
    throw new Failure(
      EXIT.usage,
      `No token is known. Set PLUGFEST_TOKEN, or write { "token": "pf_agt_..." } into ~/.config/plugfest/config.json.`,
    );
  }
  if (!TOKEN.test(config.token)) {
    throw new Failure(
      EXIT.refused,
      "The token is not an agent's: one looks like pf_agt_ and 27 letters or digits, _ and 6 more. Copy it again, whole.",
    );
  }
  return config.token;
}
