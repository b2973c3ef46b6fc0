type Header = { key: string; value: string };

/**
 * On every answer, set by next.config.ts: pages, data and files alike. Next does not let a route
 * replace a header that is set here; a route that must differ needs an exception there.
 */
export const EVERYWHERE: Header[] = [
  { key: "x-content-type-options", value: "nosniff" },
  { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
  { key: "cross-origin-opener-policy", value: "same-origin" },
  { key: "cross-origin-resource-policy", value: "same-origin" },
  {
    key: "permissions-policy",
    value:
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
  },
];

/** Pictures are made to stand on other sites' pages; their browsers send no cookie of ours along. */
export const PICTURES: Header = { key: "cross-origin-resource-policy", value: "cross-origin" };

/** The one page that any site may put into a frame: a picture and a link, and nothing that runs. */
export const EMBED_POLICY: Header = {
  key: "content-security-policy",
  value:
    "default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
};

export const STRICT_TRANSPORT: Header = {
  key: "strict-transport-security",
  value: "max-age=63072000; includeSubDomains",
};

/** Data is no page: opened by itself, it may load, run and embed nothing. */
export const DATA_POLICY: Header = {
  key: "content-security-policy",
  value: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
};

/** Only what carries the page's nonce runs, and what that loads; only files of this site are styles. */
export const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default", // instrumentation-client.ts
  ].join("; ");
