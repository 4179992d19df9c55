/** A case that is not what Splunk gives: the reason, and the rows that are right, if the search runs at all. */
export interface Judged {
  readonly because: string
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
}

const CONTAINER = 'Splunk makes fields of what a container holds, and none of the container itself'
const QUOTES = 'a name with spaces, commas or quotes is put in double quotes'
const NULL = 'a JSON null is the text null'
const PERCENT = 'top and rare give a percentage too'

/** Also listed in `docs/meaning.md`. */
export const JUDGED: ReadonlyMap<string, Judged> = new Map<string, Judged>([
  [
    'doc/eval-relative-snap',
    { because: '23:13:19 the day before, snapped to the hour, is 23:00:00', rows: [{ r: 1699916400 }] },
  ],
  [
    'ppl/cmd/append.md#L60',
    {
      because: 'sort - puts the largest first',
      rows: [
        { severityText: 'ERROR', log_count: 7 },
        { severityText: 'INFO', log_count: 6 },
        { severityText: 'WARN', log_count: 4 },
        { severityText: 'DEBUG', log_count: 3 },
        { severityText: 'ALL', log_count: 20 },
      ],
    },
  ],
  [
    'ppl/cmd/bin.md#L73',
    {
      because: 'stats leaves out rows without the by-field',
      rows: [
        { duration: '0-100', request_count: 1 },
        { duration: '30000-30100', request_count: 1 },
        { duration: '3200-3300', request_count: 1 },
      ],
    },
  ],
  [
    'ppl/cmd/bin.md#L121',
    {
      because: 'whole numbers are written without a point',
      rows: [{ balance: '10000-100000' }, { balance: '1000-10000' }],
    },
  ],
  [
    'ppl/cmd/bin.md#L281',
    { because: 'at most 100 bins are made, of which 11 are enough for 0 to 101', rows: [{ age: '30-40' }] },
  ],
  ['ppl/cmd/fields.md#L157', { because: CONTAINER }],
  ['ppl/cmd/fields.md#L203', { because: CONTAINER }],
  ['ppl/cmd/search.md#L133', { because: CONTAINER }],
  [
    'ppl/general/datatypes.md#L271',
    { because: CONTAINER, rows: [{ 'city.name': 'Seattle', 'city.location.latitude': 10.5 }] },
  ],
  [
    'ppl/cmd/rare.md#L86',
    {
      because: PERCENT,
      rows: [
        { severityText: 'DEBUG', count: 3, percent: 15 },
        { severityText: 'WARN', count: 4, percent: 20 },
        { severityText: 'INFO', count: 6, percent: 30 },
        { severityText: 'ERROR', count: 7, percent: 35 },
      ],
    },
  ],
  [
    'ppl/cmd/top.md#L31',
    {
      because: PERCENT,
      rows: [
        { severityText: 'ERROR', count: 7, percent: 35 },
        { severityText: 'INFO', count: 6, percent: 30 },
        { severityText: 'WARN', count: 4, percent: 20 },
        { severityText: 'DEBUG', count: 3, percent: 15 },
      ],
    },
  ],
  [
    'ppl/cmd/top.md#L54',
    {
      because: PERCENT,
      rows: [
        { severityText: 'ERROR', percent: 35 },
        { severityText: 'INFO', percent: 30 },
        { severityText: 'WARN', percent: 20 },
        { severityText: 'DEBUG', percent: 15 },
      ],
    },
  ],
  ['ppl/cmd/top.md#L100', { because: PERCENT, rows: [{ severityText: 'ERROR', percent: 35 }] }],
  [
    'ppl/general/comments.md#L9',
    {
      because: PERCENT,
      rows: [
        { gender: 'M', count: 3, percent: 75 },
        { gender: 'F', count: 1, percent: 25 },
      ],
    },
  ],
  [
    'ppl/cmd/reverse.md#L30',
    {
      because: 'the given rows are not reversed',
      rows: [
        { severityText: 'DEBUG', 'resource.attributes.service.name': 'cart' },
        { severityText: 'ERROR', 'resource.attributes.service.name': 'payment' },
        { severityText: 'WARN', 'resource.attributes.service.name': 'product-catalog' },
        { severityText: 'INFO', 'resource.attributes.service.name': 'cart' },
        { severityText: 'INFO', 'resource.attributes.service.name': 'frontend' },
      ],
    },
  ],
  [
    'ppl/cmd/replace.md#L136',
    {
      because: 'replace takes a whole value unless there are wildcards in the pattern',
      rows: [{ address: '880 Holmes Lane', state: 'IL', gender: 'M', age: 32, city: 'Brogan' }],
    },
  ],
  [
    'ppl/cmd/sort.md#L156',
    {
      because: 'sort puts rows without the field last, whichever way it goes',
      rows: [
        { 'instrumentationScope.name': '@opentelemetry/instrumentation-http', severityText: 'INFO' },
        { 'instrumentationScope.name': '@opentelemetry/instrumentation-http', severityText: 'ERROR' },
        { 'instrumentationScope.name': 'Microsoft.Extensions.Hosting', severityText: 'INFO' },
        {
          'instrumentationScope.name':
            'go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc',
          severityText: 'WARN',
        },
        { severityText: 'DEBUG' },
        { severityText: 'ERROR' },
      ],
    },
  ],
  ['ppl/functions/aggregations.md#L515', { because: 'latest takes one field' }],
  [
    'ppl/functions/condition.md#L25',
    {
      because: NULL,
      rows: [
        { result: 'False', employer: 'Netagy', firstname: 'Hattie' },
        { result: 'False', employer: 'Pyrami', firstname: 'Amber' },
        { result: 'False', employer: 'Quility', firstname: 'Nanette' },
        { result: 'False', employer: 'null', firstname: 'Dale' },
      ],
    },
  ],
  [
    'ppl/functions/condition.md#L47',
    {
      because: NULL,
      rows: [
        { firstname: 'Hattie', employer: 'Netagy', status: 'employed' },
        { firstname: 'Amber', employer: 'Pyrami', status: 'employed' },
        { firstname: 'Nanette', employer: 'Quility', status: 'employed' },
        { firstname: 'Dale', employer: 'null', status: 'employed' },
      ],
    },
  ],
  ['ppl/functions/condition.md#L140', { because: NULL, rows: [] }],
  [
    'ppl/functions/condition.md#L524',
    {
      because: NULL,
      rows: [
        { result: 'Netagy', firstname: 'Hattie', lastname: 'Bond', employer: 'Netagy' },
        { result: 'Pyrami', firstname: 'Amber', lastname: 'Duke', employer: 'Pyrami' },
        { result: 'Quility', firstname: 'Nanette', lastname: 'Bates', employer: 'Quility' },
        { result: 'null', firstname: 'Dale', lastname: 'Adams', employer: 'null' },
      ],
    },
  ],
  ['ppl/functions/condition.md#L882', { because: 'eval has no operator contains' }],
  ['ppl/functions/datetime.md#L1953', { because: QUOTES }],
  ['ppl/functions/datetime.md#L1966', { because: QUOTES }],
  ['ppl/functions/datetime.md#L1979', { because: QUOTES }],
  ['ppl/functions/math.md#L189', { because: QUOTES }],
  ['ppl/functions/math.md#L246', { because: QUOTES }],
  ['ppl/functions/math.md#L1094', { because: QUOTES }],
  ['ppl/functions/string.md#L83', { because: QUOTES }],
  ['ppl/functions/string.md#L228', { because: QUOTES }],
  ['ppl/functions/string.md#L259', { because: QUOTES }],
  ['ppl/functions/string.md#L333', { because: QUOTES }],
  ['ppl/functions/string.md#L352', { because: 'the text of the query is cut off' }],
  ['ppl/functions/string.md#L371', { because: QUOTES }],
  ['ppl/functions/string.md#L390', { because: QUOTES }],
  ['ppl/functions/string.md#L507', { because: QUOTES }],
  ['ppl/functions/string.md#L604', { because: QUOTES }],
])
