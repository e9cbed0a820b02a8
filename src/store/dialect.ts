/** The languages of SQL that Stint's stores speak. */
export type Dialect = "sqlite" | "postgres";
