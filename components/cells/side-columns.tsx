import { PartyTable } from "@/components/results/party-table";
import { type NoteView, SaidSign, saidWords } from "@/components/results/said";
import { Moment } from "@/components/ui/moment";
import type { ResultLine } from "@/lib/cells/schema";
import { hasNeutral, type Side, silentSides } from "./sides";
import { Sign } from "./sign";

type Props = { sides: readonly Side[]; zone: string; Note: NoteView };

/** What each side said last, next to each other. Those for whom a neutral harness speaks share a line. */
export function SideColumns({ sides, zone, Note }: Props) {
  const isSpokenFor = hasNeutral(sides);
  const silent = silentSides(sides);
  const shown = isSpokenFor ? sides.filter((side) => !silent.includes(side)) : sides;
  return (
    <>
      <div className="sides">
        {shown.map((side) => (
          <section key={side.slug ?? "neutral"} className="side">
            <h3>
              {side.name ?? "Neutral harness"}
              <span className="side-role">{roleWords(side)}</span>
            </h3>
            {side.words.length === 0 && <Silence name={side.name ?? ""} />}
            {side.words.map((word) => (
              <Word key={word.seq} word={word} zone={zone} Note={Note} />
            ))}
          </section>
        ))}
      </div>
      {isSpokenFor && silent.length > 0 && (
        <p className="spoken-for">
          {namesOf(silent)} {silent.length === 1 ? "has" : "have"} not reported; until then the
          neutral harness speaks for {silent.length === 1 ? "it" : "them"}.
        </p>
      )}
    </>
  );
}

const namesOf = (sides: readonly Side[]) =>
  new Intl.ListFormat("en-GB", { type: "conjunction" }).format(sides.map(({ name }) => name ?? ""));

function roleWords({ name, roles }: Side): string {
  if (name === null) return "takes no part itself";
  return roles.length > 0 ? roles.join(" and ") : "took no part itself";
}

function Silence({ name }: { name: string }) {
  return (
    <p className="side-silent">
      <Sign sign={{ state: "untested", outcome: null }} size={28} />
      {name} has not reported yet.
    </p>
  );
}

function Word({ word, zone, Note }: Omit<Props, "sides"> & { word: ResultLine }) {
  return (
    <div className="word">
      <p className="word-head">
        <SaidSign result={word} size={28} />
        <b>{saidWords(word)}</b>
        <span className="text-soft">
          {word.by ? `by ${word.by} (${word.origin}), ` : `by ${articled(word.origin)}, `}
          <Moment at={word.startedAt} zone={zone} />
        </span>
      </p>
      <Note result={word} />
      <PartyTable parties={word.parties} />
    </div>
  );
}

const articled = (origin: ResultLine["origin"]) => (origin === "agent" ? "an agent" : "a person");
