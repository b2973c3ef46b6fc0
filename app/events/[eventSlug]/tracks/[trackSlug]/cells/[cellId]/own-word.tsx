import { randomUUID } from "node:crypto";
import { askTrack } from "@/app/events/[eventSlug]/questions";
import { noticeIn } from "@/app/events/[eventSlug]/results/notice";
import { answerIn, type Query, readerId } from "@/app/reader";
import { AgreeForm, DenyForm } from "@/components/results/answer-form";
import { AwaitingWord } from "@/components/results/awaiting-word";
import { cellSheet, ownIn } from "@/components/results/cell-sheet";
import { LogForm } from "@/components/results/log-form";
import { SaidNote } from "@/components/results/said-note";
import { SaidNotice } from "@/components/results/said-notice";
import type { LogSheet } from "@/components/results/sheet";
import { allows, type Role } from "@/lib/auth/policy";
import type { CellPage } from "@/lib/cells/schema";
import { formState } from "@/lib/core/form";
import type { EventPage } from "@/lib/events/schema";
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
          <AwaitingWord line={line} zone={event.zone} Note={SaidNote} />
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
        sheet={cellSheet(
          { ...where, zone: event.zone, isReview: event.phase === "review", personId },
          { cell, own, lines },
        )}
        state={formState("log", answer)}
        id={randomUUID()}
      />
    </section>
  );
}

/** The reader's entries among the parties; their order matters only where there are several. */
async function ownOf(event: EventPage, cell: CellPage): Promise<LogSheet["own"]> {
  const mine = cell.parties.filter(({ isOwn }) => isOwn);
  const asked = mine.length > 1 ? await askTrack(event.slug, cell.track.slug) : null;
  return ownIn(cell, asked?.refused === null ? asked.value.roles.map(({ key }) => key) : []);
}
