// HTMX: the token that writes need, what is refused or fails said in the page, and focus kept where a part was swapped.

// A form answered with its errors (422) goes where its answer goes; what is refused otherwise is a message.
const SAID = new Set([400, 401, 403, 404, 409, 413, 429]);

function say(words) {
  const region = document.getElementById("messages");
  if (!region || !words) return;
  const notice = document.createElement("div");
  notice.className = "notice notice--refused";
  const text = document.createElement("p");
  text.textContent = words;
  notice.append(text);
  region.replaceChildren(notice);
  region.scrollIntoView({ block: "nearest" });
}

export function startParts() {
  const region = document.getElementById("messages");
  let left = null; // What had focus in the part that is swapped.

  document.body.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("meta[name=csrf-token]")?.content;
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
  });

  // What a person does puts an end to what was said before; what a page asks by itself (a poll, a load) does not.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const by = event.detail.requestConfig.triggeringEvent?.type;
    if (by && by !== "load" && by !== "hx:poll:trigger") region?.replaceChildren();
  });

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    const active = document.activeElement;
    left = target.contains(active) && active !== document.body ? { target, id: active.id, name: active.getAttribute("name") } : null;
    if (xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    } else if (SAID.has(xhr.status) && region && xhr.responseText.includes("notice--refused") && !xhr.responseText.includes("<html")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
      event.detail.target = region;
      event.detail.swapOverride = "innerHTML show:none";
      event.detail.selectOverride = "unset";
      left = null;
    } else if (xhr.status >= 400) {
      say(region?.dataset.fault);
    }
  });

  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target === region) region.scrollIntoView({ block: "nearest" });
    if (!left || (document.activeElement && document.activeElement !== document.body)) return;
    const within = left.target.isConnected ? left.target : event.detail.elt;
    if (!(within instanceof Element)) return; // Space after the part settles by itself.
    const place =
      within.querySelector("[data-focus]") ||
      (left.id && document.getElementById(left.id)) ||
      (left.name && within.querySelector(`[name="${CSS.escape(left.name)}"]`)) ||
      within;
    if (!place.matches("a[href], button, input, select, textarea, [tabindex]")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    left = null;
  });

  document.body.addEventListener("htmx:sendError", () => say(region?.dataset.unreachable));
  document.body.addEventListener("htmx:timeout", () => say(region?.dataset.unreachable));
}
