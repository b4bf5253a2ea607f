"""Let the search find Chinese words in an English book.

Chinese is written without spaces. A run of Han characters is indexed as its characters and its pairs of neighbours;
a query's run is looked up by its pairs, all of which a page must hold. No dictionary is needed.
"""

import re
from itertools import pairwise

from sphinx.search.en import SearchEnglish

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUN = re.compile(f"([{HAN}]+)")


class EnglishAndHan(SearchEnglish):
    js_splitter_code = f"""
var splitQuery = (query) => query
    .split(/[^\\p{{Letter}}\\p{{Number}}_]+/gu)
    .flatMap((word) => word.split(/([{HAN}]+)/u))
    .filter((word) => word)
    .flatMap((word) => /^[{HAN}]{{2,}}$/u.test(word)
        ? Array.from(word).slice(1).map((second, i) => Array.from(word)[i] + second)
        : [word]);
"""

    def split(self, text):
        for word in super().split(text):
            for piece in filter(None, RUN.split(word)):
                if RUN.fullmatch(piece):
                    yield from piece
                    yield from map("".join, pairwise(piece))
                else:
                    yield piece


def setup(app):
    app.add_search_language(EnglishAndHan)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
