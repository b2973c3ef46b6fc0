type ScriptPolicies = {
  createPolicy(name: "default", rules: { createScriptURL(address: string): string }): unknown;
};

/**
 * Under Trusted Types (lib/core/security-headers.ts) an address becomes a script's only by way of
 * this: Next's own chunks may, and nothing else. Runs before anything else of ours in the browser.
 */
export function admitOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: ScriptPolicies };
  trustedTypes?.createPolicy("default", {
    createScriptURL: (address) => {
      const { origin, pathname } = new URL(address, location.origin);
      if (origin === location.origin && pathname.startsWith("/_next/static/")) return address;
      throw new TypeError(`Not a script of this site: ${address}`);
    },
  });
}
