import { CaseInsensitiveMap } from '../base/case-insensitive-map.ts';
import type { Diagnostic, Result } from '../base/diagnostic.ts';
import { SourceText } from '../base/span.ts';
import { mergeExtensionConfigs } from '../template/extensions.ts';
import { type FindExternalInput, namesOfInput } from '../template/parameters/external-inputs.ts';
import { extensionConfigsOf, readParametersFile } from '../template/parameters/parameters-file.ts';
import { mergeParameters, type SuppliedParameters } from '../template/parameters/supplied-parameters.ts';
import { readJson } from '../template/read-json.ts';
import { type ObjectValue, stringValue, type Value } from '../template/value.ts';
import type { Environment, ParameterSource } from './parameter-arguments.ts';

export interface TemplateParameters extends Result<SuppliedParameters> {
  /** How parameter files configure extensions, by alias. */
  readonly extensionConfigs: ObjectValue;
}

/** Understands what was read for parameters; the later of several values of the same parameter wins. */
export function templateParameters(sources: readonly ParameterSource[]): TemplateParameters {
  const reader = new SourceReader(sources);
  const layers = sources.map((source) => reader.layerOf(source));
  return {
    value: mergeParameters(...layers),
    diagnostics: reader.diagnostics,
    extensionConfigs: mergeExtensionConfigs(...reader.extensionConfigs),
  };
}

class SourceReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly extensionConfigs: (ObjectValue | undefined)[] = [];
  readonly #inputs = new CaseInsensitiveMap<Value>();

  constructor(sources: readonly ParameterSource[]) {
    for (const source of sources) {
      if (source.kind === 'externalInput') this.#inputs.set(source.name, source.value);
    }
  }

  layerOf(source: ParameterSource): SuppliedParameters {
    switch (source.kind) {
      case 'value':
        return new CaseInsensitiveMap([[source.name, { kind: 'value', value: source.value, keySpan: source.keySpan }]]);
      case 'text':
        return new CaseInsensitiveMap([
          [source.name, { kind: 'text', source: new SourceText(`-p ${source.name}`, source.text) }],
        ]);
      case 'fileText':
        return new CaseInsensitiveMap([[source.name, { kind: 'text', source: source.source }]]);
      case 'externalInput':
        return new CaseInsensitiveMap();
      case 'file':
        return this.#file(source.source, source.env);
    }
  }

  #file(source: SourceText, env: Environment): SuppliedParameters {
    const { value, diagnostics } = readJson(source);
    this.diagnostics.push(...diagnostics);
    if (value === undefined) return new CaseInsensitiveMap();
    const file = readParametersFile(value, this.#findIn(env));
    this.diagnostics.push(...file.diagnostics);
    this.extensionConfigs.push(extensionConfigsOf(value));
    return file.value;
  }

  /** As `bicep deploy` does: named values, and for `sys.envVar` the environment. */
  #findIn(env: Environment): FindExternalInput {
    return (input) => {
      for (const name of namesOfInput(input)) {
        const given = this.#inputs.get(name);
        if (given !== undefined) return given;
      }
      const variable = input.kind === 'sys.envVar' && input.config?.kind === 'String' ? input.config.value : undefined;
      const text = variable === undefined ? undefined : env[variable];
      return text === undefined ? undefined : stringValue(text);
    };
  }
}
