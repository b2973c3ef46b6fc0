"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

type Props = { eventSlug: string; page: string; words: string; seqs: readonly string[] };

const UNDO_MS = 10_000;

/** What was done on the page before, and for ten seconds a way to take it back. */
export function SaidNotice({ eventSlug, page, words, seqs }: Props) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), UNDO_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="said-notice">
      <p role="status">{words}</p>
      {seqs.length > 0 && !isLate && (
        <form
          method="post"
          action={`/events/${eventSlug}/results/undo?${new URLSearchParams({ page })}`}
        >
          <input type="hidden" name="seqs" value={seqs.join(",")} />
          <Button type="submit">Undo</Button>
        </form>
      )}
    </div>
  );
}
