// Links the map of small areas with the list, and lets people draw a line around their village.
// Without it the list does the same, and a GeoJSON file in place of the line.
const holder = document.getElementById("village-map");
const svg = holder?.querySelector("svg");
const sheet = svg?.querySelector(".sheet");
const status = document.getElementById("drawing-said");
const NS = "http://www.w3.org/2000/svg";
let corners = null;
let line = null;

const whole = (key) => document.getElementById(`id_all${key}`);
const part = (key) => document.getElementById(`id_part${key}`);

function fill(path) {
  const key = path.dataset.key;
  const share = whole(key)?.checked ? 1 : Number(part(key)?.value || 0) / 100;
  path.setAttribute("fill", share >= 1 ? "#2f75b0" : share > 0 ? "#b9d3e9" : "#ffffff");
}

function place(event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
  return [at.x, at.y];
}

function show() {
  line.setAttribute("points", corners.map((one) => one.map((side) => side.toFixed(1)).join(",")).join(" "));
  status.textContent = status.dataset.corners.replace("%", corners.length);
  document.getElementById("drawing-done").disabled = corners.length < 3;
  document.getElementById("drawing-back").disabled = corners.length === 0;
}

function begin() {
  corners = [];
  line?.remove();
  svg.querySelectorAll(".drawn").forEach((one) => one.remove());
  line = document.createElementNS(NS, "polygon");
  for (const [name, value] of Object.entries({
    class: "drawn", fill: "#a4201c", "fill-opacity": "0.15", stroke: "#a4201c", "stroke-width": "3", "pointer-events": "none",
  })) line.setAttribute(name, value);
  sheet.append(line);
  holder.classList.add("drawing");
  document.getElementById("while-drawing").hidden = false;
  show();
}

function stop() {
  corners = null;
  line?.remove();
  holder.classList.remove("drawing");
  document.getElementById("while-drawing").hidden = true;
  status.textContent = "";
}

function done() {
  const { left, top, across, up } = sheet.dataset;
  const ring = corners.map(([x, y]) => [Number(left) + x / Number(across), Number(top) - y / Number(up)]);
  ring.push(ring[0]);
  const drawn = document.getElementById("id_drawn");
  drawn.value = JSON.stringify({ type: "Polygon", coordinates: [ring] });
  drawn.form.requestSubmit(document.getElementById("cover"));
}

if (svg) {
  holder.querySelectorAll(".js-only").forEach((one) => { one.hidden = false; });
  const paths = [...svg.querySelectorAll("path.area")];
  const by = new Map(paths.map((path) => [path.dataset.key, path]));
  paths.forEach(fill);
  svg.addEventListener("click", (event) => {
    if (corners) {
      corners.push(place(event));
      show();
      return;
    }
    const path = event.target.closest("path.area");
    if (!path) return;
    const key = path.dataset.key;
    whole(key).checked = !(whole(key).checked || part(key).value);
    part(key).value = "";
    fill(path);
    whole(key).scrollIntoView({ block: "nearest" });
    status.textContent = (whole(key).checked ? status.dataset.chosen : status.dataset.left)
      .replace("%", path.querySelector("title").textContent);
  });
  document.getElementById("areas").addEventListener("input", (event) => {
    const [, kind, key] = event.target.id.match(/^id_(all|part)(\d+)$/) ?? [];
    if (!kind) return;
    if (kind === "all" && event.target.checked) part(key).value = "";
    if (kind === "part" && event.target.value) whole(key).checked = false;
    if (by.has(key)) fill(by.get(key));
  });
  document.getElementById("drawing-begin").addEventListener("click", begin);
  document.getElementById("drawing-stop").addEventListener("click", stop);
  document.getElementById("drawing-done").addEventListener("click", done);
  document.getElementById("drawing-back").addEventListener("click", () => { corners.pop(); show(); });
}
