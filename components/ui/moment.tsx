const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(parts)}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...parts });
  formats.set(key, format);
  return format;
}

const DAY = { day: "numeric", month: "short", year: "numeric" } as const;
const MINUTE = { ...DAY, hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;

/** A moment (RFC 3339) in the zone named, to the minute; the zone is always printed. */
export function Moment({ at, zone }: { at: string; zone: string }) {
  return (
    <time dateTime={at} className="whitespace-nowrap">
      {momentWords(at, zone)}
    </time>
  );
}

/** The same as words alone. */
export const momentWords = (at: string, zone: string) =>
  formatFor(zone, MINUTE).format(new Date(at));

/** A day (2026-11-20) as people write it. */
export const dayWords = (day: string) => formatFor("UTC", DAY).format(new Date(day));

/** The days from one moment to another, as they fall in the zone, which is printed. */
export function Days({ from, to, zone }: { from: string; to: string | null; zone: string }) {
  const format = formatFor(zone, DAY);
  const start = new Date(from);
  const name = formatFor(zone, { timeZoneName: "short" })
    .formatToParts(start)
    .find(({ type }) => type === "timeZoneName")?.value;
  return (
    <span>
      <time dateTime={from}>
        {to ? format.formatRange(start, new Date(to)) : `from ${format.format(start)}`}
      </time>{" "}
      {name}
    </span>
  );
}

/** A duration in milliseconds as people say it. */
export function durationWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(2)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
