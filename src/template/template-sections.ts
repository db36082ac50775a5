import { foldCase } from '../base/case-insensitive-map.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { Span } from '../base/span.ts';
import type { DeploymentScope } from './deployment-context.ts';
import { kinds } from './diagnostics.ts';
import { textLengthOf } from './expression/value-weight.ts';
import { isAzureExtension } from './extensions.ts';
import type { Findings } from './findings.ts';
import type { Limits } from './limits.ts';
import { type ArrayValue, getMember, type Member, type ObjectValue, objectValue, type Value } from './value.ts';

/** The parts of a template, each of the right type; what was of a wrong one is a finding and left out. */
export interface TemplateSections {
  readonly raw: ObjectValue;
  /** From `$schema`; undefined when it names no kind of template. */
  readonly scope: DeploymentScope | undefined;
  /** Language version 2.0 brought symbolic names and user-defined types. */
  readonly hasSymbolicNames: boolean;
  readonly contentVersion: string | undefined;
  /** Name of the set of api-versions for resources that have none of their own. */
  readonly apiProfile: string | undefined;
  readonly parameters: ObjectValue;
  readonly variables: ObjectValue;
  readonly definitions: ObjectValue;
  readonly functions: ArrayValue | undefined;
  readonly resources: ArrayValue | ObjectValue | undefined;
  readonly outputs: ObjectValue;
  /** `extensions`, and `imports` as it was called before. */
  readonly extensions: ObjectValue;
  readonly asserts: ObjectValue;
}

const knownSections = [
  '$schema',
  'contentVersion',
  'languageVersion',
  'apiProfile',
  'metadata',
  'definitions',
  'parameters',
  'variables',
  'functions',
  'resources',
  'outputs',
  'imports',
  'extensions',
  'asserts',
];

const scopesOfSchemas: Readonly<Record<string, DeploymentScope>> = {
  'DEPLOYMENTTEMPLATE.JSON': 'resourceGroup',
  'SUBSCRIPTIONDEPLOYMENTTEMPLATE.JSON': 'subscription',
  'MANAGEMENTGROUPDEPLOYMENTTEMPLATE.JSON': 'managementGroup',
  'TENANTDEPLOYMENTTEMPLATE.JSON': 'tenant',
};

/** https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax#template-format */
export function readTemplateSections(
  template: ObjectValue,
  findings: Findings,
  limits: Limits,
  place: 'root' | 'nested' = 'root',
): TemplateSections {
  const reader = new SectionReader(template, findings);
  reader.checkMembers();
  reader.checkLength(limits.templateLength);
  const symbolic = reader.hasSymbolicNames();
  return {
    raw: template,
    scope: reader.scope(place),
    hasSymbolicNames: symbolic,
    contentVersion: reader.text('contentVersion'),
    apiProfile: reader.text('apiProfile'),
    parameters: reader.object('parameters', limits.parameters),
    variables: reader.object('variables', limits.variables),
    definitions: reader.object('definitions'),
    functions: reader.functions(),
    resources: reader.resources(),
    outputs: reader.object('outputs', limits.outputs),
    extensions: reader.extensions(),
    asserts: reader.object('asserts'),
  };
}

class SectionReader {
  readonly #template: ObjectValue;
  readonly #findings: Findings;

  constructor(template: ObjectValue, findings: Findings) {
    this.#template = template;
    this.#findings = findings;
  }

  checkMembers(): void {
    const known = new Set(knownSections.map(foldCase));
    for (const [key, member] of this.#template.members) {
      if (!known.has(foldCase(key))) this.#reportUnknown(key, member);
    }
    for (const key of ['$schema', 'contentVersion', 'resources']) {
      if (getMember(this.#template, key) === undefined) {
        this.#report(
          `Required property '${key}' not found in JSON. Path ''${lineOf(this.#template.origin)}.`,
          startOf(this.#template.origin),
        );
      }
    }
  }

  /** Azure's clients send templates without blanks and comments, so that only what is left counts. */
  checkLength(limit: number): void {
    const { origin } = this.#template;
    if (origin === undefined || origin.length <= limit || textLengthOf(this.#template) <= limit) return;
    this.#findings.report(kinds.limitExceeded, {
      message: `The template has more than ${limit} characters, which Azure refuses.`,
      span: startOf(origin),
      azureCode: 'JobSizeExceeded',
    });
  }

  scope(place: 'root' | 'nested'): DeploymentScope | undefined {
    const schema = this.text('$schema');
    if (schema === undefined) return undefined;
    const [, file] = /([^/#]+)#?$/.exec(schema) ?? [];
    const scope = scopesOfSchemas[foldCase(file ?? '')];
    if (scope !== undefined) return scope;
    const origin = getMember(this.#template, '$schema')?.value.origin;
    const isParameters = /parameters\.json$/i.test(file ?? '');
    if (isParameters && place === 'nested') {
      // Templates in wide use have it, and are deployed every day.
      this.#findings.report(kinds.schemaOfParameters, {
        message: `'${schema}' is the schema of a parameter file; a nested template has that of a template.`,
        span: origin,
      });
      return undefined;
    }
    this.#report(
      isParameters
        ? `'${schema}' is the schema of a parameter file, not of a template.`
        : `Template schema '${schema}' is not supported. Supported are 'deploymentTemplate.json', 'subscriptionDeploymentTemplate.json', 'managementGroupDeploymentTemplate.json' and 'tenantDeploymentTemplate.json'. Please see https://aka.ms/arm-template for usage details.`,
      origin,
    );
    return undefined;
  }

  hasSymbolicNames(): boolean {
    const version = this.text('languageVersion');
    const place = getMember(this.#template, 'languageVersion')?.value.origin;
    if (version === undefined) return false;
    if (version.includes('-experimental')) {
      this.#findings.report(kinds.sectionNotEvaluated, {
        message: `Language version '${version}' is experimental; Agate evaluates it as '${version.slice(0, 2)}0'.`,
        span: place,
      });
    } else if (!/^[12]\.\d+$/.test(version)) {
      this.#report(`Language version '${version}' is not supported. Supported are '1.0' and '2.0'.`, place);
    }
    return version.startsWith('2.');
  }

