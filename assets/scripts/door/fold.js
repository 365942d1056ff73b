// Letters without accents, as the server's alphabet has them: "malmo" finds Malmö.
const PLAIN = {
  ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i",
};

export function fold(text) {
  return text
    .toLowerCase()
    .replace(/[øłđðþßæœı]/g, (letter) => PLAIN[letter])
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N} ]/gu, "")
    .split(" ")
    .filter(Boolean)
    .join(" ");
}

/** Those of whom every word is found. */
export function matching(people, asked) {
  const words = fold(asked).split(" ").filter(Boolean);
  return people.filter(({ sought }) => words.every((word) => sought.includes(word)));
}
