/**
 * Aborts with any of `signals`, or after `ms`, as AbortSignal.timeout() would.
 *
 * AbortSignal.any() holds its sources weakly, so that an AbortSignal.timeout() of which nobody else
 * knows is collected as garbage and never fires (nodejs/node issue 57736). The timer holds this one.
 */
export function within(ms: number, ...signals: readonly AbortSignal[]): AbortSignal {
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
  }, ms);
  timer.unref();
  return AbortSignal.any([late.signal, ...signals]);
}
