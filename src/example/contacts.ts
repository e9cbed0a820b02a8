/** The people of the example workspace: invented, with addresses that lead nowhere. */
export interface ExampleContact {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly title: string;
  readonly company: string;
  readonly status: string;
  readonly city: string;
  readonly country: string;
  readonly leadScore: number;
  readonly tags: readonly string[];
  /** How long ago they were written to; undefined: never. */
  readonly contactedDaysAgo: number | undefined;
}

/** name | domain of the address | title | company | status | place | lead score | tags | days since they were written to */
const ROWS = `
Amelia Okafor | brightwater.example.com | CEO | Brightwater Analytics | Customer | London, United Kingdom | 92 | VIP | 12
Tobias Lindqvist | brightwater.example.com | Head of Data | Brightwater Analytics | Customer | London, United Kingdom | 64 | Newsletter | 47
Priya Raman | brightwater.example.com | Marketing Manager | Brightwater Analytics | Lead | London, United Kingdom | 38 | Webinar |
Marcus Delgado | tallgrass.example.com | VP of Operations | Tallgrass Logistics | Qualified | Chicago, United States | 77 | Webinar | 6
Joanna Whitfield | tallgrass.example.com | COO | Tallgrass Logistics | Lead | Chicago, United States | 55 |  |
Devon Marsh | tallgrass.example.com | Fleet Manager | Tallgrass Logistics | Lead | Chicago, United States | 21 |  |
Annika Brandt | nordlicht.example.com | CTO | Nordlicht Robotics | Qualified | Hamburg, Germany | 83 | VIP | 3
Jonas Petersen | nordlicht.example.com | Head of Procurement | Nordlicht Robotics | Lead | Hamburg, Germany | 45 |  |
Svenja Kröger | nordlicht.example.com | Plant Manager | Nordlicht Robotics | Lead | Bremen, Germany | 33 | Webinar |
Inês Carvalho | casalumen.example.com | Founder | Casa Lumen | Customer | Lisbon, Portugal | 70 | Newsletter | 38
Rui Teixeira | casalumen.example.com | Store Manager | Casa Lumen | Lead | Porto, Portugal | 18 |  |
Eleanor Finch | harborfinch.example.com | Managing Partner | Harbor & Finch | Qualified | Boston, United States | 81 | VIP | 9
Samuel Harbor | harborfinch.example.com | Partner | Harbor & Finch | Customer | Boston, United States | 66 |  | 95
Naomi Adeyemi | harborfinch.example.com | Consultant | Harbor & Finch | Lead | Boston, United States | 27 | Webinar |
Ciarán Doyle | kestrel.example.com | CEO | Kestrel Cloud | Qualified | Dublin, Ireland | 88 | VIP | 2
Aoife Brennan | kestrel.example.com | VP of Sales | Kestrel Cloud | Lead | Dublin, Ireland | 59 | Webinar |
Liam Gallagher-Byrne | kestrel.example.com | Engineer | Kestrel Cloud | Lead | Galway, Ireland | 14 |  |
Hannah Tremblay | solstice.example.com | Chief Medical Officer | Solstice Health | Customer | Toronto, Canada | 90 | VIP | 33
Omar Farouk | solstice.example.com | IT Director | Solstice Health | Customer | Toronto, Canada | 73 | Newsletter | 61
Grace Nakamura | solstice.example.com | Head of Purchasing | Solstice Health | Qualified | Ottawa, Canada | 62 |  | 15
Étienne Roy | maplerye.example.com | Owner | Maple & Rye | Lead | Montreal, Canada | 25 |  |
Camille Gagnon | maplerye.example.com | Events Manager | Maple & Rye | Lead | Montreal, Canada | 31 | Webinar |
Reto Zbinden | quarrystone.example.com | CFO | Quarrystone Capital | Qualified | Zurich, Switzerland | 79 | VIP | 20
Martina Keller | quarrystone.example.com | Head of Compliance | Quarrystone Capital | Nurture | Zurich, Switzerland | 41 |  | 54
Luca Bernasconi | quarrystone.example.com | Analyst | Quarrystone Capital | Lead | Lugano, Switzerland | 16 |  |
Beatriz Navarro | vireo.example.com | Founder | Vireo Software | Lead | Barcelona, Spain | 52 | Webinar |
Pol Ferrer | vireo.example.com | Engineer | Vireo Software | Nurture | Barcelona, Spain | 22 | Newsletter | 70
Whitney Boone | pelican.example.com | Director of Curriculum | Pelican Learning | Lead | Austin, United States | 35 |  |
Caleb Ortiz | pelican.example.com | Teacher | Pelican Learning | Nurture | Austin, United States | 12 | Newsletter | 120
Freja Holm | ostara.example.com | CEO | Ostara Foods | Qualified | Copenhagen, Denmark | 85 | VIP | 11
Mikkel Sørensen | ostara.example.com | Supply Chain Manager | Ostara Foods | Customer | Aarhus, Denmark | 68 | Newsletter | 44
Sofie Lund | ostara.example.com | Buyer | Ostara Foods | Lead | Copenhagen, Denmark | 29 |  |
Kofi Mensah | example.org | Freelance Consultant |  | Lead | Accra, Ghana | 24 | Webinar |
Yuki Tanabe | example.org | Product Manager |  | Lead | Osaka, Japan | 37 |  |
Valentina Rossi | example.net | CMO |  | Qualified | Milan, Italy | 74 | VIP | 8
Arjun Mehta | example.net | Sales Director |  | Nurture | Pune, India | 48 | Newsletter | 58
Ingrid Halvorsen | example.org | Procurement Lead |  | Customer | Oslo, Norway | 57 |  | 82
Mateo Quiroga |  | CTO |  | Nurture | Buenos Aires, Argentina | 43 |  |
Lucy Abara |  | Operations Manager | Pelican Learning | Nurture | Dallas, United States | 19 |  |
Pavel Novotný | example.net | Head of Sales |  | Lead | Prague, Czechia | 46 |  |
`;

export const EXAMPLE_CONTACTS: readonly ExampleContact[] = ROWS.trim().split("\n").map(readRow);

function readRow(row: string): ExampleContact {
  const [name, domain, title, company, status, place, score, tags, days] = cellsOf(row);
  const [firstName, lastName] = inTwo(name, " ");
  const [city, country] = inTwo(place, ", ");
  return {
    firstName,
    lastName,
    email: domain === "" ? null : `${plain(firstName)}.${plain(lastName)}@${domain}`,
    title,
    company,
    status,
    city,
    country,
    leadScore: Number(score),
    tags: tags === "" ? [] : tags.split(" "),
    contactedDaysAgo: days === "" ? undefined : Number(days),
  };
}

type Cells = readonly [string, string, string, string, string, string, string, string, string];

function cellsOf(row: string): Cells {
  const cells = row.split("|").map((cell) => cell.trim());
  if (cells.length !== 9) throw new TypeError(`A row of the example has nine cells: ${row}`);
  return cells as unknown as Cells;
}

function inTwo(text: string, by: string): readonly [string, string] {
  const at = text.indexOf(by);
  return [text.slice(0, at), text.slice(at + by.length)];
}

/** As names become addresses: "Kröger" is kroger. */
function plain(name: string): string {
  const bare = name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return bare.replaceAll("ø", "o").replaceAll(/[^a-z]/g, "");
}
