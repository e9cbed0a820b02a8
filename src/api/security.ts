import type { FastifyInstance, FastifyRequest } from "fastify";

import { Fault } from "#domain/fault.ts";

const HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/** On every answer; the page has a wider policy of its own. */
export function setSecurityHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(HEADERS);
    if (request.url.startsWith("/api")) reply.header("cache-control", "no-store");
  });
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** What of a request tells where it comes from. */
export interface Provenance {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

export function provenanceOf(request: FastifyRequest): Provenance {
  const { host, origin } = request.headers;
  const fetchSite = request.headers["sec-fetch-site"];
  return {
    method: request.method,
    host,
    origin,
    fetchSite: typeof fetchSite === "string" ? fetchSite : undefined,
  };
}

/**
 * A cookie is sent by the browser whoever asks it to, so what changes something must come from our own page.
 * @throws Fault `forbidden` for another page's request, and for one that does not say where it comes from.
 */
export function demandSameOrigin(from: Provenance): void {
  if (SAFE.has(from.method) || isSameOrigin(from)) return;
  throw new Fault("forbidden", "This request does not come from Stint's own page", {
    suggestion: "Use the page itself, or an API key in the header Authorization: Bearer …",
  });
}

function isSameOrigin({ host, origin, fetchSite }: Omit<Provenance, "method">): boolean {
  if (fetchSite !== undefined) return fetchSite === "same-origin";
  if (origin === undefined || host === undefined) return false;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** For what only reads: a browser names a foreign page, and leaves its own unnamed. */
export function isForeign({ host, origin, fetchSite }: Omit<Provenance, "method">): boolean {
  if (fetchSite !== undefined) return fetchSite !== "same-origin" && fetchSite !== "none";
  return origin !== undefined && !isSameOrigin({ host, origin, fetchSite });
}
