// A QR code carries the code behind "#", which browsers never send: it stays out of every log
// and Referer. Here it moves into the field and out of the address; the person consents and joins.

const field = document.querySelector("#join input[name=code]");

function take() {
  const code = decodeURIComponent(location.hash.slice(1)).replace(/[^0-9a-z]/gi, "").toUpperCase();
  if (code.length !== 8) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
}

take();
window.addEventListener("hashchange", take);
