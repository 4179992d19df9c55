import { splSearch } from '../../../src/lang/spl/search.ts'
import { testSearchPages } from '../../search-pages.ts'
import { readPage } from './page.ts'

testSearchPages({
  folder: 'test/cases/spl',
  style: 'splunk',
  words: { search: 'search', event: 'event' },
  readPage,
  text: ({ search }) => search,
  events: ({ events }) => events,
  search: ({ search, macros }) => splSearch(search, { macros }),
  shown: ({ _raw, ...row }) => row,
})
