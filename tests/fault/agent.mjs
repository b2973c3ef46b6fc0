// One harness machine: pushes its files with the agent that the site serves, is killed now and then,
// starts again, and goes on until its spool is empty.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { AGENT } from "../../lib/start/bundle.mjs";

const BATCH = 1000;

export class Agent {
  /** Batches that the agent has noted as done: `file/number` -> ids. */
  acknowledged = new Map();
  acknowledgedItems = 0;
  /** How often it asked again, by what it had heard. */
  retries = new Map();
  /** Items that the server did not take; there should be none. */
  refused = [];
  isDone = false;
  #spooled = new Map();
  #child;
  #isEnding = false;

  constructor({ folder, env, reports }) {
    this.env = { ...env, PLUGFEST_SPOOL: path.join(folder, "spool"), HOME: folder };
    this.reports = new Map(reports.map((report) => [report.file, report]));
  }

  /** Pushes until nothing waits. */
  async deliver(random) {
    while (!this.#isEnding) {
      const code = await this.run(this.#nextCommand());
      if (code === 2 || code === 4) throw new Error(`Exit ${code}: ${this.lastWords}`);
      const isSpooled = this.#spooled.size === this.reports.size;
      if (isSpooled && this.listWaiting().length === 0) break;
      await pause(random() * 200);
    }
    this.isDone = true;
  }

  /**
   * What was spooled is only flushed: pushing its file once more would send again what was
   * acknowledged, and so hide that it had been lost.
   */
  #nextCommand() {
    const files = [...this.reports.keys()].filter((file) => !this.#spooled.has(file));
    return files.length > 0 ? ["push", ...files, "--format", "plugfest"] : ["flush"];
  }

  /** Runs the agent to its end; resolves to its exit code, null when it was killed. */
  run(command, onTold = (told) => this.#note(told)) {
    const child = spawn(process.execPath, [AGENT, ...command, "--json"], {
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.lastWords = "";
    child.stderr.on("data", (chunk) => {
      this.lastWords += chunk;
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const told = parseLine(line);
      if (told?.event === "failed" || told?.event === "kept") this.lastWords += `${line}\n`;
      if (told) onTold(told);
    });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
  }

  #note({ event, ...told }) {
    if (event === "spooled") this.#spooled.set(told.run, told.label);
    if (event === "batch") this.#noteBatch(told);
    if (event === "retry") {
      const reason = told.reason.slice(0, 60);
      this.retries.set(reason, (this.retries.get(reason) ?? 0) + 1);
    }
    if (event === "rejected") this.refused.push(told);
  }

  #noteBatch({ run, batch }) {
    const file = this.#spooled.get(run);
    const key = `${file}/${batch}`;
    if (this.acknowledged.has(key)) return;
    const items = this.reports.get(file).items.slice((batch - 1) * BATCH, batch * BATCH);
    this.acknowledged.set(
      key,
      items.map(({ id }) => id),
    );
    this.acknowledgedItems += items.length;
  }

  /** False when it does not run just now. */
  kill() {
    return this.#child?.kill("SIGKILL") ?? false;
  }

  end() {
    this.#isEnding = true;
    this.kill();
  }

  /** Runs that wait in the spool. */
  listWaiting() {
    return fs.readdirSync(path.join(this.env.PLUGFEST_SPOOL, "runs"));
  }
}

/** The last line of a killed agent may be cut off. */
function parseLine(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
