// Opens the card of a matrix cell in place. Without this script a cell is a plain link to the same card.
// The card is the element with id="card" in the cell's page; closing words come from <table data-close>.
let cell = null, pop = null, asked = 0;

function close(giveBack = true) {
  asked += 1;
  pop?.remove();
  cell?.removeAttribute("aria-expanded");
  if (giveBack) cell?.focus();
  pop = cell = null;
}

async function open(link) {
  close(false);
  cell = link;
  const mine = asked;
  link.setAttribute("aria-expanded", "true");
  let card;
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    card = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("card");
    if (!card) throw new Error("no card");
  } catch {
    if (mine === asked) location.assign(link.href);
    return;
  }
  if (mine !== asked) return;
  pop = document.createElement("div");
  pop.className = "pop";
  pop.tabIndex = -1;
  pop.setAttribute("role", "dialog");
  pop.setAttribute("aria-label", link.getAttribute("aria-label") ?? link.textContent);
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "shut";
  shut.textContent = "✕";
  shut.setAttribute("aria-label", link.closest("table")?.dataset.close ?? "✕");
  shut.addEventListener("click", () => close());
  pop.append(shut, ...document.importNode(card, true).childNodes);
  link.after(pop);
  pop.dispatchEvent(new Event("card", { bubbles: true }));
  if (pop.getBoundingClientRect().left < 0) pop.classList.add("flip");
  pop.focus({ preventScroll: true });
  pop.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cell[data-card]");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (link && plain) {
    event.preventDefault();
    if (link === cell) close(); else open(link);
  } else if (pop && !pop.contains(event.target)) {
    close(false);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && cell) close();
});
