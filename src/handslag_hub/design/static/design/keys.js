// Single keys: / to search, g and a letter to go to a place ([data-go]), ? for the list of them. They can be switched off
// (WCAG 2.1.4), and never work while somebody writes.
const KEPT = "handslag-keys";
const SECOND_KEY_WITHIN = 1500; // milliseconds after g

export function keysAreOn() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

export function isWriting(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
}

export function startKeys() {
  const dialog = document.getElementById("keys");
  const search = document.querySelector("[data-search]");
  let goUntil = 0;

  for (const button of document.querySelectorAll("[data-keys-open]")) {
    button.hidden = !dialog;
    button.addEventListener("click", () => dialog.showModal());
  }
  for (const box of document.querySelectorAll("[data-keys-on]")) {
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.checked = keysAreOn();
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(KEPT, box.checked ? "on" : "off");
      } catch {
        box.checked = true; // Nothing is kept here: they stay on.
      }
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isWriting(event.target) || !keysAreOn() || document.querySelector("dialog[open]")) return;
    if (performance.now() < goUntil) {
      goUntil = 0;
      const place = document.querySelector(`[data-go="${CSS.escape(event.key.toLowerCase())}"]`);
      if (place) {
        event.preventDefault();
        location.assign(place.href);
        return;
      }
    }
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "?" && dialog) {
      event.preventDefault();
      dialog.showModal();
    } else if (event.key === "g") {
      goUntil = performance.now() + SECOND_KEY_WITHIN;
    }
  });
}
