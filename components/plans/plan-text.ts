import type { CatalogueTest } from "@/lib/tracks/schema";

// How the lists of a test are written in a form, one thing a line; app/.../plan/fields.ts reads them.

export const stepsText = ({ steps }: CatalogueTest) =>
  steps.map(({ phase, text }) => `${phase}: ${text}`).join("\n");

export const variantsText = ({ variants }: CatalogueTest) =>
  Object.entries(variants)
    .map(([name, values]) => `${name}: ${values.join(", ")}`)
    .join("\n");

export const acceptedText = ({ accepted }: CatalogueTest) =>
  Object.entries(accepted)
    .map(
      ([profile, { codes, note }]) => `${profile}: ${codes.join(", ")}${note ? ` | ${note}` : ""}`,
    )
    .join("\n");

type Reference = CatalogueTest["references"][number];
const referenceText = ({ cite, verified }: Reference) => (verified ? cite : `? ${cite}`);

export const referencesText = ({ references }: CatalogueTest) =>
  references.map(referenceText).join("\n");

export const measurementsText = ({ measurements }: CatalogueTest) =>
  measurements
    .map(({ id, name, unit, how, vantage, reference }) =>
      [id, name, unit, how, vantage, ...(reference ? [referenceText(reference)] : [])].join(" | "),
    )
    .join("\n");

export const aliasesText = ({ aliases, aliasVariants }: CatalogueTest) =>
  aliases
    .map((alias) => {
      const variant = Object.entries(aliasVariants[alias] ?? {}).map((pair) => pair.join(": "));
      return variant.length > 0 ? `${alias} => ${variant.join(", ")}` : alias;
    })
    .join("\n");
