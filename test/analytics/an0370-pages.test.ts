import { describe } from 'vitest'
import { testPages } from '../page-tests.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { answered } from './an0370-page.ts'

const folder = temporaryFolder()

describe('pages of AN0370', () => {
  testPages('test/cases/an0370', (text, file) => answered(text, folder, file))
})
