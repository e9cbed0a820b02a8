import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];

/** Whether colours are wanted is for the caller to know. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}
