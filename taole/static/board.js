// The photographed board: the picture shows before it is sent, ticks are counted on the button,
// and nothing is sent twice. Every page works without it.
const form = document.querySelector("form[data-board]");
const input = form?.querySelector("input[type=file]");
const picture = document.querySelector("[data-board-picture]");

input?.addEventListener("change", () => {
  const [chosen] = input.files;
  if (!picture || !chosen) return;
  if (picture.src) URL.revokeObjectURL(picture.src);
  picture.src = URL.createObjectURL(chosen);
  picture.hidden = false;
  picture.addEventListener("error", () => { picture.hidden = true; }, { once: true });
});

for (const each of document.querySelectorAll("form[data-once]")) {
  each.addEventListener("submit", () => {
    const button = each.querySelector("button[data-busy]");
    if (!button) return;
    setTimeout(() => { button.disabled = true; }, 0);
    button.querySelector("[data-label]").textContent = button.dataset.busy;
  });
}

const ticks = [...document.querySelectorAll("input[name=hanging]")];
const count = document.querySelector("[data-ticked]");
const recount = () => {
  if (count) count.textContent = count.dataset.ticked.replace("0", ticks.filter((t) => t.checked).length);
};
ticks.forEach((tick) => tick.addEventListener("change", recount));
if (count) recount();

addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("button[data-busy]").forEach((b) => { b.disabled = false; });
});
