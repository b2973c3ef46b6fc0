import { Sign } from "@/components/cells/sign";
import { Moment } from "@/components/ui/moment";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { AwaitingLine } from "@/lib/results/schema";
import type { NoteView } from "./said";

type Props = { line: AwaitingLine; zone: string; Note: NoteView };

/** What another side says, as the one who is to answer reads it. */
export function AwaitingWord({ line, zone, Note }: Props) {
  const { outcome, reporter, by, startedAt, origin, message, parties } = line;
  return (
    <div className="awaited-word">
      <p className="word-head">
        <Sign sign={{ state: "reported", outcome }} size={28} />
        <b>{OUTCOME_SIGNS[outcome].label}</b>
        <span className="text-soft">
          says {reporter?.name ?? "a neutral harness"}
          {by && ` (${by}, ${origin})`}, <Moment at={startedAt} zone={zone} />
        </span>
      </p>
      <p className="awaited-parties text-soft">
        {parties
          .map(({ role, name, build }) => `${role} ${name}${build ? ` ${build}` : ""}`)
          .join(" · ")}
      </p>
      <Note result={{ outcome, isDenial: false, origin, message }} />
    </div>
  );
}
