// A form that is sent by a double click would keep what was typed twice: the second time is not sent.
const SOON = 2000; // milliseconds; a page that is still there later answers with a file, and may be asked again

export function startForms() {
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return; // HTMX sends by itself
    if (event.timeStamp - (sent.get(form) ?? -SOON) < SOON) event.preventDefault();
    else sent.set(form, event.timeStamp);
  });
}
