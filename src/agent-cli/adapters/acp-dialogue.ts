/** The client's side of the Agent Client Protocol: greet, open the session, ask, permit, cancel. */
import type { AgentTask, Decision, Dialogue } from "../adapter.ts";
import type { Asked } from "../events.ts";
import { fieldsOf, inside, textIn, type Fields } from "../fields.ts";

const ID = { initialize: 1, session: 2, prompt: 3, model: 4 } as const;
const METHOD_NOT_FOUND = -32_601;

export function acpDialogue(task: AgentTask): Dialogue {
  let session: string | null = null;

  function answerTo(id: unknown, result: Fields): readonly string[] {
    if (id === ID.initialize) return [openSession(task, inside(result, "agentCapabilities"))];
    if (id === ID.model) return [ask()];
    if (id !== ID.session) return [];
    session = textIn(result, "sessionId") ?? task.session?.id ?? null;
    return [isToChoose(task, result) ? choose(task.model) : ask()];
  }

  function choose(modelId: string): string {
    return request(ID.model, "session/set_model", { sessionId: session, modelId });
  }

  function ask(): string {
    const prompt = [{ type: "text", text: task.prompt }];
    return request(ID.prompt, "session/prompt", { sessionId: session, prompt });
  }

  return {
    open: () => [request(ID.initialize, "initialize", GREETING)],
    answer: (line) => {
      const message = parse(line);
      if ("method" in message) return refuse(message);
      return "result" in message ? answerTo(message["id"], inside(message, "result")) : [];
    },
    permit: (asked, decision) => [permission(asked, decision)],
    cancel: () => (session === null ? [] : [notice("session/cancel", { sessionId: session })]),
    isOver: (line) => {
      const message = parse(line);
      return "error" in message || (message["id"] === ID.prompt && "result" in message);
    },
  };
}

function openSession({ folder, session }: AgentTask, abilities: Fields): string {
  const place = { cwd: folder, mcpServers: [] };
  if (session?.how !== "resume") return request(ID.session, "session/new", place);
  // Resuming tells nothing again; loading repeats all that was said, and is the older of the two.
  const resumes = "resume" in inside(abilities, "sessionCapabilities");
  const method = resumes ? "session/resume" : "session/load";
  return request(ID.session, method, { ...place, sessionId: session.id });
}

/** A model can be chosen where the session says which there are; one that is not among them is the agent's to refuse. */
function isToChoose(
  task: AgentTask,
  session: Fields,
): task is AgentTask & { readonly model: string } {
  const models = inside(session, "models");
  if (task.model === undefined || !("availableModels" in models)) return false;
  return textIn(models, "currentModelId") !== task.model;
}

function notice(method: string, params: Fields): string {
  return JSON.stringify({ jsonrpc: "2.0", method, params });
}

/** It reads and writes files and runs commands by itself. */
const GREETING = {
  protocolVersion: 1,
  clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
  clientInfo: { name: "stint", version: "1" },
};

function request(id: number, method: string, params: Fields): string {
  return JSON.stringify({ jsonrpc: "2.0", id, method, params });
}

function parse(line: string): Fields {
  try {
    return fieldsOf(JSON.parse(line)) ?? {};
  } catch {
    return {}; // agents print other things, too
  }
}

/** Whatever else it asks of its client: an answer, lest it waits for ever. */
function refuse(message: Fields): readonly string[] {
  if (message["id"] === undefined || message["method"] === "session/request_permission") return [];
  const error = { code: METHOD_NOT_FOUND, message: "This client cannot do that." };
  return [JSON.stringify({ jsonrpc: "2.0", id: message["id"], error })];
}

function permission({ request: id, options }: Asked, decision: Decision): string {
  const wanted =
    decision === "allow" ? ["allow_once", "allow_always"] : ["reject_once", "reject_always"];
  const option = wanted.map((kind) => options.find((each) => each.kind === kind)).find(Boolean);
  const outcome =
    option === undefined ? { outcome: "cancelled" } : { outcome: "selected", optionId: option.id };
  return JSON.stringify({ jsonrpc: "2.0", id, result: { outcome } });
}
