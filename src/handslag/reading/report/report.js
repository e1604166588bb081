// Points out: a fact's words in the text, and the facts that rest on a passage. Swaps the language of the page's own words.
// Everything here is an addition: without it the page shows the same facts, and its links lead to the same passages.

const wide = matchMedia("(min-width: 64rem)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const texts = JSON.parse(document.getElementById("texts").textContent);

// --- language ----------------------------------------------------------------------------------------------------------

const switches = document.querySelectorAll(".languages button");
const say = (number) => texts[number][document.documentElement.lang === "sv" ? 0 : 1];

function speak(language) {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t);
  for (const element of document.querySelectorAll("[data-l]")) element.setAttribute("aria-label", say(element.dataset.l));
  for (const button of switches) button.setAttribute("aria-pressed", String(button.lang === language));
  for (const strip of document.querySelectorAll(".rests")) strip.replaceChildren();
}

for (const button of switches) button.addEventListener("click", () => speak(button.lang));
document.querySelector(".languages").hidden = false;

// --- facts and their passages --------------------------------------------------------------------------------------------

const marksByArticle = new WeakMap();
let lit = [];
let cameFrom = null;

function marksOf(fact) {
  const article = fact.closest("article");
  if (!marksByArticle.has(article)) {
    const found = new Map();
    for (const mark of article.querySelectorAll("mark")) {
      for (const id of mark.dataset.f.split(" ")) {
        if (!found.has(id)) found.set(id, []);
        found.get(id).push(mark);
      }
    }
    marksByArticle.set(article, found);
  }
  return marksByArticle.get(article).get(fact.id) ?? [];
}

const isShown = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.offsetParent !== null;
const linkOf = (fact) => fact.querySelector(".foot .at");
const decidingMark = (fact) => document.getElementById(linkOf(fact)?.hash.slice(1) ?? "");
const factsOf = (mark) => mark.dataset.f.split(" ").map((id) => document.getElementById(id)).filter((fact) => fact && isShown(fact));

function light(elements) {
  for (const element of lit) element.classList.remove("on");
  for (const element of elements) element.classList.add("on");
  lit = elements;
}

// A long way is not worth watching.
const manner = (way, height) => (calm.matches || Math.abs(way) > 3 * height ? "instant" : "smooth");

function bringIntoPane(mark) {
  const furniture = mark.closest("details");
  if (furniture) furniture.open = true;
  if (!wide.matches) return;
  const pane = mark.closest(".scroll");
  const box = mark.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  // What the window shows of the pane; the pane may reach below it.
  const top = Math.max(frame.top, 0);
  const height = Math.min(frame.bottom, innerHeight) - top;
  if (box.top >= top + 24 && box.bottom <= top + height - 24) return;
  const way = box.top - top - height / 3;
  pane.scrollBy({ top: way, behavior: manner(way, height) });
}

function showFact(fact) {
  light([fact, ...marksOf(fact)]);
  const mark = decidingMark(fact);
  if (mark) bringIntoPane(mark);
}

// A person's name stands once, above all roles.
const nameAround = (fact) => fact.parentElement.closest("li").querySelector(".name");

function showPassage(mark) {
  const facts = factsOf(mark);
  light([mark, ...facts]);
  const strip = mark.closest(".pane").querySelector(".rests");
  if (!facts.length) return strip.replaceChildren();
  const heading = document.createElement("p");
  heading.textContent = say(strip.dataset.heading);
  strip.replaceChildren(heading, ...facts.map((fact) => {
    const link = document.createElement("a");
    const words = [".what", "blockquote", ".name"].map((kind) => fact.querySelector(kind)).find(Boolean) ?? nameAround(fact);
    link.href = `#${fact.id}`;
    link.textContent = `${say(fact.closest(".kind").dataset.one)}: ${words.textContent}`;
    return link;
  }));
}

