// The link of a table stands behind "#": it is taken out of the address and posted at once.

const text = decodeURIComponent(location.hash.slice(1));
if (text.includes("~")) {
  history.replaceState(null, "", location.pathname);
  document.getElementById("link").value = text;
  document.getElementById("enter").requestSubmit();
}
