import { setTimeout as sleep } from "node:timers/promises";

/** How long the agent goes on without an answer, and how soon it must end once it is told to. */
export class Patience {
  #answeredAt = performance.now();
  #endsAt = Number.POSITIVE_INFINITY;
  readonly #woken = new AbortController();
  readonly #ended = new AbortController();

  /** `timeoutMs` counts from the last answer, so that a long but healthy delivery is not cut off. */
  constructor(readonly timeoutMs: number) {}

  /** Aborted when the time after `hurry` is over. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get isHurried(): boolean {
    return Number.isFinite(this.#endsAt);
  }

  renew() {
    this.#answeredAt = performance.now();
  }

  remainingMs(): number {
    const end = Math.min(this.#answeredAt + this.timeoutMs, this.#endsAt);
    return Math.max(0, end - performance.now());
  }

  /** Ends everything after `ms`, and at once what would have waited longer. */
  hurry(ms: number) {
    if (this.isHurried) return;
    this.#endsAt = performance.now() + ms;
    this.#woken.abort();
    setTimeout(() => this.#ended.abort(), ms).unref();
  }

  /** Waits, unless told to hurry. */
  async idle(ms: number) {
    if (this.isHurried) return;
    await sleep(ms, undefined, { signal: this.#woken.signal }).catch(() => undefined);
  }

  /** Waits; false, and at once, when there is not so much time left. */
  async pause(ms: number): Promise<boolean> {
    if (ms > this.remainingMs()) return false;
    const until = performance.now() + ms;
    const signal = this.isHurried ? this.#ended.signal : this.#woken.signal;
    await sleep(ms, undefined, { signal }).catch(() => undefined);
    const rest = until - performance.now();
    // Woken by a signal: whoever asked to be left alone still is.
    return signal.aborted && rest > 0 ? this.pause(rest) : true;
  }
}
