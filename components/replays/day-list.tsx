import { dayWords } from "@/components/ui/moment";
import type { ReplayDay } from "@/lib/replays/schema";

type Props = {
  days: readonly ReplayDay[];
  /** IANA name of the zone in which they begin. */
  zone: string;
  hrefOf: (position: string) => string;
};

/** The track at the end of each day: the way through the week without scripts. */
export const DayList = ({ days, zone, hrefOf }: Props) => (
  <nav aria-label="Days" className="replay-days">
    <span className="text-soft">At the end of</span>
    <ul>
      {days.map(({ day, position }) => (
        <li key={day}>
          <a className="text-link" href={hrefOf(position)}>
            {dayWords(day)}
          </a>
        </li>
      ))}
    </ul>
    <span className="text-faint">({zone})</span>
  </nav>
);