  text(name: string): string | undefined {
    const member = getMember(this.#template, name);
    if (member === undefined) return undefined;
    if (member.value.kind === 'String') return member.value.value;
    this.#reportType(name, 'a string', member.value);
    return undefined;
  }

  object(name: string, limit = Number.POSITIVE_INFINITY): ObjectValue {
    const member = getMember(this.#template, name);
    if (member === undefined || member.value.kind === 'Null') return objectValue([]);
    if (member.value.kind !== 'Object') {
      this.#reportType(name, 'an object', member.value);
      return objectValue([]);
    }
    if (member.value.members.size > limit) {
      this.#report(
        `The number of template ${name} limit exceeded. Limit: '${limit}' and actual: '${member.value.members.size}'.`,
        member.keySpan,
      );
    }
    return member.value;
  }

  extensions(): ObjectValue {
    const sections = ['imports', 'extensions'].map((name) => this.object(name));
    for (const section of sections) {
      for (const [alias, { value, keySpan }] of section.members) {
        if (!isAzureExtension(value)) this.#reportNotEvaluated(alias, keySpan);
      }
    }
    return objectValue(sections.flatMap((section) => [...section.members]));
  }

  functions(): ArrayValue | undefined {
    const section = getMember(this.#template, 'functions')?.value;
    if (section === undefined || section.kind === 'Array') return section;
    this.#reportType('functions', 'an array', section);
    return undefined;
  }

  /** Which of the two forms it is decides the section itself: tools write objects under language version 1.0 too. */
  resources(): ArrayValue | ObjectValue | undefined {
    const section = getMember(this.#template, 'resources')?.value;
    if (section?.kind === 'Array' || section?.kind === 'Object') {
      this.#checkForm(section);
      return section;
    }
    if (section === undefined) return undefined;
    this.#reportType('resources', 'an array, or an object by symbolic names', section);
    return undefined;
  }

  /** Experimental versions below 2.0 have symbolic names as well; and nobody minds an object without resources. */
  #checkForm(section: ArrayValue | ObjectValue): void {
    const { kind, origin } = section;
    if (kind === 'Object' && section.members.size === 0) return;
    const version = this.text('languageVersion') ?? '1.0';
    const isSymbolic = version.startsWith('2.');
    if (version.includes('-experimental') || isSymbolic === (kind === 'Object')) return;
    this.#report(
      isSymbolic
        ? `'resources' is an array; with language version '${version}' it must be an object by symbolic names.`
        : `'resources' is an object; with language version '${version}' it must be an array. Symbolic names need language version '2.0'.`,
      startOf(origin),
    );
  }

  #reportUnknown(key: string, { keySpan }: Member): void {
    const nearest = nearestName(key, knownSections);
    const position = keySpan === undefined ? '' : positionAfter(keySpan);
    this.#findings.report(kinds.invalidTemplate, {
      message: `Template validation failed: Could not find member '${key}' on object of type 'Template'. Path '${key}'${position}.`,
      span: keySpan,
      hint: nearest === undefined ? `A template has: ${knownSections.join(', ')}.` : `Did you mean '${nearest}'?`,
    });
  }

  #reportNotEvaluated(alias: string, span: Span | undefined): void {
    this.#findings.report(kinds.sectionNotEvaluated, {
      message: `The extension '${alias}' is accepted but not run: its resources are left out.`,
      span,
    });
  }

  #reportType(name: string, expected: string, actual: Value): void {
    this.#report(`'${name}' is of type '${actual.kind}'; it must be ${expected}.`, actual.origin);
  }

  #report(message: string, span: Span | undefined): void {
    this.#findings.report(kinds.invalidTemplate, { message: `Template validation failed: ${message}`, span });
  }
}

/** Azure counts the position after the name and its quotes. */
function positionAfter({ source, offset, length }: Span): string {
  const { line, column } = source.positionAt(offset + length);
  return `, line ${line}, position ${column}`;
}

function lineOf(span: Span | undefined): string {
  if (span === undefined) return '';
  const { line, column } = span.source.positionAt(span.offset);
  return `, line ${line}, position ${column}`;
}

/** Only the opening brace: a whole template underlined helps nobody. */
function startOf(span: Span | undefined): Span | undefined {
  return span === undefined ? undefined : { ...span, length: 1 };
}
