import { foldCase } from '../../base/case-insensitive-map.ts';

const owasp = [
  'General',
  'Known-CVEs',
  'REQUEST-911-METHOD-ENFORCEMENT',
  'REQUEST-913-SCANNER-DETECTION',
  'REQUEST-920-PROTOCOL-ENFORCEMENT',
  'REQUEST-921-PROTOCOL-ATTACK',
  'REQUEST-930-APPLICATION-ATTACK-LFI',
  'REQUEST-931-APPLICATION-ATTACK-RFI',
  'REQUEST-932-APPLICATION-ATTACK-RCE',
  'REQUEST-933-APPLICATION-ATTACK-PHP',
  'REQUEST-941-APPLICATION-ATTACK-XSS',
  'REQUEST-942-APPLICATION-ATTACK-SQLI',
  'REQUEST-943-APPLICATION-ATTACK-SESSION-FIXATION',
  'REQUEST-944-APPLICATION-ATTACK-JAVA',
  // Documented under this name for CRS 3.1.
  'REQUEST-944-APPLICATION-ATTACK-SESSION-JAVA',
];

const defaultRuleSet = [
  'General',
  'METHOD-ENFORCEMENT',
  'PROTOCOL-ENFORCEMENT',
  'PROTOCOL-ATTACK',
  'LFI',
  'RFI',
  'RCE',
  'PHP',
  'NODEJS',
  'XSS',
  'SQLI',
  'FIX',
  'JAVA',
  'MS-ThreatIntel-WebShells',
  'MS-ThreatIntel-AppSec',
  'MS-ThreatIntel-SQLI',
  'MS-ThreatIntel-CVEs',
  'MS-ThreatIntel-XSS',
];

/**
 * The groups of the managed rule sets, as the API spells them; headings of the documentation differ.
 * https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules
 */
const groupsOfType: Readonly<Record<string, readonly string[]>> = {
  OWASP: owasp,
  MICROSOFT_DEFAULTRULESET: defaultRuleSet,
  MICROSOFT_BOTMANAGERRULESET: ['BadBots', 'GoodBots', 'UnknownBots', 'KnownBadBots'],
  MICROSOFT_HTTPDDOSRULESET: ['ExcessiveRequests'],
};

/** The groups of a rule set; undefined for one that is not known, such as CRS 2.2.9 with names of its own. */
export function ruleGroupsOf(type: string, version: string): readonly string[] | undefined {
  return version.startsWith('2.2.9') ? undefined : groupsOfType[foldCase(type)];
}

/** The group of a set for which another set has that name: `SQLI` for `REQUEST-942-APPLICATION-ATTACK-SQLI`. */
export function sameGroupIn(groups: readonly string[], name: string): string | undefined {
  const subject = subjectOf(name);
  return groups.find((group) => subjectOf(group) === subject);
}

function subjectOf(name: string): string {
  const short = foldCase(name).replace(/^(REQUEST-\d+-)?(APPLICATION-ATTACK-)?(SESSION-)?/, '');
  return short === 'FIXATION' ? 'FIX' : short;
}
