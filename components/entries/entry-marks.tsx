import { Badge } from "@/components/ui/badge";
import type { EntryPage } from "@/lib/entries/schema";
import { KIND_WORDS, STATE_WORDS } from "./kinds";

/** What an entry is, where it is not the usual: under test, and in. */
export function EntryMarks({ entry }: { entry: Pick<EntryPage, "kind" | "state" | "isMine"> }) {
  return (
    <>
      {entry.kind !== "participant" && <Badge>{KIND_WORDS[entry.kind]}</Badge>}
      {entry.state !== "admitted" && <Badge>{STATE_WORDS[entry.state]}</Badge>}
      {entry.isMine && <Badge>yours</Badge>}
    </>
  );
}
