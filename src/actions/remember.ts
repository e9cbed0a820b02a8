import { compiled } from "#store/store.ts";

import type { Action } from "./action.ts";
import { resolved } from "./texts.ts";

/** Without a value the entity joins the list of that name; with one, the journey remembers the value. */
export const remember: Action<"remember"> = {
  run: async (doing, { store }, attempt) => {
    const { scene, params, subject } = doing;
    const value = params.value === undefined ? null : resolved(String(params.value), doing);
    const row = {
      ws: scene.ws,
      agent: scene.agent.no,
      scope: scene.memoryScope,
      key: params.key,
      item: subject?.id ?? "",
      value,
    };
    const insert = store.db
      .insertInto("memory")
      .values(row)
      .onConflict((conflict) => conflict.doUpdateSet({ value }));
    attempt.write([compiled(insert)]);
    return { detail: { key: params.key }, remembered: { key: params.key, value } };
  },
};
