/** A workspace in a store of its own, with a clock that the test moves: for tests of what stands on workspaces. */
import type { Role } from "#contract/rights.ts";
import type { Parsed } from "#domain/plan.ts";
import { testClock, type TestClock } from "#domain/test-clock.ts";
import { openTestStore, type TestStore } from "#store/testing.ts";

import { openWorkspaces, type WorkspaceServices } from "./workspace.ts";
import type { Caller, Entered } from "./workspaces.ts";

/** Instructions that hold a JSON object become that plan or refusal; all others wait for a day. */
async function parseForTests(instructions: string): Promise<Parsed> {
  if (instructions.startsWith("{")) return JSON.parse(instructions) as Parsed;
  return { plan: { steps: [{ type: "wait", params: { duration: "P1D" } }] } };
}

export interface TestWorkspaces extends WorkspaceServices, AsyncDisposable {
  readonly store: TestStore;
  readonly clock: TestClock;
  /** Its owner is Olga Owner. */
  readonly entered: Entered;
  readonly owner: Caller & { readonly type: "user" };
  /** Adds somebody, and enters as them. */
  readonly join: (userId: string, role: Role, name?: string) => Promise<Entered>;
}

export function person(userId: string, name: string): Caller & { readonly type: "user" } {
  return { type: "user", userId, email: `${userId}@acme.test`, name };
}

export async function openTestWorkspaces(zone = "UTC"): Promise<TestWorkspaces> {
  const store = await openTestStore();
  const clock = testClock();
  const services = openWorkspaces({ store, clock, parse: parseForTests });
  const owner = person("olga", "Olga Owner");
  const { id } = await services.workspaces.create({ name: "Acme", zone, tier: "standard" }, owner);
  const enter = (caller: Caller): Promise<Entered> =>
    services.workspaces.enter(caller, id, "workspace:read");
  const entered = await enter(owner);

  return {
    ...services,
    store,
    clock,
    owner,
    entered,
    join: async (userId, role, name = userId) => {
      clock.advance(1);
      const caller = person(userId, name);
      await services.members.add(entered, { ...caller, role });
      return enter(caller);
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
}
