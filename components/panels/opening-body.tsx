import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { choiceOf } from "@/components/pairings/choice";
import { choiceSheet } from "@/components/pairings/choice-sheet";
import { useTRPC } from "@/lib/trpc/client";
import { Missing, Waiting } from "./cell-body";
import type { Desk } from "./desk";
import { PanelLog } from "./panel-log";
import type { Asked } from "./use-hand";

type Props = { desk: Desk; href: string; asked: Asked | null };

/** The first word on what nobody has tried; `href` is the log page with all of it chosen. */
export function OpeningBody({ desk, href, asked }: Props) {
  const { eventSlug, trackSlug, zone, isReview, personId } = desk;
  const { pairings } = useTRPC();
  const { data: choices, error } = useQuery({
    ...pairings.choices.queryOptions({ eventSlug, trackSlug }),
    // The first word on it makes a cell of it: what was chosen stays as it was.
    refetchOnWindowFocus: false,
    retry: false,
  });
  const known = useMemo(() => {
    if (!choices) return null;
    const query = Object.fromEntries(new URLSearchParams(href.slice(href.indexOf("?"))));
    const choice = choiceOf(choices, query);
    const sheet = choiceSheet({ eventSlug, zone, isReview, personId }, choices, choice);
    return { choice, sheet };
  }, [choices, href, eventSlug, zone, isReview, personId]);
  if (error) return <Missing words={error.message} />;
  if (!known) return <Waiting />;
  const { choice, sheet } = known;
  return (
    <>
      <header className="cell-panel-head">
        <h2 tabIndex={-1} className="cell-panel-title">
          {sheet.parties.map(({ name }) => name).join(" × ")}
        </h2>
        <p className="cell-test">
          <span>
            <code>{choice.test?.key}</code> {choice.test?.title}
          </span>
        </p>
      </header>
      {choice.test && choice.missing.length === 0 ? (
        <section className="block" aria-labelledby="panel-word">
          <h3 id="panel-word">Log the first outcome</h3>
          <PanelLog sheet={sheet} asked={asked} />
        </section>
      ) : (
        <p role="status">
          It wants a choice more ({choice.missing.join(", ")}).{" "}
          <a className="text-link" href={href}>
            Choose and log it
          </a>
        </p>
      )}
    </>
  );
}
