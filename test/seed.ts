import fc from 'fast-check'

/** Property tests draw the same values each time; another `SEED` draws others, `RUNS` more of them. */
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20_261_121) })
