import { SCRIPT_POLICY } from "@/lib/core/script-policy";

/** Goes into the `<head>` of every page; without it, Trusted Types let no chunk load. */
export function ScriptPolicy({ nonce }: { nonce: string }) {
  return (
    <script
      nonce={nonce}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours; React escapes a script's text
      dangerouslySetInnerHTML={{ __html: SCRIPT_POLICY }}
    />
  );
}
