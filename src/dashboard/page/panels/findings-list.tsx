import type { Diagnostic } from '../../../base/diagnostic.ts';
import { findings } from '../state.ts';

/** What lint says about the template, with its places. */
export function FindingsList() {
  const all = findings.value;
  return (
    <section class="panel" aria-labelledby="findings">
      <h2 id="findings">
        Findings <small>{all.length === 0 ? 'none' : all.length}</small>
      </h2>
      {all.length > 0 && (
        <ul class="findings">
          {all.map((finding, index) => (
            <Finding key={`${index} ${finding.code}`} finding={finding} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Finding({ finding }: { readonly finding: Diagnostic }) {
  const { severity, code, rule, message, file, range, azureCode, hint } = finding;
  const place = range === null ? file : `${file}:${range.start.line}:${range.start.column}`;
  return (
    <li>
      <span class={`severity ${severity}`}>{severity}</span> {message}
      {hint !== undefined && <> {hint}</>}
      <div class="faint">
        {place !== null && <code>{place}</code>} {code} {rule} {azureCode}
      </div>
    </li>
  );
}
