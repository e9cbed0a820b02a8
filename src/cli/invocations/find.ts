/** A text in what an invocation wrote, line by line. */
import type { FindPage, Found } from "#contract/shapes/invocation-find.ts";
import { Fault } from "#domain/fault.ts";

import { type Desk, isInvocation } from "../desk.ts";
import { EXIT } from "../exit-codes.ts";
import { harmless } from "../telling/harmless.ts";
import { paint } from "../telling/paint.ts";
import type { Screen } from "../terminal.ts";

/** @throws Fault `bad_request` for an execution of another kind */
export async function findIn(
  screen: Screen,
  desk: Desk,
  id: string,
  { find, json }: { readonly find: string; readonly json: boolean },
): Promise<number> {
  if (!isInvocation(id)) throw noOutputOf(id);
  let count = 0;
  for await (const found of findAll(desk, id, find)) {
    count += 1;
    screen.out(json ? JSON.stringify(found) : phraseFound(found, screen.colours.out));
  }
  if (count === 0 && !json) screen.err("Nothing that it wrote has that.");
  return EXIT.done;
}

function noOutputOf(id: string): Fault {
  return new Fault(
    "bad_request",
    `${id} is no run of an Agent CLI or a command: it has no output`,
    {
      suggestion: "`stint executions ls --search` looks through what all executions have on record",
    },
  );
}

async function* findAll({ client, base }: Desk, id: string, text: string): AsyncGenerator<Found> {
  const path = `${base}/invocations/${id}/output/find`;
  for (let place: FindPage["next"] = { round: 1, of: "output", from: 0 }; place !== null;) {
    const { round, of, from } = place;
    const query = new URLSearchParams({
      q: text,
      round: String(round),
      of,
      from: String(from),
      limit: "200",
    });
    const page = (await client.ask({
      method: "GET",
      path: `${path}?${query.toString()}`,
    })) as FindPage;
    yield* page.items;
    place = page.next;
  }
}

/** "2:1834  what stands around it": the round and the byte at which the line begins. */
function phraseFound({ round, of, at, text, from, length }: Found, colours: boolean): string {
  const place = `${round}:${at}${of === "errors" ? " (errors)" : ""}`;
  const [before, itself, after] = [
    text.slice(0, from),
    text.slice(from, from + length),
    text.slice(from + length),
  ].map(flat) as [string, string, string];
  return `${place}  ${before}${colours ? paint("bold", itself) : itself}${after}`.trimEnd();
}

const flat = (text: string): string => harmless(text).replaceAll(/\s+/g, " ");
