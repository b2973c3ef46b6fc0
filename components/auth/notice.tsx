/** What went wrong, or what was done, in a sentence at the top of the page. */
export function Notice({ kind, children }: { kind: "refused" | "done"; children: string }) {
  return (
    <p
      role={kind === "refused" ? "alert" : "status"}
      className={`max-w-text rounded-box border bg-surface px-4 py-3 ${kind === "refused" ? "border-outcome-fail" : "border-outcome-pass"}`}
    >
      {children}
    </p>
  );
}
