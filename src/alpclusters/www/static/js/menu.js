// Menus are details elements and open by themselves; this closes them on Escape and outside.
// A row of tabs that is wider than a phone starts with the current one in sight.
(function () {
  "use strict";

  function openMenus() {
    return document.querySelectorAll("details.ac-menu[open]");
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    openMenus().forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  document.addEventListener("click", function (event) {
    openMenus().forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.querySelectorAll(".tabs [aria-current]").forEach(function (tab) {
    var row = tab.closest(".tabs");
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  });
})();
