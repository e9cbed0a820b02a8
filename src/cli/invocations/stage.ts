/** The whole terminal, for as long as a command draws on it; it is given back as it was, however that ends. */

export interface Stage extends Disposable {
  /** A person has had enough: q, Ctrl-C, or the process is told to end. */
  readonly left: AbortSignal;
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly draw: (lines: readonly string[]) => void;
  /** Shorter where it is left, or its size changes. */
  readonly pause: (ms: number) => Promise<void>;
}

const ENTER = "\u001B[?1049h\u001B[?25l";
const LEAVE = "\u001B[?25h\u001B[?1049l";
const HOME = "\u001B[H";
const REST_OF_LINE = "\u001B[K";
const REST_OF_SCREEN = "\u001B[J";
/** In raw mode Ctrl-C is a letter. */
const ENOUGH: ReadonlySet<string> = new Set(["q", "Q", "\u0003", "\u001B"]);
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function takeStage(): Stage {
  const { stdin, stdout } = process;
  const left = new AbortController();
  const leave = (): void => left.abort();
  const onKey = (key: string): void => {
    if (ENOUGH.has(key)) leave();
  };
  const giveBack = (): void => void stdout.write(LEAVE);
  stdout.write(ENTER);
  process.once("exit", giveBack);
  for (const signal of SIGNALS) process.on(signal, leave);
  if (stdin.isTTY) stdin.setRawMode(true).setEncoding("utf8").on("data", onKey);
  return {
    left: left.signal,
    size: () => ({ columns: stdout.columns, rows: stdout.rows }),
    draw: (lines) => {
      const text = lines.map((line) => `${line}${REST_OF_LINE}`).join("\n");
      stdout.write(`${HOME}${text}${REST_OF_SCREEN}`);
    },
    pause: (ms) => pauseOn(left.signal, ms),
    [Symbol.dispose]: () => {
      process.off("exit", giveBack);
      for (const signal of SIGNALS) process.off(signal, leave);
      if (stdin.isTTY) stdin.off("data", onKey).setRawMode(false).pause();
      giveBack();
    },
  };
}

function pauseOn(signal: AbortSignal, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const wake = (): void => resolve();
  signal.addEventListener("abort", wake);
  process.stdout.on("resize", wake);
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", wake);
    process.stdout.off("resize", wake);
  });
}
