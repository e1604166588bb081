// Finds a timetable and shows it: of a person, an organisation, a place, a table, a meeting. The rest of the page stands without this.

const plan = JSON.parse(document.getElementById("plan").textContent);
const { words, days, slots, places, bodies, people, held, left } = plan;
const number = new Intl.NumberFormat(plan.language === "sv" ? "sv-SE" : "en-GB");
const order = new Intl.Collator(plan.language === "sv" ? "sv" : "en", { numeric: true });
const MOST = 60;
const PRINTED = 100;
let toPrint = [];
let printed = 0;

const at = (id) => document.getElementById(id);
const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "click") element.addEventListener("click", value);
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// --- who has which meetings -----------------------------------------------------------------------------------------------

const heldBy = people.map(() => []);
const leftBy = people.map(() => []);
const heldAt = places.map(() => []);
const staff = bodies.map(() => []);
people.forEach(([, body], person) => body >= 0 && staff[body].push(person));
held.forEach(([, , place, , names], meeting) => {
  heldAt[place].push(meeting);
  for (const person of names) heldBy[person].push(meeting);
});
left.forEach(([, , sides], meeting) => {
  for (const [all, , some = []] of sides) for (const person of [...all, ...some]) leftBy[person].push(meeting);
});

const entries = [
  ...people.map(([name, body], n) => ({ link: `#p${n}`, name, note: body < 0 ? "" : bodies[body] })),
  ...bodies.map((name, n) => ({ link: `#o${n}`, name, note: say("body_note", { people: staff[n].length }) })),
  ...places.map(([name, count], n) => ({ link: `#l${n}`, name, note: say("place_note", { meetings: number.format(heldAt[n].length), count: number.format(count) }) })),
].sort((one, other) => order.compare(one.name, other.name));
for (const entry of entries) {
  entry.folded = fold(entry.name);
  entry.all = `${entry.folded} ${entry.link.startsWith("#p") ? fold(entry.note) : ""}`;
}
const meetingAt = new Map(held.map(([id], n) => [fold(id), n]));
const leftAt = new Map(left.map(([id], n) => [fold(id), n]));

// --- finding --------------------------------------------------------------------------------------------------------------

const KINDS = { p: "person", o: "organisation", l: "place", t: "table", m: "meeting", u: "meeting" };

function single(text) {
  const found = [];
  if (meetingAt.has(text)) found.push({ link: `#m${meetingAt.get(text)}`, name: held[meetingAt.get(text)][0], note: "" });
  if (leftAt.has(text)) found.push({ link: `#u${leftAt.get(text)}`, name: left[leftAt.get(text)][0], note: words.not_placed });
  const [, name, which] = /^(.*\S)\s+(\d+)$/.exec(text) ?? [];
  places.forEach(([place, count], n) => {
    if (which >= 1 && which <= count && count > 1 && fold(place) === name) found.push({ link: `#t${n}.${+which}`, name: `${place} ${+which}`, note: "" });
  });
  return found;
}

function find() {
  const text = fold(at("find").value.trim());
  const parts = text.split(/\s+/).filter(Boolean);
  const kind = at("kind").value;
  const fitting = entries.filter((entry) => (!kind || entry.link[1] === kind) && parts.every((part) => entry.all.includes(part)));
  const first = fitting.filter((entry) => text && entry.folded.startsWith(text));
  const there = new Set(first);
  return [...(kind ? [] : single(text)), ...first, ...fitting.filter((entry) => !there.has(entry))];
}

function showFound(most = MOST) {
  const found = find();
  at("count").textContent = say("found", { n: number.format(found.length) });
  const items = found.slice(0, most).map(({ link, name, note }) =>
    make("li", {}, make("a", { href: link }, name), " ", make("span", { class: "soft" }, [words[KINDS[link[1]]], note].filter(Boolean).join(" · "))));
  at("results").replaceChildren(...items);
  at("more").hidden = found.length <= most;
  at("more").textContent = say("show_all", { n: number.format(found.length) });
  toPrint = found.filter(({ link }) => link[1] === "p").map(({ link }) => Number(link.slice(2))).filter((person) => heldBy[person].length);
  printed = 0;
  sayToPrint();
}

// What a browser takes to lay out pages grows with their square: minutes over five hundred. So they are printed in parts.
function sayToPrint() {
  const last = Math.min(printed + PRINTED, toPrint.length);
  at("print-all").hidden = toPrint.length < 2;
  at("print-all").textContent = toPrint.length <= PRINTED ? say("print_each", { n: number.format(toPrint.length) })
    : say("print_part", { first: number.format(printed + 1), last: number.format(last), n: number.format(toPrint.length) });
}