function goToFact(fact) {
  const link = linkOf(fact);
  link.focus({ preventScroll: true });
  const box = fact.getBoundingClientRect();
  fact.scrollIntoView({ block: "nearest", behavior: manner(box.top < 0 ? box.top : box.bottom - innerHeight, innerHeight) });
}

function goToPassage(mark) {
  mark.tabIndex = -1;
  bringIntoPane(mark);
  mark.focus({ preventScroll: wide.matches });
}

// --- pointing ------------------------------------------------------------------------------------------------------------

let waiting = 0;
document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  clearTimeout(waiting);
  const target = event.target.closest?.(".fact, mark");
  // A pointer that only passes by moves nothing.
  if (target) waiting = setTimeout(() => (target.matches("mark") ? showPassage(target) : showFact(target)), 90);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.at");
  if (link) {
    const mark = document.getElementById(link.hash.slice(1));
    if (!mark) return;
    cameFrom = link;
    if (wide.matches) event.preventDefault();
    goToPassage(mark);
    return;
  }
  const inStrip = event.target.closest?.(".rests a");
  const mark = event.target.closest?.("mark");
  const fact = inStrip ? document.getElementById(inStrip.hash.slice(1)) : mark && wide.matches && factsOf(mark)[0];
  if (inStrip) event.preventDefault();
  if (fact) goToFact(fact);
  else if (mark) showPassage(mark);
});

document.addEventListener("focusin", (event) => {
  const mark = event.target.closest?.("mark");
  const fact = event.target.closest?.(".fact");
  clearTimeout(waiting);
  if (mark) showPassage(mark);
  else if (fact) showFact(fact);
});

// --- keys ----------------------------------------------------------------------------------------------------------------

function next(elements, current, step) {
  let place = elements.indexOf(current) + step;
  while (elements[place] && !isShown(elements[place])) place += step;
  return elements[place];
}

function fromFact(link, key) {
  const links = [...link.closest("article").querySelectorAll(".summary .at")];
  const to = {
    ArrowDown: () => next(links, link, 1),
    ArrowUp: () => next(links, link, -1),
    Home: () => next(links, null, 1),
    End: () => next([...links].reverse(), null, 1),
  }[key]?.();
  if (to) goToFact(to.closest(".fact"));
  return Boolean(to) || key.startsWith("Arrow");
}

function fromPassage(mark, key) {
  if (key === "Escape" && cameFrom) goToFact(cameFrom.closest(".fact"));
  else if (key === "Enter" && factsOf(mark).length) goToFact(factsOf(mark)[0]);
  else if (key === "ArrowRight" || key === "ArrowLeft") {
    const marks = [...mark.closest(".scroll").querySelectorAll("mark")].filter((one) => one === mark || factsOf(one).length);
    const to = next(marks, mark, key === "ArrowRight" ? 1 : -1);
    if (to) goToPassage(to);
  } else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { target, key } = event;
  let done = false;
  if (target.matches?.(".fact .at") && /^(ArrowUp|ArrowDown|Home|End)$/.test(key)) done = fromFact(target, key);
  else if (target.matches?.("mark")) done = fromPassage(target, key);
  else if (target.matches?.(".scroll") && key === "Enter") {
    const first = [...target.querySelectorAll("mark")].find((mark) => factsOf(mark).length);
    if (first) goToPassage(first);
    done = Boolean(first);
  }
  else if (target.closest?.(".rests") && key === "Escape" && cameFrom) {
    goToFact(cameFrom.closest(".fact"));
    done = true;
  }
  if (done) event.preventDefault();
});

// --- addresses and paper ---------------------------------------------------------------------------------------------------

function followAddress() {
  const fact = document.getElementById(location.hash.slice(1))?.closest(".fact");
  if (fact && isShown(fact)) linkOf(fact)?.focus({ preventScroll: true });
}

addEventListener("hashchange", followAddress);
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll(".calendar details")) folded.open = true;
});
followAddress();
