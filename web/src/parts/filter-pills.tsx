import { Button, Group, Pill } from "@mantine/core";
import type { ReactNode } from "react";

interface FilterPillsProps<Filter> {
  /** One for each filter in force, with what is left without it. */
  readonly pills: readonly {
    readonly key: string;
    readonly text: string;
    readonly without: Filter;
  }[];
  /** What is left without any. */
  readonly none: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** The filters in force, each to be removed by itself or all at once; nothing where there are none. */
export function FilterPills<Filter>({
  pills,
  none,
  onFilter,
}: FilterPillsProps<Filter>): ReactNode {
  if (pills.length === 0) return null;
  return (
    <Group gap={6} mb="sm" component="section" aria-label="Filters in force">
      {pills.map(({ key, text, without }) => (
        <Pill
          key={key}
          withRemoveButton
          onRemove={() => onFilter(without)}
          removeButtonProps={{
            "aria-hidden": false,
            "aria-label": `Remove filter ${text}`,
            tabIndex: 0,
          }}
        >
          {text}
        </Pill>
      ))}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onFilter(none)}>
        Clear
      </Button>
    </Group>
  );
}
