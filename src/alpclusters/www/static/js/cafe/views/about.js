// What the person says of themselves; every answer may stay open.
// The number of a name card is no answer: it says which row of tables is theirs.

import { all, find, show } from "../dom.js";
import { claimNumber } from "./number.js";

export const about = {
  open(phone, root) {
    const form = find("#about", root);
    const draft = phone.drafts.get("about");
    const { profile } = phone.own;
    for (const field of all("select", form)) {
      const wanted = draft?.[field.name] ?? profile[field.name] ?? "";
      if ([...field.options].some((option) => option.value === wanted)) field.value = wanted;
    }
    const { number, no_research: noResearch } = form.elements;
    noResearch.checked = draft?.no_research ?? profile.no_research ?? false;
    number.value = draft?.number ?? phone.own.number ?? "";
    const chosen = () => all("select", form).map((field) => [field.name, field.value]);
    const values = () => ({ ...Object.fromEntries(chosen()), no_research: noResearch.checked });
    const goOn = () => {
      phone.drafts.drop("about");
      const isFirst = !phone.pocket.get("asked");
      phone.pocket.set("asked", true);
      const hasCode = phone.pocket.get("recovery");
      phone.go(isFirst && hasCode ? "code" : "now");
    };
    return {
      change: () => phone.drafts.set("about", { ...values(), number: number.value }),
      patch: () => show(find("[data-numbers]", form), Boolean(phone.own.numbers)),
      submit: async () => {
        await phone.do("profile", { ...values(), language: phone.data.language }, { id: "profile" });
        await claimNumber(phone, number.value);
        goOn();
      },
      actions: { skip: goOn },
    };
  },
};
