import { VOCABULARY } from "../vocabulary.ts";

/** Towns that people come from: behind "from" any other name is a company's. */
const NAMES =
  `aalborg|aarhus|aberdeen|abu dhabi|accra|addis ababa|adelaide|albuquerque|algiers|alicante|almere|amman|amsterdam|
  anchorage|angers|ankara|antalya|antwerp|athens|atlanta|auckland|augsburg|austin|aveiro|baku|baltimore|bangalore|
  bangkok|barcelona|bari|basel|bath|beijing|beirut|belfast|belgrade|belo horizonte|bergamo|bergen|berlin|bern|bielefeld|
  bilbao|birmingham|bochum|bogota|bologna|bonn|bordeaux|boston|boulder|bradenton|bradford|braga|brasilia|bratislava|
  bremen|brescia|brighton|brisbane|bristol|brno|brooklyn|bruges|brussels|bucharest|budapest|buenos aires|buffalo|bursa|
  busan|cadiz|caen|cagliari|cairo|calgary|cambridge|canberra|cancun|canterbury|cape town|caracas|cardiff|casablanca|
  catania|charleston|charlotte|chattanooga|chengdu|chennai|chicago|cincinnati|cleveland|cluj|cluj-napoca|coimbra|
  cologne|colombo|colorado springs|columbus|copenhagen|cordoba|cork|coventry|curitiba|dakar|dalian|dallas|damascus|
  dar es salaam|darmstadt|davos|debrecen|delft|delhi|denver|des moines|detroit|dhaka|dijon|doha|dortmund|dresden|dubai|
  dublin|duisburg|dundee|durban|dusseldorf|düsseldorf|edinburgh|eindhoven|erfurt|espoo|essen|exeter|faro|fez|florence|
  fort worth|fortaleza|frankfurt|freiburg|fresno|fukuoka|galway|gdansk|gdynia|geneva|genoa|ghent|gijon|glasgow|
  gothenburg|granada|grand rapids|graz|grenoble|groningen|guadalajara|guangzhou|guayaquil|haarlem|haifa|halifax|hamburg|
  hangzhou|hanoi|hanover|harare|hartford|havana|heidelberg|helsinki|ho chi minh city|hobart|hong kong|honolulu|houston|
  hyderabad|indianapolis|innsbruck|inverness|istanbul|izmir|jacksonville|jaipur|jakarta|jeddah|jerusalem|johannesburg|
  kampala|kansas city|karachi|karlsruhe|kassel|katowice|kiel|kigali|kinshasa|klagenfurt|knoxville|kobe|kolkata|kosice|
  krakow|kuala lumpur|kuwait city|kyiv|kyoto|la paz|lagos|lahore|las vegas|lausanne|le havre|leeds|leicester|leipzig|
  leuven|lille|lima|limerick|linz|lisbon|little rock|liverpool|ljubljana|lodz|london|los angeles|louisville|luanda|
  lublin|lucerne|lugano|lusaka|luxembourg|lyon|maastricht|madrid|mainz|malaga|malmo|malmö|manama|manchester|manila|
  mannheim|maputo|marrakech|marseille|mecca|medellin|melbourne|memphis|mendoza|metz|mexico city|miami|milan|milwaukee|
  minneapolis|minsk|modena|monaco|monterrey|montevideo|montpellier|montreal|moscow|mumbai|munich|munster|murcia|muscat|
  münchen|münster|nagoya|nairobi|nanjing|nantes|naples|nashville|new delhi|new orleans|new york|new york city|newcastle|
  newport|nice|nijmegen|norwich|nottingham|novi sad|nuremberg|oakland|odense|oklahoma city|omaha|orlando|orleans|osaka|
  oslo|ostrava|ottawa|oulu|oviedo|oxford|padua|palermo|palo alto|pamplona|panama city|paris|parma|peoria|perth|perugia|
  philadelphia|phoenix|pilsen|pisa|pittsburgh|plovdiv|portland|porto|porto alegre|potsdam|poznan|prague|pretoria|pune|
  quebec|quebec city|quito|rabat|raleigh|recife|reims|rennes|reno|reykjavik|riga|rio de janeiro|riyadh|rochester|rome|
  rosario|rostock|rotterdam|rouen|sacramento|saint petersburg|salt lake city|salzburg|san antonio|san diego|
  san francisco|san jose|san juan|san sebastian|santa fe|santa monica|santiago|santo domingo|sao paulo|sapporo|sarajevo|
  scottsdale|seattle|sendai|seoul|seville|shanghai|sheffield|shenzhen|sibiu|siena|singapore|skopje|sofia|southampton|
  spokane|st gallen|st louis|st paul|st. louis|stavanger|stirling|stockholm|strasbourg|stuttgart|suzhou|swansea|sydney|
  syracuse|szczecin|szeged|são paulo|taichung|taipei|tallahassee|tallinn|tampa|tampere|tangier|tartu|tashkent|tbilisi|
  tehran|tel aviv|the hague|tijuana|tilburg|timisoara|tirana|tokyo|toronto|toulouse|trieste|tripoli|trondheim|tucson|
  tulsa|tunis|turin|turku|uppsala|utrecht|valencia|vancouver|varna|venice|verona|vienna|vigo|vilnius|vitoria|warsaw|
  washington|washington dc|wellington|wichita|windhoek|winnipeg|winterthur|wroclaw|wuhan|wuppertal|xian|yerevan|
  yokohama|york|zagreb|zaragoza|zurich|zürich`
    .split(/\s*\|\s*/)
    .map((name) => name.trim());

/** As those who live there call them, without their accents. */
const OWN_NAMES =
  `athina|antwerpen|beograd|bruxelles|bucuresti|den haag|firenze|geneve|genova|goteborg|kobenhavn|koln|lisboa|milano|moskva|munchen|napoli|praha|roma|sevilla|torino|venezia|warszawa|wien`.split(
    "|",
  );

const KNOWN: ReadonlySet<string> = new Set([...NAMES, ...OWN_NAMES]);
for (const name of NAMES) for (const word of name.split(" ")) VOCABULARY.add(word);

export function isCity(name: string): boolean {
  const written = name.toLowerCase();
  return KNOWN.has(written) || KNOWN.has(unaccented(written));
}

const ACCENTS = /\p{M}/gu;
/** Letters that are no other letter with an accent, and how they are written without. */
const STROKES: Readonly<Record<string, string>> = { ł: "l", ø: "o", đ: "d", ı: "i" };

function unaccented(name: string): string {
  const bare = name.normalize("NFD").replaceAll(ACCENTS, "");
  return bare.replaceAll(/[łøđı]/g, (letter) => STROKES[letter] ?? letter);
}
