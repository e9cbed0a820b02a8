import {
  Autocomplete,
  Checkbox,
  Chip,
  Group,
  Input,
  SegmentedControl,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { rowsOf } from "../api/lists.ts";
import { useWorkspaceId } from "../session/workspace.tsx";
import { CLI_CHOICES } from "./filter.ts";
import { invocationsQuery } from "./queries.ts";
import { mayAsk, type StartErrors, type StartValues } from "./start-values.ts";
import { cliName } from "./words.ts";

export interface StartPartProps {
  readonly values: StartValues;
  readonly errors: StartErrors;
  readonly onChange: (changed: Partial<StartValues>) => void;
}

export function StartFields(props: StartPartProps): ReactNode {
  const { values, errors, onChange } = props;
  return (
    <>
      <CliChoice {...props} />
      {values.cli === "acp" ? (
        <TextInput
          label="What starts the agent"
          description="A command line that speaks the Agent Client Protocol on its standard input and output"
          placeholder="npx my-agent --acp"
          className="mono-input"
          required
          value={values.agent}
          error={errors.agent}
          onChange={(event) => onChange({ agent: event.currentTarget.value })}
        />
      ) : null}
      {values.cli === "command" ? <Command {...props} /> : <Prompt {...props} />}
      <Folder {...props} />
      {values.cli === "command" ? null : (
        <>
          <PermissionChoice {...props} />
          {mayAsk(values) ? (
            <Checkbox
              label="Ask for what goes beyond it"
              description="It waits until somebody allows or denies it. Otherwise that is denied at once"
              checked={values.asks}
              error={errors.asks}
              onChange={(event) => onChange({ asks: event.currentTarget.checked })}
            />
          ) : null}
          <TextInput
            label="Model"
            description="Empty: the Agent CLI's own choice"
            maw={420}
            value={values.model}
            error={errors.model}
            onChange={(event) => onChange({ model: event.currentTarget.value })}
          />
        </>
      )}
    </>
  );
}

function CliChoice({ values, errors, onChange }: StartPartProps): ReactNode {
  return (
    <Input.Wrapper label="Agent CLI" error={errors.cli} labelElement="div">
      <Chip.Group value={values.cli} onChange={(cli) => onChange({ cli: String(cli) })}>
        <Group gap={6} mt={4} role="radiogroup" aria-label="Agent CLI">
          {CLI_CHOICES.map((cli) => (
            <Chip key={cli} value={cli} size="sm" variant="outline">
              {cli === "command" ? "Any command" : cliName(cli)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

function Prompt({ values, errors, onChange }: StartPartProps): ReactNode {
  return (
    <Textarea
      label="Prompt"
      placeholder="Fix the failing test in src/parser and say what was wrong"
      required
      autosize
      minRows={4}
      maxRows={16}
      value={values.prompt}
      error={errors.prompt}
      onChange={(event) => onChange({ prompt: event.currentTarget.value })}
    />
  );
}

function Command({ values, errors, onChange }: StartPartProps): ReactNode {
  return (
    <TextInput
      label="Command"
      description="A program and its arguments, quoted as in a shell. No shell runs it: for pipes write sh -c '…'"
      placeholder="npm test -- --watch=false"
      className="mono-input"
      required
      value={values.command}
      error={errors.command}
      onChange={(event) => onChange({ command: event.currentTarget.value })}
    />
  );
}

/** Those that were worked in last are offered. */
function Folder({ values, errors, onChange }: StartPartProps): ReactNode {
  const recent = useInfiniteQuery(invocationsQuery(useWorkspaceId(), {}));
  const folders = [...new Set(rowsOf(recent.data).map(({ folder }) => folder))].slice(0, 10);
  return (
    <Autocomplete
      label="Folder"
      description="Where it works: an absolute path on the server's machine"
      placeholder="/srv/projects/shop"
      className="mono-input"
      required
      data={folders}
      value={values.folder}
      error={errors.folder}
      onChange={(folder) => onChange({ folder })}
    />
  );
}

const PERMISSIONS: readonly {
  readonly value: StartValues["permission"];
  readonly label: string;
  readonly means: string;
}[] = [
  { value: "read", label: "Read", means: "It may look at files, and change nothing." },
  { value: "edit", label: "Edit", means: "It may also change files in its folder." },
  { value: "all", label: "Everything", means: "It may run any command without asking." },
];

function PermissionChoice({ values, errors, onChange }: StartPartProps): ReactNode {
  const chosen = PERMISSIONS.find(({ value }) => value === values.permission);
  return (
    <Input.Wrapper
      label="Permission"
      labelElement="div"
      error={errors.permission}
      description={chosen?.means}
      inputWrapperOrder={["label", "input", "description", "error"]}
    >
      <div style={{ margin: "4px 0" }}>
        <SegmentedControl
          aria-label="Permission"
          data={PERMISSIONS.map(({ value, label }) => ({ value, label }))}
          value={values.permission}
          onChange={(permission) => onChange({ permission })}
        />
      </div>
    </Input.Wrapper>
  );
}
