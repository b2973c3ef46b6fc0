import { config } from "zod";

// Zod would try out `new Function` as it makes a schema, which our policy stops and reports. Whatever
// makes schemas in a browser imports this first. On the server, which draws the same components, it would
// slow down every schema of the process.
if (typeof window !== "undefined") config({ jitless: true });
