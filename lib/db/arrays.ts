// Columns of a batch for `unnest`, as Postgres writes arrays. pg would write them too, but passes every
// element through two regular expressions; a batch of 1,000 results has 23,000 elements.

/** A column of nothing but NULL is left empty: `unnest` of several arrays fills the shorter ones up. */
const NONE = "{}";

/** Of what needs no quotes: uuids, numbers, truth values, moments, digits. */
export const plainArray = (values: readonly (string | number | boolean | null)[]): string =>
  values.every(isNull) ? NONE : `{${values.map((value) => value ?? "NULL").join(",")}}`;

const isNull = (value: unknown) => value === null;

const SPECIAL = /["\\]/g;

export const textArray = (values: readonly (string | null)[]): string =>
  values.every(isNull)
    ? NONE
    : `{${values.map((text) => (text === null ? "NULL" : `"${text.replace(SPECIAL, "\\$&")}"`)).join(",")}}`;

/** Of values as JSON; what is undefined is NULL. JSON in JSON is escaped just as text in an array is. */
export const jsonArray = (values: readonly unknown[]): string =>
  values.every((value) => value === undefined)
    ? NONE
    : `{${values.map((value) => (value === undefined ? "NULL" : JSON.stringify(JSON.stringify(value)))).join(",")}}`;
