import { isWord, type Read, type Source, slice, tokenAt } from "../source.ts";
import { VOCABULARY } from "../vocabulary.ts";

/** Lines of business that are told from towns and companies without the word "industry". */
const NAMES =
  `accounting|advertising|aerospace|agriculture|agritech|agtech|ai|airline|airlines|apparel|architecture|automotive|aviation|
  banking|beauty|biotech|biotechnology|broadcasting|chemicals|chemical|cleantech|cloud|construction|consulting|consumer goods|
  crypto|cybersecurity|cyber security|data|defense|defence|dental|e-commerce|ecommerce|edtech|education|electronics|energy|
  engineering services|entertainment|fashion|finance|financial services|fintech|fitness|food and beverage|food|freight|gaming|
  government|greentech|hardware|health|health care|healthcare|healthtech|hospitality|hotels|hr tech|insurance|insurtech|
  internet|investment banking|it services|law|legal services|legaltech|life sciences|logistics|luxury|machinery|manufacturing|
  martech|media|medical devices|medtech|mining|mobility|nonprofit|non-profit|oil and gas|oil & gas|pharma|pharmaceutical|
  pharmaceuticals|private equity|professional services|property|proptech|public sector|publishing|real estate|recruitment|
  renewables|renewable energy|restaurants|retail|robotics|saas|semiconductor|semiconductors|shipping|software|sports|staffing|
  supply chain|tech|technology|telecom|telecoms|telecommunications|textiles|tourism|trade|transport|transportation|travel|
  gambling|betting|casinos|tobacco|alcohol|steel|cannabis|furniture|jewelry|jewellery|toys|music|film|photography|printing|
  packaging|plastics|paper|forestry|fishing|dairy|wine|pet care|veterinary|childcare|wealth management|asset management|
  capital markets|computer software|information technology|management consulting|higher education|consumer electronics|
  mechanical engineering|civil engineering|electric vehicles|food production|food & beverage|oil & energy|electronics|
  adtech|foodtech|spacetech|climatetech|climate tech|deep tech|deeptech|govtech|regtech|traveltech|femtech|nanotech|
  utilities|venture capital|warehousing|wholesale|b2b saas`
    .split(/\s*\|\s*/)
    .map((name) => name.trim());

const KNOWN: ReadonlySet<string> = new Set(NAMES);
for (const name of NAMES) for (const word of name.split(" ")) VOCABULARY.add(word);
const MOST_WORDS = 3;

/** "fintech", "real estate", "financial services", as it is written. */
export function readIndustry(source: Source, at: number): Read<string> | undefined {
  for (let length = MOST_WORDS; length > 0; length--) {
    const words = Array.from({ length }, (_, index) => tokenAt(source, at + index));
    if (words.some(({ kind, word }) => kind !== "word" && word !== "&")) continue;
    if (KNOWN.has(words.map(({ text }) => text.toLowerCase()).join(" "))) {
      return { value: slice(source, at, at + length), next: at + length };
    }
  }
  return undefined;
}

const FOUNDED_ON = new Set([
  "saas",
  "b2b saas",
  "healthcare",
  "e-commerce",
  "ecommerce",
  "pharma",
  "crypto",
  "retail",
]);

/** Whether before a person's position it tells what the company does: "fintech founders", not "finance directors". */
export function isFoundedOn(industry: string): boolean {
  const name = industry.toLowerCase();
  return FOUNDED_ON.has(name) || name.endsWith("tech");
}

/** Those joined to the first: "fintech, insurance or retail". */
export function readIndustries(source: Source, first: Read<string>): Read<readonly string[]> {
  const values = [first.value];
  let { next } = first;
  for (;;) {
    const more = readIndustry(source, skipJoint(source, next));
    if (more === undefined || skipJoint(source, next) === next) return { value: values, next };
    values.push(more.value);
    ({ next } = more);
  }
}

function skipJoint(source: Source, at: number): number {
  const next = isWord(tokenAt(source, at), ",") ? at + 1 : at;
  return isWord(tokenAt(source, next), "or", "and", "/", "&") ? next + 1 : next;
}
