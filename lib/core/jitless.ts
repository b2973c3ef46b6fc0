/**
 * Zod would try out `new Function` as it makes a schema, which our policy stops and reports. Said in the place
 * where every copy of Zod looks, before there is one: most pages have none. Only in browsers, since it slows
 * schemas down.
 */
export function keepZodFromEval(): void {
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
}
