/** The firms of the example workspace. None of them exists; their domains are reserved for examples. */
export interface ExampleCompany {
  readonly name: string;
  readonly domain: string;
  readonly industry: string;
  readonly employees: number;
  readonly revenue: number;
  readonly city: string;
  readonly country: string;
  readonly tier: "A" | "B" | "C";
  readonly tags: readonly string[];
}

type Row = readonly [
  name: string,
  subdomain: string,
  industry: string,
  employees: number,
  revenue: number,
  city: string,
  country: string,
  tier: "A" | "B" | "C",
  tags?: readonly string[],
];

const ROWS: readonly Row[] = [
  [
    "Brightwater Analytics",
    "brightwater",
    "SaaS",
    140,
    18e6,
    "London",
    "United Kingdom",
    "A",
    ["Reference"],
  ],
  ["Tallgrass Logistics", "tallgrass", "Logistics", 860, 120e6, "Chicago", "United States", "B"],
  ["Nordlicht Robotics", "nordlicht", "Manufacturing", 310, 44e6, "Hamburg", "Germany", "A"],
  ["Casa Lumen", "casalumen", "Retail", 75, 9e6, "Lisbon", "Portugal", "C"],
  ["Harbor & Finch", "harborfinch", "Consulting", 42, 6.5e6, "Boston", "United States", "B"],
  ["Kestrel Cloud", "kestrel", "SaaS", 64, 8.2e6, "Dublin", "Ireland", "A"],
  [
    "Solstice Health",
    "solstice",
    "Healthcare",
    520,
    71e6,
    "Toronto",
    "Canada",
    "A",
    ["Key account"],
  ],
  ["Maple & Rye", "maplerye", "Hospitality", 28, 3.1e6, "Montreal", "Canada", "C"],
  ["Quarrystone Capital", "quarrystone", "Finance", 190, 52e6, "Zurich", "Switzerland", "B"],
  ["Pelican Learning", "pelican", "Education", 33, 2.4e6, "Austin", "United States", "C"],
  ["Vireo Software", "vireo", "SaaS", 22, 1.9e6, "Barcelona", "Spain", "B"],
  ["Ostara Foods", "ostara", "Food", 410, 63e6, "Copenhagen", "Denmark", "B"],
];

export const EXAMPLE_COMPANIES: readonly ExampleCompany[] = ROWS.map(
  ([name, sub, industry, employees, revenue, city, country, tier, tags = []]) => {
    const domain = `${sub}.example.com`;
    return { name, domain, industry, employees, revenue, city, country, tier, tags };
  },
);
