// Three questions about the AlpCafé itself, sent together.

import { all, find, write } from "../dom.js";

const ASKED = ["heard", "learned", "again"];

export const feedback = {
  open(phone, root) {
    const form = find("#feedback", root);
    const read = () => {
      const chosen = ASKED.map((name) => [name, Number(form.elements[name].value) || null]);
      return { ...Object.fromEntries(chosen), text: form.elements.text.value };
    };
    const put = (values) => {
      for (const name of ASKED) {
        for (const radio of all(`input[name=${name}]`, form)) radio.checked = radio.value === String(values[name] ?? "");
      }
      form.elements.text.value = values.text || "";
    };
    const known = phone.drafts.get("feedback") || phone.own.feedback;
    if (known) put(known);
    const keep = () => phone.drafts.set("feedback", read());
    return {
      input: keep,
      change: keep,
      async submit() {
        await phone.do("feedback", { ...read(), language: phone.data.language }, { id: "feedback" });
        phone.drafts.drop("feedback");
        write(find("[data-told]", root), phone.words.of("thanks"));
      },
    };
  },
};
