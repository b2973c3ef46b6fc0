import * as z from "zod";

/**
 * An e-mail address in the one spelling that is stored and compared. ASCII only: two addresses that
 * look alike must not be two people.
 */
export const emailSchema = z
  .string()
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email({ error: "Must be an e-mail address, such as ann@example.org." }).max(254));
