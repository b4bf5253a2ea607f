"""Alias, for one release, of the figures that the chapters draw with Matplotlib: see `entropybook.moved`."""

from entropybook.moved import figures

RENAMED = {
    "chain_of_laws": "chain_of_distributions",
    "code_square": "mismatched_codes",
    "digits_in_and_out": "reconstructions",
    "lost_gradient": "vanishing_gradient",
    "ruler_histogram": "quantised_density",
    "ruler_limit": "quantised_entropy",
    "stream_ends": "coding_overhead",
    "two_fits": "fitted_normals",
}
globals().update(figures(interactive=False, renamed=RENAMED))
