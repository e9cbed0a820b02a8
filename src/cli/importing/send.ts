/** Sends what ran without Stint to whoever keeps the executions, round by round; what is there already stays. */
import type { PastRound, PastSession } from "#agent-cli/sessions/past.ts";
import type { Imported } from "#contract/shapes/imports.ts";

import type { Desk } from "../desk.ts";
import { roundBody } from "./body.ts";

export interface Sent {
  /** It was not there before. */
  readonly isNew: boolean;
  /** How many rounds were added. */
  readonly added: number;
  /** Nano-dollars of those, as far as they are known; null: none are. */
  readonly nano: bigint | null;
  /** How many of those cost what nobody knows, or more than is known. */
  readonly unknownCosts: number;
}

const MOST_LABEL = 100;

/** @throws Fault as the API refuses it */
export async function sendSession(
  { client, base }: Pick<Desk, "client" | "base">,
  source: "claude" | "records",
  session: PastSession,
): Promise<Sent> {
  const { id: key, cli, folder, rounds } = session;
  const post = async (path: string, body: object): Promise<Imported> =>
    (await client.ask({ method: "POST", path: `${base}/invocations/${path}`, body })) as Imported;
  const [first, ...more] = rounds;
  if (first === undefined) throw new Error("a session has a round");
  const { command, label, session: name } = session;
  const begun = await post("import", {
    source,
    key,
    cli,
    folder,
    round: roundBody(first),
    ...(command !== undefined && { command }),
    ...(name !== undefined && { session: name }),
    ...(label !== undefined && { label: label.slice(0, MOST_LABEL) }),
  });
  const { executionId, added: isNew } = begun;
  const added = isNew ? [first] : [];
  for (const [index, round] of more.entries()) {
    const number = index + 2;
    if (begun.isClosed || number <= begun.rounds) continue;
    const sent = await post(`${executionId}/rounds`, { number, round: roundBody(round) });
    if (sent.added) added.push(round);
  }
  return { isNew, added: added.length, ...costOf(added) };
}

function costOf(added: readonly PastRound[]): Pick<Sent, "nano" | "unknownCosts"> {
  const known = added.flatMap(({ round }) => round.nano ?? []);
  return {
    nano: known.length === 0 ? null : known.reduce((sum, nano) => sum + nano, 0n),
    unknownCosts: added.filter(({ round }) => round.nano === null || round.unknownCosts > 0).length,
  };
}
