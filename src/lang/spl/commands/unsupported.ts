/** Commands of Splunk by the reason why they do not run here. */
const REASONS: readonly (readonly [reason: string, names: string])[] = [
  [
    'it needs a model that was trained in Splunk',
    'apply cluster deletemodel fit kmeans listmodels predict sample score summary',
  ],
  ['it needs an index of metrics', 'mstats mcatalog mpreview'],
  [
    'it writes or acts outside of the search',
    'collect delete mcollect meventcollect outputcsv outputtext run script sendalert sendemail tscollect',
  ],
  [
    'it asks a Splunk server about itself, or for what is stored there',
    'audit datamodel dbinspect eventcount from history inputcsv loadjob localop metadata metasearch pivot ' +
      'redistribute rest savedsearch searchtxn typeahead walklex',
  ],
  ['a search made anew of each row is not implemented here', 'map'],
  [
    'it is not implemented here',
    'abstract analyzefields anomalies anomalousvalue arules associate autoregress bucketdir cofilter concurrency ' +
      'contingency correlate diff erex fieldformat fieldsummary findtypes folderize gauge gentimes geom geomfilter ' +
      'geostats highlight iconify kvform makecontinuous nokv outlier overlap rangemap relevancy reltime require ' +
      'rtorder scrub selfjoin set setfields sichart sirare sistats sitimechart sitop tags tojson trendline typelearner ' +
      'typer x11 xmlunescape xpath',
  ],
]

/** Commands of Splunk that are known and refused, each with its reason. */
export const UNSUPPORTED: ReadonlyMap<string, string> = new Map(
  REASONS.flatMap(([reason, names]) => names.split(' ').map(name => [name, reason] as const)),
)
