import { Button, Group, Menu, Popover, Select, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import {
  IconCalendar,
  IconFilter,
  IconSearch,
  IconSortAscending,
  IconSortDescending,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";

import { DATE_RANGES } from "#contract/shapes/executions.ts";
import { PHASES } from "#domain/kinds.ts";

import { agentNamesQuery } from "../agents/queries.ts";
import { errorWordsQuery } from "../errors/queries.ts";
import { PHASE_LOOKS } from "../looks/looks.ts";
import { FilterPills } from "../parts/filter-pills.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";
import { type ExecutionFilter, phasesOf, pillsOf, RANGE_WORDS } from "./filter.ts";

const DayRange = lazy(() =>
  import("./day-range.tsx").then(({ DayRange: component }) => ({ default: component })),
);

interface FiltersProps {
  readonly filter: ExecutionFilter;
  readonly onFilter: (filter: ExecutionFilter) => void;
  readonly hasAgents: boolean;
}

export function ExecutionFilters(props: FiltersProps): ReactNode {
  const { filter, onFilter, hasAgents } = props;
  const isOldest = filter.sort === "oldest";
  const { sort: _sort, ...newest } = filter;
  return (
    <>
      <div className="filters">
        <SearchBox {...props} />
        <StatusMenu {...props} />
        {hasAgents ? <AgentSelect {...props} /> : null}
        <RangeMenu {...props} />
        <Button
          variant="default"
          size="xs"
          leftSection={
            isOldest ? (
              <IconSortAscending size={15} aria-hidden />
            ) : (
              <IconSortDescending size={15} aria-hidden />
            )
          }
          onClick={() => onFilter(isOldest ? newest : { ...filter, sort: "oldest" })}
        >
          {isOldest ? "Oldest first" : "Newest first"}
        </Button>
      </div>
      <Pills {...props} />
    </>
  );
}

function SearchBox({ filter, onFilter }: FiltersProps): ReactNode {
  const [words, setWords] = useState(filter.search ?? "");
  const [shown, setShown] = useState(filter.search);
  if (shown !== filter.search) {
    setShown(filter.search);
    if (filter.search === undefined) setWords("");
  }
  const find = useDebouncedCallback((text: string) => {
    const { search: _search, ...rest } = filter;
    onFilter(text === "" ? rest : { ...rest, search: text });
  }, 300);
  return (
    <TextInput
      aria-label="Search executions"
      placeholder="Address, id or word"
      size="xs"
      leftSection={<IconSearch size={14} aria-hidden />}
      value={words}
      onChange={(event) => {
        setWords(event.currentTarget.value);
        find(event.currentTarget.value);
      }}
      data-filter
    />
  );
}

function StatusMenu({ filter, onFilter }: FiltersProps): ReactNode {
  const chosen = phasesOf(filter);
  const { status: _status, ...rest } = filter;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconFilter size={14} aria-hidden />}>
          Status
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.CheckboxGroup
          value={[...chosen]}
          onChange={(phases) =>
            onFilter(phases.length === 0 ? rest : { ...rest, status: phases.join(",") })
          }
        >
          {PHASES.map((phase) => (
            <Menu.CheckboxItem key={phase} value={phase}>
              <StatusChip bare look={PHASE_LOOKS[phase]} />
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function AgentSelect({ filter, onFilter }: FiltersProps): ReactNode {
  const agents = useQuery(agentNamesQuery(useWorkspaceId()));
  return (
    <Select
      aria-label="Agent"
      placeholder="Any agent"
      size="xs"
      w={180}
      searchable
      clearable
      data={(agents.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={filter.agent ?? null}
      onChange={(agent) => {
        const { agent: _agent, ...rest } = filter;
        onFilter(agent === null ? rest : { ...rest, agent });
      }}
    />
  );
}

function RangeMenu({ filter, onFilter }: FiltersProps): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure();
  const { from: _from, to: _to, range: _range, ...rest } = filter;
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => (open ? undefined : close())}
      position="bottom-start"
      trapFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconCalendar size={14} aria-hidden />}
          onClick={toggle}
          aria-expanded={isOpen}
        >
          Time
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Time">
        <Stack gap="xs">
          <Group gap={6}>
            {DATE_RANGES.map((range) => (
              <Button
                key={range}
                size="compact-sm"
                variant={filter.range === range ? "light" : "default"}
                onClick={() => {
                  onFilter({ ...rest, range });
                  close();
                }}
              >
                {RANGE_WORDS[range]}
              </Button>
            ))}
          </Group>
          <Suspense fallback={<div style={{ height: 280, width: 250 }} />}>
            <DayRange
              from={filter.from}
              to={filter.to}
              onChange={(days) => onFilter({ ...rest, ...days })}
            />
          </Suspense>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Pills({ filter, onFilter }: FiltersProps): ReactNode {
  const agents = useQuery(agentNamesQuery(useWorkspaceId()));
  const nameOf = (id: string): string =>
    agents.data?.items.find((agent) => agent.id === id)?.name ?? "An agent";
  const { data: words } = useQuery(errorWordsQuery(useWorkspaceId(), filter.error));
  const pills = pillsOf(filter, nameOf, words);
  return <FilterPills pills={pills} none={{}} onFilter={onFilter} />;
}
