/**
 * The text of a script for the page's `<head>`, with the page's nonce. With Trusted Types enforced
 * (proxy.ts), it lets Next's own chunks, and nothing else, become the address of a script.
 */
export const SCRIPT_POLICY = `
if (window.trustedTypes) trustedTypes.createPolicy("default", {
  createScriptURL(address) {
    const url = new URL(address, location.origin);
    if (url.origin === location.origin && url.pathname.startsWith("/_next/static/")) return address;
    throw new TypeError("Not a script of this site: " + address);
  },
});`;
