import * as z from "zod";

// Their callback addresses are /api/auth/callback/<id>, and these are taken.
const TAKEN = ["email", "github", "gitlab"];

const oidcSchema = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .refine((id) => !TAKEN.includes(id), { error: `May be none of: ${TAKEN.join(", ")}.` }),
  name: z.string().min(1),
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
});

function parseJson(text: string, { addIssue }: z.core.$RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    addIssue({ code: "custom", message: `Is not JSON: ${(error as Error).message}` });
    return z.NEVER;
  }
}

const schema = z.object({
  APP_URL: z.url().default("http://localhost:3000"),
  /** What the site connects with; see docs/self-hosting.md for the two roles. */
  DATABASE_URL: z.string().min(1),
  /** Given when DATABASE_URL is the owner's: the role that every connection steps down to. */
  DATABASE_ROLE: z
    .string()
    .regex(/^[a-z_]+$/)
    .optional(),
  /** Connections of one process, for pages and for batches of results; the live listener has one more. */
  DATABASE_PAGES_POOL: z.coerce.number().int().min(2).max(100).default(8),
  DATABASE_INGEST_POOL: z.coerce.number().int().min(1).max(100).default(8),
  /** How long one statement may take, and wait for what another one holds. */
  DATABASE_STATEMENT_MS: z.coerce.number().int().min(100).default(5000),
  DATABASE_LOCK_MS: z.coerce.number().int().min(100).default(2000),
  AUTH_SECRET: z.string().min(32),
  /** Where evidence is kept, unless it is on S3. */
  PLUGFEST_DATA: z.string().default(".plugfest"),
  /** An S3-compatible service instead: its address, such as https://s3.example.org. */
  EVIDENCE_S3_URL: z.url().optional(),
  EVIDENCE_S3_BUCKET: z.string().default("plugfest"),
  EVIDENCE_S3_REGION: z.string().default("us-east-1"),
  EVIDENCE_S3_KEY: z.string().optional(),
  EVIDENCE_S3_SECRET: z.string().optional(),
  /** `off` for benchmarks; the rest is per minute and process, and 0 is no limit. */
  RATE_LIMITS: z.enum(["on", "off"]).default("on"),
  RATE_LIMIT_REQUESTS: z.coerce.number().int().min(0).default(600),
  RATE_LIMIT_ITEMS: z.coerce.number().int().min(0).default(300_000),
  /** Of one address, without a token and without a session. */
  RATE_LIMIT_READS: z.coerce.number().int().min(0).default(600),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default("Plugfest <plugfest@localhost>"),
  OIDC_PROVIDERS: z
    .string()
    .default("[]")
    .transform(parseJson)
    .pipe(
      z.array(oidcSchema).refine((all) => new Set(all.map(({ id }) => id)).size === all.length, {
        error: "Two providers have the same id.",
      }),
    ),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  /** Without a slash at the end; another one is an Enterprise server's. */
  GITHUB_URL: z.url().default("https://github.com"),
  GITLAB_CLIENT_ID: z.string().optional(),
  GITLAB_CLIENT_SECRET: z.string().optional(),
  GITLAB_URL: z.url().default("https://gitlab.com"),
});

export type Env = z.infer<typeof schema>;
let parsed: Env | undefined;

/** Read at the first request, not when a module loads: `next build` has no environment. */
export function env(): Env {
  parsed ??= read();
  return parsed;
}

function read(): Env {
  // A name with nothing behind it is how a compose file says "not set".
  const given = Object.entries(process.env).filter(([, value]) => value !== "");
  const values = schema.parse(Object.fromEntries(given));
  // next-auth asks the environment where it runs, and would otherwise believe the request.
  process.env.NEXTAUTH_URL = new URL(values.APP_URL).origin;
  return values;
}

/** The newest migration when this was built; `next build` puts the name in (next.config.ts). */
export const NEWEST_MIGRATION = process.env.PLUGFEST_NEWEST_MIGRATION ?? "";
