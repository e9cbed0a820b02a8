import { route } from "../route.ts";
import {
  modelSettingsSchema,
  modelTestedSchema,
  newModelSettingsSchema,
} from "../shapes/model-settings.ts";

const MODEL = "/api/workspaces/:workspaceId/settings/model";

export const modelRoutes = {
  getModelSettings: route({
    method: "GET",
    path: MODEL,
    right: "workspace:write",
    summary: "The language model that reads instructions, without its key, and what it used lately",
    status: 200,
    output: modelSettingsSchema,
  }),
  setModelSettings: route({
    method: "PUT",
    path: MODEL,
    right: "workspace:write",
    summary: "Choose the language model that reads instructions; a key that is not named stays",
    body: newModelSettingsSchema,
    status: 200,
    output: modelSettingsSchema,
  }),
  testModelSettings: route({
    method: "POST",
    path: `${MODEL}/test`,
    right: "workspace:write",
    summary: "Ask the model to read a sentence, with these settings or the saved ones",
    body: newModelSettingsSchema.optional(),
    status: 200,
    output: modelTestedSchema,
  }),
} as const;
