// Some browsers name a language that Intl refuses: "en-US@posix", where the system's locale is C. uPlot asks for it as it
// is loaded, so this comes before it.
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}
