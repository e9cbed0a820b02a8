import type { modelRoutes } from "#contract/routes/model.ts";
import type { NewModelSettings, ShownModelSettings } from "#contract/shapes/model-settings.ts";
import { Fault } from "#domain/fault.ts";
import type { ModelChoice } from "#instructions/reader.ts";
import type { UsedModel } from "#workspace/model-usage.ts";

import { showSpending } from "../executions/spending.ts";
import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { showTime } from "../times.ts";

/** What any model that is fit for it reads without trouble. */
const SENTENCE = "Find contacts in London. Send them the 'Intro' email.";

export function modelHandlers(services: Services): HandlersOf<typeof modelRoutes> {
  const { modelSettings, reader, clock } = services;
  return {
    getModelSettings: ({ entered }) => show(services, entered.workspace.no),
    setModelSettings: async ({ entered, body }) => {
      demandProvider(services, body.provider);
      await modelSettings.replace(entered, body);
      return show(services, entered.workspace.no);
    },
    testModelSettings: async ({ entered, body }) => {
      const { no: ws } = entered.workspace;
      const choice = await choiceOf(services, ws, body);
      const before = clock.now();
      const { parsed, model } = await reader.ask(choice, SENTENCE, ws);
      const ms = clock.now() - before;
      if ("plan" in parsed) return { ok: true, model, ms, problem: null, suggestion: null };
      const [detail] = parsed.error.details;
      const problem = detail?.reason ?? parsed.error.message;
      return { ok: false, model, ms, problem, suggestion: detail?.suggestion ?? null };
    },
  };
}

/** @throws Fault `invalid` */
function demandProvider({ providers }: Services, provider: string): void {
  if (providers.includes(provider)) return;
  throw new Fault("invalid", `This server has no model provider "${provider}"`, {
    suggestion: `Choose one of: ${providers.join(", ")}`,
  });
}

/** Settings that are tried before they are saved go with the saved key where they name none. */
async function choiceOf(
  services: Services,
  ws: number,
  given: NewModelSettings | undefined,
): Promise<ModelChoice> {
  const saved = await services.modelSettings.usable(ws);
  if (given === undefined) return saved ?? noKey();
  const { provider, model, thinkingBudget, timeoutSeconds } = given;
  demandProvider(services, provider);
  const kept = saved?.provider === provider ? saved.key : undefined;
  const key = given.key ?? kept ?? noKey();
  return { provider, model, thinkingBudget, key, timeoutMs: timeoutSeconds * 1000 };
}

function noKey(): never {
  throw new Fault("invalid", "There is no key to ask the model with", {
    suggestion: "Enter the key that the model's provider gave you",
  });
}

/** Models of which there is something to know before they are chosen. */
const NOTICES: Readonly<Record<string, string>> = {
  "gemini-2.5-pro":
    "Google retires gemini-2.5-pro on 1 December 2026. From then on another model answers in its place, at its own price: choose one that stays.",
};

async function show(
  { modelSettings, modelUsage, providers }: Services,
  ws: number,
): Promise<ShownModelSettings> {
  const { timeoutMs, key, ...settings } = await modelSettings.read(ws);
  return {
    ...settings,
    key: key === null ? null : { hint: key.hint, setAt: showTime(key.setAt) },
    timeoutSeconds: timeoutMs / 1000,
    providers: [...providers],
    notice: NOTICES[settings.model] ?? null,
    usage: (await modelUsage.lately(ws)).map(showUsed),
  };
}

const showUsed = ({ spending, ...used }: UsedModel): ShownModelSettings["usage"][number] => ({
  ...used,
  ...showSpending(spending),
});
