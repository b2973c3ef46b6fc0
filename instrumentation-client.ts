import { keepZodFromEval } from "@/lib/core/jitless";
import { admitOwnScripts } from "@/lib/core/script-policy";

// Not in the layout: a page that ends in "not found" is sent without it, and drawn by the browser.
admitOwnScripts();
keepZodFromEval();
