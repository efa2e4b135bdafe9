// What browsers leave open of a page whose details fold; without this they show what they can.

// On paper everything is read.
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details:not([open])")) {
    one.open = true;
    one.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("details[data-printed]")) {
    one.open = false;
    delete one.dataset.printed;
  }
});

// A link to something that is folded opens it.
function unfold() {
  const target = document.querySelector(":target");
  for (let one = target?.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
  if (target?.closest("details")) target.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();
