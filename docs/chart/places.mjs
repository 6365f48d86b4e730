/**
 * Where the wide chart has what the machine consists of. The generator refuses what the machine has not, and whatever of the
 * machine has no place here.
 */

/**
 * Left, top, width and height of each state.
 *
 * @type {Readonly<Record<string, readonly [x: number, y: number, width: number, height: number]>>}
 */
export const boxes = {
  anonymous: [16, 30, 330, 400],
  'anonymous.restoring': [60, 72, 200, 62],
  'anonymous.settled': [90, 206, 140, 40],
  'anonymous.signingIn': [44, 326, 250, 66],
  authenticated: [500, 56, 254, 110],
  refreshing: [896, 30, 356, 380],
  'refreshing.granting': [1000, 92, 124, 40],
  'refreshing.backingOff': [1000, 218, 124, 40],
  'refreshing.rescuing': [1092, 332, 150, 40],
  idle: [500, 320, 384, 134],
  'idle.quiet': [524, 384, 124, 40],
  'idle.warning': [736, 384, 124, 40],
  expired: [60, 500, 230, 66],
};

/**
 * The line of an edge, and its label's place: `start`, `middle` or `end` of the label is there. An edge without a line is a
 * chip within its state: it stays there, or leads to where everything leads from everywhere.
 *
 * @type {Readonly<Record<string, readonly [line: string, x: number, y: number, anchor: 'start' | 'middle' | 'end']>>}
 */
export const lines = {
  'anonymous.restoring--restored': ['260 90H500', 424, 84, 'middle'],
  'anonymous.restoring--notSignedIn': ['160 134V206', 153, 174, 'end'],
  'anonymous.restoring--ended': ['60 104H30V540H60', 36, 490, 'start'],
  'anonymous.settled--isSignedIn': ['230 226H424V118H500', 386, 220, 'middle'],
  'anonymous.settled--signInWanted': ['130 246V326', 123, 292, 'end'],
  'anonymous.signingIn--notSignedIn': ['190 326V246', 197, 292, 'start'],
  'anonymous.signingIn--isSignedIn': ['294 358H452V144H500', 459, 206, 'start'],
  'anonymous.signingIn--signInFailed': ['120 392V500', 113, 464, 'end'],
  'expired--signInWanted': ['220 500V392', 227, 464, 'start'],
  'authenticated--ended': ['544 166V250H366V512H290', 500, 244, 'middle'],
  'expired--isSignedIn': ['290 550H398V284H584V166', 520, 278, 'middle'],
  'idle--ended': ['500 402H382V531H290', 450, 396, 'middle'],
  'refreshing--ended': ['1190 410V616H175V566', 640, 610, 'middle'],
  'authenticated--away': ['640 166V320', 633, 230, 'end'],
  'idle--back': ['690 320V166', 697, 230, 'start'],
  'authenticated--due': ['754 80H896', 825, 74, 'middle'],
  'authenticated--renewalRequested': ['754 112H896', 825, 106, 'middle'],
  'refreshing--renewed': ['896 144H754', 825, 138, 'middle'],
  'idle--renewalRequested': ['840 320V250H896', 834, 244, 'middle'],
  'refreshing.granting--failedTransiently': ['1024 132V218', 1018, 180, 'end'],
  'refreshing.backingOff--retries': ['1066 218V132', 1072, 180, 'start'],
  'refreshing.granting--rescuable': ['1124 106H1144V332', 1150, 216, 'start'],
  'refreshing.granting--answerLost': ['1124 118H1232V332', 1226, 176, 'end'],
  'refreshing.backingOff--rescuable': ['1112 258V332', 1106, 300, 'end'],
  'refreshing.rescuing--rescueFailed': ['1092 352H1022V258', 1048, 370, 'middle'],
  'refreshing.backingOff--away': ['1000 238H930V428H884', 906, 422, 'middle'],
  'idle.quiet--warns': ['648 396H736', 692, 391, 'middle'],
  'idle.warning--endReceded': ['736 412H648', 692, 428, 'middle'],
};
