import type { Axis } from "@/lib/matrices/schema";

const KIND_MARK = { participant: null, helper: "helper", tool: "tool" } as const;

/** An entry on a matrix' axis: its name, the build that is current, and what it is when not under test. */
export function EntryHead({ name, build, kind }: Axis) {
  return (
    <span className="entry-head">
      <span className="entry-name">{name}</span>
      {build && <span className="entry-build">{build}</span>}
      {KIND_MARK[kind] && <span className="entry-kind">{KIND_MARK[kind]}</span>}
    </span>
  );
}
