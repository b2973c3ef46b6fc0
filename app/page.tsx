import { HowToRead } from "@/components/cells/how-to-read";
import { EventList } from "@/components/events/event-list";
import { EmptyState } from "@/components/shell/empty-state";
import type { EventLine } from "@/lib/events/schema";
import { api } from "@/lib/trpc/server";

const GROUPS = [
  { title: "Testing now", phases: ["testing"] },
  { title: "Coming", phases: ["registration", "draft"] },
  { title: "Past", phases: ["review", "published"] },
] as const satisfies readonly { title: string; phases: readonly EventLine["phase"][] }[];

export default async function HomePage() {
  const events = await api.events.list();
  return (
    <div className="page">
      <div className="hero">
        <div>
          <h1>
            Does A work with B? <span className="text-soft">Both sides say so.</span>
          </h1>
          <p>
            Plugfest runs interoperability events for VoIP and SIP software: who was tested with
            whom, what each side saw, and what nobody has tried yet.
          </p>
        </div>
        <HowToRead />
      </div>
      {events.length === 0 && <NoEvents />}
      {GROUPS.map(({ title, phases }) => {
        const group = events.filter(({ phase }) => (phases as readonly string[]).includes(phase));
        if (group.length === 0) return null;
        return (
          <section key={title} className="block">
            <h2>{title}</h2>
            <EventList events={group} />
          </section>
        );
      })}
    </div>
  );
}

function NoEvents() {
  return (
    <EmptyState title="No event yet.">
      <p>
        Start the site without <code>PLUGFEST_DEMO=0</code> to get the Loopback plugfest, a
        demonstration with real results.
      </p>
    </EmptyState>
  );
}
