/** Commands of Splunk by the reason why they do not run here. */
const REASONS: readonly (readonly [reason: string, names: string])[] = [
  [
    'it needs a model that was trained in Splunk',
    'apply deletemodel fit listmodels predict sample score summary',
  ],
  [
    'how it groups or learns is not published, so its rows could not be the same',
    'anomalies anomalousvalue arules associate cluster correlate findtypes kmeans outlier relevancy typelearner ' +
      'typer x11',
  ],
  ['it needs an index of metrics', 'mcatalog mpreview msearch mstats'],
  [
    'it writes or acts outside of the search',
    'awssnsalert collect delete dump mcollect meventcollect outputcsv outputtext run runshellscript script ' +
      'sendalert sendemail tscollect',
  ],
  [
    'it asks a Splunk server about itself, or for what is stored there',
    'audit dbinspect eventcount history inputcsv loadjob localop metadata metasearch pivot ' +
      'redistribute rest savedsearch searchtxn tags typeahead walklex',
  ],
  [
    'it changes only what the screen of Splunk shows',
    'abstract gauge highlight iconify localize reltime rtorder scrub xsdisplayconcept',
  ],
  ['it prepares a summary index, which is not there', 'overlap sichart sirare sistats sitimechart sitop'],
  [
    'it is not implemented here',
    'analyzefields bucketdir cofilter concurrency contingency ctable diff erex fieldsummary folderize geom ' +
      'geomfilter geostats kvform nokv require selfjoin timewrap tojson xmlunescape xpath',
  ],
]

/** Commands of Splunk that are known and refused, each with its reason. */
export const UNSUPPORTED: ReadonlyMap<string, string> = new Map(
  REASONS.flatMap(([reason, names]) => names.split(' ').map(name => [name, reason] as const)),
)
