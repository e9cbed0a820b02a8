interface ModelSettingsTable {
  ws: number;
  provider: string;
  model: string;
  /** Encrypted; its hint is what may be told of it. */
  key_sealed: string | null;
  key_hint: string | null;
  key_set_at: number | null;
  timeout_ms: number;
  thinking_budget: number | null;
  /** JSON: dollars for a million tokens. */
  prices: string | null;
}

/** What a model used on a day since 1970 (UTC). */
interface ModelUsageTable {
  ws: number;
  day: number;
  model: string;
  readings: number;
  troubled: number;
  /** Nano-dollars, as far as they were known; `cost_unknown` counts the readings of which they were not. */
  cost: number;
  cost_unknown: number;
  input: number;
  cache_read: number;
  cache_write: number;
  output: number;
}

export interface ModelTables {
  model_settings: ModelSettingsTable;
  model_usage: ModelUsageTable;
}
