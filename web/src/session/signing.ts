/** Signing in and out: better-auth's own endpoints, and what its refusals mean. */
import type { Problem } from "#contract/problem.ts";

import { problemOf } from "../api/problems.ts";

const refusal = (title: string, detail: string, suggestion: string): Problem => ({
  type: "about:blank",
  title,
  status: 401,
  detail,
  code: "not_signed_in",
  suggestion,
});

const WRONG = refusal(
  "Not signed in",
  "The email address or the password is not right.",
  "Try again, or ask an Owner of the workspace for a new password.",
);
const TOO_OFTEN = refusal(
  "Too many attempts",
  "Signing in was tried too often from here.",
  "Wait a minute, then try again.",
);
const USED_LINK = refusal(
  "That link no longer signs you in",
  "A sign-in link works once and for a day; this one was used already, or is too old.",
  "Sign in with your password, or start Stint again to have a new link printed.",
);

/** The refusal that a response means; undefined: it signed in. */
export function refusalOf(status: number): Problem | undefined {
  if (status === 200) return undefined;
  if (status === 429) return TOO_OFTEN;
  if (status === 400 || status === 401 || status === 403 || status === 422) return WRONG;
  return refusal("Not signed in", `The server answered ${status}.`, "Try again in a moment.");
}

/** What a sign-in link that did not work leaves in the address: `?error=INVALID_TOKEN`. */
export function refusalOfLink(error: string | undefined): Problem | undefined {
  return error === undefined ? undefined : USED_LINK;
}

/** Only a path of this page: an address from outside never decides where somebody lands. */
export function landingPath(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])/.test(to) && !to.startsWith("/sign-in") ? to : "/";
}

export async function signIn(email: string, password: string): Promise<Problem | undefined> {
  try {
    const response = await post("/api/auth/sign-in/email", { email, password });
    return refusalOf(response.status);
  } catch (error) {
    return problemOf(error);
  }
}

export async function signOut(): Promise<void> {
  await post("/api/auth/sign-out", {});
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });
}
