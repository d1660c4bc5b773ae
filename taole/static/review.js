// Keys at the reviewer's desk: J next, K before, A pass, R return. Never while somebody types.
const KEYS = { j: "next", k: "before", a: "pass", r: "return" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const found = document.querySelector(`[data-key="${KEYS[event.key.toLowerCase()]}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.matches("details")) {
    found.open = true;
    found.querySelector("input:not([type=hidden]), textarea")?.focus();
  } else found.click();
});
