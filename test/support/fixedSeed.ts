import fc from 'fast-check';

/** The same runs each time: what fails is what was changed. Other seeds are for those who look for more. */
fc.configureGlobal({ seed: Number(process.env['VIGIL_SEED'] ?? 7) });
