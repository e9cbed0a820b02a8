/** The deals of the example workspace. */
export interface ExampleDeal {
  readonly name: string;
  readonly company: string;
  /** The address of its primary contact. */
  readonly contact: string;
  readonly value: number;
  readonly stage: string;
  readonly probability: number;
  readonly closesInDays: number;
  readonly lossReason?: string;
}

type Row = readonly [
  name: string,
  company: string,
  contact: string,
  value: number,
  stage: string,
  probability: number,
  closesInDays: number,
  lossReason?: string,
];

const ROWS: readonly Row[] = [
  [
    "Brightwater renewal",
    "Brightwater Analytics",
    "amelia.okafor@brightwater.example.com",
    48_000,
    "Negotiation",
    80,
    20,
  ],
  [
    "Brightwater data add-on",
    "Brightwater Analytics",
    "tobias.lindqvist@brightwater.example.com",
    9500,
    "Proposal",
    45,
    40,
  ],
  [
    "Tallgrass fleet rollout",
    "Tallgrass Logistics",
    "marcus.delgado@tallgrass.example.com",
    125_000,
    "Negotiation",
    60,
    35,
  ],
  [
    "Nordlicht pilot",
    "Nordlicht Robotics",
    "annika.brandt@nordlicht.example.com",
    32_000,
    "Demo Done",
    50,
    28,
  ],
  [
    "Casa Lumen stores",
    "Casa Lumen",
    "ines.carvalho@casalumen.example.com",
    14_000,
    "Qualified",
    30,
    60,
  ],
  [
    "Harbor & Finch advisory seats",
    "Harbor & Finch",
    "eleanor.finch@harborfinch.example.com",
    27_500,
    "Negotiation",
    70,
    14,
  ],
  [
    "Kestrel platform",
    "Kestrel Cloud",
    "ciaran.doyle@kestrel.example.com",
    64_000,
    "Proposal",
    55,
    30,
  ],
  [
    "Solstice hospital group",
    "Solstice Health",
    "hannah.tremblay@solstice.example.com",
    210_000,
    "Negotiation",
    65,
    45,
  ],
  [
    "Solstice pharmacy pilot",
    "Solstice Health",
    "omar.farouk@solstice.example.com",
    18_000,
    "Closed Won",
    100,
    -10,
  ],
  ["Maple & Rye bookings", "Maple & Rye", "etienne.roy@maplerye.example.com", 6000, "New", 10, 75],
  [
    "Quarrystone compliance",
    "Quarrystone Capital",
    "reto.zbinden@quarrystone.example.com",
    88_000,
    "Demo Done",
    40,
    50,
  ],
  ["Vireo starter", "Vireo Software", "beatriz.navarro@vireo.example.com", 4800, "New", 15, 55],
  [
    "Ostara supply portal",
    "Ostara Foods",
    "freja.holm@ostara.example.com",
    73_000,
    "Proposal",
    50,
    33,
  ],
  [
    "Ostara warehouse",
    "Ostara Foods",
    "mikkel.sorensen@ostara.example.com",
    21_000,
    "Closed Won",
    100,
    -32,
  ],
  [
    "Pelican classrooms",
    "Pelican Learning",
    "caleb.ortiz@pelican.example.com",
    11_000,
    "Closed Lost",
    0,
    -20,
    "Budget",
  ],
];

export const EXAMPLE_DEALS: readonly ExampleDeal[] = ROWS.map(
  ([name, company, contact, value, stage, probability, closesInDays, lossReason]) => {
    const deal = { name, company, contact, value, stage, probability, closesInDays };
    return lossReason === undefined ? deal : { ...deal, lossReason };
  },
);
