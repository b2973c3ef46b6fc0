import { PartyTable } from "@/components/results/party-table";
import { Moment } from "@/components/ui/moment";
import type { ResultLine } from "@/lib/cells/schema";
import { OUTCOME_SIGNS } from "@/lib/results/rules";
import { hasNeutral, type Side } from "./sides";
import { Sign } from "./sign";

type Props = { sides: readonly Side[]; zone: string };

/** What each side said last, next to each other. */
export function SideColumns({ sides, zone }: Props) {
  return (
    <div className="sides">
      {sides.map((side) => (
        <section key={side.name ?? "neutral"} className="side">
          <h3>
            {side.name ?? "Neutral harness"}
            <span className="side-role">{roleWords(side)}</span>
          </h3>
          {side.words.length === 0 && <Silence side={side} isSpokenFor={hasNeutral(sides)} />}
          {side.words.map((word) => (
            <Word key={word.seq} word={word} zone={zone} />
          ))}
        </section>
      ))}
    </div>
  );
}

function roleWords({ name, roles }: Side): string {
  if (name === null) return "speaks for every silent side";
  return roles.length > 0 ? roles.join(" and ") : "took no part itself";
}

function Silence({ side, isSpokenFor }: { side: Side; isSpokenFor: boolean }) {
  return (
    <p className="side-silent">
      <Sign sign={{ state: "untested", outcome: null }} size={28} />
      <span>
        {side.name} has not reported yet.
        {isSpokenFor && " Until it does, the neutral harness speaks for it."}
      </span>
    </p>
  );
}

function Word({ word, zone }: { word: ResultLine; zone: string }) {
  return (
    <div className="word">
      <p className="word-head">
        <Sign sign={{ state: "reported", outcome: word.outcome }} size={28} />
        <b>{OUTCOME_SIGNS[word.outcome].label}</b>
        <span className="text-soft">
          {word.by ? `by ${word.by} (${word.origin}), ` : `by ${articled(word.origin)}, `}
          <Moment at={word.startedAt} zone={zone} />
        </span>
      </p>
      {word.message && <p className="word-message">{word.message}</p>}
      <PartyTable parties={word.parties} />
    </div>
  );
}

const articled = (origin: ResultLine["origin"]) => (origin === "agent" ? "an agent" : "a person");
