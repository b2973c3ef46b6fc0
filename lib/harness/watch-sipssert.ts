import { stat } from "node:fs/promises";
import { EXIT, Failure } from "./failure";
import { type Live, readScenarioAlone, readSipssert, scenarioKey } from "./formats/sipssert";
import {
  readSipssertLogs,
  type SipssertLogs,
  type SipssertScenario,
} from "./formats/sipssert-logs";
import { findSources } from "./formats/source";
import { type Own, spoolOwn } from "./publish";
import { type Prepared, prepareRun } from "./run";
import type { Session } from "./session";
import { askedBy, type Told } from "./told";

/**
 * Follows one of SIPssert's log folders. The report comes only at the end, so each scenario is
 * pushed by its tasks' exit codes when the next one has begun; the report then adds what those do
 * not tell, and corrects, for example, a fail that was a timeout. All ids come from what is in the
 * folder, so that following it anew changes nothing.
 */
export class SipssertWatch {
  readonly #live = new Map<string, Live>();
  /** The report as it was in the last round. */
  #before = "";
  #isDone = false;

  constructor(readonly path: string) {}

  /** What is new since the last round, spooled. */
  async round(session: Session, told: Told): Promise<Own[]> {
    if (this.#isDone) return [];
    const logs = await readSipssertLogs(this.path);
    const own: Own[] = [];
    for (const scenario of finished(logs)) {
      if (this.#live.has(scenarioKey(scenario))) continue;
      own.push(await this.#spoolScenario(session, told, { logs, scenario }));
    }
    if (logs.report === undefined || !(await this.#isWritten(logs.report))) return own;
    this.#isDone = true;
    return [...own, ...(await this.#spoolReport(session, told))];
  }

  /** SIPssert writes it while we look: what did not change for a round is taken for written. */
  async #isWritten(report: string): Promise<boolean> {
    const { mtimeMs, size } = await stat(report);
    const now = `${mtimeMs} ${size}`;
    const isSame = size > 0 && now === this.#before;
    this.#before = now;
    return isSame;
  }

  async #spoolScenario(
    session: Session,
    told: Told,
    { logs, scenario }: { logs: SipssertLogs; scenario: SipssertScenario },
  ): Promise<Own> {
    const key = scenarioKey(scenario);
    const prepare = async () =>
      prepareRun(await readScenarioAlone(scenario, logs, askedBy(told).roleOf), told);
    const own = await spoolOwn(session, `${logs.name}/${key}`, prepare);
    const live = await firstItem(await prepare());
    if (live) this.#live.set(key, live);
    return own;
  }

  async #spoolReport(session: Session, told: Told): Promise<Own[]> {
    const prepare = async () => {
      const [source] = await findSources([this.path]);
      if (!source) throw new Failure(EXIT.usage, `${this.path} is gone.`);
      return prepareRun(await readSipssert(source, askedBy(told).roleOf, this.#live), told);
    };
    const isEmpty = (await firstItem(await prepare())) === undefined;
    return isEmpty ? [] : [await spoolOwn(session, this.path, prepare)];
  }
}

/** All but the one that is still under way: scenarios run one after the other. */
function finished({ scenarios, report }: SipssertLogs): SipssertScenario[] {
  const ended = scenarios.filter(
    ({ tasks }) => tasks.length > 0 && tasks.every(({ exit }) => exit !== undefined),
  );
  if (report !== undefined) return ended;
  const latest = Math.max(...scenarios.map(({ changedAt }) => changedAt));
  return ended.filter(({ changedAt }) => changedAt < latest);
}

async function firstItem({ judged }: Prepared): Promise<Live | undefined> {
  for await (const one of judged()) {
    if ("item" in one) return { id: one.item.id, outcome: one.item.outcome };
  }
  return undefined;
}
