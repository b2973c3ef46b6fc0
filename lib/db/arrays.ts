// Columns of a batch for `unnest`, as Postgres writes arrays. pg would write them too, but passes every
// element through two regular expressions; a batch of 1,000 results has 23,000 elements.

/** Of what needs no quotes: uuids, numbers, truth values, moments, digits. */
export const plainArray = (values: readonly (string | number | boolean | null)[]): string =>
  `{${values.map((value) => value ?? "NULL").join(",")}}`;

const SPECIAL = /["\\]/g;

export const textArray = (values: readonly (string | null)[]): string =>
  `{${values.map((text) => (text === null ? "NULL" : `"${text.replace(SPECIAL, "\\$&")}"`)).join(",")}}`;

/** Of values as JSON; what is undefined is NULL. JSON in JSON is escaped just as text in an array is. */
export const jsonArray = (values: readonly unknown[]): string =>
  `{${values.map((value) => (value === undefined ? "NULL" : JSON.stringify(JSON.stringify(value)))).join(",")}}`;
