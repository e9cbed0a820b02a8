/** The simulated agent as rows of the overlay: no limit stops it there, so that all it would do is seen. */
import type { Kysely } from "kysely";

import { compiled, type Write } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";
import { writeActor } from "#workspace/actor.ts";
import { understoodOf } from "#workspace/agent-understanding.ts";
import { type Agent, versionColumns } from "#workspace/agent.ts";

const WITHOUT_LIMIT = 1_000_000;

export function unlimited(agent: Agent): Agent {
  const { restrictions } = agent;
  const limits = { maxExecutionsPerDay: WITHOUT_LIMIT, maxEmailsPerDay: WITHOUT_LIMIT };
  return { ...agent, restrictions: { ...restrictions, ...limits } };
}

export function rowsOf(db: Kysely<Tables>, agent: Agent): readonly Write[] {
  const { no, version, createdAt, updatedAt, createdBy } = agent;
  const by = writeActor(createdBy);
  const row = {
    no,
    id: agent.id,
    ws: agent.ws,
    name: agent.name,
    status: "live",
    resumes_as: "live",
    version,
    created_by: by,
    created_at: createdAt,
    updated_at: updatedAt,
  };
  const saved = {
    agent: no,
    version,
    ...versionColumns(agent, understoodOf(agent)),
    saved_by: by,
    saved_at: updatedAt,
  };
  return [
    compiled(db.insertInto("agent").values(row)),
    compiled(db.insertInto("agent_version").values(saved)),
  ];
}
