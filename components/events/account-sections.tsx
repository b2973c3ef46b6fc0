import type { EventPage } from "@/lib/events/schema";
import { Sponsors } from "./sponsors";
import { Statements } from "./statements";

/** What a published account states of the event, and whom the event thanks. */
export function AccountSections({ event: { statements, sponsors } }: { event: EventPage }) {
  return (
    <>
      {statements.length > 0 && (
        <section className="block" aria-labelledby="statements">
          <h2 id="statements">What the account states</h2>
          <Statements statements={statements} />
        </section>
      )}
      {sponsors.length > 0 && (
        <section className="block" aria-labelledby="sponsors">
          <h2 id="sponsors">Sponsors</h2>
          <Sponsors sponsors={sponsors} />
        </section>
      )}
    </>
  );
}
