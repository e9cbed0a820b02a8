import { wordsOf } from "./source.ts";

/**
 * English words that are a slip away from a word of the grammar and mean something else: "subscribe" is no "unsubscribe", "clone" no
 * "close". From SCOWL (wordlist.aspell.net, the words up to size 35), those that a slip was seen in, without some that are mostly slips
 * here ("fist", "moths", "crate").
 */
export const REAL_WORDS = wordsOf(`
  abode abort abounding abridging accented accenting accents accessing accompanies accompany accosting addressed addressee addresses
  advice afield aided aiding alined alines alining allocated allocates allocating altar altars amply aping appalling appealing appearing
  appeasing apples apter aptly arguments arise arises arising arraigned arraigning ascending ashed ashing askew asleep assemblies
  asserting assisting attack attacked attacking attaining attending attracted attracting avert averted averting averts baited baiting
  baits baled baling ballasted ballasting balled balling balls bantering baring barraging bartering basil basked basking basks basted
  basting battering bawled bawling bawls beach beast beasts begun beings bellow bending bends bettering bless blest blogged blogging blogs
  boast boasted boasting boasts boiled boiling boils booed booing bookend boomed booming booms boons boors booted booting boots boring
  bought bounded bounding braise braised braises braising breach breached breaches breaching breasting breathing bridged bridging brine
  brink brinks briny broaching brook brooked brooking brooks browned browning brows brunching built bummed bumming bumpy burped burping
  burps bused buses busing bypast cabled cabling calfs calked calking calks callus callusing calmed calming calms camel cameo camped
  camping camps cancer cancers cankering canopying cant cantering carolling carped carping carps carriages casing casks categories cease
  ceased ceases ceasing cells chafe chafed chafes chafing chance chanced chances chancing chanted chanting chapped chapping chaps charge
  charged charges charging chasm chasms chaste cheated cheating cheek cheeked cheeking cheeks chick chicks chunk chunks clack clacked
  clacking clacks clanged clanging clapped clapping claps clarified clarifies clarifying cleansing cleat cleats cleave cleaved cleaves
  cleaving cleft clinching clink clinked clinking clinks clocked clocking clocks clogged clogging clogs clone clones closest closet
  closeting closets clove cloves cluck clucked clucking clucks coalition coded codes coding coked cokes coking collaring collating
  collection collective comas combed combing combs comedy comet comets compacted compacting companion companions comparing compassed
  compasses compassing compelled compelling competed competes compiling completely completest complexes complying composite composites
  compost composted composting composts composure comprised comprises comprising computing concealed concealing conceding conceited
  conception concerning concert concerted concerting concertos concerts concocted concocting concoction concreted concreting conditional
  conditioned conducted conducting cones confection confections conferred conferring confining congested congesting congestion connective
  connoting consented consenting conserved conserving consorted consorting constants constrain constrains contagion contagions contained
  containing contended contending contented contenting contention contested contesting continual continuity continuous continuum contorted
  contorting contracted contracting contrasted contrasting contrasts convection convening convent convention convents converged converges
  converging conversed converses conversing conveying convicted convicting conviction convinced convinces convincing cooed cooing coped
  copes copped copping cored cores coring correctest correction corrective correlated correlating corrupted corrupting corseting cosies
  covert coverts coves cowed cowing cozies crank cranked cranking cranks creaked creaking creamed creaming crease creased creases creasing
  creatives creatures crediting cremate cremated cremates cremating crested cresting cringed cringing culled culling culls cupped cupping
  curried curries curry currying curse customary daisy dealt deans decay decayed decaying decays decease deceased deceases deceasing
  declaring decreeing defeating defecting deflating deflected deflecting dejecting delegated delegates delegating deliveries delivery
  demon deplete depleted depletes depleting deporting depressed depresses depressing derailing deserting detaching detailing detecting
  detesting dials directory disarming disbanded disbanding discerned discerning discharged discharging discord discorded discording
  discords dogged dogging drank drenching dripped dripping drips droop drooped drooping droops dross eater edited editing edits eery
  eighth eighty eliciting embarking emits employed employer employers endearing engraving enlarging enrage enraged enrages enraging
  entailing enticement entreated entreating escapades escorting ether excavated excavates excavating exceeding excited exhort exhorted
  exhorting exhorts exiled exiling exist existed existing expecting expert experts exploding exploited exploiting exploring extolling
  extort extorted extorting extorts failed failing falter faltered faltering falters fared fares faring fended fending fends festering
  fetich fetiches fettering fever fiend fiends filet filets filler filleting filmed filming films fined fines finessing fingering fining
  firmed firming firs fitter fives fixed fixes fixing flaps flats flaws flied flies fling flogged flogging flogs flower flowered flowering
  flowers foiled foiling folks forearmed forearming fores forewarned forewarning forewarns forewords forges forwardest fostering fount
  frank franked franking franks fried friending fries fringed fringing frittered frittering funding funds furnished furnishes furnishing
  fused fuses fusing gabbed gabbing garb garbs gavel gazetting gents gibed gibes gibing givens glower glowered glowering glowers goggle
  goggles gored gores goring grams grass grater grave grays greats greed green greened greening greens grubbed grubbing grubs gutted
  guttering gutting haled hales haling halls haloed haloing halos halter haltered haltering halters halve halved halves halving handsomer
  handy hangover hangovers happening hardy hared hares haring harts hasted hasting hated hates hating hatted hatting haunt haunted
  haunting haunts haven havens hayed haying hazed hazes hazing heave heaved heaves heaving hilts hinds hinged hinging hinted hinting hints
  hived hives hiving holed holes holing honesty hooded hooding hoods horded hording hunks hurting hurts ideals identities identity
  imitation imitations immediate incensing incite incited incites inciting increasingly indication indications indicting indorsing
  inferring infirm inflaming informant initiation initiations insisting interacted intercepted interjected intersected intimation
  intimations intrusted inventing inverting investing invocation invocations invoicing irritation irritations jetted jetting joint jointed
  jointing joints jolted jolting jolts juts jutted jutting keeled keeling keels keened keening keens kinked kinking kinks kneed lager
  lagged lagging lamenting lamer lanes lapel lapels laser lasted lasting lasts latex lather lathering laxer layer leach leaded leafed
  leafing leafs leaked leaking leaks leaned leaning leans leaped leaping leaps leapt lease leased leases leash leasing lefts legged
  legging lending lends lest lettering libel libeled libeling libelling libels liked likes liking lilted lilting lilts limed limes liming
  linen linked linking links lisped lisping lisps listen listening liter lives living loads loaves lobes locale locales locked locking
  locks lodged lodging lofted lofting lofts loitering longed longing longs loomed looming looms loons loose loosed looses loosing looted
  looting loots loped lopes loping lopped lopping loser losers losses louse louses loved lover lovers loves loving lowed lowing lugged
  lugging lusted lusting lusts maced maces macing maids maimed maiming maims mains males malls manes mares marred marring marsh marts
  masked masking masks mastering match mated mates mating mattering mauled mauling mauls mazes melting memorials memories mended mending
  mends mentoring miked mikes miking minuet minuets minuses minutest moaning modes moles mollified mollifies mollifying mooed mooing
  mooning moped mopes moping mortified mortifies mortifying motioning motorized motorizes motorizing mourning movie movies mowed mowing
  mused muses musing needy nether neutering nodes nosed noses nosing notching nudes omens omitted omitting opportunist opportunists
  organisms organists ovens overloaded overloading overloads overprice overpriced overprices overpricing overprinted overprinting
  overrated overrates overrating overrides overriding overtook overworked overworking overworks overwritten packed packing packs padded
  padding palled palling palls pangs panicking panned panning parse parsed parses parsing parson pastes pasting pasts patted pattering
  patting peach pease pecked pecking pecks peeps pended pends personable personnel pestering pests petted petting petty phoney phoneys
  phonied phonies phony phonying pickaxing picket picketing pigged pigging piked piking pilled pilling pills pines pinked pinking pinks
  pints piped pitted pitting placating plains plank planked planking planks planted planting plants plays plead pleads pleas plops pluses
  plush poets poked poking poled poling polled polling polls pooped pooping poops popped popping pored poring portability ported porting
  ports posed poses posing posturing pots potted potting pouted pouting pouts praise praised praises praising prank pranks preach preached
  preachers preaches preaching preceding preempted preempting prefer preferred preferring prefers prepaying presented presenting pretended
  pretending prevented preventing prick pricked pricking prickling pricks processed processes processing producing professed professes
  professing profiting progressive progressives promising promptest prone proposing props prospectus provoking pucks pulley pulped pulping
  pulps pulsed pulsing punishing punted punting punts pusses puttering puttied putts puttying qualities quartered quartet quieted quieting
  quiets quilt quilted quilting quilts quips racked racking racks rafter raided raiding railed railing rained raining raisin raisins raked
  raking rally ranged ranging ranted ranting rants ravishing react reacted reacting rebind rebinding rebinds reclining recoiling recollect
  recollected recollecting recollects recouping recurring redesigned redesigning redesigns redressed redresses redressing referee refereed
  refereeing referenda referred referring reforming refrained refraining refueling refunding regain regained regaining regains regarding
  registrar registrars regressed regresses regressing rehashing reindeers rejecting rejoinder rejoinders rejoining relapsing related
  relating relax relaxed relaxing releasing relenting relied relies reloading relying remain remained remaining remains remitting remote
  remotes rendering rending rends repairing repay repaying repays repealing repeating repelling repenting replay repleting repressed
  represses repressing reproving repulsing rereading rerouting rescinded rescinding resent resented resenting resents reserving resetting
  resigning resisting resistors resort resorted resorting resorts resounded resounding respected respecting responsive rested resting
  restrained restraining restrains resulting retailed retailing retails retarding retch retched retches retching retort retorted retorting
  retorts retracing revealing revelling revenge revenging revere revered reveres revering reversed reversing revery revolting revolving
  rewarding rewind ridged ridging rifer rigged rigging riled riles riling rinds rinks rinsed rinsing rises rising rivetting roach roaches
  roles rooted rooting rotted rotting rouge rouged rouges rouging rouse roused rouses rousing routeing routine ruined ruining ruins rungs
  runts ruses sades safes sages salter salve salved salves salving sames sanded sanding sands sashes sawed sawing saying scabs scant
  scanted scanting scants scare scared scares scaring scars scent schooling scoot scooted scooting scoots scorching scored scores scoring
  scourging scrapping screaming scripting scurrying seared searing seated seating seats secluding seconding sects seeded seeding seeds
  seedy seeing seeks seeped seeping seeps selective selves semen sensed sensing servicing sever sewed sewing sexed sexes sexing shade
  shaded shades shading shadowing shaft shafted shafting shafts shake shakes shaking shame shamed shames shaming shape shaped shapes
  shaping shark sharked sharking sharks sharped sharping sharps shave shaved shaves shaving sheared shearing sheen sheep shied shies
  shifty shined shining shins shipped shipping shire shirt shirted shirting shirts shoed shoeing shoes shooed shooing shook shoon shoos
  shopped shopping shops shore shored shores shoring shorted shorting shorts shots shout shouted shouting shouts shoved shoving showering
  shown showy shred shrieking shrimping shrinking shuck shunt shunted shunting shunts sicked sicking sicks sided siding sifted sifting
  sifts sighed sighing sighs sill silted silting silts sine sing singed singing sings sinned sinning sipped sipping sired siring sitting
  sized sizing sketching skids skies skill skimp skimped skimping skimps skims skins skippered skippering skits slabs slaked slaking slams
  slapped slapping slash slashed slashes slashing slated slating slats slave slaved slaves slaving slaying slays sleek sleeked sleeking
  sleeks sleepy sleet sleeted sleeting sleets slice sliced slices slicing slick slicked slicking slicks slime slims sling slits slobs
  slogged slogging slogs sloped sloping slopped slopping slops sloth sloths slotted slotting slowed slower slowing slows sluts smart
  smarted smarting smarts smash smashed smashes smashing smiting smoothing snaps snare snared snares snaring snatching snide sniped
  sniping snipped snipping snips snitch snitched snitches snitching snooped snooping snore snored snores snoring snots snowed snowing
  snows snuck soaped soaping soaps soared soaring sopped sopping sores soured souring sowed sowing spanned spanning spans spared spares
  sparing spayed spaying spays spending spill spited spiting spits splashing spore spores spots squashing squatting squinting squirting
  stabs stack stacked stacking stacks staged staging stags stake staked stakes staking staled staling stall stanching starch starched
  starches starching stare stared stares stark starred starved starving states stating stave staved staves staving steadying steep steeped
  steeping steeps stems stepped stepping stewed stewing stews sting stink stinking stinks stitch stitched stitches stitching stock stocked
  stocking stockings stocks stoke stoked stokes stoking stoles stomp stomped stomping stomps stone stoned stones stoning stoop stooped
  stooping stoops stoppered stoppering storey storeys stories stork storks storm stormed storming storms stove stoves stowed stowing stows
  straining strap strapped strapping straps stray strayed straying strays streaking streaming stride strides striding strife string
  stringing stripe stript strive strived strives striving stroke stroked strokes stroking struck stunk suave subletting subscribe
  subscribed subscribes subscribing subsisted subsisting sufficing suing suited suiting suits summits sundae sundry surmising surpassed
  surpasses surpassing surplused surpluses surplusing surprisingly surviving swabs swamp swamped swamping swamps swans swapped swapping
  swats swayed swaying sways sweeping sweepings swept swerve swerved swerves swerving swift swifts swill swing swiped swiping tacked
  tacking talked talking talks tamed tames taming tangs tank tanked tanking tanks taped tapes tasked tasking taxed taxes taxing teats
  teetering temperate tended tendering tending tends tented tenting tents terminals terminuses tested testing tests texturing thinking
  thinks thins threading threats throb throbbing throbs thronging thrown tilled tilling tills ting tings tires tissue tissues toeing token
  tolled tolling tolls toned toning topped topping torch torched torches torching toted toting touchiest tough towed towelling towing
  toyed toying transacted transacting transacts transferred transferring transform transformed transforming transforms transit transited
  transiting transits transitted transitting translated translating transmitted transmitter transmitting transpired transpiring transverse
  tread treading treads treaty treed trees trenching tribes trims trios trips trough truanting trued trues truing tugged tugging tuned
  turfed turfing turfs tusks tweed tying typed typing untangled untangling uprooting usher vague valve vended vending vends veneering
  venturing vomit vomited vomiting vomits wadded wadding wafted wafting wafts waifs wailed wailing wails waist waists waived waiving wands
  waned wanes waning wantoning warded warding wards warmed warming warms warped warping warps warranted warranting warred warring warts
  wasted wasting watts wedded wedding weedy weeing weeping weeps weer welded welding welds weltering wheedling wherever whiled whiling
  whims whined whining whipped whipping whirs whites whittling whore width wiped wiping witch withdrawal withdrawals withdrawn withdrew
  wont worthy wreathing wrenching wring wringing wrings writhe writhed writhes writhing
`);
