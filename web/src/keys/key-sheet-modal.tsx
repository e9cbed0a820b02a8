import { Group, Kbd, Modal, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import { KEY_SHEET, type KeyGroup } from "./key-sheet.ts";

interface KeySheetModalProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function KeySheetModal({ opened, onClose }: KeySheetModalProps): ReactNode {
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={600}>Keys</Text>} size="md">
      <Stack gap="lg">
        {KEY_SHEET.map((group) => (
          <Keys key={group.where} group={group} />
        ))}
      </Stack>
    </Modal>
  );
}

function Keys({ group: { where, lines } }: { readonly group: KeyGroup }): ReactNode {
  return (
    <section>
      <Title order={3} mb={6}>
        {where}
      </Title>
      <Stack gap={6}>
        {lines.map(({ keys, does }) => (
          <Group key={does} justify="space-between" gap="md" wrap="nowrap">
            <span>{does}</span>
            <Group gap={4} wrap="nowrap">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </section>
  );
}
