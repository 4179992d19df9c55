import { describe } from 'vitest'
import { testPages } from '../page-tests.ts'
import { answered, readContextPage } from './context-page.ts'

describe('pages of context', () => {
  testPages('test/cases/context', text => answered(readContextPage(text)))
})
