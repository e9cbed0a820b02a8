import type { Journey } from "#contract/shapes/executions.ts";

import { EXIT } from "./exit-codes.ts";
import { placeOf, reach } from "./reach.ts";
import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";
import { findWorkspace, readAll } from "./workspace.ts";

export interface JourneyOptions {
  readonly data?: string;
  readonly workspace?: string;
  readonly json: boolean;
}

export async function listJourneys(
  terminal: Terminal,
  id: string,
  options: JourneyOptions,
): Promise<number> {
  await using client = await reach(placeOf(options.data));
  const workspace = await findWorkspace(client, options.workspace);
  const path = `/api/workspaces/${workspace.id}/executions/${encodeURIComponent(id)}/journeys`;
  const journeys: Journey[] = [];
  for await (const journey of readAll<Journey>(client, path)) journeys.push(journey);
  const rows = journeys.map(({ lane, entity, state, planStep, error }) => [
    String(lane),
    entity?.name ?? "",
    state,
    planStep ?? "",
    error?.message ?? "",
  ]);
  const lines = options.json
    ? journeys.map((journey) => JSON.stringify(journey))
    : table(["LANE", "WHO", "STATE", "AT STEP", "SAID"], rows);
  for (const line of lines) terminal.out(line);
  return EXIT.done;
}

export type JourneyAct = "stop" | "skip-wait" | "retry";

/** What a person does about one journey; prints the execution in which that is to be seen. */
export async function actOnJourney(
  terminal: Terminal,
  act: JourneyAct,
  { id, lane }: { readonly id: string; readonly lane: number },
  options: JourneyOptions,
): Promise<number> {
  await using client = await reach(placeOf(options.data));
  const workspace = await findWorkspace(client, options.workspace);
  const journey = `executions/${encodeURIComponent(id)}/journeys/${lane}`;
  const path = `/api/workspaces/${workspace.id}/${journey}/${act}`;
  const done = (await client.ask({ method: "POST", path })) as { readonly executionId: string };
  terminal.out(options.json ? JSON.stringify(done) : done.executionId);
  return EXIT.done;
}
