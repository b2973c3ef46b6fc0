import { variantWords } from "@/components/matrices/wording";
import { Badge } from "@/components/ui/badge";
import type { FormState } from "@/lib/core/form";
import { groupBy } from "@/lib/core/group";
import type { AwaitingLine } from "@/lib/results/schema";
import { AgreeForm, DenyForm } from "./answer-form";
import { AwaitingWord } from "./awaiting-word";
import { SaidNote } from "./said-note";

type Props = {
  eventSlug: string;
  page: string;
  zone: string;
  lines: readonly AwaitingLine[];
  stateOf: (form: string) => FormState;
  newId: () => string;
};

/** What waits for one's word, by who said it; each answered by itself, or all of a partner's at once. */
export function AwaitingList({ lines, ...rest }: Props) {
  const partners = groupBy(lines, ({ own, reporter }) => `${own.slug} ${reporter?.slug ?? ""}`);
  return [...partners].map(([key, told]) => <Partner key={key} lines={told} {...rest} />);
}

function Partner({ lines, ...rest }: Props) {
  const [first] = lines;
  if (!first) return null;
  const { own, reporter } = first;
  const who = reporter?.name ?? "A neutral harness";
  const id = `from-${own.slug}-${reporter?.slug ?? "neutral"}`;
  const { eventSlug, page, stateOf } = rest;
  return (
    <section className="block" aria-labelledby={id}>
      <div className="awaited-head">
        <h2 id={id}>
          {who} <span className="text-soft">about {own.name}</span>{" "}
          <span className="tab-count">{lines.length}</span>
        </h2>
        {lines.length > 1 && (
          <AgreeForm
            {...{ eventSlug, page, lines }}
            state={stateOf("agree")}
            label={`Agree to all ${lines.length} shown`}
          />
        )}
      </div>
      <ul className="awaited-list">
        {lines.map((line) => (
          <Line key={line.seq} line={line} {...rest} />
        ))}
      </ul>
    </section>
  );
}

function Line({
  line,
  eventSlug,
  page,
  zone,
  stateOf,
  newId,
}: Omit<Props, "lines"> & { line: AwaitingLine }) {
  const { track, test, variant, cellId, seq } = line;
  const words = variantWords(variant);
  const where = { eventSlug, page };
  return (
    <li id={`awaited-${seq}`} className="card">
      <p className="card-head">
        <a className="text-link" href={`/events/${eventSlug}/tracks/${track.slug}/cells/${cellId}`}>
          <code>{test.key}</code> {test.title}
        </a>
        <span className="text-soft">{track.title}</span>
        {words && <code className="badge">{words}</code>}
        {track.restricted && <Badge>restricted</Badge>}
      </p>
      <AwaitingWord line={line} zone={zone} Note={SaidNote} />
      <div className="form-actions">
        <AgreeForm {...where} lines={[line]} state={stateOf(`agree-${seq}`)} label="Agree" />
        <a
          className="button"
          href={`/events/${eventSlug}/tracks/${track.slug}/cells/${cellId}#log`}
        >
          We saw something else
        </a>
        <DenyForm {...where} line={line} state={stateOf(`deny-${seq}`)} id={newId()} />
      </div>
    </li>
  );
}
