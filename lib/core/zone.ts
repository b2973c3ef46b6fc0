/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function aheadAt(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const parts = new Map(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)] as const),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/**
 * The moment (RFC 3339) at which a clock in the zone shows `local`, as a field of the type
 * datetime-local has it: `2026-11-21T11:59`. What is no such time is returned as it is.
 */
export function momentIn(zone: string, local: string): string {
  const shown = Date.parse(`${local}Z`);
  if (Number.isNaN(shown)) return local;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = shown - aheadAt(zone, shown);
  return new Date(shown - aheadAt(zone, guess)).toISOString();
}
