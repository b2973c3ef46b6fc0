import { type RefObject, useCallback, useRef } from "react";
import { useKeys } from "@/components/results/use-keys";
import { needAfter } from "./grid";

const KEYS = [
  { keys: ["Arrows"], does: "to the cell beside, above or below" },
  { keys: ["Home", "End"], does: "to the first and the last cell of the row" },
  { keys: ["Ctrl Home", "Ctrl End"], does: "to the first and the last cell of the grid" },
  { keys: ["Page Up", "Page Down"], does: "a screenful of rows up and down" },
  {
    keys: ["Enter"],
    does: "open the cell beside the matrix, and again go in to it; where it holds several results, go in to them",
  },
  {
    keys: ["Esc"],
    does: "back to the cell, which shuts what is beside it; or from the filter to the grid",
  },
  { keys: ["Ctrl K"], does: "go to anything of the event by its name" },
] as const;

const LETTERS = [
  { keys: ["/"], does: "to the filter" },
  { keys: ["n", "N"], does: "to the next and the previous result that wants attention" },
  {
    keys: ["p", "d", "f", "t", "e", "u", "i", "s"],
    does: "on a cell of yours: log pass, degraded, fail and so on; Enter sends it, z takes it back. Who logs nothing here goes to the previous with p",
  },
  { keys: ["?"], does: "this help" },
] as const;

type Props = {
  bench: RefObject<HTMLElement | null>;
  /** Where not all that wants attention is in the document. */
  onNeed?: (step: 1 | -1) => void;
};

/** The keys of the workbench, and the switch for those that are single characters (WCAG 2.1.4). */
export function KeyHelp({ bench, onNeed }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const toNeed = useCallback(
    (step: 1 | -1) => (onNeed ? onNeed(step) : focusNeed(bench.current, step)),
    [bench, onNeed],
  );
  const press = useCallback(
    (key: string): boolean => {
      if (key === "?") dialog.current?.showModal();
      else if (key === "/") focusFilter();
      else if (["n", "N", "p"].includes(key)) toNeed(key === "n" ? 1 : -1);
      else return false;
      return true;
    },
    [toNeed],
  );
  const { isOn, turnKeys } = useKeys(press);
  return (
    <>
      <button
        type="button"
        className="live-button live-keys"
        onClick={() => dialog.current?.showModal()}
      >
        Keys
      </button>
      <dialog ref={dialog} className="key-help" aria-labelledby="key-help">
        <h2 id="key-help">Keys in the matrix</h2>
        <KeyList keys={KEYS} />
        <h3 className="engraved">Single keys</h3>
        <KeyList keys={LETTERS} />
        <label className="key-switch">
          <input
            type="checkbox"
            checked={isOn === true}
            onChange={({ target }) => turnKeys(target.checked)}
          />
          Single keys are on. Off, they do nothing: for speech input, say.
        </label>
        <form method="dialog">
          <button type="submit" className="button">
            Close
          </button>
        </form>
      </dialog>
    </>
  );
}

type ListProps = { keys: readonly { keys: readonly string[]; does: string }[] };

const KeyList = ({ keys: lines }: ListProps) => (
  <dl className="key-list">
    {lines.map(({ keys, does }) => (
      <div key={does}>
        <dt>
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </dt>
        <dd>{does}</dd>
      </div>
    ))}
  </dl>
);

const focusFilter = () => document.querySelector<HTMLElement>(".filters input[name=q]")?.focus();

function focusNeed(bench: HTMLElement | null, step: 1 | -1) {
  const next = bench && needAfter(bench, step);
  next?.focus();
  next?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
