// What pages do beyond links and forms; everything works without it.
"use strict";

document.addEventListener("click", (event) => {
  const copy = event.target.closest("button[data-copy]");
  if (copy) {
    navigator.clipboard.writeText(copy.dataset.copy).then(() => {
      const label = copy.textContent;
      copy.textContent = "Copied";
      setTimeout(() => { copy.textContent = label; }, 1500);
    });
  }
});

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
}

// A filter is applied when it is chosen; without this the button beside it does.
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// A job that has ended: its page has something else to show now.
const live = document.querySelector("[data-live]");
if (live) {
  document.body.addEventListener("htmx:sseClose", (event) => {
    if (event.detail.type === "message") location.assign(live.dataset.live);
  });
}

// The keys of an item page: next, previous, back to the list, help. Off while something is typed.
const keys = document.querySelector("[data-keys]");
if (keys) {
  const help = document.getElementById("keys");
  const follow = (rel) => {
    const link = document.querySelector(`a[data-key="${rel}"]`);
    if (link) link.click();
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j" || event.key === "n") follow("next");
    if (event.key === "k" || event.key === "p") follow("previous");
    if (event.key === "u") follow("list");
    if (event.key === "?" && help) help.open ? help.close() : help.showModal();
  });
}
for (const button of document.querySelectorAll("button[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}

// On a phone these tables are laid out as cards, and a browser then no longer takes them for tables.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
const keepTables = (root) => {
  for (const table of root.querySelectorAll("table.stack, table.glance")) {
    for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td, th")]) {
      const header = part.getAttribute("scope") === "row" ? "rowheader" : "columnheader";
      part.setAttribute("role", ROLES[part.tagName] || header);
    }
  }
};
keepTables(document);
document.body.addEventListener("htmx:afterSwap", () => keepTables(document));
