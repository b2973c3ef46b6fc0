/** A stream that broke is asked for again after this. */
const AGAIN_MS = 3000;
/** To ask again would be answered alike: the reader's right to see this has gone. */
const GONE = new Set<unknown>(["UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND"]);

type Broken = { data?: { code?: unknown } | null | undefined };

/** Whether to ask again would be answered alike. */
export const isGone = ({ data }: Broken): boolean => GONE.has(data?.code);

/** After a stream has ended with an error: `gone` where the reader may not hear it any more, else `reset` in a while. */
export function afterBreak(broken: Broken, acts: { reset(): void; gone(): void }): void {
  if (isGone(broken)) acts.gone();
  else setTimeout(acts.reset, AGAIN_MS);
}
