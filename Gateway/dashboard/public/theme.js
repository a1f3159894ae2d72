// Sets the theme before the first paint. The key is that of src/theme/theme.ts, which writes the choice.
(function () {
  var theme = null;
  try {
    theme = localStorage.getItem('hts.theme');
  } catch {
    // Storage can be switched off; the system's preference then stands.
  }
  if (theme !== 'dark' && theme !== 'light') theme = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
})();
