/**
 * Who is asking. People sign in with address and password (nobody signs up by themselves: an owner adds them), or once
 * by a link that was printed for them; programs send an API key. All of it lives in a file of its own beside the
 * ledger's. What somebody may do where is not decided here but by their membership (`#workspace/workspaces.ts`).
 * Only `api`, `cli` and `app` import this folder.
 */
import type { Caller } from "#workspace/workspaces.ts";

import {
  ADDRESS_HEADER,
  type AuthSettings,
  type BetterAuth,
  OPEN_PATHS,
  openBetterAuth,
} from "./better-auth.ts";
import { type Keys, keys } from "./keys.ts";
import { type Users, users } from "./users.ts";

export interface Auth extends AsyncDisposable {
  /** Answers `/api/auth/*`; `address` is the client's, for the limit on attempts to sign in. */
  readonly handler: (request: Request, address?: string) => Promise<Response>;
  /** By session cookie, `Authorization: Bearer KEY` or `x-api-key`; null: nobody that is known. */
  readonly identify: (headers: Headers) => Promise<Caller | null>;
  readonly users: Users;
  readonly keys: Keys;
  /** A link that signs that user in, once, within a day. */
  readonly signInLink: (email: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

const BEARER = /^Bearer\s+(\S+)\s*$/i;

/** The API key that a request carries. */
export function keyIn(headers: Headers): string | undefined {
  const bearer = BEARER.exec(headers.get("authorization") ?? "")?.[1];
  return bearer ?? headers.get("x-api-key")?.trim();
}

async function identify(auth: BetterAuth, known: Keys, headers: Headers): Promise<Caller | null> {
  const key = keyIn(headers);
  // A request that brings a key is that key's, whatever cookies come along.
  if (key !== undefined) return known.identify(key);
  if (!headers.has("cookie")) return null;
  const found = await auth.api.getSession({ headers });
  if (found === null) return null;
  const { id, email, name } = found.user;
  return { type: "user", userId: id, email, name };
}

async function answer(auth: BetterAuth, request: Request, address: string): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!OPEN_PATHS.has(pathname)) return new Response("Not Found", { status: 404 });
  const headers = new Headers(request.headers);
  headers.set(ADDRESS_HEADER, address);
  return auth.handler(new Request(request, { headers }));
}

export async function openAuth(settings: AuthSettings): Promise<Auth> {
  const { auth, db, links } = await openBetterAuth(settings);
  const known = keys(auth, settings.now);

  async function signInLink(email: string): Promise<string> {
    await auth.api.signInMagicLink({ body: { email, callbackURL: "/" }, headers: new Headers() });
    const link = links.get(email);
    links.delete(email);
    if (link === undefined) throw new Error("better-auth made no link");
    return link;
  }

  const close = async (): Promise<void> => {
    db.close();
  };

  return {
    handler: (request, address = "127.0.0.1") => answer(auth, request, address),
    identify: (headers) => identify(auth, known, headers),
    users: users(auth),
    keys: known,
    signInLink,
    close,
    [Symbol.asyncDispose]: close,
  };
}
