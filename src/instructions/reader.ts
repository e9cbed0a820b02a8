/**
 * The one place that decides who reads instructions. Where a workspace has a model, the model; the built-in parser where
 * it has none, where the model cannot be reached, and where a person asks for it. Each answer says who read.
 */
import { OFFLINE, type ParserName, type Reading } from "#contract/shapes/reading.ts";
import type { Clock } from "#domain/clock.ts";
import type { Parsed } from "#domain/plan.ts";

import { type ModelReading, modelParser } from "./parsers/model.ts";
import type { Chat } from "./parsers/model/chat.ts";
import type { ModelConfig, Providers } from "./parsers/model/providers.ts";
import { KeyLost, phraseTrouble, type Trouble, TROUBLES } from "./parsers/model/troubles.ts";
import { parseOffline } from "./parsers/offline.ts";
import { type Remembered, remembered } from "./remembered-readings.ts";

/** The model of a workspace, as it is to be asked now. */
export interface ModelChoice extends Omit<ModelConfig, "key"> {
  /** Undefined: there is one that can no longer be read. */
  readonly key: string | undefined;
  readonly timeoutMs: number;
}

export type Read = Parsed & { readonly reading: Reading };

export interface Reader {
  /**
   * @param by who is to read, if not whom the workspace's settings name. A model that is asked for by name reads anew;
   *   else what it has read in the last minutes still holds.
   */
  readonly read: (instructions: string, ws: number, by?: ParserName) => Promise<Read>;
  /** Asks a model, whatever the workspace has saved. */
  readonly ask: (choice: ModelChoice, instructions: string, ws: number) => Promise<ModelReading>;
}

export interface ReaderNeeds {
  readonly clock: Clock;
  readonly providers: Providers;
  /** Null where the workspace has none. */
  readonly modelOf: (ws: number) => Promise<ModelChoice | null>;
  /** Puts on record what a reading used; it must not fail. */
  readonly record: (ws: number, reading: ModelReading) => Promise<void>;
}

interface Asking extends ReaderNeeds {
  /** What a model has read, by the question. */
  readonly lately: Remembered<Read>;
}

export function openReader(given: ReaderNeeds): Reader {
  const needs: Asking = { ...given, lately: remembered(given.clock) };
  return {
    read: async (instructions, ws, by) => {
      const choice = by === "offline" ? null : await needs.modelOf(ws);
      if (choice === null) return readOffline(instructions, missing(by));
      const lately =
        by === undefined ? needs.lately.get(keyOf(choice, instructions, ws)) : undefined;
      return lately ?? readByModel(needs, choice, instructions, ws);
    },
    ask: (choice, instructions, ws) => askModel(needs, choice, instructions, ws),
  };
}

function readOffline(instructions: string, notice: string | null): Read {
  const parsed = parseOffline(instructions);
  const remarks = "plan" in parsed ? [...(parsed.remarks ?? [])] : [];
  return { ...parsed, reading: { ...OFFLINE, notice, remarks } };
}

const missing = (by: ParserName | undefined): string | null =>
  by === "model"
    ? "This workspace has no language model: the built-in parser read the instructions."
    : null;

async function readByModel(
  needs: Asking,
  choice: ModelChoice,
  instructions: string,
  ws: number,
): Promise<Read> {
  const { trouble, model, parsed } = await askModel(needs, choice, instructions, ws);
  if (trouble !== null && TROUBLES[trouble.kind].isUnreachable)
    return readOffline(instructions, inItsPlace(choice.model, trouble));
  const notice = answeredBy(choice, model);
  const read: Read = { ...parsed, reading: { parser: "model", model, notice, remarks: [] } };
  if (trouble === null) needs.lately.set(keyOf(choice, instructions, ws), read);
  return read;
}

const keyOf = (
  { key: _secret, timeoutMs: _patience, ...config }: ModelChoice,
  text: string,
  ws: number,
): string => JSON.stringify([ws, config, text]);

const inItsPlace = (model: string, trouble: Trouble): string =>
  `${phraseTrouble(model, trouble)}: the built-in parser read the instructions. ${TROUBLES[trouble.kind].suggestion}.`;

/** Providers route retired models to their successors without a word. */
function answeredBy({ model: asked }: ModelChoice, answered: string): string | null {
  const isSame =
    answered === asked || answered.startsWith(`${asked}-`) || asked.endsWith(`/${answered}`);
  return isSame ? null : `${asked} was asked, and ${answered} answered.`;
}

async function askModel(
  { clock, providers, record }: ReaderNeeds,
  { key, timeoutMs, ...config }: ModelChoice,
  instructions: string,
  ws: number,
): Promise<ModelReading> {
  const chat = key === undefined ? keyless(config.model) : providers.open({ ...config, key });
  const reading = await modelParser(chat, { clock, timeoutMs, secret: key ?? "" }).read(
    instructions,
  );
  if (reading.calls > 0 || reading.trouble !== null) await record(ws, reading);
  return reading;
}

const keyless = (model: string): Chat => ({
  model,
  ask: () => Promise.reject(new KeyLost()),
});
