// Sends files with a bar that shows how far it is. Without this the form does the same, only without the bar.
const form = document.getElementById("bring");
const unsent = document.getElementById("unsent");
const sending = document.getElementById("sending");

function failed(texts) {
  sending.hidden = true;
  unsent.textContent = texts.join(" ");
  unsent.hidden = false;
  form.querySelector("button").disabled = false;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const data = new FormData(form); // before anything is disabled
  const size = [...form.querySelector("input[type=file]").files].reduce((sum, file) => sum + file.size, 0);
  if (size > Number(form.dataset.most)) return failed([form.dataset.large]);
  const request = new XMLHttpRequest();
  unsent.hidden = true;
  sending.hidden = false;
  sending.querySelector("[role=status]").textContent = form.dataset.sending;
  form.querySelector("button").disabled = true;
  request.upload.addEventListener("progress", (now) => {
    if (now.lengthComputable) sending.querySelector("progress").value = (100 * now.loaded) / now.total;
  });
  request.addEventListener("load", () => {
    let said = {};
    try {
      said = JSON.parse(request.responseText);
    } catch {
      // an error page of the server, or the page to sign in
    }
    if (said.to) window.location.assign(said.to);
    else if (request.status === 413) failed([form.dataset.large]);
    else failed(said.errors ?? [form.dataset.failed]);
  });
  request.addEventListener("error", () => failed([form.dataset.failed]));
  request.open("POST", form.action);
  request.setRequestHeader("X-Upload", "1");
  request.setRequestHeader("X-CSRFToken", data.get("csrfmiddlewaretoken"));
  request.send(data);
});
