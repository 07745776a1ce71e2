// The released results, fetched once for each change of what is released.

let known = null;
let mark = "";

export async function released(phone) {
  const blocks = phone.state?.released || [];
  const wanted = JSON.stringify(blocks);
  if (!blocks.length || !phone.data.urls.results) return null;
  if (wanted === mark && known) return known;
  try {
    const response = await fetch(phone.data.urls.results, { cache: "no-cache", credentials: "same-origin" });
    if (!response.ok) return null;
    known = await response.json();
    mark = wanted;
  } catch (error) {
    return known; // what was loaded before is still true
  }
  return known;
}
