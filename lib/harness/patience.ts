import { setTimeout as sleep } from "node:timers/promises";

/** How long the agent goes on without an answer, and how soon it must end once it is told to. */
export class Patience {
  #answeredAt = performance.now();
  #endsAt = Number.POSITIVE_INFINITY;
  #woken = new AbortController();
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

  /** Wakes whoever sleeps, and ends everything after `ms`. */
  hurry(ms: number) {
    if (this.isHurried) return;
    this.#endsAt = performance.now() + ms;
    this.#woken.abort();
    setTimeout(() => this.#ended.abort(), ms).unref();
  }

  async sleep(ms: number) {
    const signal = this.isHurried ? this.#ended.signal : this.#woken.signal;
    // Woken early is as good as slept enough.
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}
