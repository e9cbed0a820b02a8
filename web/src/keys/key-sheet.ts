/** Every key of the page, as the sheet behind `?` shows them. */
export interface KeyLine {
  readonly keys: readonly string[];
  readonly does: string;
}

export interface KeyGroup {
  readonly where: string;
  readonly lines: readonly KeyLine[];
}

export const KEY_SHEET: readonly KeyGroup[] = [
  {
    where: "Everywhere",
    lines: [
      { keys: ["⌘ K", "Ctrl K"], does: "Command palette: go anywhere, do anything" },
      { keys: ["?"], does: "This sheet" },
      { keys: ["f"], does: "Search and filter what is shown" },
    ],
  },
  {
    where: "In a list",
    lines: [
      { keys: ["j"], does: "Next row" },
      { keys: ["k"], does: "Row before" },
      { keys: ["Enter"], does: "Open it" },
    ],
  },
  {
    where: "In the list of errors",
    lines: [
      { keys: ["r"], does: "Resolve" },
      { keys: ["m"], does: "Mute" },
      { keys: ["o"], does: "Reopen" },
    ],
  },
  {
    where: "In an execution",
    lines: [
      { keys: ["j", "k"], does: "Next execution, execution before, of the list you came from" },
      { keys: ["e"], does: "Open or close all steps" },
      { keys: ["r"], does: "Retry" },
      { keys: ["x"], does: "Cancel (asks first)" },
    ],
  },
  {
    where: "In a conversation with an Agent CLI",
    lines: [
      { keys: ["j", "k"], does: "Next one, one before, of the list you came from" },
      { keys: ["e"], does: "Open or close all that is folded" },
      { keys: ["f"], does: "Find in its output; Enter and Shift Enter go on" },
      { keys: ["r"], does: "Write a follow-up" },
      { keys: ["Ctrl Enter"], does: "Send it" },
      { keys: ["x"], does: "Cancel it (asks first)" },
    ],
  },
];
