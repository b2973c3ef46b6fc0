import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { sha256 } from "../identity";
import { isCode } from "../spool/lock";

/** A task of a scenario: a container, its exit code, and the end of what it printed. */
export type SipssertTask = {
  readonly name: string;
  /** Undefined while it runs, and where SIPssert wrote no number. */
  readonly exit: number | undefined;
  readonly log: string;
};
export type SipssertScenario = {
  readonly set: string;
  readonly name: string;
  readonly tasks: readonly SipssertTask[];
  readonly changedAt: number;
  /** Paths of what was captured of it: SIPssert writes capture.pcap. */
  readonly captures: readonly string[];
};
export type SipssertLogs = {
  readonly name: string;
  /** From the folder's name, which SIPssert makes of the local time. */
  readonly startedAt: number | undefined;
  readonly report: string | undefined;
  readonly scenarios: readonly SipssertScenario[];
  /** Init tasks that failed: then the scenarios of their set are nowhere. */
  readonly brokenSets: readonly { readonly set: string; readonly tasks: readonly SipssertTask[] }[];
};

const FOLDER = /^(\d{4})-(\d\d)-(\d\d)\.(\d\d):(\d\d):(\d\d)\.(\d+)$/;
const KEPT_LOG = 32_768;
const CAPTURE = /\.(?:pcap|pcapng|cap)$/i;
const SIDE_TASKS = ["init_tasks", "cleanup_tasks"];

/** Whether a folder looks like one that SIPssert writes for a run: logs/2026-11-22.20:00:00.000000 */
export async function isSipssertFolder(path: string): Promise<boolean> {
  if (FOLDER.test(basename(path))) return true;
  const names = await readdir(path).catch(() => [] as string[]);
  return names.includes("controller.log");
}

export async function readSipssertLogs(path: string): Promise<SipssertLogs> {
  const folder = await realpath(path);
  const report = join(folder, "report.xml");
  const scenarios: SipssertScenario[] = [];
  const sets: SipssertScenario[] = [];
  for (const set of await foldersIn(folder)) {
    for (const name of await foldersIn(join(folder, set))) {
      const scenario = await readScenario(join(folder, set, name), set);
      (SIDE_TASKS.includes(name) ? sets : scenarios).push(scenario);
    }
  }
  return {
    name: basename(folder),
    startedAt: momentOf(basename(folder)),
    report: (await isFile(report)) ? report : undefined,
    scenarios,
    brokenSets: sets
      .filter(({ name, tasks }) => name === "init_tasks" && tasks.some(({ exit }) => exit !== 0))
      .map(({ set, tasks }) => ({ set, tasks: tasks.filter(({ exit }) => exit !== 0) })),
  };
}

async function readScenario(path: string, set: string): Promise<SipssertScenario> {
  const tasks: SipssertTask[] = [];
  let changedAt = 0;
  const names = (await readdir(path)).sort();
  for (const file of names) {
    const name = /^(.+)\.status$/.exec(file)?.[1];
    if (name === undefined) continue;
    const status = join(path, file);
    changedAt = Math.max(changedAt, Math.floor((await stat(status)).mtimeMs));
    const exit = /^\s*(\d{1,3})\s*$/.exec(await readFile(status, "utf8"))?.[1];
    const log = await tailOf(join(path, `${name}.log`));
    tasks.push({ name, exit: exit === undefined ? undefined : Number(exit), log });
  }
  const captures = names.filter((file) => CAPTURE.test(file)).map((file) => join(path, file));
  return { set, name: basename(path), tasks, changedAt, captures };
}

/** What decides about a run, in one sum: its report and its tasks' exit codes, not their logs. */
export const sumOfScenarios = (
  scenarios: readonly SipssertScenario[],
  report: string | undefined,
): string =>
  sha256(
    JSON.stringify([
      report ?? null,
      scenarios.map(({ set, name, tasks }) => [
        set,
        name,
        tasks.map((task) => [task.name, task.exit]),
      ]),
    ]),
  );

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

const isFile = (path: string) =>
  stat(path).then(
    (status) => status.isFile(),
    () => false,
  );

async function tailOf(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).slice(-KEPT_LOG);
  } catch (error) {
    if (isCode(error, "ENOENT")) return "";
    throw error;
  }
}

function momentOf(folder: string): number | undefined {
  const [, year, month, day, hours, minutes, seconds, fraction] = FOLDER.exec(folder) ?? [];
  if (year === undefined) return undefined;
  const at = new Date(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hours),
    Number(minutes),
    Number(seconds),
    Math.floor(Number(`0.${fraction}`) * 1000),
  );
  return at.getTime();
}
