import { Button, Menu } from "@mantine/core";
import { IconFilter, IconTerminal2 } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { INVOCATION_LOOKS, type InvocationState } from "../looks/invocations.ts";
import { FilterPills } from "../parts/filter-pills.tsx";
import { StatusChip } from "../parts/status-chip.tsx";
import {
  CLI_CHOICES,
  type InvocationFilter,
  invocationPills,
  stateIn,
  STATES,
  withState,
} from "./filter.ts";
import { cliName } from "./words.ts";

interface FiltersProps {
  readonly filter: InvocationFilter;
  readonly onFilter: (filter: InvocationFilter) => void;
}

export function InvocationFilters(props: FiltersProps): ReactNode {
  const { filter, onFilter } = props;
  return (
    <>
      <div className="filters">
        <StateMenu {...props} />
        <CliMenu {...props} />
      </div>
      <FilterPills pills={invocationPills(filter)} none={{}} onFilter={onFilter} />
    </>
  );
}

function StateMenu({ filter, onFilter }: FiltersProps): ReactNode {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconFilter size={14} aria-hidden />}
          data-filter
        >
          Status
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={stateIn(filter) ?? ""}
          onChange={(state) => onFilter(withState(filter, state as InvocationState))}
        >
          {STATES.map((state) => (
            <Menu.RadioItem key={state} value={state} closeMenuOnClick>
              <StatusChip bare look={INVOCATION_LOOKS[state]} />
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function CliMenu({ filter, onFilter }: FiltersProps): ReactNode {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconTerminal2 size={14} aria-hidden />}>
          Agent CLI
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={filter.cli ?? ""}
          onChange={(chosen) =>
            onFilter({ ...filter, cli: CLI_CHOICES.find((cli) => cli === chosen) })
          }
        >
          {CLI_CHOICES.map((cli) => (
            <Menu.RadioItem key={cli} value={cli} closeMenuOnClick>
              {cliName(cli)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
