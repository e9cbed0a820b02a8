/** Turns totals into differences, dollars into nano-dollars, and tokens without a cost into a cost. */
import { nanoDollars } from "#domain/money.ts";

import {
  addToCounters,
  countersOf,
  countNano,
  countTokens,
  NO_COUNTERS,
  type Counted,
  type Counters,
} from "./counters.ts";
import type { AgentEvent, Billing, Said } from "./events.ts";
import { NO_PRICES, type PriceTable } from "./prices.ts";
import { isBlank, type TokenCounts } from "./tokens.ts";

export interface Account {
  counters: Counters;
  readonly prices: PriceTable;
  /** Known better than the Agent CLI says it. */
  readonly billing: Billing | null;
  /** For figures that name no model. */
  model: string | null;
  notional: boolean;
  /** Since the last end. */
  costIsTold: boolean;
  readonly denied: Set<string>;
  /** Calls of tools that have begun and not ended. */
  readonly open: Set<string>;
}

/** What lines before have said that later ones build on. */
export interface Known extends Pick<Account, "counters" | "model" | "notional" | "costIsTold"> {
  readonly denied: readonly string[];
  readonly open: readonly string[];
}

export interface AccountOptions {
  /** Where the session's totals stood when this output began. */
  readonly counters?: Counters;
  readonly prices?: PriceTable;
  /** Where it is known better than the Agent CLI says. */
  readonly billing?: Billing;
  /** The model that was asked for: not all Agent CLIs say which one answered. */
  readonly model?: string;
  /** Of the lines before, where this is not the beginning. */
  readonly known?: Known;
}

export function openAccount(options: AccountOptions): Account {
  const { prices = NO_PRICES, billing = null, known = nothingKnown(options) } = options;
  const [denied, open] = [new Set(known.denied), new Set(known.open)];
  return { ...known, prices, billing, denied, open };
}

/** At the beginning of an output. */
function nothingKnown({ counters = NO_COUNTERS, model, billing }: AccountOptions): Known {
  const notional = billing === "subscription";
  return { counters, model: model ?? null, notional, costIsTold: false, denied: [], open: [] };
}

/** As it stands now, whatever comes. */
export function knownIn({ counters, model, notional, costIsTold, denied, open }: Account): Known {
  return { counters, model, notional, costIsTold, denied: [...denied], open: [...open] };
}

type Figure<Type extends Said["type"]> = Extract<Said, { readonly type: Type }>;

/** Takes what a line says into the account, and gives it back as events. */
export function enter(account: Account, said: Said): readonly AgentEvent[] {
  switch (said.type) {
    case "usage":
      return enterUsage(account, said);
    case "cost":
      return [enterCost(account, said)];
    case "session":
      return [enterSession(account, said)];
    case "denied":
      return isNews(account, said) ? [said] : [];
    case "tool_started":
      return begins(account, said) ? [said] : [];
    case "tool_ended":
      account.open.delete(said.id);
      return [said];
    case "end":
      account.costIsTold = false;
      return [said];
    default:
      return [said];
  }
}

function enterSession(account: Account, said: Figure<"session">): AgentEvent {
  account.counters = countersOf(account.counters, said.id);
  account.notional = (account.billing ?? said.billing) === "subscription";
  account.model = said.model ?? account.model;
  return said;
}

/** Some say it where it happens, in the tool's result, and once more at the end. */
function isNews({ denied }: Account, { toolId }: Figure<"denied">): boolean {
  const size = denied.size;
  return toolId === null || denied.add(toolId).size > size;
}

/** Some say it where the call begins, and once more where they ask whether it may. */
function begins({ open }: Account, { id }: Figure<"tool_started">): boolean {
  const { size } = open;
  return open.add(id).size > size;
}

function enterUsage(account: Account, said: Figure<"usage">): readonly AgentEvent[] {
  const { counters } = account;
  const { tokens: told, scope } = said;
  const counted: Counted<TokenCounts> =
    scope === "session"
      ? countTokens(counters, said.model, told)
      : { counting: "told", value: told, counters: addToCounters(counters, said.model, told) };
  account.counters = counted.counters;
  const { counting, value: tokens } = counted;
  const model = said.model ?? account.model;
  const usage: AgentEvent = { type: "usage", model, tokens, counting, told };
  return account.costIsTold ? [usage] : [usage, costByList(account, model, tokens)];
}

/** What no price is needed for. */
const FREE = {
  type: "cost",
  nano: 0n,
  source: "price_table",
  counting: "told",
  estimate: false,
  table: null,
} as const;

function costByList(
  { prices, notional }: Account,
  model: string | null,
  tokens: TokenCounts,
): AgentEvent {
  const isNothing = tokens.input === 0 && isBlank(tokens);
  if (isNothing) return { ...FREE, model, notional };
  const priced = model === null ? null : prices.price(model, tokens);
  return {
    type: "cost",
    model,
    nano: priced?.nano ?? null,
    source: priced === null ? "unknown" : "price_table",
    counting: "told",
    estimate: priced?.estimate ?? false,
    notional,
    table: priced === null ? null : prices.name,
  };
}

function enterCost(account: Account, said: Figure<"cost">): AgentEvent {
  const { model, dollars, scope, estimate } = said;
  const { counters, notional } = account;
  const told = dollars === null ? null : nanoDollars(dollars);
  const counted: Counted<bigint | null> =
    told === null || scope === "stretch"
      ? { counting: "told", value: told, counters }
      : countNano(counters, model, told);
  account.counters = counted.counters;
  account.costIsTold = true;
  const { counting, value: nano } = counted;
  const source = nano === null ? "unknown" : "reported";
  return { type: "cost", model, nano, source, counting, estimate, notional, table: null };
}
