/** The server itself, and whoever asks. Signing in and out is better-auth's own, under `/api/auth/`. */
import { z } from "zod";

import { route } from "../route.ts";
import { releasedSchema, systemSchema } from "../shapes/system.ts";
import { meSchema, newPasswordSchema } from "../shapes/workspaces.ts";

export const systemRoutes = {
  getHealth: route({
    method: "GET",
    path: "/api/health",
    right: "public",
    summary: "Whether the server answers, and whether a person should see to something",
    status: 200,
    output: z.object({
      status: z.literal("ok"),
      /** `held`: executions wait for a release after a restore; `clock`: the machine's clock jumped. */
      attention: z.array(z.enum(["held", "clock"])).optional(),
    }),
  }),
  getSystem: route({
    method: "GET",
    path: "/api/system",
    right: "signedIn",
    summary: "How the server is: what is held, the clock, lateness, room on the disk",
    status: 200,
    output: systemSchema,
  }),
  releaseHeld: route({
    method: "POST",
    path: "/api/system/release",
    right: "signedIn",
    summary: "Let go on what is held, and take the machine's clock for right",
    status: 200,
    output: releasedSchema,
  }),
  getOpenApi: route({
    method: "GET",
    path: "/api/openapi.json",
    right: "public",
    summary: "This API as an OpenAPI 3.1 document",
    status: 200,
    output: z.record(z.string(), z.unknown()),
  }),
  getMe: route({
    method: "GET",
    path: "/api/me",
    right: "signedIn",
    summary: "Who is asking, and their workspaces",
    status: 200,
    output: meSchema,
  }),
  setMyPassword: route({
    method: "PUT",
    path: "/api/me/password",
    right: "signedIn",
    summary: "Set or change one's own password",
    body: newPasswordSchema,
    status: 204,
  }),
} as const;
