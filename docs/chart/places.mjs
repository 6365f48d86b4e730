/**
 * Where the wide chart has what the machine consists of. The generator refuses what the machine has not, and whatever of the
 * machine has no place here.
 */

/** Width and height of the wide chart. */
export const size = /** @type {const} */ ([1244, 584]);

/**
 * Left, top, width and height of each state.
 *
 * @type {Readonly<Record<string, readonly [x: number, y: number, width: number, height: number]>>}
 */
export const boxes = {
  anonymous: [16, 20, 284, 354],
  'anonymous.restoring': [72, 62, 188, 62],
  'anonymous.settled': [106, 188, 120, 52],
  'anonymous.signingIn': [64, 290, 228, 66],
  authenticated: [436, 36, 254, 118],
  refreshing: [836, 20, 392, 392],
  'refreshing.granting': [936, 98, 112, 46],
  'refreshing.backingOff': [936, 304, 112, 46],
  'refreshing.rescuing': [1098, 202, 112, 46],
  idle: [500, 262, 318, 150],
  'idle.quiet': [512, 350, 98, 40],
  'idle.warning': [708, 350, 98, 40],
  expired: [72, 440, 200, 100],
};

/**
 * The line of an edge, and its label's place: `start`, `middle` or `end` of the label is there.
 *
 * @type {Readonly<Record<string, readonly [line: string, x: number, y: number, anchor: 'start' | 'middle' | 'end']>>}
 */
export const lines = {
  'anonymous.restoring--restored': ['260 78H436', 368, 72, 'middle'],
  'anonymous.restoring--notSignedIn': ['166 124V188', 173, 160, 'start'],
  'anonymous.restoring--ended': ['72 84H34V500H72', 68, 78, 'end'],
  'anonymous.restoring--signInFailed': ['72 108H56V470H72', 63, 172, 'start'],
  'anonymous.settled--isSignedIn': ['226 208H380V104H436', 341, 202, 'middle'],
  'anonymous.settled--signInWanted': ['156 240V290', 149, 270, 'end'],
  'anonymous.signingIn--notSignedIn': ['196 290V240', 203, 270, 'start'],
  'anonymous.signingIn--isSignedIn': ['292 322H408V130H436', 354, 316, 'middle'],
  'anonymous.signingIn--signInFailed': ['150 356V440', 143, 412, 'end'],
  'expired--signInWanted': ['206 440V356', 213, 412, 'start'],
  'authenticated--ended': ['456 154V462H272', 364, 456, 'middle'],
  'expired--isSignedIn': ['272 490H480V154', 364, 484, 'middle'],
  'idle--ended': ['540 412V518H272', 364, 512, 'middle'],
  'refreshing--ended': ['1032 412V566H172V540', 640, 560, 'middle'],
  'authenticated--away': ['560 154V262', 553, 212, 'end'],
  'idle--back': ['620 262V154', 627, 200, 'start'],
  'authenticated--due': ['690 66H836', 760, 60, 'middle'],
  'authenticated--renewalRequested': ['690 98H836', 760, 92, 'middle'],
  'refreshing--renewed': ['836 130H690', 766, 124, 'middle'],
  'idle--renewalRequested': ['790 262V214H836', 783, 244, 'end'],
  'refreshing.granting--failedTransiently': ['962 144V304', 955, 228, 'end'],
  'refreshing.backingOff--retries': ['1022 304V144', 1029, 228, 'start'],
  'refreshing.granting--rescuable': ['1048 110H1176V202', 1112, 104, 'middle'],
  'refreshing.granting--answerLost': ['1048 132H1132V202', 1088, 126, 'middle'],
  'refreshing.backingOff--rescuable': ['1048 318H1132V248', 1090, 312, 'middle'],
  'refreshing.rescuing--rescueFailed': ['1176 248V340H1048', 1108, 334, 'middle'],
  'refreshing.backingOff--away': ['936 327H818', 886, 321, 'middle'],
  'idle.quiet--warns': ['610 362H708', 659, 357, 'middle'],
  'idle.warning--endReceded': ['708 378H610', 659, 394, 'middle'],
};

/**
 * The edges that are chips within their state: they stay there, or lead to `anonymous` from everywhere.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const chips = {
  'anonymous.restoring': ['signOutRequested'],
  'anonymous.settled': ['foundElsewhere'],
  'anonymous.signingIn': ['signOutRequested', 'signInWanted'],
  authenticated: ['signOutRequested', 'recordLost', 'tokensChanged', 'resumed', 'endsSoon'],
  refreshing: ['signOutRequested', 'recordLost'],
  idle: ['signOutRequested', 'recordLost', 'tokensChanged'],
  expired: ['signOutRequested', 'foundElsewhere'],
};

/**
 * The line from a dot to the state in which the outer one begins; the machine itself is ''.
 *
 * @type {Readonly<Record<string, readonly [state: string, line: string]>>}
 */
export const starts = {
  anonymous: ['anonymous.restoring', '200 36V62'],
  refreshing: ['refreshing.granting', '992 72V98'],
  idle: ['idle.quiet', '540 328V350'],
};

/** Where the sentence about the chips begins. */
export const legend = /** @type {const} */ ([592, 462]);
