// Moving cards on the board by dragging, or with Alt and an arrow key. Without it the link to move does the same.
const board = () => document.getElementById("board");
const status = document.getElementById("moved-where");
const columns = ["done", "possible", "idea", "dropped"];
let dragged = null;

const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
const moveUrl = (slip) => slip.querySelector(".mover").getAttribute("href");

async function move(slip, spot, before) {
  const { heading, standing } = spot.dataset;
  if (standing === "dropped" && !slip.closest(".dropped")) {
    window.location = `${moveUrl(slip)}#id_why`; // a card that is dropped says why
    return;
  }
  const body = new URLSearchParams({ standing, heading: heading === "none" ? "" : heading, before: before ?? "" });
  const headers = { "X-CSRFToken": token(), "HX-Request": "true" };
  const answer = await fetch(moveUrl(slip), { method: "POST", body, headers });
  if (!answer.ok) {
    status.textContent = status.dataset.failed;
    status.classList.remove("unseen");
    return;
  }
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  board().replaceWith(holder.content.querySelector("#board"));
  const now = document.getElementById(slip.id);
  now?.querySelector(".mover").focus();
  status.textContent = status.dataset.said
    .replace("{card}", now?.querySelector(".name").textContent ?? "")
    .replace("{heading}", now?.closest(".line").querySelector("h2").firstChild.textContent.trim() ?? "")
    .replace("{column}", now?.closest(".spot").querySelector("h3").textContent ?? "");
}

function clear() {
  document.querySelectorAll(".over, .before").forEach((one) => one.classList.remove("over", "before"));
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".slip") ?? null;
  if (!dragged) return;
  dragged.classList.add("dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.card);
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  clear();
});

document.addEventListener("dragover", (event) => {
  const spot = event.target.closest?.(".spot");
  if (!dragged || !spot) return;
  event.preventDefault();
  clear();
  spot.classList.add("over");
  const over = event.target.closest(".slip");
  if (over && over !== dragged) over.classList.add("before");
});

document.addEventListener("drop", (event) => {
  const spot = event.target.closest?.(".spot");
  if (!dragged || !spot) return;
  event.preventDefault();
  const over = event.target.closest(".slip");
  if (over !== dragged) move(dragged, spot, over?.dataset.card);
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !event.target.matches?.(".mover")) return;
  const slip = event.target.closest(".slip");
  const spot = slip.closest(".spot");
  const line = slip.closest(".line");
  const spotOf = (row, standing) => row?.querySelector(`.spot[data-standing="${standing}"]`);
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    const next = columns[columns.indexOf(spot.dataset.standing) + (event.key === "ArrowRight" ? 1 : -1)];
    if (next) move(slip, spotOf(line, next));
  } else if (event.key === "ArrowUp") {
    const other = slip.previousElementSibling;
    if (other) move(slip, spot, other.dataset.card);
    else if (line.previousElementSibling?.matches(".line")) move(slip, spotOf(line.previousElementSibling, spot.dataset.standing));
  } else if (event.key === "ArrowDown") {
    const other = slip.nextElementSibling;
    if (other) move(slip, spot, other.nextElementSibling?.dataset.card);
    else if (line.nextElementSibling?.matches(".line")) move(slip, spotOf(line.nextElementSibling, spot.dataset.standing));
  } else return;
  event.preventDefault();
});
