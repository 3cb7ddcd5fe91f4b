/* The wall of a meeting: what changes is asked for every few seconds; without a network it stays as it is. */

const wall = document.querySelector("[data-wall]");

setInterval(async () => {
  try {
    const answer = await fetch(wall.dataset.wall, { redirect: "manual" });
    if (answer.ok) wall.innerHTML = await answer.text();
  } catch {
    /* No network. */
  }
}, 4000);
