import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { startBeating } from "../beat";
import { loadConfig } from "../config";
import type { Context } from "../context";
import { deliverBacklog } from "../courier";
import { prepareGroup } from "../evidence/reports";
import { EXIT, type ExitCode, Failure, FormatError, graver } from "../failure";
import { groupSources } from "../formats/formats";
import { isSipssertFolder } from "../formats/sipssert-logs";
import { findSources } from "../formats/source";
import type { Output } from "../output";
import { deliverOwn, type Own, spoolOwn } from "../publish";
import { openSession, type Session } from "../session";
import { isCode } from "../spool/lock";
import { askedBy, formatTold, type Told, toldBy } from "../told";
import { SipssertWatch } from "../watch-sipssert";

const POLL_MS = 1_000;
/** How often what waits is tried again while nothing new comes. */
const BACKLOG_MS = 60_000;
const DEEPEST = 6;
const REPORT = /\.(xml|tap|json)$/i;

/** Pushes reports as they appear in a folder and those below it, until it is told to end. */
export async function watch(context: Context): Promise<ExitCode> {
  const { flags, operands, output, patience } = context;
  const [folder, ...others] = operands;
  if (folder === undefined || others.length > 0) {
    throw new Failure(EXIT.usage, "Which folder? plugfest watch DIR, one folder.");
  }
  if (!(await isFolder(folder))) throw new Failure(EXIT.usage, `${folder} is no folder.`);
  const told = await toldBy(flags);
  formatTold(flags);
  const session = await openSession(await loadConfig(context.env, flags.config), context);
  output.tell({ event: "watching", folder }, `Watching ${folder}. End with Ctrl-C.`);
  const watcher = new Watcher(context, session, told);
  const stopBeating = startBeating(session, 0);
  let exit: ExitCode = EXIT.ok;
  try {
    while (!patience.isHurried) {
      exit = graver(exit, await watcher.round(folder));
      await patience.idle(POLL_MS);
    }
  } finally {
    stopBeating();
  }
  return exit;
}

class Watcher {
  /** Each file as it was in the last round, and as it was when it was pushed. */
  #before = new Map<string, string>();
  readonly #pushed = new Map<string, string>();
  readonly #sipssert = new Map<string, SipssertWatch>();
  #deliveredAt = performance.now();

  constructor(
    readonly context: Context,
    readonly session: Session,
    readonly told: Told,
  ) {}

  async round(folder: string): Promise<ExitCode> {
    const seen = new Map<string, string>();
    const own = await this.#look(folder, 0, seen);
    // A file that did not change for a round is taken for written.
    for (const [path, state] of seen) {
      if (this.#before.get(path) !== state || this.#pushed.get(path) === state) continue;
      this.#pushed.set(path, state);
      own.push(...(await this.#spoolFile(path)));
    }
    this.#before = seen;
    return this.#deliver(own);
  }

  async #look(folder: string, depth: number, seen: Map<string, string>): Promise<Own[]> {
    const own: Own[] = [];
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isFile() && REPORT.test(entry.name)) await noteFile(path, seen);
      if (!entry.isDirectory() || depth === DEEPEST) continue;
      if (await isSipssertFolder(path)) own.push(...(await this.#lookAtSipssert(path)));
      else own.push(...(await this.#look(path, depth + 1, seen)));
    }
    return own;
  }

  async #lookAtSipssert(path: string): Promise<Own[]> {
    const followed = this.#sipssert.get(path) ?? new SipssertWatch(path);
    this.#sipssert.set(path, followed);
    return this.#guarded(path, () => followed.round(this.session, this.told));
  }

  #spoolFile(path: string): Promise<Own[]> {
    const { flags } = this.context;
    return this.#guarded(path, async () => {
      const groups = groupSources(await findSources([path]), formatTold(flags));
      const own: Own[] = [];
      for (const group of groups) {
        const prepare = () => prepareGroup(group, this.told, askedBy(this.told));
        own.push(await spoolOwn(this.session, path, prepare));
      }
      return own;
    });
  }

  /** What is wrong with one file is told, and does not end the watch. */
  async #guarded(path: string, work: () => Promise<Own[]>): Promise<Own[]> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof Failure)) throw error;
      tellTrouble(this.context.output, path, error);
      return [];
    }
  }

  async #deliver(own: readonly Own[]): Promise<ExitCode> {
    if (own.length > 0) {
      this.#deliveredAt = performance.now();
      return deliverOwn(this.session, own);
    }
    if (performance.now() - this.#deliveredAt < BACKLOG_MS) return EXIT.ok;
    this.#deliveredAt = performance.now();
    this.session.link.patience.renew();
    await deliverBacklog(this.session);
    return EXIT.ok;
  }
}

function tellTrouble(output: Output, path: string, error: FormatError | Failure) {
  const text = error instanceof FormatError ? error.in(path) : `${path}: ${error.message}`;
  output.warn({ event: "failed", file: path, message: error.message }, `${text}\n  Not pushed.`);
}

/** What vanishes while it is looked at is not there. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
  } catch (error) {
    if (isCode(error, "ENOENT")) return [];
    throw error;
  }
}

async function noteFile(path: string, seen: Map<string, string>) {
  const status = await stat(path).catch(() => undefined);
  if (status && status.size > 0) seen.set(path, `${status.mtimeMs} ${status.size}`);
}

const isFolder = (path: string) =>
  stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
