import type { messageRoutes } from "#contract/routes/messages.ts";
import type { OutboxMessage, Template as ShownTemplate } from "#contract/shapes/messages.ts";
import type { Sandbox } from "#contract/shapes/sandbox.ts";
import type { ContactId, ExecutionId, MessageId } from "#domain/id.ts";
import type { SandboxMessage } from "#providers/mails/sandbox-store.ts";
import type { Template } from "#workspace/templates.ts";

import type { HandlersOf } from "../handler.ts";
import type { Services } from "../services.ts";
import { showTime } from "../times.ts";

export function messageHandlers(services: Services): HandlersOf<typeof messageRoutes> {
  const { templates, outbox } = services;
  return {
    listTemplates: async ({ entered, query }) => {
      const { items, nextCursor } = await templates.list(entered.workspace.no, query);
      return { items: items.map(showTemplate), nextCursor };
    },
    createTemplate: async ({ entered, body }) =>
      showTemplate(await templates.create(entered, body)),
    getTemplate: async ({ entered, params }) =>
      showTemplate(await templates.get(entered.workspace.no, params.templateId)),
    updateTemplate: async ({ entered, params, body }) =>
      showTemplate(await templates.change(entered, params.templateId, body)),
    deleteTemplate: ({ entered, params }) => templates.remove(entered, params.templateId),
    listOutbox: async ({ entered, query: { cursor, ...asked } }) => {
      const { rows, next } = await outbox.list({
        ...asked,
        ws: entered.workspace.no,
        after: cursor,
      });
      return { items: rows.map(showMessage), nextCursor: next };
    },
    getSandbox: async ({ entered }) => showSandbox(entered.workspace.no, services),
    updateSandbox: async ({ entered, body }) => {
      services.sandbox.configure(entered.workspace.no, body);
      return showSandbox(entered.workspace.no, services);
    },
  };
}

async function showSandbox(ws: number, { sandbox, outbox }: Services): Promise<Sandbox> {
  return { settings: sandbox.settings(ws), duplicates: await outbox.duplicates(ws) };
}

function showTemplate({ createdAt, updatedAt, ...told }: Template): ShownTemplate {
  return { ...told, createdAt: showTime(createdAt), updatedAt: showTime(updatedAt) };
}

function showMessage(message: SandboxMessage): OutboxMessage {
  const { id, to, subject, text, executionId, contactId, at } = message;
  return {
    id: id as MessageId,
    to,
    subject,
    body: text,
    executionId: executionId as ExecutionId,
    contactId: contactId as ContactId | null,
    sentAt: showTime(at),
  };
}
