// Where the best few measures are looked for: after every few measures the site says which come
// next. Without an answer in time the phone goes on in the order that it has.

import { roundOf } from "./course.js";

const PATIENCE_MS = 1500;

export async function askFurther(phone, at) {
  const { further } = phone.data;
  if (!further || at % further.every || roundOf(phone.state?.phase) !== 1) return;
  if (at === 0 && Object.keys(phone.own.answers[1] || {}).length) return;
  try {
    const response = await fetch(further.url, {
      method: "POST",
      body: new URLSearchParams({ at }),
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { order } = response.ok ? await response.json() : {};
    if (order?.length) phone.person.reorder(order);
  } catch {
    // the order stays
  }
}
