"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ChangeEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { type ImportPreview, PLAN_BYTES } from "@/lib/plans/schema";
import { Api, useTRPC } from "@/lib/trpc/client";
import { ImportLines } from "./import-lines";

type Props = { eventSlug: string; trackSlug: string };

/**
 * Takes a plan in from a file or pasted: first says what that would do, then does it. In the browser,
 * since a plan is more than a form's answer can hold, and a look at it must not lose it.
 */
export function ImportPlan(props: Props) {
  return (
    <Api>
      <Import {...props} />
    </Api>
  );
}

function Import({ eventSlug, trackSlug }: Props) {
  const router = useRouter();
  const { plans } = useTRPC();
  const [text, setText] = useState("");
  const [done, setDone] = useState<ImportPreview["lines"] | null>(null);
  const where = { eventSlug, trackSlug };
  const preview = useMutation(plans.preview.mutationOptions());
  const take = useMutation(
    plans.import.mutationOptions({
      onSuccess: ({ lines }) => {
        setDone(lines);
        preview.reset();
        router.refresh();
      },
    }),
  );
  const change = (told: string) => {
    setText(told);
    setDone(null);
    preview.reset();
    take.reset();
  };
  const readFile = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (file) change(await file.text());
  };
  const seen = preview.data?.seen;
  const isTooLong = text.length > PLAN_BYTES;
  return (
    <form
      className="form"
      aria-label="Take a plan in"
      onSubmit={(event) => {
        event.preventDefault();
        preview.mutate({ ...where, text });
      }}
    >
      <div className="form-field">
        <label htmlFor="plan-file">A file, as an export has it</label>
        <input
          id="plan-file"
          type="file"
          accept=".json,application/json"
          onChange={(event) => void readFile(event)}
        />
      </div>
      <div className="form-field">
        <label htmlFor="plan-text">Or paste it</label>
        <textarea
          id="plan-text"
          rows={8}
          spellCheck={false}
          value={text}
          onChange={({ target }) => change(target.value)}
        />
      </div>
      <div className="form-actions">
        <Button type="submit" disabled={preview.isPending || text === "" || isTooLong}>
          Look what it would change
        </Button>
      </div>
      <Refused error={isTooLong ? TOO_LONG : (preview.error ?? take.error)} />
      {preview.data && (
        <>
          <ImportLines lines={preview.data.lines} />
          <div className="form-actions">
            <Button
              type="button"
              className="button-primary"
              disabled={take.isPending || seen === undefined}
              onClick={() => seen !== undefined && take.mutate({ ...where, text, seen })}
            >
              Take it in
            </Button>
            <span className="form-hint">What is refused stays as it is.</span>
          </div>
        </>
      )}
      {done && (
        <>
          <p role="status">Taken in.</p>
          <ImportLines lines={done} />
        </>
      )}
    </form>
  );
}

const TOO_LONG = { message: "More than 2 MB: that is no test plan." };

function Refused({ error }: { error: { message: string } | null }) {
  return error ? (
    <p role="alert" className="form-fault-box">
      {error.message}
    </p>
  ) : null;
}
