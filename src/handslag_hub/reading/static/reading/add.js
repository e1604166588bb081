// Files dropped anywhere on the page go where the chosen ones go, and are handed over at once.
const form = () => document.getElementById("add-form");
const zone = () => document.querySelector("[data-drop-zone]");
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

let depth = 0;
const mark = (on) => zone()?.classList.toggle("drop-zone--over", on);

document.addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  depth += 1;
  mark(true);
});

document.addEventListener("dragleave", (event) => {
  if (!carriesFiles(event)) return;
  depth = Math.max(0, depth - 1);
  if (depth === 0) mark(false);
});

document.addEventListener("dragover", (event) => {
  if (carriesFiles(event)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = 0;
  mark(false);
  const files = [...event.dataTransfer.files];
  if (!form() || files.length === 0) return;
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  form().elements.namedItem("files").files = carrier.files;
  form().requestSubmit();
});

// What was handed over is not handed over twice; the day and who may see it stay for the next ones.
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.target !== form() || !event.detail.successful) return;
  if (event.detail.xhr.getResponseHeader("HX-Retarget")) return;
  for (const name of ["files", "text", "address"]) form().elements.namedItem(name).value = "";
  for (const error of form().querySelectorAll(".errorlist")) error.remove();
});
