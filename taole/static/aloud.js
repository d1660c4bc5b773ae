// Reads the notice aloud where the phone can; without it the page lacks only the button.
const button = document.querySelector("[data-read-aloud]");
const told = document.querySelector("[data-aloud]");
const voice = window.speechSynthesis;

if (button && told && voice) {
  const show = (speaking) => {
    button.querySelector("[data-read]").hidden = speaking;
    button.querySelector("[data-stop]").hidden = !speaking;
    button.setAttribute("aria-pressed", String(speaking));
  };
  const pieces = () => [...told.querySelectorAll("h1, p, .row-a")]
    .filter((part) => part.offsetParent !== null)
    .map((part) => part.textContent.replace(/\s+/g, " ").trim()).filter(Boolean);
  button.hidden = false;
  button.addEventListener("click", () => {
    if (voice.speaking) { voice.cancel(); show(false); return; }
    const said = pieces().map((text) => {
      const piece = new SpeechSynthesisUtterance(text);
      piece.lang = "zh-CN";
      piece.rate = 0.9;
      return piece;
    });
    if (!said.length) return;
    said.at(-1).addEventListener("end", () => show(false));
    said.forEach((piece) => voice.speak(piece));
    show(true);
  });
  addEventListener("pagehide", () => voice.cancel());
}
