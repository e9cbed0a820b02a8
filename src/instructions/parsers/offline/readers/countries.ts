import { VOCABULARY } from "../vocabulary.ts";

/** Countries, and the regions of several, as they are written in a condition. */
const NAMES =
  `afghanistan|albania|algeria|argentina|armenia|australia|austria|azerbaijan|bahrain|bangladesh|belarus|belgium|bolivia|
  bosnia|brazil|bulgaria|cambodia|cameroon|canada|chile|china|colombia|costa rica|croatia|cuba|cyprus|czech republic|czechia|
  denmark|dominican republic|ecuador|egypt|el salvador|england|estonia|ethiopia|finland|france|germany|ghana|great britain|
  greece|guatemala|honduras|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy|jamaica|japan|jordan|kazakhstan|
  kenya|kuwait|latvia|lebanon|liechtenstein|lithuania|malaysia|malta|mexico|moldova|monaco|mongolia|morocco|nepal|
  netherlands|new zealand|nicaragua|nigeria|north macedonia|northern ireland|norway|oman|pakistan|panama|paraguay|peru|
  philippines|poland|portugal|qatar|romania|russia|saudi arabia|scotland|senegal|serbia|slovakia|slovenia|south africa|
  south korea|korea|spain|sri lanka|sweden|switzerland|syria|taiwan|tanzania|thailand|tunisia|turkey|uae|uganda|uk|ukraine|
  united arab emirates|united kingdom|united states|united states of america|uruguay|us|usa|venezuela|vietnam|wales|zambia|
  zimbabwe`
    .split(/\s*\|\s*/)
    .map((name) => name.trim());

const KNOWN: ReadonlySet<string> = new Set(NAMES);
for (const name of NAMES) for (const word of name.split(" ")) VOCABULARY.add(word);

export function isCountry(name: string): boolean {
  return KNOWN.has(name.toLowerCase().replaceAll(".", ""));
}
