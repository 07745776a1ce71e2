// Sets the theme before the first paint: the stored choice, else the system's.
// Loaded in the head without defer; everything else waits for the document.
(function () {
  "use strict";
  var KEY = "alpclusters-theme";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function stored() {
    try {
      return window.localStorage.getItem(KEY);
    } catch (error) {
      return null; // storage is forbidden: the system's choice holds
    }
  }

  function store(theme) {
    try {
      window.localStorage.setItem(KEY, theme);
    } catch (error) {
      // the choice then lasts until the next page
    }
  }

  function show(theme) {
    root.setAttribute("data-theme", theme);
    document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(theme === "dark"));
    });
  }

  function wanted() {
    return stored() || (dark.matches ? "dark" : "light");
  }

  root.classList.add("has-js");
  show(wanted());
  dark.addEventListener("change", function () {
    show(wanted());
  });
  document.addEventListener("DOMContentLoaded", function () {
    show(wanted());
  });
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-theme-switch]")) return;
    var next = root.getAttribute("data-theme") === "dark" ? "light" : "dark";
    store(next);
    show(next);
  });
})();
