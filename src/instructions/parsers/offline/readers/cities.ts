import { VOCABULARY } from "../vocabulary.ts";

/** Towns that people come from: behind "from" any other name is a company's. */
const NAMES =
  `aberdeen|abu dhabi|accra|adelaide|amsterdam|antwerp|athens|atlanta|auckland|austin|baltimore|bangalore|bangkok|barcelona|
  basel|bath|beijing|beirut|belfast|belgrade|berlin|bern|bilbao|birmingham|bogota|bologna|bordeaux|boston|boulder|brasilia|
  bratislava|bremen|brighton|brisbane|bristol|brooklyn|bruges|brussels|bucharest|budapest|buenos aires|buffalo|cairo|calgary|
  cambridge|canberra|cape town|caracas|cardiff|casablanca|charlotte|chennai|chicago|cincinnati|cleveland|cologne|columbus|
  copenhagen|cork|dallas|delhi|denver|detroit|dresden|dubai|dublin|dusseldorf|düsseldorf|edinburgh|eindhoven|essen|exeter|
  florence|frankfurt|galway|gdansk|geneva|genoa|ghent|glasgow|gothenburg|graz|grenoble|haifa|hamburg|hanoi|hanover|helsinki|
  ho chi minh city|hong kong|honolulu|houston|hyderabad|indianapolis|istanbul|jakarta|jerusalem|johannesburg|kansas city|
  karachi|krakow|kuala lumpur|kyiv|kyoto|la paz|lagos|las vegas|lausanne|leeds|leicester|leipzig|lille|lima|linz|lisbon|
  liverpool|ljubljana|london|los angeles|luxembourg|lyon|madrid|malaga|malmo|malmö|manchester|manila|marseille|melbourne|
  memphis|mexico city|miami|milan|milwaukee|minneapolis|minsk|monaco|montevideo|montreal|moscow|mumbai|munich|münchen|nairobi|
  nantes|naples|nashville|new delhi|new orleans|new york|new york city|newcastle|nice|nottingham|nuremberg|oakland|odense|
  orlando|osaka|oslo|ottawa|oxford|palermo|palo alto|paris|perth|philadelphia|phoenix|pittsburgh|portland|porto|prague|
  quebec|quito|reykjavik|riga|rio de janeiro|riyadh|rome|rotterdam|sacramento|salt lake city|salzburg|san antonio|san diego|
  san francisco|san jose|santiago|sao paulo|são paulo|sarajevo|seattle|seoul|seville|shanghai|sheffield|singapore|skopje|sofia|
  southampton|st. louis|stavanger|stockholm|strasbourg|stuttgart|sydney|taipei|tallinn|tampa|tel aviv|the hague|tokyo|toronto|
  toulouse|trondheim|tucson|turin|utrecht|uppsala|valencia|vancouver|venice|verona|vienna|vilnius|warsaw|washington|
  washington dc|wellington|winnipeg|wroclaw|york|zagreb|zaragoza|zurich|zürich`
    .split(/\s*\|\s*/)
    .map((name) => name.trim());

const KNOWN: ReadonlySet<string> = new Set(NAMES);
for (const name of NAMES) for (const word of name.split(" ")) VOCABULARY.add(word);

export function isCity(name: string): boolean {
  return KNOWN.has(name.toLowerCase());
}
