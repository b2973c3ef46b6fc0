import type { ReactNode } from "react";
import { type FormState, isChosen, textOf } from "@/lib/core/form";

type Field = {
  state: FormState;
  name: string;
  label: ReactNode;
  /** What is shown before anything was typed. */
  stored?: string | undefined;
  hint?: ReactNode;
};

type TextProps = Field & {
  required?: boolean;
  maxLength?: number;
  placeholder?: string;
  /** The id of a list of suggestions. */
  list?: string;
  type?: "text" | "url" | "email" | "date";
  autoComplete?: string;
  /** Forms of one page may have fields of the same name. */
  idPrefix?: string;
};

const idsOf = (name: string, prefix = "") => {
  const id = `${prefix}${name}`;
  return { id, hintId: `${id}-hint`, faultId: `${id}-fault` };
};

const describedBy = (ids: readonly (string | false)[]) =>
  ids.filter((id) => id !== false).join(" ") || undefined;

/** A line of text, with its label, its hint and what is wrong with it. */
export function TextField({ state, name, label, stored, hint, idPrefix, ...input }: TextProps) {
  const { id, hintId, faultId } = idsOf(name, idPrefix);
  const fault = state.faults[name];
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={hintId} className="form-hint">
          {hint}
        </p>
      )}
      <input
        {...input}
        id={id}
        name={name}
        defaultValue={textOf(state, name, stored)}
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={describedBy([hint ? hintId : false, fault ? faultId : false])}
      />
      <Fault id={faultId} fault={fault} />
    </div>
  );
}

type AreaProps = Field & { maxLength?: number; rows?: number; idPrefix?: string };

/** Several lines of text. */
export function TextArea({ state, name, label, stored, hint, idPrefix, ...area }: AreaProps) {
  const { id, hintId, faultId } = idsOf(name, idPrefix);
  const fault = state.faults[name];
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={hintId} className="form-hint">
          {hint}
        </p>
      )}
      <textarea
        rows={3}
        {...area}
        id={id}
        name={name}
        defaultValue={textOf(state, name, stored)}
        aria-invalid={fault !== undefined || undefined}
        aria-describedby={describedBy([hint ? hintId : false, fault ? faultId : false])}
      />
      <Fault id={faultId} fault={fault} />
    </div>
  );
}

type ChoiceProps = Field & {
  options: readonly { value: string; label: string }[];
  idPrefix?: string;
};

/** One of a few: the browser's own list. */
export function ChoiceField({ state, name, label, stored, hint, options, idPrefix }: ChoiceProps) {
  const { id, hintId, faultId } = idsOf(name, idPrefix);
  const fault = state.faults[name];
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={hintId} className="form-hint">
          {hint}
        </p>
      )}
      <select
        id={id}
        name={name}
        defaultValue={textOf(state, name, stored)}
        aria-describedby={describedBy([hint ? hintId : false, fault ? faultId : false])}
      >
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <Fault id={faultId} fault={fault} />
    </div>
  );
}

type BoxProps = {
  state: FormState;
  name: string;
  value?: string;
  stored?: boolean;
  type?: "checkbox" | "radio";
  required?: boolean;
  children: ReactNode;
};

/** A box to tick, or one of several to choose. */
export function Box({
  state,
  name,
  value = "yes",
  stored = false,
  type = "checkbox",
  required = false,
  children,
}: BoxProps) {
  return (
    <label className="form-box">
      <input
        type={type}
        name={name}
        value={value}
        required={required}
        defaultChecked={isChosen(state, { field: name, value }, stored)}
      />
      <span>{children}</span>
    </label>
  );
}

type FaultProps = { state: FormState; idPrefix?: string };

/** What is wrong with a form, over it: of the whole, and a way to each field that needs a look. */
export function FormFault({ state, idPrefix }: FaultProps) {
  const { said, message } = state;
  const faults = Object.entries(state.faults);
  if (said === null || (message === null && faults.length === 0)) return null;
  return (
    <div role="alert" className="form-fault-box">
      {message && <p>{message}</p>}
      {faults.map(([name, fault]) => (
        <p key={name}>
          <a href={`#${idsOf(name, idPrefix).id}`}>{fault}</a>
        </p>
      ))}
    </div>
  );
}

function Fault({ id, fault }: { id: string; fault: string | undefined }) {
  return fault ? (
    <p id={id} className="form-fault">
      {fault}
    </p>
  ) : null;
}
