// Keys for match review. They press what stands on the page, so whatever a key does a button does too.
const KEPT = "review keys";
const isOn = () => localStorage.getItem(KEPT) !== "off";
let busy = false;

function dress() {
  document.body.classList.toggle("no-keys", !isOn());
  const section = document.querySelector(".keys");
  const button = section?.querySelector("[data-toggle]");
  if (!section || !button) return;
  section.hidden = false;
  button.textContent = isOn() ? button.dataset.off : button.dataset.on;
  button.setAttribute("aria-pressed", String(!isOn()));
}

function move(by) {
  const all = [...document.querySelectorAll('#case input[name="org_id"]')].filter((one) => one.offsetParent);
  if (!all.length) return;
  const at = all.findIndex((one) => one.checked);
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  next.checked = true;
  next.focus();
}

function press(key) {
  const target = document.querySelector(`#case [data-keys="${key}"]`);
  if (!target) return false;
  if (target.matches('input[type="search"]')) target.focus();
  else if (target.matches('input[type="checkbox"]')) {
    target.checked = true;
    document.querySelector('#case [data-keys="y"]')?.click();
  } else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!isOn() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const at = event.target;
  const isRadio = at.matches?.('input[type="radio"]');
  if (at.isContentEditable || (at.matches?.("input, textarea, select") && !isRadio)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isFree = !at.closest?.("a, button, summary, input");
  let done = false;
  if (busy || event.repeat) done = /^[ydnusza]$|^Enter$/.test(key) && (key !== "Enter" || isFree || isRadio);
  else if (key === "j" || (key === "ArrowDown" && isFree)) done = move(1) ?? true;
  else if (key === "k" || (key === "ArrowUp" && isFree)) done = move(-1) ?? true;
  else if (key === "Enter" && isFree) done = document.querySelector('#case .main[data-keys="y"]') ? press("y") : false;
  else if (/^[ydnusza/]$/.test(key)) done = press(key);
  if (done) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-toggle]")) return;
  localStorage.setItem(KEPT, isOn() ? "off" : "on");
  dress();
});

document.addEventListener("htmx:beforeRequest", (event) => { busy = event.target.matches?.("#judge, #undo") || busy; });
document.addEventListener("htmx:afterRequest", () => { busy = false; });

// An answer that is no page, or none at all, is told: else a decision would seem to be stored.
for (const fault of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(fault, () => {
    const place = document.querySelector("#failed");
    if (!place) return;
    place.textContent = place.dataset.says;
    place.hidden = false;
    place.focus();
  });
}

document.addEventListener("htmx:afterSwap", (event) => {
  dress();
  if (event.detail.target.id === "progress") return; // what came by itself moves nobody
  if (event.detail.target.id === "found") {
    document.querySelector('#found input[name="org_id"]')?.focus();
    return;
  }
  const wrong = document.querySelector("#wrong");
  const first = wrong ?? document.querySelector("#name");
  if (event.detail.target.id === "case" || !document.activeElement || document.activeElement === document.body) {
    first?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
    const name = document.querySelector("#name");
    if (name) document.title = document.title.replace(/^.*?(?= – |$)/, name.textContent);
  }
});
dress();
