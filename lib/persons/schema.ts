import * as z from "zod";
import { safeText } from "@/lib/core/text";

const isZone = (zone: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
};

export const profileSchema = z.object({
  /** As others see it; empty shows the address instead. */
  name: safeText(80).transform((name) => name.trim()),
  /** IANA name; null follows the browser. */
  zone: z
    .string()
    .max(60)
    .refine(isZone, { error: "Must be a time zone such as Europe/Bucharest." })
    .nullable(),
});
export type ProfileInput = z.infer<typeof profileSchema>;

export type Profile = {
  name: string;
  email: string | null;
  zone: string | null;
  /** Identities at providers, oldest first. */
  identities: { provider: string; connectedAt: string }[];
};

export type SessionLine = {
  id: string;
  /** The provider's id; `email` for a link. */
  method: string;
  userAgent: string | null;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
};
