const THEMES = ['auto', 'light', 'dark'] as const;
const KEY = 'spandrel.theme';

/** Light, dark, or as the system is; kept for the next report, where the browser allows it. */
export function initTheme(button: HTMLElement, changed: () => void): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let theme = THEMES.find((known) => known === stored()) ?? 'auto';
  const apply = () => {
    document.documentElement.dataset['theme'] = theme === 'auto' ? (system.matches ? 'dark' : 'light') : theme;
    button.textContent = `Theme: ${theme}`;
    changed();
  };
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
    store(theme);
    apply();
  });
  system.addEventListener('change', apply);
  apply();
}

// A page that was opened from a file may have no storage.
function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // it holds until the page is closed
  }
}
