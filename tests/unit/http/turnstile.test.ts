import { describe, expect, it } from "vitest";
import { TryLater } from "@/lib/http/later";
import { turnstile } from "@/lib/http/turnstile";

/** Work that ends when it is told to. */
function work() {
  let end = (): void => undefined;
  let begun = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    end,
    hasBegun: () => begun,
    run: async () => {
      begun = true;
      await ended;
      return "done";
    },
  };
}

describe("a turnstile", () => {
  it("lets so many in, so many wait, and sends the rest away at once", async () => {
    const { turn } = turnstile({ slots: 2, queue: 1, patienceMs: 60_000 });
    const [a, b, c] = [work(), work(), work()];
    const [first, second, third] = [turn(a.run), turn(b.run), turn(c.run)];
    await expect(turn(work().run)).rejects.toMatchObject({ status: 503, afterS: 2 });
    expect([a.hasBegun(), b.hasBegun(), c.hasBegun()]).toEqual([true, true, false]);
    a.end();
    await first;
    await Promise.resolve();
    expect(c.hasBegun()).toBe(true);
    b.end();
    c.end();
    expect(await Promise.all([second, third])).toEqual(["done", "done"]);
    expect(await turn(async () => "again")).toBe("again");
  });

  it("gives a place back when the work fails", async () => {
    const { turn } = turnstile({ slots: 1, queue: 0, patienceMs: 60_000 });
    const fails = turn(async () => {
      throw new Error("broken");
    });
    await expect(fails).rejects.toThrow("broken");
    expect(await turn(async () => 1)).toBe(1);
  });

  it("sends away who has waited too long, and forgets them", async () => {
    const { turn } = turnstile({ slots: 1, queue: 1, patienceMs: 1 });
    const busy = work();
    const first = turn(busy.run);
    await expect(turn(work().run)).rejects.toBeInstanceOf(TryLater);
    busy.end();
    await first;
    expect(await turn(async () => 2)).toBe(2);
  });

  it("does not listen to who would be sent away, and listens again when there is room", async () => {
    const { hear, turn } = turnstile({ slots: 1, queue: 1, patienceMs: 60_000 });
    const busy = work();
    const first = turn(busy.run);
    const slow = work();
    const heard = hear(slow.run);
    await expect(hear(async () => "heard")).rejects.toMatchObject({ status: 503, afterS: 2 });
    slow.end();
    await heard;
    expect(await hear(async () => "heard")).toBe("heard");
    const second = turn(work().run);
    await expect(hear(async () => "heard")).rejects.toBeInstanceOf(TryLater);
    busy.end();
    await first;
    void second;
    expect(await hear(async () => "heard")).toBe("heard");
  });
});
