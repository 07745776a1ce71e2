// The link of the big screen stands behind "#", which browsers never send: here it is posted.

const link = location.hash.slice(1);
if (link.split("~").length === 4) {
  history.replaceState(null, "", location.pathname);
  document.getElementById("link").value = link;
  document.getElementById("door").submit();
}
