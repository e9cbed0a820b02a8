/** Text of programs that write for a terminal, as a page shows it: no colours, no other control, and of a line that was written over only what stood there last. */

// ESC and its sequences: of a terminal's title (OSC), of styles and cursors (CSI), and the short ones.
const SEQUENCES =
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  /\u001B(?:\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])/g;
// oxlint-disable-next-line no-control-regex -- as above; tab and line break stay
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F]/g;
const WRITTEN_OVER = /^.*\r(?!$)/gm;

export function plainText(text: string): string {
  const unstyled = text.includes("\u001B") ? text.replaceAll(SEQUENCES, "") : text;
  const lines = unstyled.replaceAll("\r\n", "\n");
  const last = lines.includes("\r") ? lines.replaceAll(WRITTEN_OVER, "") : lines;
  return last.replaceAll(CONTROLS, "");
}
