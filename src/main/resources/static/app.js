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
