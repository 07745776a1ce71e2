// Passkeys: asks the device, puts its answer into the form and sends it.
//   <form data-passkey="create|get|sign-in"> with a hidden field "credential", a [data-told] text
//   and the options as JSON in #passkey-options; "sign-in" fetches them from the form's address.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const listed = (items = []) => items.map((item) => ({ ...item, id: bytes(item.id) }));

async function create({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: listed(publicKey.excludeCredentials),
      // A device that can open the site alone may; a simple key is a second step.
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "preferred",
        requireResidentKey: false,
        userVerification: "preferred",
      },
    },
  });
  return written(made, {
    attestationObject: text(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function get({ publicKey }) {
  const given = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: listed(publicKey.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = given.response;
  return written(given, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

function written(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

async function fetched(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).request_options;
}

function given() {
  const data = JSON.parse(document.getElementById("passkey-options").textContent);
  return data.creation_options ?? data.request_options;
}

async function ask(form) {
  const kind = form.dataset.passkey;
  const options = kind === "sign-in" ? await fetched(form) : given();
  return kind === "create" ? create(options) : get(options);
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  const told = form.querySelector("[data-told]");
  if (!window.PublicKeyCredential) {
    form.querySelector("button").disabled = true;
    told.textContent = told.dataset.missing;
    continue;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
    } catch {
      told.textContent = told.dataset.told;
      return;
    }
    form.submit();
  });
}
