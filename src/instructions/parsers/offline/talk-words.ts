import { wordsOf } from "./source.ts";

/** Small words and words of talk: no plan is made of them, but slips in them are put right like those in others. */
export const TALK = wordsOf(
  `about above across after again agree agreed alter article doubt doubts promise promises spend spent spends exciting ideal height weight
  quality theme stole swore settled settle meetings lived threw toward stays teach exists depends dose appear concern concerned speed threat latter
  against almost along already also although always among another anybody anyone anything anyway
  appreciate appreciated appreciates around away because been before behind being believe below besides better between beyond both business
  careful could course definitely does doing done down during each either else enough even ever every everybody everyone everything
  except exactly few finally first forget forgets forgetting friend friends from further going good great guess happen happened happens
  hardly have having hello help helpful here honestly hope hopefully however important indeed instead interesting just keep kind kindly
  know knows last lately later least less like likely little long look lots many maybe mean meant might mine more most much must myself near
  necessary need neither never next nobody none nothing often okay once only other others otherwise ought over own people perhaps please
  possible pretty probably quick quickly quite rather ready really reason remember right same second seem seems separate settle several
  shall should simple since some somebody someone something sometimes soon sorry still straight such sure tell than thank thanks that
  their theirs them then there these they thing things think third this those though thought through together tomorrow tonight
  towards under unless until upon used useful usually very waiting want wants weekend welcome well went were what whatever when whenever
  where whether which while whole whom whose will with within without wonder wonderful work works would yeah year yesterday your yours`,
);

/** Of these a word of four letters may be a slip. */
export const CLOSED = wordsOf(
  `after again also because been before could does done each else even every first from have just know like make many might most much
  need never only other over please really same should since some still such than thank thanks that their them then there these they
  thing think this those under until very want well were what when where which while whose will with would your`,
);

/** Words of their own that are one letter from a word of the grammar. */
export const REAL = wordsOf(
  `latter pushy picky sticky touchy chatty loud proud resolving tracing filing picking chasing accent science sciences competing cancelling rapid stalled piping coping hoping taping
  dinning tined county desert personal persona costume costumes casual medal brand brands trails united untied angle angles diary
  dairy quote quotes tale tales stripped striped staring starring barred bared planed hosted posted pasted latest wining pining pairs stars sides rests sorts stated tuning compete forth cased baking shard`,
);
