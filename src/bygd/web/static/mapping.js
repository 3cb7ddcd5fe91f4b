// Fills in where somebody stands, if the telephone tells. Without this the fields are written by hand, or left empty.
const button = document.getElementById("here");
const said = document.getElementById("here-said");

if (button && "geolocation" in navigator) {
  button.closest(".js-only").hidden = false;
  button.addEventListener("click", () => {
    said.textContent = button.dataset.waiting;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById("id_latitude").value = coords.latitude.toFixed(6);
        document.getElementById("id_longitude").value = coords.longitude.toFixed(6);
        said.textContent = button.dataset.found.replace("%", Math.round(coords.accuracy));
      },
      (problem) => {
        said.textContent = problem.code === problem.PERMISSION_DENIED ? button.dataset.denied : button.dataset.lost;
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 10000 },
    );
  });
}
