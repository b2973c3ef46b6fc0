"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";
import { complete } from "@/lib/completions/rules";
import type { Completion, Option, Vocabulary } from "@/lib/completions/schema";
import { QUERY_CHARS } from "@/lib/queries/schema";

type Props = {
  /** The query that the page shows. */
  query: string;
  vocabulary: Vocabulary;
  /** Ids of what is wrong with it. */
  describedBy?: string | undefined;
};

type Shown = { completion: Completion; active: number };

/**
 * The search box of a matrix, with completion (WAI-ARIA Authoring Practices, "Combobox", list
 * autocomplete). Without scripts it is the field of a plain form.
 */
export function QueryBox({ query, vocabulary, describedBy }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [shown, show] = useState<Shown | null>(null);
  const open = () => {
    const { value = "", selectionStart } = input.current ?? {};
    const completion = complete(value, selectionStart ?? value.length, vocabulary);
    show(completion.options.length === 0 ? null : { completion, active: -1 });
  };
  const take = ({ insert }: Option) => {
    if (!input.current || !shown) return;
    const { from, to } = shown.completion;
    input.current.setRangeText(insert, from, to, "end");
    input.current.focus();
    if (insert.endsWith(":")) open();
    else show(null);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isHandled(event.key, { shown, show, open, take })) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  return (
    <div className="query-box">
      <label className="engraved" htmlFor={`${id}-input`}>
        Show only
      </label>
      <input
        ref={input}
        id={`${id}-input`}
        name="q"
        type="text"
        role="combobox"
        aria-expanded={shown !== null}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && shown.active >= 0 ? `${id}-${shown.active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={describedBy !== undefined || undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={QUERY_CHARS}
        placeholder="outcome:fail project:kamailio changed:today -known"
        defaultValue={query}
        onInput={open}
        onClick={open}
        onKeyDown={press}
        onBlur={() => show(null)}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Completions"
        className="query-options"
        hidden={shown === null}
      >
        {shown?.completion.options.map((option, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={option.name}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === shown.active}
            className="query-option"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
          >
            <span className="query-name">{option.name}</span>
            <span className="text-soft">{option.label}</span>
            {option.count !== null && <span className="query-count">{option.count}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}

type Acts = {
  shown: Shown | null;
  show(shown: Shown | null): void;
  open(): void;
  take(option: Option): void;
};

/** Whether the key was for the list and not for the field. */
function isHandled(key: string, { shown, show, open, take }: Acts): boolean {
  const isArrow = key === "ArrowDown" || key === "ArrowUp";
  if (!shown) {
    if (isArrow) open();
    return isArrow;
  }
  if (isArrow) show(moved(shown, key === "ArrowDown" ? 1 : -1));
  else if (key === "Escape") show(null);
  else return (key === "Enter" || key === "Tab") && isTaken(shown, take);
  return true;
}

/** Round and round; from the field upwards is to the last one. */
function moved({ completion, active }: Shown, step: 1 | -1): Shown {
  const count = completion.options.length;
  const from = active < 0 && step < 0 ? 0 : active;
  return { completion, active: (from + step + count) % count };
}

function isTaken({ completion, active }: Shown, take: Acts["take"]): boolean {
  const option = completion.options[active];
  if (option) take(option);
  return option !== undefined;
}
