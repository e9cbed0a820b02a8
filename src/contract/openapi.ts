/** The routes as an OpenAPI 3.1 document. */
import { z } from "zod";

import { conditionSchema, planSchema, planStepSchema } from "#domain/plan.ts";

import { PROBLEM_TYPE, problemSchema } from "./problem.ts";
import { leastRole, type Right } from "./rights.ts";
import { type Route, paramNames, PARAMS } from "./route.ts";
import { ROUTE_NAMES, ROUTES } from "./routes.ts";
import { agentSchema, agentVersionSchema } from "./shapes/agents.ts";
import { dashboardSchema } from "./shapes/analytics.ts";
import { companySchema, contactSchema, crmTaskSchema, dealSchema } from "./shapes/crm.ts";
import {
  executionItemSchema,
  executionSchema,
  executionStepSchema,
  factSchema,
} from "./shapes/executions.ts";
import { outputEventSchema } from "./shapes/invocation-output.ts";
import { invocationItemSchema, invocationSchema, workNodeSchema } from "./shapes/invocations.ts";
import { outboxMessageSchema, templateSchema } from "./shapes/messages.ts";
import { memberSchema, notificationSchema, workspaceSchema } from "./shapes/workspaces.ts";

type Json = Record<string, unknown>;

/** What is told once and referred to by name. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Problem: problemSchema,
  Condition: conditionSchema,
  PlanStep: planStepSchema,
  Plan: planSchema,
  Workspace: workspaceSchema,
  Member: memberSchema,
  Notification: notificationSchema,
  Agent: agentSchema,
  AgentVersion: agentVersionSchema,
  ExecutionItem: executionItemSchema,
  ExecutionStep: executionStepSchema,
  Execution: executionSchema,
  Fact: factSchema,
  InvocationItem: invocationItemSchema,
  Invocation: invocationSchema,
  OutputEvent: outputEventSchema,
  WorkNode: workNodeSchema,
  Dashboard: dashboardSchema,
  Contact: contactSchema,
  Company: companySchema,
  Deal: dealSchema,
  CrmTask: crmTaskSchema,
  Template: templateSchema,
  OutboxMessage: outboxMessageSchema,
};

/** Every schema of the API by name: the named ones, then `createAgent.body`, `createAgent.output`, … */
function collectSchemas(): z.core.$ZodRegistry<{ id?: string | undefined }> {
  const registry = z.registry<{ id?: string | undefined }>();
  const named = new Set<z.ZodType>(Object.values(NAMED));
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  for (const name of ROUTE_NAMES) {
    const route: Route = ROUTES[name];
    for (const part of ["query", "body", "output"] as const) {
      const schema = route[part];
      if (schema === undefined || named.has(schema)) continue;
      named.add(schema);
      registry.add(schema, { id: `${name}.${part}` });
    }
  }
  return registry;
}

const reference = (id: string): string => `#/components/schemas/${id}`;

function writeSchemas(registry: z.core.$ZodRegistry<{ id?: string | undefined }>): Json {
  const { schemas } = z.toJSONSchema(registry, {
    io: "input",
    unrepresentable: "any",
    uri: reference,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _dialect, ...schema }]) => [id, schema]),
  );
}

export function openApi(version: string): Json {
  const registry = collectSchemas();
  const schemas = writeSchemas(registry);
  const nameOf = (schema: z.ZodType): string => registry.get(schema)?.id ?? "Problem";
  const paths: Record<string, Json> = {};
  for (const name of ROUTE_NAMES) {
    const route: Route = ROUTES[name];
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: operation(name, route, schemas, nameOf),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Stint",
      version,
      description: "Runs AI agents durably and keeps an account of every execution.",
    },
    paths,
    components: {
      schemas,
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "better-auth.session_token" },
        key: { type: "http", scheme: "bearer" },
      },
    },
  };
}

function operation(
  name: string,
  route: Route,
  schemas: Json,
  nameOf: (schema: z.ZodType) => string,
): Json {
  const body =
    route.body === undefined ? {} : { requestBody: requestBody(route, nameOf(route.body)) };
  return {
    operationId: name,
    summary: route.summary,
    description: needs(route.right),
    tags: [tagOf(route.path)],
    security: route.right === "public" ? [] : [{ session: [] }, { key: [] }],
    parameters: [
      ...pathParameters(route),
      ...queryParameters(route, schemas, nameOf),
      ...headerParameters(route),
    ],
    ...body,
    responses: { [route.status]: success(route, nameOf), default: refusal },
  };
}

function needs(right: Right): string {
  if (right === "public") return "Open to everybody.";
  if (right === "signedIn") return "Needs a session or an API key.";
  return `Needs the right \`${right}\`, which ${leastRole(right)} and greater roles hold.`;
}

function tagOf(path: string): string {
  const [area] = path.replace("/api/", "").replace("workspaces/:workspaceId/", "").split("/");
  return area ?? "system";
}

function pathParameters(route: Route): readonly Json[] {
  return paramNames(route.path).map((name) => {
    const { $schema: _dialect, ...schema } = z.toJSONSchema(PARAMS[name], {
      io: "input",
      unrepresentable: "any",
    });
    return { name, in: "path", required: true, schema };
  });
}

function queryParameters(
  route: Route,
  schemas: Json,
  nameOf: (schema: z.ZodType) => string,
): readonly Json[] {
  if (route.query === undefined) return [];
  const { properties = {}, required = [] } = schemas[nameOf(route.query)] as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function headerParameters(route: Route): readonly Json[] {
  if (route.keyed !== true) return [];
  return [
    {
      name: "Idempotency-Key",
      in: "header",
      required: false,
      schema: { type: "string", maxLength: 200 },
    },
  ];
}

function requestBody(route: Route, id: string): Json {
  const required = route.body?.safeParse(undefined).success === false;
  return {
    required,
    content: { [route.takes ?? "application/json"]: { schema: { $ref: reference(id) } } },
  };
}

function success(route: Route, nameOf: (schema: z.ZodType) => string): Json {
  if (route.gives !== undefined) {
    return {
      description: route.summary,
      content: Object.fromEntries(
        route.gives.map((type) => [type, { schema: { type: "string" } }]),
      ),
    };
  }
  if (route.output === undefined) return { description: "Done" };
  return {
    description: route.summary,
    content: { "application/json": { schema: { $ref: reference(nameOf(route.output)) } } },
  };
}

const refusal: Json = {
  description: "Refused, with the reason",
  content: { [PROBLEM_TYPE]: { schema: { $ref: reference("Problem") } } },
};
