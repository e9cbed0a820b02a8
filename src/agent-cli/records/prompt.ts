/** The prompt in an Agent CLI's command line, for launchers that do not say it apart. */
import { basename } from "node:path";

/** How a program reads its arguments, as far as its prompt depends on that. */
interface Form {
  /** What follows these is the prompt, unless it is an option itself. */
  readonly named: readonly string[];
  /** Options that take a word. */
  readonly one: readonly string[];
  /** Options that take a word unless it is an option itself. */
  readonly maybe: readonly string[];
  /** Options that take all words up to the next option. */
  readonly many: readonly string[];
  /** The prompt among the words that no option took. */
  readonly among: (words: readonly string[], args: readonly string[]) => string | undefined;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const GEMINI: Form = {
  named: words("-p --prompt -i --prompt-interactive"),
  one: words(`-m --model -o --output-format --approval-mode --session-id --auth-type --session-file
    --delete-session --openai-api-key --openai-base-url --system-prompt --append-system-prompt
    --input-format --max-session-turns --telemetry-target --telemetry-outfile`),
  maybe: words("-r --resume"),
  many: words(`-e --extensions --allowed-tools --allowed-mcp-server-names --include-directories
    --exclude-tools --core-tools --policy`),
  among: ([first]) => first,
};

/** They are spoken to once they run. */
const ACP: Form = { named: [], one: [], maybe: [], many: [], among: () => undefined };

const FORMS: Readonly<Record<string, Form>> = {
  claude: {
    named: words("-p --print"),
    one: words(`--model --fallback-model --output-format --input-format --permission-mode --agent
      --permission-prompt-tool --session-id --max-turns --max-budget-usd --max-thinking-tokens
      --json-schema --system-prompt --system-prompt-file --append-system-prompt --agents --effort
      --append-system-prompt-file --settings --setting-sources --plugin-dir --debug-file -n --name`),
    maybe: words("-r --resume -d --debug -w --worktree --from-pr"),
    many: words(`--allowedTools --allowed-tools --disallowedTools --disallowed-tools --tools --add-dir
      --mcp-config --betas --file`),
    among: ([first]) => first,
  },
  codex: {
    named: [],
    one: words(`-c --config -m --model -C --cd -s --sandbox -p --profile -o --output-last-message
      --output-schema --color -a --ask-for-approval --add-dir --enable --disable --local-provider
      --base --commit --title`),
    maybe: [],
    many: words("-i --image"),
    among: codexPrompt,
  },
  gemini: GEMINI,
  qwen: GEMINI,
  "claude-agent-acp": ACP,
  "codex-acp": ACP,
  opencode: {
    named: ["--prompt"],
    one: words(`-m --model -s --session --format --agent --title --attach --port --variant --command
      --log-level --dir -p --password`),
    maybe: [],
    many: words("-f --file"),
    among: ([first, ...rest]) => (first === "run" ? rest.join(" ") : undefined),
  },
};

/** Another program's options are not known: what stands last is no more than likely. */
const ANY: Form = {
  named: words("-p --prompt"),
  one: [],
  maybe: [],
  many: [],
  among: (_, args) => {
    const last = args.at(-1);
    const isPlain = last?.startsWith("-") !== true || args.slice(0, -1).includes("--");
    return isPlain ? last : undefined;
  },
};

const WITHOUT_PROMPT = new Set(words("app-server mcp-server mcp login logout"));

/** Behind `--` no word is a command or an option. */
function codexPrompt(given: readonly string[], args: readonly string[]): string | undefined {
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  const behind = args.length - options.length - 1;
  const [first, ...rest] = given;
  const executes = given.length > behind && (first === "exec" || first === "e");
  const left = executes ? rest : given;
  return left.length <= behind ? left[0] : toldBy(left, options.includes("--last"));
}

/** Sessions that are gone on with stand before what is said to them. */
function toldBy([act, ...said]: readonly string[], isToLast: boolean): string | undefined {
  if (act === "resume" || act === "fork") return isToLast ? said[0] : said[1];
  if (act === "review") return said[0];
  return WITHOUT_PROMPT.has(act ?? "") ? undefined : act;
}

/** "" where there is none: it is read from elsewhere, or said later. */
export function promptIn(command: string, args: readonly string[]): string {
  const [own, first] = [formOf(command), formOf(args[0] ?? "")];
  // A script is an argument of what runs it: `node …/codex exec`.
  const [form, its] = own === null && first !== null ? [first, args.slice(1)] : [own ?? ANY, args];
  const end = its.indexOf("--");
  const options = end < 0 ? its : its.slice(0, end);
  const rest = end < 0 ? [] : its.slice(end + 1);
  const named = namedIn(form, options);
  return named ?? form.among([...untaken(form, options), ...rest], its) ?? "";
}

function formOf(command: string): Form | null {
  const name = basename(command);
  return Object.hasOwn(FORMS, name) ? (FORMS[name] ?? null) : null;
}

function namedIn({ named }: Form, options: readonly string[]): string | undefined {
  for (const [index, option] of options.entries()) {
    const joined = named.find((name) => option.startsWith(`${name}=`));
    if (joined !== undefined) return option.slice(joined.length + 1);
    const next = options[index + 1];
    if (named.includes(option) && next !== undefined && !next.startsWith("-")) return next;
  }
  return undefined;
}

/** The words that are neither options nor taken by one. */
function untaken(form: Form, options: readonly string[]): readonly string[] {
  const left: string[] = [];
  let takes: Takes = "none";
  for (const word of options) {
    if (takes !== "one" && word.startsWith("-")) takes = takenBy(form, word);
    else if (takes === "none") left.push(word);
    else if (takes !== "many") takes = "none";
  }
  return left;
}

type Takes = "none" | (typeof TAKING)[number];

const TAKING = ["one", "maybe", "many"] as const;

const takenBy = (form: Form, option: string): Takes =>
  TAKING.find((how) => form[how].includes(option)) ?? "none";
