import { randomUUID } from "node:crypto";

import type { z } from "zod";

import type { Problem as ContractProblem } from "#contract/problem.ts";
import { Fault } from "#domain/fault.ts";
import { storeFault } from "#store/databases/broken.ts";

/** What a fault knows beside its message (ids and codes) stands at the top level. */
export interface Problem extends ContractProblem {
  /** Under which a bug is found in the log. */
  readonly reference?: string;
  readonly [fact: string]: unknown;
}

function problemOfFault(fault: Fault): Problem {
  const { code, status, title, message, suggestion, facts } = fault;
  const hint = suggestion === undefined ? {} : { suggestion };
  return { ...facts, type: typeOf(code), title, status, detail: message, code, ...hint };
}

/** What Fastify itself refuses before a route is reached, in our words. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly suggestion: string;
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: "unsupported_media_type",
    title: "This kind of body is not understood",
    suggestion: "Send JSON with the header Content-Type: application/json",
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: "bad_request",
    title: "The body is not as long as its Content-Length says",
    suggestion: "Send the request again",
  },
};

/** A bug of ours: the answer says where in the log it stands and nothing else. */
export interface Bug {
  readonly reference: string;
  readonly error: unknown;
}

export interface Explained {
  readonly problem: Problem;
  readonly bug?: Bug;
}

/** Every error as the one who asked meets it. What nobody expected is a bug, kept apart for the log. */
export function explain(given: unknown): Explained {
  const error = storeFault(given) ?? given;
  if (error instanceof Fault) {
    const problem = problemOfFault(error);
    return error.status < 500 || error.code === "unavailable"
      ? { problem }
      : withReference(problem, error);
  }
  const refused = explainRefusal(error);
  if (refused !== undefined) return { problem: refused };
  return withReference(
    problemOfFault(new Fault("internal", "Something went wrong on our side.")),
    error,
  );
}

function withReference(problem: Problem, error: unknown): Explained {
  const reference = randomUUID();
  const suggestion =
    problem.suggestion ?? `Try again; if it stays, look for ${reference} in the server's log`;
  return { problem: { ...problem, suggestion, reference }, bug: { reference, error } };
}

function explainRefusal(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as Error & { code?: unknown; statusCode?: unknown };
  const known = typeof code === "string" ? REFUSALS[code] : undefined;
  if (known !== undefined) return refusal(known, error.message);
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode >= 500) return undefined;
  const title = "The request is not valid";
  return refusal(
    { status: statusCode, code: "bad_request", title, suggestion: "Correct the request" },
    error.message,
  );
}

function refusal({ status, code, title, suggestion }: Refusal, detail: string): Problem {
  return { type: typeOf(code), title, status, detail, code, suggestion };
}

function typeOf(code: string): string {
  return `/problems/${code}`;
}

/** Input that its schema refuses, with every place that is wrong. */
export function refuseInput(where: string, error: z.ZodError): Fault {
  const errors = error.issues.map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  const [first] = errors;
  const place = first === undefined || first.path === "" ? where : first.path;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return new Fault("invalid", `${place}: ${first?.message ?? "is not valid"}${more}`, {
    facts: { errors },
    suggestion: "Correct what `errors` names and send it again",
  });
}

export function noSuchRoute(method: string, path: string): Problem {
  const suggestion = "GET /api/openapi.json lists every route";
  const detail = `There is no ${method} ${path}`;
  return refusal({ status: 404, code: "not_found", title: "No such route", suggestion }, detail);
}

export function wrongMethod(method: string, path: string, allowed: readonly string[]): Problem {
  const refused = { status: 405, code: "method_not_allowed", title: "That cannot be done here" };
  const suggestion = `Use ${allowed.join(" or ")}`;
  return { ...refusal({ ...refused, suggestion }, `${path} does not take ${method}`), allowed };
}
