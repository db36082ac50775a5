import { signal } from '@preact/signals';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const storageKey = 'agate-theme';

export const theme = signal<Theme>(themes.find((each) => each === localStorage.getItem(storageKey)) ?? 'system');

export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme.value;
}

function choose(value: string): void {
  theme.value = themes.find((each) => each === value) ?? 'system';
  localStorage.setItem(storageKey, theme.value);
  applyTheme();
}

export function ThemeChoice() {
  return (
    <label class="theme">
      <span class="label">Theme </span>
      <select value={theme.value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {themes.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}
