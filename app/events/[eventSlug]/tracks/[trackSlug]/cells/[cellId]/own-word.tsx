import { randomUUID } from "node:crypto";
import { askTrack } from "@/app/events/[eventSlug]/questions";
import { noticeIn } from "@/app/events/[eventSlug]/results/notice";
import { answerIn, type Query, readerId } from "@/app/reader";
import { AgreeForm, DenyForm } from "@/components/results/answer-form";
import { AwaitingWord } from "@/components/results/awaiting-word";
import { LogForm } from "@/components/results/log-form";
import { SaidNotice } from "@/components/results/said-notice";
import type { LogSheet } from "@/components/results/sheet";
import { allows, type Role } from "@/lib/auth/policy";
import type { CellPage } from "@/lib/cells/schema";
import { formState } from "@/lib/core/form";
import type { EventPage } from "@/lib/events/schema";
import { OUTCOME_SIGNS } from "@/lib/results/rules";
import type { AwaitingLine } from "@/lib/results/schema";
import { api } from "@/lib/trpc/server";

type Props = { event: EventPage; cell: CellPage; query: { answer?: Query; said?: Query } };

/** What the reader's entry can say of a cell, where it is a party and it is the time for it. */
export async function OwnWord({ event, cell, query }: Props) {
  const own = await ownOf(event, cell);
  const roles = new Set(event.roles as Role[]);
  if (own.length === 0 || !allows("result.log", roles, event.phase)) return null;
  const [{ lines }, answer, notice, personId] = await Promise.all([
    api.results.awaiting({ eventSlug: event.slug, cellId: cell.id }),
    answerIn(query.answer),
    noticeIn(query.said),
    readerId(),
  ]);
  const page = `/events/${event.slug}/tracks/${cell.track.slug}/cells/${cell.id}`;
  const where = { eventSlug: event.slug, page };
  const isAsked = lines.length > 0;
  return (
    <section className="block" aria-labelledby="own-word">
      <h2 id="own-word">{isAsked ? "Your word is waited for" : "Log an outcome"}</h2>
      {notice && <SaidNotice {...where} {...notice} key={notice.seqs.join()} />}
      {lines.map((line) => (
        <div key={`${line.own.slug} ${line.seq}`} className="card awaited">
          <AwaitingWord line={line} zone={event.zone} />
          <div className="form-actions">
            <AgreeForm
              {...where}
              lines={[line]}
              label="Agree"
              state={formState(`agree-${line.seq}`, answer)}
            />
            <DenyForm
              {...where}
              line={line}
              id={randomUUID()}
              state={formState(`deny-${line.seq}`, answer)}
            />
          </div>
        </div>
      ))}
      {isAsked && <h3 className="log-title">We saw something else, or tried again</h3>}
      <LogForm
        sheet={sheetOf({ event, cell, personId }, { own, lines, page })}
        state={formState("log", answer)}
        id={randomUUID()}
      />
    </section>
  );
}

/** The reader's entries among the parties, in the order of the track's roles. */
async function ownOf(event: EventPage, { parties, track }: CellPage): Promise<LogSheet["own"]> {
  const mine = parties.filter(({ isOwn }) => isOwn);
  const asked = mine.length > 1 ? await askTrack(event.slug, track.slug) : null;
  const order = asked?.refused === null ? asked.value.roles.map(({ key }) => key) : [];
  const sorted = mine.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const own = new Map(sorted.map(({ entry, name }) => [entry, { slug: entry, name }]));
  return [...own.values()];
}

type Whose = Pick<Props, "event" | "cell"> & { personId: string };
type What = { own: LogSheet["own"]; lines: readonly AwaitingLine[]; page: string };

const sheetOf = ({ event, cell, personId }: Whose, { own, lines, page }: What): LogSheet => ({
  eventSlug: event.slug,
  zone: event.zone,
  track: { slug: cell.track.slug, restricted: cell.track.restricted },
  test: cell.test.key,
  variant: cell.variant,
  parties: cell.parties.map(({ role, roleLabel, entry, name, builds }) => ({
    role,
    roleLabel,
    entry,
    name,
    builds,
  })),
  own,
  about: lines.map(({ seq, outcome, reporter }) => ({
    seq,
    words: `what ${reporter?.name ?? "the harness"} has told: ${OUTCOME_SIGNS[outcome].label}`,
  })),
  isReview: event.phase === "review",
  page,
  hasCell: true,
  personId,
});
