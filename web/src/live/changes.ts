/** What the live feed changes of what is shown: rows change in place, new ones are kept apart until asked for. */
import type { QueryClient } from "@tanstack/react-query";

import type { LiveMessage } from "#contract/live.ts";
import type { Agent } from "#contract/shapes/agents.ts";
import type { Execution, ExecutionItem, TreeNode } from "#contract/shapes/executions.ts";
import { hasEnded } from "#domain/kinds.ts";

import type { Pages } from "../api/lists.ts";

/** The same pages with that row changed in place; the same object where it is not among them. */
export function replaceRow<Item extends { readonly id: string }>(
  data: Pages<Item> | undefined,
  id: string,
  change: (item: Item) => Item,
): Pages<Item> | undefined {
  if (data === undefined || !data.pages.some(({ items }) => items.some((item) => item.id === id))) {
    return data;
  }
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item.id === id ? change(item) : item)),
  }));
  return { ...data, pages };
}

/** The same pages with new rows before the first. */
export function addRows<Item extends { readonly id: string }>(
  data: Pages<Item> | undefined,
  rows: readonly Item[],
): Pages<Item> | undefined {
  const [first, ...rest] = data?.pages ?? [];
  if (data === undefined || first === undefined) return data;
  const known = new Set(data.pages.flatMap(({ items }) => items.map(({ id }) => id)));
  const fresh = rows.filter(({ id }) => !known.has(id));
  return { ...data, pages: [{ ...first, items: [...fresh, ...first.items] }, ...rest] };
}

function withLastExecution(agent: Agent, item: ExecutionItem): Agent {
  const last = agent.lastExecution;
  if (
    last !== null &&
    last !== undefined &&
    last.id !== item.id &&
    last.createdAt > item.createdAt
  ) {
    return agent;
  }
  const { id, status, phase, createdAt } = item;
  return { ...agent, lastExecution: { id, status, phase, createdAt } };
}

/** Puts a message into what was read already. */
export function applyLive(client: QueryClient, workspaceId: string, message: LiveMessage): void {
  if (message.type === "notification.created") {
    void client.invalidateQueries({ queryKey: ["notifications", workspaceId] });
    return;
  }
  if (message.type !== "execution.changed") return;
  const item = message.execution;
  client.setQueriesData<Pages<ExecutionItem>>({ queryKey: ["executions", workspaceId] }, (data) =>
    replaceRow(data, item.id, () => item),
  );
  client.setQueryData<Execution>(["execution", workspaceId, item.id], (known) =>
    known === undefined ? undefined : { ...known, ...item },
  );
  rereadTree(client, workspaceId, item);
  const agentId = item.agent?.id;
  if (agentId !== undefined) {
    client.setQueriesData<Pages<Agent>>({ queryKey: ["agents", workspaceId] }, (data) =>
      replaceRow(data, agentId, (agent) => withLastExecution(agent, item)),
    );
  }
  if (hasEnded(item.kind, item.status)) readDoingsAgain(client, workspaceId, agentId);
}

/** Sums and children follow from many executions, so the tree is read again when one of them has changed. */
function rereadTree(client: QueryClient, workspaceId: string, { id }: ExecutionItem): void {
  void client.invalidateQueries({
    queryKey: ["tree", workspaceId],
    predicate: ({ state }) =>
      (state.data as { items: TreeNode[] } | undefined)?.items.some((node) => node.id === id) ===
      true,
  });
}

/** What an ended execution may have left behind: an agent that a limit paused, contacts, tasks, mails. */
function readDoingsAgain(client: QueryClient, workspaceId: string, agentId?: string): void {
  const shown = [
    "contacts",
    "contact",
    "activities",
    "tasks",
    "outbox",
    "tags",
    "deals",
    "companies",
  ];
  for (const name of shown) void client.invalidateQueries({ queryKey: [name, workspaceId] });
  if (agentId !== undefined)
    void client.invalidateQueries({ queryKey: ["agent", workspaceId, agentId] });
}
