import { sumoSearch } from '../../../src/lang/sumo/search.ts'
import { testSearchPages } from '../../search-pages.ts'
import { readPage } from './page.ts'

testSearchPages({
  folder: 'test/cases/sumo',
  style: 'sumo',
  words: { search: 'query', event: 'message' },
  readPage,
  text: ({ query }) => query,
  events: ({ messages }) => messages,
  search: ({ query, strict, parameters }) => sumoSearch(query, { strict, parameters }),
})
