import { EventEmitter, once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { within } from "@/lib/core/deadline";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What ends a wait that holds nothing but the signal, while garbage is collected. */
async function endOf(wait: () => AbortSignal): Promise<unknown> {
  const collecting = setInterval(collectGarbage, 10);
  const nobody = new EventEmitter();
  const end = await once(nobody, "anything", { signal: wait() }).catch(
    (error: Error) => error.cause,
  );
  clearInterval(collecting);
  return end;
}

test("a time limit that nobody holds is kept although garbage is collected", async () => {
  const stop = new AbortController();
  const end = await endOf(() => within(100, stop.signal));
  expect(end).toMatchObject({ name: "TimeoutError" });
});

test("another signal ends the wait before its time", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort("enough"), 50);
  expect(await endOf(() => within(60_000, stop.signal))).toBe("enough");
});

test("what has ended already is not waited for", () => {
  expect(within(60_000, AbortSignal.abort("before")).reason).toBe("before");
});
