/** Sigma's word for a Windows log -> the channels that it stands for. */
export const CHANNELS: ReadonlyMap<string, readonly string[]> = new Map([
  ['security', ['Security']],
  ['system', ['System']],
  ['application', ['Application']],
  ['sysmon', ['Microsoft-Windows-Sysmon/Operational']],
  ['powershell', ['Microsoft-Windows-PowerShell/Operational', 'PowerShellCore/Operational']],
  ['powershell-classic', ['Windows PowerShell']],
  [
    'applocker',
    [
      'Microsoft-Windows-AppLocker/MSI and Script',
      'Microsoft-Windows-AppLocker/EXE and DLL',
      'Microsoft-Windows-AppLocker/Packaged app-Deployment',
      'Microsoft-Windows-AppLocker/Packaged app-Execution',
    ],
  ],
  ['appmodel-runtime', ['Microsoft-Windows-AppModel-Runtime/Admin']],
  ['appxdeployment-server', ['Microsoft-Windows-AppXDeploymentServer/Operational']],
  ['appxpackaging-om', ['Microsoft-Windows-AppxPackaging/Operational']],
  ['bitlocker', ['Microsoft-Windows-BitLocker/BitLocker Management']],
  ['bits-client', ['Microsoft-Windows-Bits-Client/Operational']],
  ['capi2', ['Microsoft-Windows-CAPI2/Operational']],
  [
    'certificateservicesclient-lifecycle-system',
    ['Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational'],
  ],
  ['codeintegrity-operational', ['Microsoft-Windows-CodeIntegrity/Operational']],
  ['dhcp', ['Microsoft-Windows-DHCP-Server/Operational']],
  ['diagnosis-scripted', ['Microsoft-Windows-Diagnosis-Scripted/Operational']],
  ['dns-client', ['Microsoft-Windows-DNS Client Events/Operational']],
  ['dns-server', ['DNS Server']],
  ['dns-server-analytic', ['Microsoft-Windows-DNS-Server/Analytical']],
  ['driver-framework', ['Microsoft-Windows-DriverFrameworks-UserMode/Operational']],
  ['firewall-as', ['Microsoft-Windows-Windows Firewall With Advanced Security/Firewall']],
  ['hyper-v-worker', ['Microsoft-Windows-Hyper-V-Worker']],
  ['kernel-event-tracing', ['Microsoft-Windows-Kernel-EventTracing']],
  ['kernel-shimengine', ['Microsoft-Windows-Kernel-ShimEngine/Operational']],
  ['ldap', ['Microsoft-Windows-LDAP-Client/Debug']],
  ['lsa-server', ['Microsoft-Windows-LSA/Operational']],
  ['microsoft-servicebus-client', ['Microsoft-ServiceBus-Client']],
  ['msexchange-management', ['MSExchange Management']],
  ['ntfs', ['Microsoft-Windows-Ntfs/Operational']],
  ['ntlm', ['Microsoft-Windows-NTLM/Operational']],
  ['openssh', ['OpenSSH/Operational']],
  ['printservice-admin', ['Microsoft-Windows-PrintService/Admin']],
  ['printservice-operational', ['Microsoft-Windows-PrintService/Operational']],
  [
    'security-mitigations',
    [
      'Microsoft-Windows-Security-Mitigations/Kernel Mode',
      'Microsoft-Windows-Security-Mitigations/User Mode',
    ],
  ],
  ['shell-core', ['Microsoft-Windows-Shell-Core/Operational']],
  ['smbclient-connectivity', ['Microsoft-Windows-SmbClient/Connectivity']],
  ['smbclient-security', ['Microsoft-Windows-SmbClient/Security']],
  ['smbserver-connectivity', ['Microsoft-Windows-SMBServer/Connectivity']],
  ['taskscheduler', ['Microsoft-Windows-TaskScheduler/Operational']],
  [
    'terminalservices-localsessionmanager',
    ['Microsoft-Windows-TerminalServices-LocalSessionManager/Operational'],
  ],
  ['vhdmp', ['Microsoft-Windows-VHDMP/Operational']],
  ['wmi', ['Microsoft-Windows-WMI-Activity/Operational']],
  ['windefend', ['Microsoft-Windows-Windows Defender/Operational']],
])

/** The channel into which a provider writes, of the providers that collectors name without it. */
export function channelOf(provider: string | undefined): string | undefined {
  return provider === undefined ? undefined : OF_PROVIDERS.get(provider)
}

const OF_PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['Microsoft-Windows-Sysmon', 'Microsoft-Windows-Sysmon/Operational'],
  ['Microsoft-Windows-Security-Auditing', 'Security'],
  ['Microsoft-Windows-PowerShell', 'Microsoft-Windows-PowerShell/Operational'],
  ['PowerShellCore', 'PowerShellCore/Operational'],
  ['PowerShell', 'Windows PowerShell'],
  ['Linux-Sysmon', 'Linux-Sysmon/Operational'],
])
