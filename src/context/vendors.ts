/**
 * Owners whose images are a vendor's, while there is no table `image_vendors`: a start, to be replaced by what the
 * organisation trusts.
 */
export const VENDORS: ReadonlyMap<string, string> = new Map([
  ['amazon', 'Amazon'],
  ['aws-marketplace', 'AWS Marketplace'],
  ['aws-backup-vault', 'AWS Backup'],
  ['137112412989', 'Amazon Linux'],
  ['099720109477', 'Canonical'],
  ['309956199498', 'Red Hat'],
  ['801119661308', 'Microsoft Windows by Amazon'],
  ['679593333241', 'AWS Marketplace'],
  ['debian-cloud', 'Debian'],
  ['ubuntu-os-cloud', 'Canonical'],
  ['cos-cloud', 'Google Container-Optimized OS'],
  ['rhel-cloud', 'Red Hat'],
  ['rocky-linux-cloud', 'Rocky Linux'],
  ['suse-cloud', 'SUSE'],
  ['windows-cloud', 'Microsoft Windows by Google'],
  ['windows-sql-cloud', 'Microsoft SQL Server by Google'],
  ['deeplearning-platform-release', 'Google Deep Learning'],
])
