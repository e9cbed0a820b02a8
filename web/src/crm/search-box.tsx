import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface SearchBoxProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onSearch: (words: string | undefined) => void;
}

export function SearchBox({ label, value, onSearch }: SearchBoxProps): ReactNode {
  const find = useDebouncedCallback(
    (words: string) => onSearch(words.trim() === "" ? undefined : words.trim()),
    250,
  );
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} aria-hidden />}
      defaultValue={value ?? ""}
      onChange={(event) => find(event.currentTarget.value)}
      data-filter
    />
  );
}
