/** Where the files of a project folder lie. */
import { join } from "node:path";

import { Fault } from "#domain/fault.ts";

const HOME = ".stint";

/** Names become parts of paths: one part each, and none that leads elsewhere. */
const NAME = /^[\p{L}\p{N}_@+=-][\p{L}\p{N}._@+= -]{0,199}$/u;

/** @throws Fault `invalid` */
function named(what: string, name: string): string {
  if (NAME.test(name)) return name;
  throw new Fault("invalid", `"${name}" cannot be the name of ${what}.`, {
    suggestion: "Use letters, digits, dots, dashes and underscores; begin with no dot.",
  });
}

export function homeOf(project: string): string {
  return join(project, HOME);
}

export function agentsFolder(project: string): string {
  return join(project, HOME, "agents");
}

export function specsFolder(project: string): string {
  return join(project, HOME, "specs");
}

/** @throws Fault `invalid` for a name that is no file's */
export function recordFile(project: string, specId: string, agentId: string): string {
  const file = `${named("an agent", agentId)}.json`;
  return join(agentsFolder(project), named("a spec", specId), file);
}

/** @throws Fault `invalid` for a name that is no folder's */
export function metricsFile(project: string, specId: string): string {
  return join(specsFolder(project), named("a spec", specId), "metrics.jsonl");
}
