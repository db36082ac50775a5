import { CaseInsensitiveMap } from '../base/case-insensitive-map.ts';
import type { Diagnostic, Result } from '../base/diagnostic.ts';
import { SourceText } from '../base/span.ts';
import { readParametersFile } from '../template/parameters/parameters-file.ts';
import { mergeParameters, type SuppliedParameters } from '../template/parameters/supplied-parameters.ts';
import { readJson } from '../template/read-json.ts';
import type { ParameterSource } from './parameter-arguments.ts';

/** Understands what was read for parameters; the later of several values of the same parameter wins. */
export function templateParameters(sources: readonly ParameterSource[]): Result<SuppliedParameters> {
  const diagnostics: Diagnostic[] = [];
  const layers = sources.map((source) => layerOf(source, diagnostics));
  return { value: mergeParameters(...layers), diagnostics };
}

function layerOf(source: ParameterSource, diagnostics: Diagnostic[]): SuppliedParameters {
  switch (source.kind) {
    case 'value':
      return new CaseInsensitiveMap([[source.name, { kind: 'value', value: source.value }]]);
    case 'text':
      return new CaseInsensitiveMap([
        [source.name, { kind: 'text', source: new SourceText(`-p ${source.name}`, source.text) }],
      ]);
    case 'fileText':
      return new CaseInsensitiveMap([[source.name, { kind: 'text', source: source.source }]]);
    case 'file': {
      const read = readJson(source.source);
      diagnostics.push(...read.diagnostics);
      if (read.value === undefined) return new CaseInsensitiveMap();
      const file = readParametersFile(read.value);
      diagnostics.push(...file.diagnostics);
      return file.value;
    }
  }
}
