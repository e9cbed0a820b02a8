/** An agent's settings as a form holds them, flat, and back. */
import type { Agent } from "#contract/shapes/agents.ts";

import type { AgentChange } from "./save.ts";

export interface SettingsValues {
  readonly name: string;
  readonly goal: string;
  readonly defaultTemplateId: string | null;
  readonly maxExecutionsPerDay: number | string;
  readonly maxExecutionsPerMinute: number | string;
  readonly maxEmailsPerDay: number | string;
  readonly onLimit: "pause" | "hold";
  readonly manualRun: Agent["manualRun"];
  readonly reenrolment: Agent["reenrolment"];
  readonly memoryLasts: Agent["memory"]["lasts"];
}

export function valuesOf(agent: Agent): SettingsValues {
  const { name, goal, defaultTemplateId, restrictions, manualRun, reenrolment, memory } = agent;
  return {
    name,
    goal,
    defaultTemplateId,
    ...restrictions,
    manualRun,
    reenrolment,
    memoryLasts: memory.lasts,
  };
}

/** A number field that was emptied keeps what was saved. */
export function changeOf(values: SettingsValues, version: number): AgentChange {
  const { name, goal, defaultTemplateId, onLimit, manualRun, reenrolment, memoryLasts } = values;
  const limits = Object.fromEntries(
    (["maxExecutionsPerDay", "maxExecutionsPerMinute", "maxEmailsPerDay"] as const).flatMap(
      (limit) => (values[limit] === "" ? [] : [[limit, Number(values[limit])]]),
    ),
  );
  return {
    name,
    goal,
    defaultTemplateId,
    manualRun: [...manualRun],
    reenrolment,
    restrictions: { ...limits, onLimit },
    memory: { lasts: memoryLasts },
    version,
  };
}
