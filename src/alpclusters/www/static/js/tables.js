// Says again that a table is a table: some browsers forget it where rows are shown as cards.
// In the HTML itself these roles would be invalid, because they say nothing new there.
(function () {
  "use strict";
  var ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

  function roleOf(element) {
    if (element.tagName !== "TH") return ROLES[element.tagName];
    return element.scope === "row" ? "rowheader" : "columnheader";
  }

  document.querySelectorAll("table.cards, table.heat").forEach(function (table) {
    [table].concat(Array.from(table.querySelectorAll("thead, tbody, tr, th, td"))).forEach(
      function (element) {
        element.setAttribute("role", roleOf(element));
      }
    );
  });
})();
