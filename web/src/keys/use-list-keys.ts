import { type Direction, nextPlace } from "./neighbours.ts";
import { useKeys } from "./use-keys.ts";

function moveFocus(direction: Direction): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main .row-link")];
  const current = rows.findIndex((row) => row === document.activeElement);
  const row = rows[nextPlace(current, rows.length, direction)];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

function focusFilter(): void {
  document.querySelector<HTMLElement>("main [data-filter]")?.focus();
}

/** `f`, and `j` and `k` along the rows of whatever list is shown; a place may give `j` and `k` a meaning of its own. */
export function useListKeys(onMove?: (direction: Direction) => void): void {
  const move = onMove ?? moveFocus;
  useKeys([
    ["j", () => move(1)],
    ["k", () => move(-1)],
    ["f", focusFilter],
  ]);
}
