"""The book's figures, beside the chapters that show them: a file a chapter, named by its number.

`chNN_topic` draws with Matplotlib: each function draws on the axes that it is given and returns them, and
`plt.style.use("entropybook.book")` sets the look.  `chNN_interactive` has the figures with sliders, made with Altair;
it is a file of its own because importing Altair takes half a second, which the other figures need not.
A notebook runs in `chapters/`, so `from figures import ch01_surprise as plots` finds them without being installed.
"""
