// Keys on pages of proposals: j and k move, s, d, u and c press the button of the proposal that is chosen.

const proposals = () => [...document.querySelectorAll("[data-proposals] [data-proposal]")];
let chosen = 0;

function choose(number, focus = true) {
  const all = proposals();
  if (!all.length) return;
  chosen = Math.min(Math.max(number, 0), all.length - 1);
  all.forEach((one, place) => one.toggleAttribute("data-chosen", place === chosen));
  if (focus) {
    all[chosen].querySelector("[data-key]")?.focus({ preventScroll: true });
    all[chosen].scrollIntoView({ block: "nearest" });
  }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    choose(chosen + (event.key === "j" ? 1 : -1));
    return;
  }
  const button = proposals()[chosen]?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

// Where somebody works in the list, that proposal is the chosen one.
document.addEventListener("focusin", (event) => {
  const place = proposals().indexOf(event.target.closest?.("[data-proposal]"));
  if (place >= 0 && place !== chosen) choose(place, false);
});

// After a verdict the list is new: the next proposal stands where the judged one stood.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.closest?.("[data-proposals]")) choose(chosen);
});

choose(0, false);
