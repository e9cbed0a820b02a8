import { type HotkeyItem, useHotkeys } from "@mantine/hooks";

/** A key and what it does. */
export type Key = readonly [key: string, does: () => void];

const WITHOUT_TEXT = new Set(["radio", "checkbox", "button", "submit"]);

/** Whether letters that are typed there are its own. */
function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.has(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Letters as keys of a place: heard wherever nothing is written, so on a filter that was just switched, too. */
export function useKeys(keys: readonly Key[]): void {
  useHotkeys(
    keys.map(([key, does]): HotkeyItem => {
      const hear = (event: KeyboardEvent): void => {
        if (isWriting(event.target)) return;
        event.preventDefault();
        does();
      };
      return [key, hear, { preventDefault: false }];
    }),
    [],
  );
}
