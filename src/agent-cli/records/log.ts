/** Who is told what was not recorded, and why. */
export interface RecordsLog {
  readonly warn: (message: string) => void;
}

export const consoleLog: RecordsLog = {
  warn: (message) => {
    console.warn(`stint: ${message}`);
  },
};
