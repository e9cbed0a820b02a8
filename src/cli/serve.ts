import { openApp } from "#app";

import { EXIT } from "./exit-codes.ts";
import { complain, type Terminal } from "./terminal.ts";

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly example: boolean;
  readonly concurrency?: number;
  readonly workspaceConcurrency?: number;
  readonly agentConcurrency?: number;
}

const LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
type Level = (typeof LEVELS)[number];

/** How long what is under way may take to end. */
const PATIENCE_MS = 10_000;

/** Serves until it is told to stop. Its process is the server's own. */
export async function serve(terminal: Terminal, options: ServeOptions): Promise<number> {
  const { STINT_OWNER_EMAIL: email, STINT_OWNER_PASSWORD: password } = process.env;
  const stopped = stopSignal();
  const { concurrency: all, workspaceConcurrency, agentConcurrency } = options;
  const app = await openApp({
    ...options,
    atOnce: { all, workspace: workspaceConcurrency, agent: agentConcurrency },
    log: levelOf(process.env["STINT_LOG"]),
    owner: { email, password },
  });
  if (app.owner.link !== null) {
    terminal.out(
      `Sign in as ${app.owner.email} with this link (once, within a day): ${app.owner.link}`,
    );
  }
  for (const said of app.attention) terminal.err(`stint: ${said}`);
  terminal.out(`Stint is ready at ${app.url}`);
  const broken = app.broken.then((error) => ({ error }));
  const end = await Promise.race([stopped, broken]);
  if (typeof end === "object") {
    process.exit(complain(terminal, end.error));
  }
  setTimeout(() => process.exit(EXIT.done), PATIENCE_MS).unref();
  await app.close();
  return EXIT.done;
}

/** A second signal does not wait. */
function stopSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      resolve(signal);
      process.once(signal, () => process.exit(EXIT.interrupted));
    });
  }
  return promise;
}

function levelOf(text: string | undefined): Level {
  return LEVELS.find((level) => level === text) ?? "warn";
}
