import type { ReactNode } from "react";

type Props = {
  name: string;
  label: string;
  value: string | undefined;
  /** What the empty choice is called. */
  all: string;
  children: ReactNode;
};

/** The browser's own select: it needs no script, and a phone knows it. */
export function Select({ name, label, value, all, children }: Props) {
  return (
    <label className="field">
      <span className="engraved">{label}</span>
      <select name={name} defaultValue={value ?? ""}>
        <option value="">{all}</option>
        {children}
      </select>
    </label>
  );
}
