// "My name card has number 12": from now on the tables of this card are the person's.

export async function claimNumber(phone, text) {
  const number = Number.parseInt(text, 10);
  if (!(number > 0) || number === phone.own.number) return;
  await phone.do("place", { number }, { id: "place" });
}
