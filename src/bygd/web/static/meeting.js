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
let any = false; // Whether anything has been sent since the page was opened.
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
  const said = waiting.length ? room.dataset.waiting.replace("{number}", waiting.length) : any ? room.dataset.sent : "";
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

/* What the server does not take is not lost: it stands whole beneath the reason. */
function wrong(text, thing = {}) {
  const box = document.getElementById("wrong");
  const item = document.createElement("li");
  item.textContent = text;
  const said = thing.text || thing.title || thing.name || [thing.card, thing.marks].filter(Boolean).join(": ");
  if (said) {
    const kept = document.createElement("p");
    kept.className = "refused";
    kept.textContent = room.dataset.refused.replace("{text}", () => said);
    item.append(kept);
  }
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
      const asked = new Map(things.map((thing) => [thing.key, thing]));
      done.filter((one) => one.wrong).forEach((one) => wrong(one.wrong, asked.get(one.key)));
      any = true;
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

/* A text that is too long stays in its field, whole, and the field says by how much: browsers would cut what is pasted. */
function tooLong(form) {
  for (const field of form.querySelectorAll("[data-most]")) {
    const number = Array.from(field.value.replaceAll("\r\n", "\n").trim()).length;
    const most = Number(field.dataset.most);
    field.setCustomValidity(
      number > most ? room.dataset.long.replace("{number}", number).replace("{most}", most) : "",
    );
    if (!field.reportValidity()) return true;
  }
  return false;
}

document.addEventListener("input", (event) => event.target.setCustomValidity?.(""));
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-queued]")) return;
  event.preventDefault();
  if (tooLong(form)) return;
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
