// A button with data-copy="id" copies that field's text; without script the text is selected by hand.
// data-copied="words" on the button is what it says afterwards.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // old browsers, and pages without TLS
    }
    const said = document.getElementById(`${button.dataset.copy}-copied`);
    if (said) said.hidden = false;
  });
}
