import { config } from "zod";

// Zod would try out `new Function` as it makes a schema, which our policy stops and reports. Whatever
// makes schemas in a browser imports this first.
config({ jitless: true });
