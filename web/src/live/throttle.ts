/** Calls at once, then at most once in `ms`, the last call never lost. */
export function throttle(
  call: () => void,
  ms: number,
): { readonly call: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const run = (): void => {
    isAsked = false;
    call();
    timer = setTimeout(() => {
      timer = undefined;
      if (isAsked) run();
    }, ms);
  };
  return {
    call: () => {
      isAsked = true;
      if (timer === undefined) run();
    },
    stop: () => clearTimeout(timer),
  };
}
