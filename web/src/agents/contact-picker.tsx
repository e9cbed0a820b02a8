import { Button, Checkbox, Group, Modal, ScrollArea, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { Problem } from "#contract/problem.ts";

import { rowsOf } from "../api/lists.ts";
import { contactsQuery } from "../contacts/queries.ts";
import { ProblemBox } from "../parts/problem-box.tsx";
import { useWorkspaceId } from "../session/workspace.tsx";

interface ContactPickerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  /** What the button says that takes them. */
  readonly act?: string;
  readonly onPick: (contactIds: readonly string[]) => void;
}

/** For an agent whose instructions do not say whom they are about. */
export function ContactPicker({
  opened,
  onClose,
  isBusy,
  problem,
  act = "Run",
  onPick,
}: ContactPickerProps): ReactNode {
  const [picked, setPicked] = useState<readonly string[]>([]);
  const leave = (): void => {
    setPicked([]);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={leave}
      size="lg"
      title={<Text fw={600}>Whom should it work on?</Text>}
    >
      <Stack gap="sm">
        <Text c="dimmed">Its instructions do not search for anybody, so choose its contacts.</Text>
        {problem === undefined ? null : <ProblemBox problem={problem} />}
        {opened ? <Choices picked={picked} onChange={setPicked} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={leave}>
            Not now
          </Button>
          <Button disabled={picked.length === 0} loading={isBusy} onClick={() => onPick(picked)}>
            {picked.length === 0
              ? act
              : `${act} on ${picked.length === 1 ? "1 contact" : `${picked.length} contacts`}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface ChoicesProps {
  readonly picked: readonly string[];
  readonly onChange: (picked: readonly string[]) => void;
}

function Choices({ picked, onChange }: ChoicesProps): ReactNode {
  const workspaceId = useWorkspaceId();
  const [words, setWords] = useState("");
  const [search] = useDebouncedValue(words, 250);
  const list = useInfiniteQuery(contactsQuery(workspaceId, search === "" ? {} : { search }));
  return (
    <>
      <TextInput
        aria-label="Find a contact"
        placeholder="Name or email"
        leftSection={<IconSearch size={15} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        data-autofocus
      />
      <ScrollArea h={280} type="auto">
        <Checkbox.Group value={[...picked]} onChange={onChange}>
          <Stack gap={6} p={4}>
            {rowsOf(list.data).map(({ id, name, email }) => (
              <Checkbox key={id} value={id} label={name} description={email ?? "no email"} />
            ))}
          </Stack>
        </Checkbox.Group>
        {list.isSuccess && rowsOf(list.data).length === 0 ? (
          <Text c="dimmed">No contact matches.</Text>
        ) : null}
      </ScrollArea>
    </>
  );
}
