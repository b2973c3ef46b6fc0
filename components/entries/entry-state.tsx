import Link from "next/link";
import type { EntryPage } from "@/lib/entries/schema";

type Props = { entry: Pick<EntryPage, "state" | "stateReason" | "event" | "isMine" | "may"> };

/** What it means that an entry is not in, and what comes next. */
export function EntryStateNote({ entry }: Props) {
  const { state, stateReason, event, isMine, may } = entry;
  if (state === "admitted") return null;
  if (state === "requested") {
    return (
      <p className="card">
        {may.admit
          ? "It waits for an organizer to decide: for you, among others."
          : "An organizer is to decide. Until then it is on no axis and in no count, and has no agent. You can get everything else ready."}
      </p>
    );
  }
  return (
    <div className="card">
      <p>
        {state === "declined" ? "An organizer declined it." : "It was withdrawn from the event."}
        {stateReason && ` “${stateReason}”`}
      </p>
      {isMine && (
        <p>
          <Link className="text-link" href={`/events/${event.slug}/join`} prefetch={false}>
            Enter the project again
          </Link>
        </p>
      )}
    </div>
  );
}
