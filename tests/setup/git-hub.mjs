// GitHub's sign-in as its documentation tells it, for GitHub's own servers are out of a test's reach.
import { createHash, randomBytes } from "node:crypto";
import { listen } from "./listen.mjs";

/**
 * Signs in the one `user`, whose addresses are `emails`; checks the code, the secret, PKCE and the
 * token, and answers /api/v3 as an Enterprise server does.
 */
export async function startGitHub({ user, emails }) {
  const state = { user, emails, codes: new Map(), tokens: new Set() };
  const client = { clientId: "plugfest", clientSecret: randomBytes(16).toString("hex") };
  const { url, stop } = await listen((issuer) => async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url, issuer);
    const answer = ANSWERS[pathname] ?? (() => ({ status: 404 }));
    const form = new URLSearchParams(await textOf(request));
    const { headers } = request;
    const { status, location, body } = answer(state, { query, form, headers, client, issuer });
    response.writeHead(status, {
      "content-type": "application/json",
      ...(location && { location }),
    });
    response.end(JSON.stringify(body ?? {}));
  });
  return { ...client, url, stop };
}

const ANSWERS = {
  "/login/oauth/authorize": ({ codes }, { query, issuer }) => {
    const code = randomBytes(8).toString("hex");
    codes.set(code, query.get("code_challenge"));
    const back = new URL(query.get("redirect_uri"));
    back.searchParams.set("code", code);
    back.searchParams.set("state", query.get("state"));
    back.searchParams.set("iss", `${issuer}/login/oauth`); // RFC 9207
    return { status: 302, location: back.toString() };
  },
  "/login/oauth/access_token": ({ codes, tokens }, { form, headers, client }) => {
    const code = form.get("code");
    const isRight = codes.get(code) === challengeOf(form.get("code_verifier"));
    if (!isRight || !isClient(headers, client)) return { status: 401 };
    codes.delete(code);
    const token = randomBytes(8).toString("hex");
    tokens.add(token);
    return {
      status: 200,
      body: { access_token: token, token_type: "bearer", scope: "user:email" },
    };
  },
  "/api/v3/user": (state, { headers }) => told(state, headers, state.user),
  "/api/v3/user/emails": (state, { headers }) => told(state, headers, state.emails),
};

const told = ({ tokens }, { authorization }, body) =>
  tokens.has(authorization?.replace(/^Bearer /, "")) ? { status: 200, body } : { status: 401 };

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const challengeOf = (verifier) =>
  createHash("sha256")
    .update(verifier ?? "")
    .digest("base64url");

const isClient = ({ authorization }, { clientId, clientSecret }) =>
  authorization === `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
