import { dayWords } from "@/components/ui/moment";
import { activityOf, stepsUntil } from "@/lib/replays/rules";
import type { Replay, ReplayDay } from "@/lib/replays/schema";

/** More bars than these would be thinner than a line. */
const MOST_BARS = 120;
/** Names of days closer than this share of the width would stand upon each other. */
const APART = 0.12;

type Props = { replay: Replay; days: readonly ReplayDay[] };

/**
 * How much changed when, beneath the slider and on its scale: moments, and not hours, so that a night
 * takes no room. The bars' heights are logarithms: one push may change a thousand cells.
 */
export function Activity({ replay, days }: Props) {
  const { steps } = replay;
  const bars = barsOf(activityOf(replay));
  const top = Math.log1p(Math.max(1, ...bars));
  return (
    <svg className="replay-activity" width="100%" height="52" aria-hidden="true" focusable="false">
      {bars.map((count, at) => {
        const height = Math.max(2, (30 * Math.log1p(count)) / top);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is nothing but its place
            key={at}
            x={share(at, bars.length)}
            width={share(0.86, bars.length)}
            y={32 - height}
            height={height}
          />
        );
      })}
      {ticksOf(days, replay).map(({ day, at, isNamed }) => (
        <g key={day}>
          <line x1={share(at, steps.length)} x2={share(at, steps.length)} y1="0" y2="36" />
          {isNamed && (
            <text x={share(at, steps.length)} y="49">
              {dayWords(day)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

const share = (part: number, all: number) => `${((100 * part) / Math.max(1, all)).toFixed(2)}%`;

/** The counts of the steps, side by side steps together where there are many. */
function barsOf(counts: readonly number[]): number[] {
  const bars = Array.from({ length: Math.min(MOST_BARS, counts.length) }, () => 0);
  for (const [step, count] of counts.entries()) {
    const at = Math.floor((step * bars.length) / counts.length);
    bars[at] = (bars[at] ?? 0) + count;
  }
  return bars;
}

type Tick = { day: string; at: number; isNamed: boolean };

/** Where each day begins, with its name where there is room for it. */
function ticksOf(days: readonly ReplayDay[], replay: Replay): Tick[] {
  const all = Math.max(1, replay.steps.length);
  const ticks: Tick[] = [];
  for (const [index, { day }] of days.entries()) {
    const before = days[index - 1];
    const at = before ? stepsUntil(replay, before.position) : 0;
    const named = ticks.findLast(({ isNamed }) => isNamed);
    const isApart = named === undefined || (at - named.at) / all >= APART;
    ticks.push({ day, at, isNamed: isApart && at / all <= 1 - APART });
  }
  return ticks;
}
