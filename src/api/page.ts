import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { isApiPath } from "./paths.ts";

const PAGE_FOLDER = join(import.meta.dirname, "../../web/dist");

const NOT_BUILT = `<!doctype html><meta charset="utf-8"><title>Stint</title>
<p>Stint runs, but its page is not built. Build it with <code>npm run build</code> and load this again.</p>
<p>The API answers meanwhile: <a href="/api/openapi.json">/api/openapi.json</a></p>`;

/** A build names its assets by their content, so what was once loaded never changes. */
const FOREVER = "public, max-age=31536000, immutable";
const ASK_AGAIN = "no-cache";

/** Serves the built page: its files as they are, and index.html for every path that the page itself routes. */
export function servePage(app: FastifyInstance, folder: string = PAGE_FOLDER): void {
  app.register(fastifyStatic, {
    root: folder,
    serve: false,
    cacheControl: false,
    preCompressed: true,
    /** The page may be built later; until then `answerPage` says so. */
    suppressWarning: true,
  });
  app.get("/*", (request, reply) => answerPage(request, reply, folder));
}

async function answerPage(
  request: FastifyRequest,
  reply: FastifyReply,
  folder: string,
): Promise<FastifyReply> {
  const path = pathOf(request.url);
  if (path === undefined || isApiPath(path)) {
    reply.callNotFound();
    return reply;
  }
  if (/\.[a-z0-9]+$/i.test(path)) {
    return reply
      .header("cache-control", path.startsWith("/assets/") ? FOREVER : ASK_AGAIN)
      .sendFile(path.slice(1));
  }
  const index = readIndex(folder);
  reply.type("text/html; charset=utf-8").header("cache-control", ASK_AGAIN);
  if (index === undefined) return reply.code(503).send(NOT_BUILT);
  return reply.header("content-security-policy", pagePolicy(index)).send(index);
}

function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split("?", 1)[0] ?? "/");
  } catch {
    return undefined;
  }
}

/** Read each time: the page may be built while the server runs. */
function readIndex(folder: string): string | undefined {
  const file = join(folder, "index.html");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Scripts come from here alone, and the few that stand in the page itself are known by their hash. */
export function pagePolicy(html: string): string {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  const hashes = inline.map(
    ([, code]) =>
      `'sha256-${createHash("sha256")
        .update(code ?? "")
        .digest("base64")}'`,
  );
  return [
    "default-src 'self'",
    ["script-src 'self'", ...hashes].join(" "),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
