// Reviewing by keyboard, and facts beside their words. Every key presses a button that is there for the pointer too.
const WRITING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const GOES_SOMEWHERE_WITHIN = 1500; // milliseconds after g, when a letter names a place

const underway = new Set(); // Requests that are to change the desk.
let processed = false; // Whether HTMX knows the buttons of the page: until then they send their form as any page does, and the page is loaded anew.
let goUntil = 0;

function keysAreOn() {
  try {
    return localStorage.getItem("handslag-keys") !== "off";
  } catch {
    return true;
  }
}

// --- keys ------------------------------------------------------------------------------------------------------------

function whileWriting(event) {
  const form = event.target.closest("[data-correct]");
  if (event.key === "Escape") {
    if (form) form.querySelector("[data-leave]").click();
    else event.target.blur();
    event.preventDefault();
  } else if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    form.querySelector("[data-save]").click();
    event.preventDefault();
  } else if (event.key === "Enter" && event.target.dataset.key === "n") {
    event.preventDefault(); // A verdict is wanted too: back to where keys give one.
    document.querySelector("#desk [data-focus]")?.focus();
  }
}

function onKey(event) {
  if (event.target instanceof Element && event.target.closest(WRITING)) return whileWriting(event);
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    const leave = document.querySelector("#desk [data-leave], [data-correct] [data-leave]");
    if (leave) leave.click();
    return;
  }
  if (!keysAreOn()) return;
  if (event.key === "g") {
    goUntil = performance.now() + GOES_SOMEWHERE_WITHIN;
    return;
  }
  if (performance.now() < goUntil) {
    goUntil = 0;
    return;
  }
  const control = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!control) return;
  event.preventDefault();
  event.stopPropagation();
  // What is on its way brings another fact: no verdict on one that nobody has seen.
  if (event.repeat || control.closest("#desk:not([data-ready])")) return;
  if (control.matches("input")) control.focus();
  else control.click();
}

// --- the desk --------------------------------------------------------------------------------------------------------

/** `data-ready` on the desk says that keys work there. A desk that has just come has none. */
function showReady() {
  document.getElementById("desk")?.toggleAttribute("data-ready", processed && underway.size === 0);
}

function beforeRequest(event) {
  if (!event.detail.target.closest("#desk")) return;
  underway.add(event.detail.xhr);
  showReady();
}

// Parts settle at once (`defaultSettleDelay`), so what the answer brought is processed when this comes.
function afterRequest(event) {
  if (underway.delete(event.detail.xhr)) showReady();
}

function pageProcessed() {
  processed = true;
  showReady();
}

function say(words) {
  const region = document.getElementById("desk-said");
  if (region) region.textContent = words;
}

function afterSwap(event) {
  const form = document.querySelector("[data-correct]");
  const target = event.detail.elt;
  if (form && target.contains?.(form)) {
    (form.querySelector(".field--wrong input, .field--wrong select, .field--wrong textarea") ?? form.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
    return;
  }
  const desk = document.getElementById("desk");
  if (desk && (target === desk || desk.contains(target) || !target.isConnected)) {
    desk.querySelector("[data-focus]")?.focus({ preventScroll: true });
    desk.querySelector(".excerpt")?.querySelector("mark")?.scrollIntoView({ block: "nearest" });
    say(desk.dataset.said);
  } else {
    (target.matches?.("[data-focus]") ? target : target.querySelector?.("[data-focus]"))?.focus({ preventScroll: true });
  }
}

// Somebody else was first (409), or a field is wrong (422): the answer tells so in the place of what was sent.
function beforeSwap(event) {
  const { xhr } = event.detail;
  if ((xhr.status === 409 || xhr.status === 422) && !xhr.responseText.includes("notice--refused")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    event.stopPropagation();
  }
}

// --- facts and their words -------------------------------------------------------------------------------------------

function spansOf(fact) {
  return fact.dataset.spans.split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
}

function light(reading, fact) {
  for (const lit of reading.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  if (!fact) return;
  fact.classList.add("is-lit");
  const spans = spansOf(fact);
  for (const mark of reading.querySelectorAll("mark[data-at]")) {
    const at = Number(mark.dataset.at);
    if (spans.some(([start, end]) => start <= at && at < end)) mark.classList.add("is-lit");
  }
}

/** The fact whose passage over this place is the shortest: the innermost one. */
function factAt(reading, at) {
  let best = null;
  let length = Infinity;
  for (const fact of reading.querySelectorAll("[data-spans]")) {
    for (const [start, end] of spansOf(fact)) {
      if (start <= at && at < end && end - start < length) [best, length] = [fact, end - start];
    }
  }
  return best;
}

function startReading(reading) {
  const pointed = (event) => light(reading, event.target.closest("[data-spans]"));
  const facts = reading.querySelector(".reading__facts");
  facts.addEventListener("mouseover", pointed);
  facts.addEventListener("focusin", pointed);
  reading.querySelector(".reading__text").addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-at]");
    const fact = mark && !String(getSelection()) && factAt(reading, Number(mark.dataset.at));
    if (!fact) return;
    fact.closest("details")?.setAttribute("open", "");
    light(reading, fact);
    fact.scrollIntoView({ block: "nearest" });
    fact.focus({ preventScroll: true });
  });
}

/** A passage in folded page furniture is unfolded before the browser goes there. */
function unfold() {
  const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const folded = place && place.closest("details:not([open])");
  if (folded) {
    folded.open = true;
    place.scrollIntoView();
  }
}

// --- beginning -------------------------------------------------------------------------------------------------------

window.addEventListener("keydown", onKey, true);
window.addEventListener("hashchange", unfold);
unfold();
document.addEventListener("htmx:beforeRequest", beforeRequest);
document.addEventListener("htmx:afterRequest", afterRequest);
document.addEventListener("htmx:afterSettle", afterSwap);
document.addEventListener("htmx:beforeSwap", beforeSwap, true);

const dialog = document.getElementById("review-keys");
for (const button of document.querySelectorAll("[data-open-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
}
const filters = document.querySelector("[data-filters]");
if (filters) {
  filters.querySelector("[data-filter]").hidden = true;
  filters.addEventListener("change", () => filters.requestSubmit());
}
for (const reading of document.querySelectorAll("[data-reading]")) startReading(reading);
document.querySelector("#desk [data-focus]")?.focus({ preventScroll: true });
// HTMX's own listener came first: its script stands before this one.
document.addEventListener("DOMContentLoaded", pageProcessed, { once: true });
