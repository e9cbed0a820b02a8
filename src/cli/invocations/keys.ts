/** Single keys of whoever sits at the terminal, for as long as they are wanted. */
export interface Keys {
  /** @param press with the key, as a letter; Ctrl-C is what it always is */
  readonly hear: (press: (key: string) => void) => Disposable;
}

/** In raw mode it is a letter. */
const CTRL_C = "\u0003";

/** Null: nobody sits there. */
export function ownKeys(): Keys | null {
  const { stdin } = process;
  if (!stdin.isTTY) return null;
  return {
    hear: (press) => {
      const onKey = (text: string): void => {
        if (text.includes(CTRL_C)) process.kill(process.pid, "SIGINT");
        else press(text.toLowerCase());
      };
      stdin.setRawMode(true).setEncoding("utf8").on("data", onKey).resume();
      return {
        [Symbol.dispose]: () => {
          stdin.off("data", onKey).setRawMode(false).pause();
        },
      };
    },
  };
}
