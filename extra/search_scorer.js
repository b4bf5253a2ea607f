// What the search puts first: a term of the glossary, chapters in their order, then the functions of the package.
var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: {},
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  score: (found) => {
    const [page, title, anchor, kind, score] = found;
    if (kind) return score / 4;
    if (anchor.startsWith("#term-")) {
      const term = anchor.slice(6).replaceAll("-", " ");
      if (!/^\d/.test(term)) found[1] = `${title}: ${term}`; // a Chinese one has a number
      return score < 100 ? 10 : 30;
    }
    found[1] = title.replace(/>\s+\((.*)\)$/, "> $1"); // the title of a definition or a theorem
    const words = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).join(" ");
    const sought = words(new URLSearchParams(location.search).get("q") ?? "");
    if (words(title).replace(/^\d+ /, "") === sought) return score + 20; // the chapter of this name
    return score - (parseInt(title) || 50) / 100;
  },
};
