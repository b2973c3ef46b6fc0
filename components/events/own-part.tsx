import type { ReactNode } from "react";
import type { OwnPart as Part } from "@/lib/events/schema";

type Props = { eventSlug: string; part: Part };

const counted = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

/** What waits for the reader, by the roles they hold here; nothing for who has no part in the event. */
export function OwnPart({ eventSlug, part: { entries, tracks, requests } }: Props) {
  if (entries.length === 0 && tracks.length === 0 && requests === null) return null;
  const event = `/events/${eventSlug}`;
  return (
    <section className="block" aria-labelledby="own-part">
      <h2 id="own-part">What waits for you</h2>
      <ul className="own-part">
        {requests !== null && (
          <Line href={`${event}/entries`} name="Entries">
            {requests === 0
              ? "Nobody waits for your decision."
              : `${counted(requests, "entry waits", "entries wait")} for your decision.`}
          </Line>
        )}
        {tracks.map(({ slug, title, disputed, unmapped }) => (
          <Line key={slug} href={`${event}/tracks/${slug}/lead`} name={title}>
            {counted(disputed, "disputed cell", "disputed cells")},{" "}
            {counted(unmapped, "unmapped test name", "unmapped test names")}.
          </Line>
        ))}
        {entries.map(({ slug, name, state, awaiting }) => (
          <Line key={slug} href={`${event}/entries/${slug}`} name={name}>
            {state === "admitted" ? (
              <Awaiting href={`${event}/awaiting`} awaiting={awaiting} />
            ) : (
              STATE_WORDS[state]
            )}
          </Line>
        ))}
      </ul>
    </section>
  );
}

function Awaiting({ href, awaiting }: { href: string; awaiting: number }) {
  if (awaiting === 0) return "Nobody waits for your word.";
  return (
    <>
      <a className="text-link" href={href}>
        Awaiting you: {counted(awaiting, "result", "results")}
      </a>{" "}
      of others to confirm, or to say what you saw.
    </>
  );
}

const STATE_WORDS = {
  requested: "Waits for the organizer to let it in.",
  declined: "Was not let in; its page says why.",
  withdrawn: "Has left the event.",
};

function Line({ href, name, children }: { href: string; name: string; children: ReactNode }) {
  return (
    <li>
      <a className="text-link" href={href}>
        {name}
      </a>
      <span>{children}</span>
    </li>
  );
}
