/** Stands by an invocation: tells what it does, hears Ctrl-C, and ends with how it ended. */
import type { Invocation, InvocationItem } from "#contract/shapes/invocations.ts";
import { systemClock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";

import type { Desk } from "../desk.ts";
import { EXIT } from "../exit-codes.ts";
import type { HolderClient } from "../http-client.ts";
import type { Screen } from "../terminal.ts";
import { watchBytes } from "./bytes.ts";
import { type Errors, openErrors } from "./errors.ts";
import { hearInterrupts } from "./interrupts.ts";
import { ownKeys } from "./keys.ts";
import { openQuestions, type Questions } from "./questions.ts";
import { type Scene, sceneForPeople, sceneForPrograms } from "./scene.ts";
import { type Place, readInvocation, type RoundEvent, watch, type Watching } from "./watch.ts";

export interface Attending {
  readonly desk: Desk;
  readonly id: string;
  /** Undefined: where its first round begins. */
  readonly from?: Place;
  /** Ctrl-C ends the invocation; of others, it only stops watching them. */
  readonly isOwn: boolean;
  /** Prompts are told, also that of the first round. */
  readonly tellsPrompts: boolean;
  readonly json: boolean;
}

const TICK_MS = 1000;
const ERRORS_MS = 300;
const SILENCE_MS = 2000;

/** Answers with the exit code. */
export async function attend(screen: Screen, attending: Attending): Promise<number> {
  const { desk, id, json, isOwn } = attending;
  const invocation = await readInvocation(desk, id);
  const scene = json ? sceneForPrograms(screen) : sceneForPeople(screen, invocation);
  const way = { client: desk.client };
  const cancel = (): void => void cancelOver(way, attending, scene);
  using interrupts = hearInterrupts(isOwn ? cancel : null);
  using ticking = new DisposableStack();
  ticking.use(each(TICK_MS, scene.tick));
  const isBytes = invocation.cli === "command" && !json;
  const errors = isBytes ? undefined : errorsOf(invocation, attending, way, scene);
  ticking.use(each(ERRORS_MS, () => void errors?.read()));
  const silence = silenceOf(attending, way, scene);
  ticking.use(each(SILENCE_MS, silence.look));
  const rounds = roundsOf(attending, scene, errors);
  using questions = questionsOf(attending, way, scene);
  const onChange = ({ questions: open }: InvocationItem): void => questions.see(open);
  const watching = { ...attending, ...hearWay(way, scene), onChange, left: interrupts.left };
  const onEvents = async (events: readonly RoundEvent[]): Promise<void> => {
    silence.end();
    for (const event of events) await rounds.tell(event, way.client);
  };
  const onBytes = async (to: "out" | "err", bytes: Uint8Array): Promise<void> => {
    silence.end();
    await scene.pour(to, bytes);
  };
  const ended = isBytes
    ? await watchBytes({ ...watching, onBytes })
    : await watch({ ...watching, onEvents });
  if (ended !== undefined) {
    await errors?.read();
    return await scene.end(ended);
  }
  scene.say(`Left as it is; it may go on. \`stint follow ${id}\` shows it.`);
  return EXIT.interrupted;
}

interface Way {
  client: HolderClient;
}

const hearWay = (way: Way, { say }: Scene): Pick<Watching, "onClient" | "onLost"> => ({
  onClient: (client) => {
    way.client = client;
  },
  onLost: () => say("The connection was lost; trying again..."),
});

/** What it waits for, where it does not come to say anything. */
function silenceOf({ desk: { base }, id }: Attending, way: Way, scene: Scene) {
  let isOver = false;
  const look = async (): Promise<void> => {
    if (isOver) return;
    const now = await readInvocation({ client: way.client, base }, id).catch(() => null);
    if (now !== null && !isOver) scene.waits(now);
  };
  return {
    look: (): void => void look(),
    end: (): void => {
      isOver = true;
    },
  };
}

/** Who started it at this terminal answers it here. */
function questionsOf(
  { desk: { base }, id, isOwn, json }: Attending,
  way: Way,
  { asks, hold, say }: Scene,
): Questions {
  return openQuestions({
    id,
    keys: isOwn && !json ? ownKeys() : null,
    clock: systemClock,
    tell: asks,
    say,
    hold,
    answer: async ({ round, request }, decision) => {
      const path = `${base}/invocations/${id}/answers`;
      await way.client.ask({ method: "POST", path, body: { round, request, decision } });
    },
  });
}

/** Of an Agent CLI, most of it is noise, and what tells of a failure is told at the end. */
function errorsOf(
  { cli }: Invocation,
  { desk: { base }, id, from }: Attending,
  way: Way,
  { pass }: Scene,
): Errors | undefined {
  if (cli !== "command") return undefined;
  const path = `${base}/invocations/${id}`;
  const { round = 1, errors: byte = 0 } = from ?? {};
  return openErrors({ path, round, byte, client: () => way.client, pass });
}

/** Says when another round begins, with its prompt. */
function roundsOf(
  { desk: { base }, id, from, tellsPrompts }: Attending,
  scene: Scene,
  errors: Errors | undefined,
) {
  let current = tellsPrompts ? 0 : (from?.round ?? 1);
  return {
    tell: async (event: RoundEvent, client: HolderClient): Promise<void> => {
      if (event.round !== current) {
        if (current !== 0) await errors?.read();
        const { roundList } = await readInvocation({ client, base }, id);
        const prompt = roundList.find(({ number }) => number === event.round)?.prompt ?? "";
        await scene.beginRound(prompt);
        errors?.turnTo(event.round);
        current = event.round;
      }
      await scene.tell(event);
    },
  };
}

/** It waits for the end then, in which is said what was used. */
async function cancelOver(
  way: Way,
  { desk: { base }, id }: Attending,
  scene: Scene,
): Promise<void> {
  scene.say("Stopping it; Ctrl-C again leaves it to end by itself.");
  try {
    await way.client.ask({ method: "POST", path: `${base}/invocations/${id}/cancel`, body: {} });
  } catch (error) {
    if (error instanceof Fault && error.status === 409) return; // it has just ended
    const why = error instanceof Error ? error.message : String(error);
    scene.say(`It could not be told to stop: ${why}`);
  }
}

function each(ms: number, work: () => void): Disposable {
  const timer = setInterval(work, ms);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
    },
  };
}
