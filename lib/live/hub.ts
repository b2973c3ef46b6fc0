import { EventEmitter, once, setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { within } from "@/lib/core/deadline";
import { logFailure } from "@/lib/core/log";
import { connectionOptions } from "@/lib/db/client";
import { CHANNEL } from "./channel";
import { closing } from "./closing";

const RETRY_MS = 500;

/** Not the bare topic: an emitter has names of its own, such as "error". */
const eventOf = (topic: string) => `topic ${topic}`;

/**
 * One LISTEN connection per process. It counts what each topic (a track's id) has heard, so that a
 * wake-up between a reader's query and its wait is not lost. What is heard only wakes readers: they
 * ask the database, and ask it now and then anyway, since a NOTIFY can be lost with its connection.
 */
class Hub {
  private readonly heard = new Map<string, number>();
  private readonly bus = new EventEmitter().setMaxListeners(0);
  /** How many readers wait on each topic. */
  private readonly waiting = new Map<string, number>();

  constructor() {
    void this.listenUntilClosing();
  }

  version(topic: string): number {
    return this.heard.get(topic) ?? 0;
  }

  /** Resolves when the topic has moved past `version`, when `patience` (ms) is over, or on the signal. */
  async past(
    topic: string,
    version: number,
    { patience, signal }: { patience: number; signal: AbortSignal },
  ) {
    if (this.version(topic) > version || signal.aborted) return;
    const either = within(patience, signal);
    setMaxListeners(0, either);
    this.count(topic, 1);
    await once(this.bus, eventOf(topic), { signal: either }).catch(() => undefined);
    this.count(topic, -1);
  }

  private count(topic: string, more: 1 | -1) {
    const waiting = (this.waiting.get(topic) ?? 0) + more;
    if (waiting === 0) this.waiting.delete(topic);
    else this.waiting.set(topic, waiting);
  }

  private bump(topic: string) {
    this.heard.set(topic, this.version(topic) + 1);
    this.bus.emit(eventOf(topic));
  }

  private async listenUntilClosing() {
    while (!closing().aborted) {
      await this.listen().catch((error: unknown) => logFailure("LISTEN lost", error));
      await sleep(RETRY_MS, undefined, { ref: false });
    }
  }

  /** Listens until the connection ends, by itself or because the process is to. */
  private async listen() {
    // The site's statement_timeout would not hurt, but an idle listener is what this one is for.
    const client = new pg.Client({ ...connectionOptions(), application_name: "plugfest-live" });
    const lost = new Promise<void>((resolve) => {
      client.once("end", resolve);
      client.on("error", () => resolve());
      closing().addEventListener("abort", () => resolve(), { once: true });
    });
    client.on("notification", ({ payload }) => this.bump(payload ?? ""));
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    // Whatever was told while nobody listened: everybody looks once.
    for (const topic of this.waiting.keys()) this.bump(topic);
    await lost;
    await client.end().catch(() => undefined);
  }
}

const kept = globalThis as unknown as { plugfestHub?: Hub };

export function hub(): Hub {
  kept.plugfestHub ??= new Hub();
  return kept.plugfestHub;
}
