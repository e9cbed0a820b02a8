/** Files of executions, sent as fast as they are taken. */
import { Readable } from "node:stream";

import type { FastifyInstance, FastifyReply } from "fastify";

import { mayDo } from "#contract/rights.ts";
import type { RequestTo } from "#contract/route.ts";
import { ROUTES, type Routes } from "#contract/routes.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { exportExecutions, type ExportNeeds } from "./executions/export.ts";
import { filtersIn } from "./handlers/filters.ts";
import { readRequest, type Served } from "./register.ts";
import type { Services } from "./services.ts";

type Needs = Pick<Services, "store" | "agents" | "errors" | "clock"> & Pick<ExportNeeds, "search">;
type Query = RequestTo<Routes["exportAgentExecutions"]>["query"] & {
  readonly agentId?: string | undefined;
};
type Asked = { readonly query: Query; readonly entered: Entered } & {
  readonly params: { readonly agentId?: string };
};

export function registerExports(app: FastifyInstance, served: Served, needs: Needs): void {
  const open = new Set<Readable>();
  for (const name of ["exportExecutions", "exportAgentExecutions"] as const) {
    app.get(ROUTES[name].path, async (request, reply) => {
      const asked = (await readRequest(name, request, served)) as unknown as Asked;
      const file = await fileOf(needs, asked);
      open.add(file);
      file.once("close", () => open.delete(file));
      return sendFile(reply, file, asked.query.format, needs.clock.now());
    });
  }
  app.addHook("preClose", async () => {
    for (const file of open) file.destroy();
  });
}

async function fileOf(needs: Needs, { query, entered, params }: Asked): Promise<Readable> {
  const { agentId = params.agentId, format, ...asked } = query;
  const filters = await filtersIn(needs, entered, { ...asked, agentId });
  const masked = !mayDo(entered.role, "payloads:read");
  return Readable.from(exportExecutions(needs, { filters, format, masked }), { objectMode: false });
}

const TYPES = {
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json; charset=utf-8",
} as const;

function sendFile(
  reply: FastifyReply,
  file: Readable,
  format: keyof typeof TYPES,
  now: number,
): FastifyReply {
  const name = `executions-${new Date(now).toISOString().slice(0, 10)}.${format}`;
  return reply
    .type(TYPES[format])
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("cache-control", "no-store")
    .send(file);
}
