import { Sign } from "@/components/cells/sign";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { NextSteps, Partner, Recheck, TrackProgress } from "@/lib/pairings/schema";

type Props = { eventSlug: string; steps: NextSteps; mayLog: boolean };

/** How many of each kind are shown; the rest is a click away. */
const SHOWN = 5;

/** What one entry could do next, the most useful first, and how far it has come. */
export function NextList({ eventSlug, steps, mayLog }: Props) {
  const { entry, disputed, retests, partners, progress } = steps;
  const event = `/events/${eventSlug}`;
  const isIdle = disputed.length + retests.length + partners.length === 0;
  return (
    <section className="block" aria-labelledby={`next-${entry.slug}`}>
      <div className="awaited-head">
        <h2 id={`next-${entry.slug}`}>What next for {entry.name}</h2>
        {mayLog && (
          <a className="button" href={`${event}/log`}>
            Log a result
          </a>
        )}
      </div>
      <ul className="next-list">
        {disputed.slice(0, SHOWN).map((recheck) => (
          <RecheckLine key={recheck.cellId} event={event} recheck={recheck} />
        ))}
        {retests.slice(0, SHOWN).map((recheck) => (
          <RecheckLine key={recheck.cellId} event={event} recheck={recheck} />
        ))}
        {partners.slice(0, SHOWN).map((partner) => (
          <PartnerLine
            key={`${partner.track.slug} ${partner.entry.slug}`}
            {...{ event, partner, mayLog }}
          />
        ))}
        {isIdle && (
          <li>
            <span>
              {progress.length === 0
                ? "Say on the entry’s page in which tracks it plays."
                : "All that can be tried has been tried."}
            </span>
          </li>
        )}
      </ul>
      {partners.length > SHOWN && (
        <p className="text-small text-soft">
          And {partners.length - SHOWN} more to meet:{" "}
          <a className="text-link" href={`${event}/log`}>
            all partners, by track
          </a>
        </p>
      )}
      {progress.length > 0 && <Progress event={event} entry={entry.slug} progress={progress} />}
    </section>
  );
}

function RecheckLine({ event, recheck }: { event: string; recheck: Recheck }) {
  const { cellId, track, test, others, outcome, moved } = recheck;
  const sign =
    outcome === null
      ? ({ state: "disputed", outcome: null } as const)
      : ({ state: "reported", outcome } as const);
  return (
    <li>
      <Sign sign={sign} />
      <span>
        <a className="text-link" href={`${event}/tracks/${track.slug}/cells/${cellId}`}>
          {outcome === null ? "Look again" : "Try again"}: <code>{test.key}</code>
          {others.length > 0 && ` with ${others.join(", ")}`}
        </a>{" "}
        <span className="text-soft">
          {outcome === null ? "The sides contradict each other" : OUTCOME_SIGNS[outcome].label}
          {moved.map(({ name, build }) => `; ${name} runs ${build} now`)}. {track.title}
        </span>
      </span>
    </li>
  );
}

function PartnerLine({
  event,
  partner,
  mayLog,
}: {
  event: string;
  partner: Partner;
  mayLog: boolean;
}) {
  const { track, entry, open, must } = partner;
  const query = new URLSearchParams({ track: track.slug, with: entry.slug });
  return (
    <li>
      <Sign sign={{ state: "untested", outcome: null }} />
      <span>
        <a
          className="text-link"
          href={
            mayLog ? `${event}/log?${query}` : `${event}/tracks/${track.slug}?entry=${entry.slug}`
          }
        >
          Meet {entry.name} in {track.title}
        </a>{" "}
        <span className="text-soft">
          {open} untried{must > 0 && `, ${must} of them must`}
        </span>
      </span>
    </li>
  );
}

type ProgressProps = { event: string; entry: string; progress: readonly TrackProgress[] };

function Progress({ event, entry, progress }: ProgressProps) {
  return (
    <table className="list" data-dense="true">
      <caption>
        Own cells by track, each number inside the one before; self-pairs are not counted
      </caption>
      <thead>
        <tr>
          <th scope="col">Track</th>
          <th scope="col" className="number">
            Possible
          </th>
          <th scope="col" className="number">
            Tried
          </th>
          <th scope="col" className="number">
            Confirmed
          </th>
          <th scope="col" className="number">
            Passed
          </th>
        </tr>
      </thead>
      <tbody>
        {progress.map(({ track, possible, executed, confirmed, passed }) => (
          <tr key={track.slug}>
            <th scope="row">
              <a className="text-link" href={`${event}/tracks/${track.slug}?entry=${entry}`}>
                {track.title}
              </a>
            </th>
            <td className="number" data-label="Possible">
              {possible}
            </td>
            <td className="number" data-label="Tried">
              {executed}
            </td>
            <td className="number" data-label="Confirmed">
              {confirmed}
            </td>
            <td className="number" data-label="Passed">
              {passed}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