at("find").addEventListener("input", () => showFound());
at("kind").addEventListener("change", () => showFound());
at("more").addEventListener("click", () => {
  const before = at("results").children.length;
  showFound(Infinity);
  at("results").children[before]?.querySelector("a").focus();
});
at("finder").addEventListener("submit", (event) => {
  event.preventDefault();
  at("results").querySelector("a")?.click();
});
at("finder").addEventListener("keydown", (event) => {
  const links = [at("find"), ...at("results").querySelectorAll("a")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = links.indexOf(document.activeElement);
  if (!step || here < 0 || !links[here + step]) return;
  event.preventDefault();
  links[here + step].focus();
});

// --- tables -----------------------------------------------------------------------------------------------------------------

function personLink(person) {
  const [name, body] = people[person];
  const link = make("a", { href: `#p${person}` }, name);
  return body < 0 ? [link] : [link, make("span", { class: "soft" }, ` ${bodies[body]}`)];
}

const listed = (parts) => parts.flatMap((part, n) => (n ? [make("br"), ...part] : part));
const where = ([, , place, table]) => make("a", { href: places[place][1] > 1 ? `#t${place}.${table}` : `#l${place}` }, places[place][1] > 1 ? `${places[place][0]} ${table}` : places[place][0]);

function table(caption, headings, rows) {
  const head = make("tr", {}, ...headings.map((key) => make("th", { scope: "col" }, words[key])));
  const body = rows.map((cells) => make("tr", {}, make("th", { scope: "row" }, cells[0]), ...cells.slice(1).map((cell) => make("td", {}, ...cell))));
  return make("table", {}, make("caption", {}, caption || words.timetable), make("thead", {}, head), make("tbody", {}, ...body));
}

// A table for each day on which there is something; `line` gives the cells of a meeting.
function byDay(meetings, headings, line, after = () => []) {
  return days.flatMap((day, n) => {
    const rows = meetings.filter((meeting) => slots[held[meeting][1]][1] === n);
    return rows.length ? [table(day, headings, rows.map((meeting) => [slots[held[meeting][1]][0], ...line(held[meeting])])), ...after(n)] : [];
  });
}

function freeTimes(person, day) {
  const taken = new Set([...people[person][2], ...heldBy[person].map((meeting) => held[meeting][1])]);
  const free = slots.flatMap(([time, on], n) => (on === day && !taken.has(n) ? [time.split("–")[0]] : []));
  return free.length ? [make("p", { class: "soft free" }, say("free", { times: free.join(", ") }))] : [];
}

function names(sides) {
  return sides.map(([all, count, some]) => {
    const parts = all.map(personLink);
    if (some) parts.push([`${say(count > 1 ? "some_of" : "one_of", { count })} `, ...some.slice(0, 12).flatMap((person, n) => (n ? [", ", personLink(person)[0]] : personLink(person).slice(0, 1))), some.length > 12 ? ` … (${some.length})` : ""]);
    return parts.flatMap((part, n) => (n ? [" + ", ...part] : part));
  });
}

function leftTable(meetings, caption) {
  return meetings.length ? [table(caption, ["meeting", "who", "value", "why"], meetings.map((n) => [left[n][0], listed(names(left[n][2])), [number.format(left[n][1])], [left[n][3]]]))] : [];
}

// --- timetables -------------------------------------------------------------------------------------------------------------

const others = (person, meeting) => listed(meeting[4].filter((other) => other !== person).map(personLink));
const none = (meetings) => (meetings.length ? [] : [make("p", {}, words.no_meetings)]);

function ofPerson(person) {
  const mine = heldBy[person];
  return [...none(mine), ...byDay(mine, ["time", "with", "place"], (meeting) => [others(person, meeting), [where(meeting)]], (day) => freeTimes(person, day))];
}

const views = {
  p(person) {
    const [name, body] = people[person];
    const of = body < 0 ? [] : [make("p", {}, make("a", { href: `#o${body}` }, bodies[body]))];
    return { name, parts: [...of, ...ofPerson(person), make("div", { class: "aside" }, ...leftTable(leftBy[person], words.not_placed))] };
  },
  o(body) {
    const ours = new Set(staff[body]);
    const all = [...new Set(staff[body].flatMap((person) => heldBy[person]))].sort((one, other) => one - other);
    const line = (meeting) => [
      listed(meeting[4].filter((person) => ours.has(person)).map((person) => [personLink(person)[0]])),
      listed(meeting[4].filter((person) => !ours.has(person)).map(personLink)),
      [where(meeting)],
    ];
    const missing = [...new Set(staff[body].flatMap((person) => leftBy[person]))];
    const list = make("p", { class: "aside" }, `${words.people}: `, ...staff[body].flatMap((person, n) => (n ? [", ", personLink(person)[0]] : [personLink(person)[0]])));
    return { name: bodies[body], print: staff[body], parts: [list, ...none(all), ...byDay(all, ["time", "from_us", "with", "place"], line), make("div", { class: "aside" }, ...leftTable(missing, words.not_placed))] };
  },
  l(place) {
    const [name, count] = places[place];
    const inSlot = new Map();
    for (const meeting of heldAt[place]) {
      const slot = held[meeting][1];
      if (!inSlot.has(slot)) inSlot.set(slot, []);
      inSlot.get(slot).push(meeting);
    }
    if (count === 1) return { name, parts: [...none(heldAt[place]), ...byDay(heldAt[place], ["time", "who"], (meeting) => [listed(meeting[4].map(personLink))])] };
    // Of a large hall each slot is filled in when it is opened.
    const parts = [...inSlot].map(([slot, meetings]) => {
      const title = `${days[slots[slot][1]]} ${slots[slot][0]}`;
      const part = make("details", {}, make("summary", {}, title, " ", make("span", { class: "soft" }, say("of_tables", { n: number.format(meetings.length), count: number.format(count) }))));
      part.addEventListener("toggle", () => {
        if (part.open && part.children.length === 1) part.append(table(title, ["table", "who"], meetings.map((n) => [make("a", { href: `#t${place}.${held[n][3]}` }, String(held[n][3])), listed(held[n][4].map(personLink))])));
      });
      return part;
    });
    return { name, parts: [...none(heldAt[place]), make("p", { class: "aside soft" }, say("tables_hint", { name, count })), ...parts] };
  },
  t(text) {
    const [place, which] = text.split(".").map(Number);
    const all = heldAt[place].filter((meeting) => held[meeting][3] === which);
    return { name: `${places[place][0]} ${which}`, parts: [...none(all), ...byDay(all, ["time", "who"], (meeting) => [listed(meeting[4].map(personLink))])] };
  },
  m(n) {
    const meeting = held[n];
    return { name: say("meeting_name", { id: meeting[0] }), parts: byDay([n], ["time", "who", "place"], () => [listed(meeting[4].map(personLink)), [where(meeting)]]) };
  },
  u(n) {
    return { name: say("meeting_name", { id: left[n][0] }), parts: leftTable([n], words.not_placed) };
  },
};

function show() {
  const [, kind, what] = /^#([polmtu])(\d+(?:\.\d+)?)$/.exec(location.hash) ?? [];
  let view = null;
  try {
    view = kind && views[kind](kind === "t" ? what : Number(what));
  } catch {
    view = null; // An address of another plan: there is nothing to show.
  }
  const section = at("timetable");
  section.hidden = !view;
  document.body.classList.toggle("chosen", Boolean(view));
  if (!view) return;
  const heading = make("h2", { tabindex: "-1" }, view.name);
  const buttons = make("p", { class: "buttons" }, make("button", { type: "button", click: () => print() }, words.print));
  if (view.print?.length > 1) buttons.append(" ", make("button", { type: "button", click: () => printAll(view.print) }, say("print_each", { n: number.format(view.print.length) })));
  section.replaceChildren(make("p", { class: "event" }, document.querySelector("h1").textContent), heading, buttons, ...view.parts);
  heading.focus({ preventScroll: true });
  section.scrollIntoView({ block: "start" });
}

// Each on a page of their own; taken away again when they are printed.
function printAll(persons) {
  const sheets = persons.filter((person) => heldBy[person].length).map((person) => {
    const [name, body] = people[person];
    return make("section", { class: "sheet" }, make("p", { class: "event" }, document.querySelector("h1").textContent), make("h2", {}, name), make("p", {}, body < 0 ? "" : bodies[body]), ...ofPerson(person));
  });
  const all = make("div", { id: "sheets" }, ...sheets);
  at("timetable").after(all);
  document.body.classList.add("printing");
  addEventListener("afterprint", () => {
    all.remove();
    document.body.classList.remove("printing");
  }, { once: true });
  print();
}

at("print-all").addEventListener("click", () => {
  printAll(toPrint.slice(printed, printed + PRINTED));
  printed = printed + PRINTED < toPrint.length ? printed + PRINTED : 0;
  sayToPrint();
});
addEventListener("hashchange", show);

// --- what was left out --------------------------------------------------------------------------------------------------------

const ranked = [...left.keys()].sort((one, other) => left[other][1] - left[one][1]);
const leftText = left.map(([id, , sides, reason]) => fold([id, reason, ...sides.flatMap(([all, , some = []]) => [...all, ...some].map((person) => `${people[person][0]} ${bodies[people[person][1]] ?? ""}`))].join(" ")));

function showLeft(most = MOST) {
  const parts = fold(at("find-left").value.trim()).split(/\s+/).filter(Boolean);
  const fitting = ranked.filter((n) => parts.every((part) => leftText[n].includes(part)));
  at("left-count").textContent = say("found", { n: number.format(fitting.length) });
  at("left-table").replaceChildren(...leftTable(fitting.slice(0, most), words.not_placed));
  at("left-more").hidden = fitting.length <= most;
  at("left-more").textContent = say("show_all", { n: number.format(fitting.length) });
}

if (left.length) {
  at("find-left").addEventListener("input", () => showLeft());
  at("left-more").addEventListener("click", () => showLeft(Infinity));
  showLeft();
}
for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
showFound();
show();
