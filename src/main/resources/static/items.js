// The keys of the pages of items. Each does what a link, a button or Tab does without it.
"use strict";

const KEPT = "palimpsest.focus";
const help = document.getElementById("keys");
const rows = [...document.querySelectorAll("a[data-row]")];

for (const only of document.querySelectorAll(".js-only")) {
  only.hidden = false;
}
for (const button of document.querySelectorAll("[data-help]")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}

// The next page of its kind has the focus where this one had it.
const follow = (link, fragment) => {
  if (!link) return;
  const focused = document.activeElement;
  if (focused && focused.id) sessionStorage.setItem(KEPT, focused.id);
  if (fragment) {
    const url = new URL(link.href);
    url.hash = fragment;
    location.assign(url);
  } else {
    link.click();
  }
};
const byKey = (key) => document.querySelector(`a[data-key="${key}"]`);
const byRel = (rel) => document.querySelector(`.pager a[rel="${rel}"]`);

const restore = () => {
  // The browser itself gives the focus to the line that the address names.
  if (location.hash.startsWith("#item-")) return;
  if (location.hash === "#search") {
    document.getElementById("search").focus();
    return;
  }
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  const element = kept && document.getElementById(kept);
  if (element) element.focus({ preventScroll: true });
};

const step = (by) => {
  if (rows.length === 0) return;
  const row = document.activeElement.closest("tr");
  const at = rows.findIndex((link) => link.closest("tr") === row);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
  if (next >= 0 && next < rows.length) {
    rows[next].focus();
    rows[next].closest("tr").scrollIntoView({ block: "nearest" });
  }
};

// Marks of differences are shown or hidden at once; the address says which, as the link would.
const toggleDifferences = () => {
  const pair = document.querySelector(".pair");
  const link = byKey("diff");
  if (!pair || !link) return;
  const plain = pair.classList.toggle("plain");
  const here = new URL(location.href);
  const there = new URL(here);
  plain ? here.searchParams.set("diff", "off") : here.searchParams.delete("diff");
  plain ? there.searchParams.delete("diff") : there.searchParams.set("diff", "off");
  history.replaceState(null, "", here);
  link.href = there;
  link.textContent = plain ? link.dataset.on : link.dataset.off;
  for (const other of document.querySelectorAll("a[data-key]:not([data-key=diff])")) {
    const url = new URL(other.href);
    plain ? url.searchParams.set("diff", "off") : url.searchParams.delete("diff");
    other.href = url;
  }
};

const onList = {
  j: () => step(1),
  k: () => step(-1),
  n: () => follow(byRel("next")),
  p: () => follow(byRel("prev")),
  f: () => document.getElementById("search").focus(),
};
// Where the list shows lost items only, the next of it is the next lost one.
const lostOnly = document.querySelector("[data-lost-only]") !== null;
const onItem = {
  j: () => follow(byKey("next")),
  k: () => follow(byKey("previous")),
  n: () => follow(byKey(lostOnly ? "next" : "next-lost")),
  p: () => follow(byKey(lostOnly ? "previous" : "previous-lost")),
  d: toggleDifferences,
  f: () => follow(byKey("list"), "search"),
  u: () => follow(byKey("list")),
};
const keys = document.querySelector("[data-items]") ? onList : onItem;

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "?") {
    help.open ? help.close() : help.showModal();
  } else if (!help.open && Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key]();
  }
});
byKey("diff")?.addEventListener("click", (event) => {
  event.preventDefault();
  toggleDifferences();
});
restore();
