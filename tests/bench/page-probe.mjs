// What is asked of a page from within: when it was there, how long its frames and its answers to keys take.

/** Runs before the page's own scripts. `mark` finds what the grid draws for a cell. */
export function PROBE(mark) {
  const probe = { interactive: null, keys: [] };
  window.probe = probe;
  const painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0)),
    );
  const watcher = new MutationObserver(async () => {
    if (!document.querySelector(mark)) return;
    watcher.disconnect();
    probe.interactive = await painted();
  });
  watcher.observe(document, { childList: true, subtree: true });
  const take = (entries) => {
    for (const { name, duration } of entries) if (name === "keydown") probe.keys.push(duration);
  };
  const timing = new PerformanceObserver((list) => take(list.getEntries()));
  timing.observe({ type: "event", durationThreshold: 16 });

  probe.load = () => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
    interactive: probe.interactive,
  });
  /** The durations since last asked; one below the 16 ms that browsers tell is not among them. */
  probe.events = async () => {
    await painted();
    take(timing.takeRecords());
    const told = probe.keys;
    probe.keys = [];
    return told.length > 0 ? told : [16];
  };
  /** Down and back, and to the right: what the frames took. */
  probe.scroll = async (region, frames) => {
    const element = document.querySelector(region);
    const times = [];
    let before = performance.now();
    for (let at = 0; at < frames; at += 1) {
      element.scrollBy(at % 3 === 2 ? 90 : 0, at % 40 < 20 ? 100 : -100);
      const now = await new Promise((resolve) => requestAnimationFrame(resolve));
      times.push(now - before);
      before = now;
    }
    return times.slice(1);
  };
  /** From the next click until what it changed in the grid is painted. */
  probe.untilOther = () =>
    new Promise((resolve) => {
      document.addEventListener(
        "click",
        ({ timeStamp }) => {
          const observer = new MutationObserver(async () => {
            observer.disconnect();
            resolve((await painted()) - timeStamp);
          });
          // The grid itself may go, where nothing is left of it.
          const around =
            document.querySelector(".grids") ??
            document.querySelector("#naive").parentElement.parentElement;
          observer.observe(around, {
            childList: true,
            subtree: true,
            attributes: true,
          });
        },
        { capture: true, once: true },
      );
    });
}
