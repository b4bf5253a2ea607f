"""Alias, for one release, of the chapters' interactive figures, made with Altair: see `entropybook.moved`."""

from entropybook.moved import figures

RENAMED = {
    "Explorable": "InteractiveFigure",
    "bill": "cross_entropy_of_coins",
    "two_bells": "fit_to_a_mixture",
    "wrong_code": "mismatched_code",
}
globals().update(figures(interactive=True, renamed=RENAMED))
