/* The facilitator's page of a meeting: what is typed is kept in the browser first and sent when there is a network.

   Each thing carries a key of its own, so that the server does it once however often it is sent. The queue stands in
   localStorage: it outlives a closed window and a flat battery. Nothing leaves it before the server has answered. */

const RETRY = 4000;
const room = document.querySelector("[data-meeting]");
const store = `bygd-meeting-${room.dataset.meeting}`;
const live = document.getElementById("live");
const list = document.getElementById("unsent");
const state = document.getElementById("state");
const token = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
const old = document.getElementById("old");
let sending = false;
let seen = new Date(room.dataset.at);

const queue = () => JSON.parse(localStorage.getItem(store) || "[]");
const keep = (things) => localStorage.setItem(store, JSON.stringify(things));

function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say() {
  const waiting = queue();
  list.replaceChildren(
    ...waiting.map((thing) => {
      const item = document.createElement("li");
      item.textContent = thing.text || thing.title || thing.name || thing.card || room.dataset.change;
      return item;
    }),
  );
  const said = waiting.length ? room.dataset.waiting.replace("{number}", waiting.length) : room.dataset.sent;
  if (state.textContent !== said) state.textContent = said;
  state.classList.toggle("warning", waiting.length > 0);
}

/* Whether what is shown is what the server has now: without a network, and on a page that was kept, it may be old. */
function fresh(isFresh) {
  if (isFresh) seen = new Date();
  const time = seen.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (!isFresh) old.textContent = room.dataset.old.replace("{time}", time);
  old.hidden = isFresh;
}

function wrong(text) {
  const box = document.getElementById("wrong");
  const item = document.createElement("li");
  item.textContent = text;
  box.append(item);
  box.hidden = false;
}

async function send() {
  if (sending || !queue().length) return;
  sending = true;
  try {
    for (let things = queue(); things.length; things = queue()) {
      const answer = await fetch(room.dataset.act, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify(things.slice(0, 50)),
      });
      if (!answer.ok) {
        if (answer.type === "opaqueredirect" || answer.status === 403) wrong(room.dataset.again);
        break;
      }
      const done = (await answer.json()).done;
      const keys = new Set(done.map((one) => one.key));
      done.filter((one) => one.wrong).forEach((one) => wrong(one.wrong));
      keep(queue().filter((thing) => !keys.has(thing.key)));
      if (!keys.size) break;
    }
  } catch {
    fresh(false); // No network: what waits stays where it is.
  } finally {
    sending = false;
    say();
    refresh();
  }
}

async function refresh() {
  if (queue().length || live.contains(document.activeElement)) return;
  try {
    const answer = await fetch(room.dataset.live, { redirect: "manual" });
    const now = await answer.text();
    fresh(answer.ok);
    // Asked again only now: somebody may have begun to type or to open something while the answer was on its way.
    if (answer.ok && !queue().length && !live.contains(document.activeElement)) {
      const open = new Set(Array.from(live.querySelectorAll("details[open]"), (one) => one.id));
      live.innerHTML = now;
      live.querySelectorAll("details").forEach((one) => { if (open.has(one.id)) one.open = true; });
    }
  } catch {
    fresh(false); // No network: what is shown stays.
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-queued]")) return;
  event.preventDefault();
  const thing = { key: key() };
  const given = new FormData(form, event.submitter);
  for (const [name, value] of given) {
    if (name === "csrfmiddlewaretoken") continue;
    thing[name] = thing[name] ? `${thing[name]} ${value}` : value;
  }
  keep([...queue(), thing]);
  form.reset();
  if (live.contains(document.activeElement)) document.activeElement.blur();
  const first = form.querySelector("textarea, input[type=text]");
  if (first && !live.contains(form)) first.focus();
  say();
  send();
});

window.addEventListener("online", send);
window.addEventListener("beforeunload", (event) => { if (queue().length) event.preventDefault(); });
setInterval(() => (queue().length ? send() : refresh()), RETRY);
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(room.dataset.worker, { scope: location.pathname }).catch(() => {});
}
say();
send();
refresh();
