import type { SheetNumbers } from "@/lib/drawings/rules";
import type { Counts } from "@/lib/matrices/schema";

/** The numbers with their denominators in words; each is inside the one before. */
export function countsWords({ possible, applicable, executed, confirmed, passed }: Counts): string {
  const others = possible - applicable;
  const rest = others > 0 ? `; ${others} ${others === 1 ? "does" : "do"} not apply.` : ".";
  if (applicable === 0) return `None of ${possible} possible combinations applies here.`;
  if (executed === 0) return `None of ${applicable} applicable combinations tried yet${rest}`;
  const all = executed === applicable ? "All" : `${executed} of`;
  return `${all} ${applicable} applicable combinations tried, ${confirmed} confirmed, ${passed} of those passed${rest}`;
}

/** The numbers of one entry in one role; `role` is the one of the others. */
export function sheetWords(
  { executed, confirmed, passed, met, others }: SheetNumbers,
  role: string,
): string {
  const whom = `${others} ${others === 1 ? "other" : "others"} as ${role}`;
  if (met === 0) return `In this role: nothing yet with any of ${whom}.`;
  return `In this role: with ${met} of ${whom}, ${executed} tried, ${confirmed} confirmed, ${passed} of those passed.`;
}

/** The same numbers as nested bars. The words beside it say all of it. */
export function CountsBar({ counts }: { counts: Counts }) {
  const { applicable, executed, confirmed, passed } = counts;
  if (applicable === 0) return null;
  const share = (count: number) => `${(100 * count) / applicable}%`;
  return (
    <svg className="counts-bar" width="100%" height="10" aria-hidden="true" focusable="false">
      <rect className="counts-applicable" x="0.5" y="0.5" width="99.8%" height="9" rx="1" />
      <rect className="counts-executed" width={share(executed)} height="10" />
      <rect className="counts-confirmed" width={share(confirmed)} height="10" />
      <rect className="counts-passed" y="3" width={share(passed)} height="4" />
    </svg>
  );
}
