import { isVerb, lemmaOf } from "../lexicon.ts";
import { wordsOf } from "../source.ts";

/** Common verbs that no step is made of: with one of them first, words may order what nothing can carry out. */
const DEEDS = wordsOf(
  `abandon absorb accelerate accommodate accompany account achieve acquire act activate adapt address administer admit adopt advertise aim align allocate
  allow amend amplify analyse analyze announce annotate anonymise anonymize apologise apologize appeal appoint appraise approve archive argue aspire assemble assess
  assist assure audit authenticate authorise authorize automate award babysit backup bake ban bargain bash bathe beat beg bet bid bill bind blame blend bless
  block blow boil bomb bombard boot borrow bother bounce bow box brainstorm brand break brew bribe bridge broadcast brush bundle burn bury buy calculate calm
  camp capture care carve cash cast catalog catalogue catch cater celebrate certify challenge charge charm chat cheat cheer choose chop circulate cite claim clap clean
  climb clone coach code collaborate collate colour color comb combine comfort command comment commission commit communicate compare compensate compile complain
  comply compress compute conceal conclude conduct configure confirm confront consider consolidate construct consult contest contribute control convene converse
  convey convince cook cool coordinate counsel count court cover craft crawl credit criticise criticize cross crush cuddle cultivate cure customise customize cycle dance
  dare deactivate deal debate debit debug decide declare decline decode decorate dedicate deduct deduplicate deepen defend define defrost delegate deliver demand demo demonstrate
  deny deploy deposit derive describe design destroy detach detect determine develop devise diagnose dial dictate die digest digitise digitize dim dine dip direct disable
  disclose disconnect discount discover discuss dismiss dispatch display dispose dispute dissolve distribute dive divert divide document donate double download draft
  drag draw dress drill drink drive drown dry dub duplicate dust earmark earn eat edit educate elaborate elect eliminate embed embrace employ empower enable encourage
  encrypt endorse enforce engineer enjoy enlarge enlist ensure entertain entice equip erase erect establish estimate evaluate examine execute exercise expand
  expedite experiment explain explore express extend extract face facilitate fake fan fashion fax feature feed fight finalise finalize finance fine fix flash flatter
  flood fly fold fool force forecast forge forget form format forgive formulate frame free freeze fry fuel fund gamble gauge generate gift glue grade grant grease
  grill grind guarantee guard guess guide hack hammer handle hang harass harvest heal heat help hide hike hire honour honor hook host house hug humour humor hurry hypnotise
  hypnotize illustrate imagine implement import impress improve improvise incorporate index inflate influence infer inspect inspire install instruct insure integrate intensify
  interpret interrupt interview investigate invoice iron isolate joke judge juggle justify kill kiss knit knock lay learn lend lecture license licence lick link listen live
  lobby localise localize lock lodge lure mail maintain manage manipulate manufacture map march market master match maximise maximize measure mediate meet melt mentor
  merge migrate mime mind minimise minimize mint mix mobilise mobilize mock model moderate modernise modernize monitor motivate mount mow multiply mute nag name narrate
  negotiate neutralise nominate normalise normalize number obey obtain offer officiate operate oppose optimise optimize orchestrate order orient outline outsource overhaul oversee
  overnight overturn pack package paint pamper paraphrase parse pay peel perform permit persuade phase photocopy photograph pilot pitch place plant play plead please plug
  poke polish poll pollute pool populate post pour practise practice praise pray preach predict prepare present preserve press pretend prevent price print prioritise prioritize process
  procure produce profile program prohibit project promise pronounce propose prospect protect protest prove provide provision prune publicise publicize publish punch
  punish purchase purge pursue puzzle qualify quantify query question queue quote race rally randomise randomize rate rationalise reactivate read realign reassure rebook
  rebrand rebuild recalculate recall recite reclaim recognise recognize recommend reconcile reconfirm reconsider reconstruct recover recruit recycle redact
  redeem redesign redirect redo refactor refill refine reformat reformulate refund refurbish refuse regenerate rehearse reimburse reinforce reinstate reject relax release relocate
  remodel render renegotiate renew renovate rent reorder reorganise reorganize repaint repair repay rephrase replay replenish replicate represent reprint request rescue reserve reshape
  resolve respect restart restock restore restrict restructure retrain retrieve retry reuse revamp review revise revisit revive revoke reward rewind rewrite rid rip roast rob role-play
  roll rotate sack salute sample sanitise sanitize satisfy scale scan scare scatter schmooze scold score scout scrape scratch screen screenshot script scrub seal secure seduce seek segment
  sell sense separate serenade settle sew shake shame shape share sharpen shave shock shop shorten shout shovel shred shut simplify simulate sing sit sketch slack slash slice smash smell smile
  smoke sms smuggle snap soothe sort spam speak specify speed spell spend spike spin split sponsor spray spread sprinkle spy squash squeeze stack stage stain stamp standardise standardize staple
  stare stash steal steer stir stock straighten strengthen stress stretch stroke structure study style subscribe subtract sue suggest summarise summarize summon supervise
  supply support suppress surf suspend swallow swap swear sweep swim sympathise sync synchronise synchronize synthesise synthesize tailor tack tally tame tap tape taste tax teach tear tease telephone teleport
  tempt tend test thank thin think threaten throttle tickle tidy tie tighten tip tolerate torture total touch tour trace track trade train translate transport trap travel treat triage trick
  trim triple troubleshoot trust tune tweak tweet twist type undo unify unite unlock unpack unsend unwrap upgrade upload upsell urge utilise utilize vacuum validate value vet video
  view vilify visit visualise visualize voice volunteer vote wager wake walk warm wash waste watch water wave weigh welcome whatsapp whisper widen win wine wipe wire wish woo worship
  wrap wreck wrestle yell zip zoom`,
);

/** Whether the word, in its bare form, could tell somebody to do something. */
export function isDeed(word: string): boolean {
  return DEEDS.has(word) || (isVerb(word) && lemmaOf(word) === word);
}
