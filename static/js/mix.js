// A request that gets no answer is said where the answer would have stood.
for (const lost of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(lost, () => {
    const said = document.getElementById("said");
    said.textContent = said.dataset.lost;
  });
}
