import { defineConfig } from 'rolldown'
import manifest from './package.json' with { type: 'json' }

/**
 * What people run: the modules of `dist` in a few files that load in half the time. Each command still loads only what
 * it needs, and dependencies stay packages of their own. All files stand side by side, two folders below the package's own,
 * as the modules that seek their workers, the content and the version expect.
 */
// biome-ignore lint/style/noDefaultExport: rolldown reads its configuration from a default export.
export default defineConfig({
  input: {
    main: 'dist/cli/main.js',
    worker: 'dist/engines/files/worker.js',
    'spool-worker': 'dist/lake/spool-worker.js',
  },
  platform: 'node',
  external: Object.keys(manifest.dependencies).map(name => new RegExp(`^${name}(?:/|$)`)),
  output: {
    dir: 'dist/bundle',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
})
