const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?$/i;
const LAST = Date.UTC(9999, 0, 1);

/**
 * Milliseconds since 1970, or undefined. A time without a zone is read as UTC, as Ant wrote the
 * first JUnit reports: the same bytes must mean the same moment on every machine.
 */
export function parseMoment(text: string | undefined): number | undefined {
  const [, day, time, zone] = ISO.exec(text?.trim() ?? "") ?? [];
  if (day === undefined || time === undefined) return undefined;
  const offset = zone ? zone.toUpperCase().replace(/^([+-]\d\d):?(\d\d)$/, "$1:$2") : "Z";
  const at = Date.parse(`${day}T${time.replace(",", ".")}${offset}`);
  return isMoment(at) ? at : undefined;
}

export const isMoment = (at: number): boolean => at >= 0 && at < LAST;

/** `12.5` and `1,234.5` seconds as milliseconds; `0,5` is a decimal comma. */
export function parseSeconds(text: string | undefined): number | undefined {
  const plain = text?.trim() ?? "";
  const point = /^0?,\d+$/.test(plain) ? plain.replace(",", ".") : plain;
  const number = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(point) ? point.replaceAll(",", "") : point;
  if (!/^\d*\.?\d+(e[+-]?\d+)?$/i.test(number)) return undefined;
  const ms = Math.round(Number(number) * 1e6) / 1000;
  return ms <= 1e12 ? ms : undefined;
}
