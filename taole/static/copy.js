// A button with data-copy="id" copies that field's text; without script the text is selected by hand.
// What comes onto the page later says so with an event "card" (matrix.js).
function offer(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button.dataset.copy));
  }
}

async function copy(id) {
  const field = document.getElementById(id);
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // old browsers, and pages without TLS
  }
  const said = document.getElementById(`${id}-copied`);
  if (said) said.hidden = false;
}

offer(document);
document.addEventListener("card", (event) => offer(event.target));
