// What htmx leaves open when it takes the results out of a page.

// A word that is being composed, as in Japanese or Chinese, is not asked for until it is complete.
document.addEventListener("input", (event) => event.isComposing && event.stopPropagation(), true);

// What htmx asks in vain is said, and no longer once an answer comes.
for (const [event, lost] of [
  ["htmx:sendError", true],
  ["htmx:timeout", true],
  ["htmx:responseError", true],
  ["htmx:afterOnLoad", false],
]) {
  document.addEventListener(event, () => {
    const trouble = document.getElementById("trouble");
    trouble.textContent = lost ? trouble.dataset.words : "";
  });
}

// The head names the canonical address of the page that is shown now.
document.addEventListener("htmx:afterSwap", (event) => {
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const canonical = answer.querySelector("link[rel=canonical]");
  document.querySelector("link[rel=canonical]")?.remove();
  if (canonical) document.head.append(canonical);
});
