import * as z from "zod";

/** RFC 9457 problem details, as every error of the REST API is told. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  requestId: z.string(),
  retryable: z.boolean(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })),
});
export type Problem = z.infer<typeof problemSchema>;
