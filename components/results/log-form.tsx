"use client";

import { useMutation } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { useRouter } from "next/navigation";
import {
  type FormEvent,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { FormFault } from "@/components/ui/form-fields";
import type { FormState } from "@/lib/core/form";
import { OUTCOME_SIGNS } from "@/lib/outcomes/rules";
import type { Logged, Outcome } from "@/lib/results/schema";
import { Api, useTRPC } from "@/lib/trpc/client";
import { logSchema, otherWordSchema } from "@/lib/words/schema";
import { type Draft, dropDraft, fillIn, findDraft, keepDraft, saysSomething } from "./drafts";
import {
  AboutField,
  KnownFields,
  NoteField,
  OutcomeChoice,
  PresetFields,
  UnsupportedBy,
} from "./log-fields";
import { LogStatus, type Status } from "./log-status";
import { newId } from "./new-id";
import { OUTCOME_KEYS, outcomeOfKey } from "./outcome-keys";
import { answeredIn, type LogSheet, loggedIn, seqIn } from "./sheet";
import { useKeys } from "./use-keys";

type Props = {
  sheet: LogSheet;
  state: FormState;
  /** The result's, made by the server; the browser makes the next ones. */
  id: string;
  /** Chosen by a key before the form was there. */
  chosen?: Outcome | undefined;
  /** Told when the site has taken or taken back a result; else the page is drawn anew. */
  onSaid?: () => void;
};

/**
 * Logs a result. Without scripts it is a plain form; with them, one key chooses the outcome and Enter
 * logs it, what is typed survives in this browser, and a slip is undone in ten seconds.
 */
export function LogForm(props: Props) {
  return (
    <Api>
      <Sheet {...props} />
    </Api>
  );
}

function Sheet({ sheet, state, id, chosen, onSaid }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const { status, send, undo, edited, discard } = useLogging({ sheet, id, onSaid }, form);
  const hasChosen = useRef(false);
  useEffect(() => {
    if (!(chosen && form.current) || hasChosen.current) return;
    hasChosen.current = true;
    choose(form.current, chosen, edited);
  }, [chosen, edited]);
  const press = useCallback(
    (key: string) => {
      const outcome = outcomeOfKey(key);
      if (outcome && form.current) return choose(form.current, outcome, edited);
      return key === UNDO_KEY && undo();
    },
    [edited, undo],
  );
  const { isOn, turnKeys } = useKeys(press);
  return (
    <form
      ref={form}
      id="log"
      method="post"
      action={`/events/${sheet.eventSlug}/results/log?${new URLSearchParams({ page: sheet.page })}`}
      className="form log-form"
      onSubmit={(event) => void send(event)}
      onInput={edited}
      onKeyDown={sendByCtrlEnter}
    >
      <FormFault state={state} />
      <KnownFields sheet={sheet} id={id} />
      <OutcomeChoice state={state} />
      <UnsupportedBy sheet={sheet} state={state} />
      <AboutField sheet={sheet} state={state} />
      <NoteField state={state} />
      <PresetFields sheet={sheet} state={state} />
      <div className="form-actions">
        <Button type="submit" className="button-primary" disabled={status.is === "sending"}>
          Log it
        </Button>
        <LogStatus
          status={status}
          undo={undo}
          discard={discard}
          isRestricted={sheet.track.restricted}
        />
      </div>
      {isOn !== null && (
        <label className="form-box log-keys">
          <input
            type="checkbox"
            checked={isOn}
            onChange={(event) => turnKeys(event.target.checked)}
          />
          <span>
            One key chooses an outcome, <kbd>Enter</kbd> logs it (<kbd>Ctrl</kbd> <kbd>Enter</kbd>{" "}
            in the note), <kbd>{UNDO_KEY}</kbd> takes it back
          </span>
        </label>
      )}
    </form>
  );
}

/** In the note Enter begins a line. */
function sendByCtrlEnter(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

const UNDO_KEY = "z";
const UNDO_MS = 10_000;

/** Chooses an outcome and goes to where the next key belongs: a role, a reason, or just Enter. */
function choose(form: HTMLFormElement, outcome: Outcome, edited: () => void): boolean {
  const radio = form.querySelector<HTMLInputElement>(`input[type=radio][value=${outcome}]`);
  if (!radio) return false;
  radio.checked = true;
  edited();
  const next = {
    unsupported: form.querySelector<HTMLElement>(
      "input[name='result.unsupportedBy'][type=checkbox]",
    ),
    skipped: form.querySelector<HTMLElement>("textarea"),
  }[outcome as string];
  (next ?? radio).focus();
  return true;
}

type Form = { readonly current: HTMLFormElement | null };

type Logging = Pick<Props, "sheet" | "id"> & { onSaid: Props["onSaid"] };

function useLogging({ sheet, id: firstId, onSaid }: Logging, form: Form) {
  // Which result is being said. Not the field: React puts that back whenever the page is drawn anew.
  const id = useRef(firstId);
  const router = useRouter();
  const [status, tell] = useState<Status>({ is: "idle" });
  const { results } = useTRPC();
  // Offline it fails at once instead of waiting for a connection that may never come.
  const now = { networkMode: "always", retry: false } as const;
  const log = useMutation({ ...results.log.mutationOptions(), ...now });
  const dispute = useMutation({ ...results.dispute.mutationOptions(), ...now });
  const retract = useMutation({ ...results.retract.mutationOptions(), ...now });
  const { eventSlug, track } = sheet;
  const redraw = useCallback(() => (onSaid ? onSaid() : router.refresh()), [onSaid, router]);

  useEffect(() => {
    const draft = findDraft(sheet);
    if (!draft || !form.current || saysSomething(new FormData(form.current))) return;
    fillIn(form.current, draft);
    id.current = draft["result.id"]?.[0] ?? id.current;
    tell({ is: "draft", isKept: true });
  }, [sheet, form]);

  useEffect(() => {
    if (status.is !== "logged") return;
    const timer = setTimeout(() => tell({ is: "idle" }), UNDO_MS);
    return () => clearTimeout(timer);
  }, [status]);

  const edited = useCallback(() => {
    if (!form.current) return;
    // Other words are another result, even if what was sent before did arrive.
    id.current = newId();
    const fields = fieldsOf(form.current, id.current);
    const isKept = keepDraft(sheet, fields);
    tell(saysSomething(fields) ? { is: "draft", isKept } : { is: "idle" });
  }, [sheet, form]);

  const say = async (fields: FormData): Promise<Logged> => {
    const seq = seqIn(fields);
    if (seq !== "") {
      const result = otherWordSchema.parse(answeredIn(fields, seq));
      return dispute.mutateAsync({ eventSlug, result });
    }
    const result = logSchema.parse(loggedIn(fields, sheet.zone));
    return log.mutateAsync({ eventSlug, trackSlug: track.slug, result });
  };

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { currentTarget: sent } = event;
    const fields = fieldsOf(sent, id.current);
    tell({ is: "sending" });
    try {
      const { seq, cellId } = await say(fields);
      const said = snapshot(fields);
      dropDraft(sheet);
      clear(sent);
      id.current = newId();
      tell({ is: "logged", seq, said, words: wordsOf(said), cellHref: hrefOf(sheet, cellId) });
      // Where there was no cell before, the page would go to it, and the way back with it.
      if (sheet.hasCell) redraw();
    } catch (error) {
      // What is refused is answered by the page itself, with each fault at its field.
      if (isUnsent(error)) return tell({ is: "unsent", isKept: keepDraft(sheet, fields) });
      fillIn(sent, { "result.id": [id.current] });
      sent.submit();
    }
  };

  const undo = useCallback(() => {
    if (status.is !== "logged") return false;
    const { seq, said } = status;
    tell({ is: "sending" });
    retract.mutate(
      { eventSlug, seqs: [seq] },
      {
        onSuccess: () => {
          if (form.current) fillIn(form.current, said);
          id.current = newId();
          tell({ is: "takenBack" });
          redraw();
        },
        onError: () => tell({ is: "notTakenBack", seq, said }),
      },
    );
    return true;
  }, [status, retract, eventSlug, form, redraw]);

  const discard = () => {
    dropDraft(sheet);
    id.current = newId();
    if (form.current) clear(form.current);
    tell({ is: "idle" });
  };
  return { status, send, undo, edited, discard };
}

const hrefOf = ({ hasCell, eventSlug, track }: LogSheet, cellId: string) =>
  hasCell ? null : `/events/${eventSlug}/tracks/${track.slug}/cells/${cellId}`;

/** The site did not answer, or failed: it may work the next time. */
function isUnsent(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const { httpStatus = 500 } = (error.data ?? {}) as { httpStatus?: number };
  return httpStatus >= 500;
}

function clear(form: HTMLFormElement) {
  const empty: Draft = {
    "result.outcome": [],
    "result.unsupportedBy": [],
    "result.note": [""],
  };
  fillIn(form, empty);
}

function fieldsOf(form: HTMLFormElement, id: string): FormData {
  const fields = new FormData(form);
  fields.set("result.id", id);
  return fields;
}

const snapshot = (fields: FormData): Draft =>
  Object.fromEntries(
    ["result.outcome", "result.unsupportedBy", "result.note"].map((name) => [
      name,
      fields.getAll(name).map(String),
    ]),
  );

const wordsOf = (said: Draft) => {
  const outcome = said["result.outcome"]?.at(-1) ?? "";
  return outcome in OUTCOME_KEYS ? OUTCOME_SIGNS[outcome as Outcome].label : "";
};
