/**
 * The programs that an engine was given, by name and version. What waits while code changes goes on
 * with the version that it is on, where that is still given; else with the latest, if its replay fits.
 */
import { Fault } from "#domain/fault.ts";

import type { AnyProgram } from "./program.ts";

export interface Programs {
  readonly has: (name: string) => boolean;
  /** The version that was given last. */
  readonly latest: (name: string) => AnyProgram | undefined;
  /** The version that is asked for, or the one that was given last; undefined: no program has that name. */
  readonly find: (name: string, version: string) => AnyProgram | undefined;
}

/** @throws Fault `bad_request` where two programs have one name and version: executions name theirs by them. */
export function openPrograms(given: readonly AnyProgram[]): Programs {
  const byName = new Map<string, Map<string, AnyProgram>>();
  for (const program of new Set(given)) {
    const versions = byName.get(program.name) ?? new Map<string, AnyProgram>();
    if (versions.has(program.version)) throw twoOfOne(program);
    byName.set(program.name, versions.set(program.version, program));
  }
  const latest = (name: string): AnyProgram | undefined =>
    [...(byName.get(name)?.values() ?? [])].at(-1);
  return {
    has: (name) => byName.has(name),
    latest,
    find: (name, version) => byName.get(name)?.get(version) ?? latest(name),
  };
}

function twoOfOne({ name, version }: AnyProgram): Fault {
  return new Fault("bad_request", `Two programs are named "${name}", version "${version}".`, {
    suggestion: "Give each its own name, or its own version where one replaces the other.",
  });
}
