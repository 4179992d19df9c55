import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from a default export.
export default defineConfig({
  // All cores: left to itself it keeps one free, which of two is half.
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/temporary.ts'],
    setupFiles: ['test/seed.ts'],
    testTimeout: 60_000,
    pool: 'threads',
    maxWorkers: '100%',
    isolate: false,
  },
})
