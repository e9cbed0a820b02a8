import type { ActionNeeds } from "#actions/needs.ts";
import type { ProgramContext } from "#engine/program.ts";
import { compiled } from "#store/store.ts";

import type { Stage } from "./scene.ts";

/** A retry goes on with what the execution that it tries again had remembered for its own time. */
export async function carryMemory(
  run: ProgramContext<never>,
  { ws, executionId, input }: Stage,
  { store }: ActionNeeds,
): Promise<void> {
  const { memoryOf, memoryLasts, agentNo } = input;
  if (memoryOf === undefined || memoryLasts === "agent") return;
  const { execution, without } = memoryOf;
  await run.step(
    "remember what was remembered",
    (attempt) => {
      const kept = store.db
        .selectFrom("memory")
        .select((eb) => [
          "ws",
          "agent",
          eb.val<string>(executionId).as("scope"),
          "key",
          "item",
          "value",
        ])
        .where("ws", "=", ws)
        .where("agent", "=", agentNo)
        .where("scope", "=", execution)
        .where("key", "not in", ["", ...without]);
      const columns = ["ws", "agent", "scope", "key", "item", "value"] as const;
      attempt.write([compiled(store.db.insertInto("memory").columns(columns).expression(kept))]);
    },
    { anew: true },
  );
}
