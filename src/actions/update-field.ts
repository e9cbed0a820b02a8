import { setField } from "#crm/set-field.ts";

import type { Action } from "./action.ts";
import { rowOf } from "./subject.ts";
import { resolved } from "./texts.ts";

export const updateField: Action<"update_field"> = {
  run: async (doing, { store }, attempt) => {
    const { scene, params } = doing;
    const { id } = rowOf(doing, params.entity);
    const value = typeof params.value === "string" ? resolved(params.value, doing) : params.value;
    const field = { ...params, id, value };
    const { writes, changes } = await setField(store, scene.change, field, scene.zone);
    attempt.write(writes);
    return { figures: { fieldsUpdated: changes.length }, detail: { changes } };
  },
};
