// Light or dark: the machine's own choice until somebody makes one here; kept by the browser.
const KEPT = "handslag-theme";

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // A browser that keeps nothing is asked again on the next page.
  }
}

function keep(theme) {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // As above: the choice holds for this page.
  }
}

export function startTheme() {
  const root = document.documentElement;
  const machine = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : machine.matches);
  const chosen = kept();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      keep(root.dataset.theme);
      button.setAttribute("aria-pressed", String(isDark()));
    });
  }
}
