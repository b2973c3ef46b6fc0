import { randomUUID } from "node:crypto";
import { NextList } from "@/components/pairings/next-list";
import { AwaitingList } from "@/components/results/awaiting-list";
import { LiveAwaiting } from "@/components/results/live-awaiting";
import { allows, type Role } from "@/lib/auth/policy";
import { formState } from "@/lib/core/form";
import type { EventPage } from "@/lib/events/schema";
import { api } from "@/lib/trpc/server";

const SHOWN = 3;

/** The home of a participant: what awaits their word, and what to do next. */
export async function OwnWork({ event }: { event: EventPage }) {
  const roles = new Set(event.roles as Role[]);
  if (!roles.has("participant") || event.phase === "draft") return null;
  const eventSlug = event.slug;
  const [awaiting, next] = await Promise.all([
    api.results.awaiting({ eventSlug }),
    api.pairings.next({ eventSlug }),
  ]);
  const { lines, total, zone, stamp } = awaiting;
  const mayAnswer = allows("result.answer", roles, event.phase);
  return (
    <>
      {mayAnswer && total > 0 && (
        <section className="own-awaiting" aria-label="Awaiting you">
          <AwaitingList
            eventSlug={eventSlug}
            page={`/events/${eventSlug}/awaiting`}
            zone={zone}
            lines={lines.slice(0, SHOWN)}
            stateOf={(form) => formState(form, null)}
            newId={randomUUID}
          />
          {total > SHOWN && (
            <p>
              <a className="text-link" href={`/events/${eventSlug}/awaiting`}>
                All {total} that await you
              </a>
            </p>
          )}
        </section>
      )}
      {next.map((steps) => (
        <NextList
          key={steps.entry.slug}
          eventSlug={eventSlug}
          steps={steps}
          mayLog={allows("result.log", roles, event.phase)}
        />
      ))}
      {mayAnswer && <LiveAwaiting eventSlug={eventSlug} stamp={stamp} />}
    </>
  );
}
