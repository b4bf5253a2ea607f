"""Chapter 13: the evidence lower bound, its gap, and a variational autoencoder."""

import numpy as np

from figures.style import EXCESS, LINE_COLOR, P_COLOR, Q_COLOR
from figures.style import digit_gallery as digit_gallery  # the chapter calls it


def bound_bars(ax, floor, gaps):
    """A bar a guess: the floor -log2 p(x), the gap D(q || p(z|x)) of each guess, their sum -L(q) at its end."""
    for y, gap in enumerate(gaps.values()):
        ax.barh(y, floor, color=P_COLOR)
        ax.annotate(rf"$-\log_2\, p(x) = {floor:g}$", (floor / 2, y), ha="center", va="center", color="white")
        if gap:
            ax.barh(y, gap, left=floor, **EXCESS)
        total = rf"$-\mathcal{{L}}(q) = {floor + gap:.2f}$"
        ax.annotate(total, (floor + gap, y), (6, 0), textcoords="offset points", va="center")
    ax.set(yticks=range(len(gaps)), yticklabels=gaps, xlabel="bits: evidence (blue) and gap (hatched)")
    ax.set(xlim=(0, floor + max(gaps.values()) + 1.15), xticks=range(5))
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    return ax


def product_landscape(ax, share, values, stops, paths):
    """Contours of D(q||P) over the two shares of a product q, where it stops, and the paths of some searches."""
    levels = [0.5, 0.52, 0.56, 0.64, 0.8, 1.1, 1.5]
    contours = ax.contour(share, share, values, levels=levels, colors=LINE_COLOR, linewidths=0.9)
    ax.clabel(contours, levels=[0.52, 0.64, 0.8, 1.1], fmt="%g", fontsize=9, colors="black")
    for path, (color, line) in zip(paths, ((P_COLOR, "-"), (Q_COLOR, "--")), strict=False):
        ax.plot(*np.transpose(path), color=color, linestyle=line, linewidth=1.8)
        ax.plot(*path[0], "s", color=color, markersize=5)
    for (s, t), best in stops.items():
        ax.plot(s, t, "o", color="black", markerfacecolor="black" if best else "white", markersize=7)
    ax.set(xlabel="$u_1$", ylabel="$v_1$", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.set(xticks=[0, 0.25, 0.5, 0.75, 1], yticks=[0, 0.25, 0.5, 0.75, 1])
    return ax


def _ellipse(mean, covariance, radius=2.0):
    """The curve at `radius` standard deviations of a normal distribution in the plane."""
    angle = np.linspace(0, 2 * np.pi, 241)
    values, vectors = np.linalg.eigh(np.asarray(covariance, float))
    circle = np.stack([np.cos(angle), np.sin(angle)])
    return np.asarray(mean, float)[:, None] + radius * vectors @ (np.sqrt(values)[:, None] * circle)


def normal_ellipses(ax, target, fits, path=None):
    """A normal distribution in the plane, shaded to two standard deviations, its fits, the means on the way to one."""
    ax.fill(*_ellipse(*target), color="#c9dbe7", linewidth=0, label="$P$")
    for (label, fit), (color, line) in zip(fits.items(), ((Q_COLOR, "-"), (LINE_COLOR, "--")), strict=False):
        ax.plot(*_ellipse(*fit), color=color, linestyle=line, label=label)
    if path is not None:
        ax.plot(*np.transpose(path), color="black", linewidth=1, marker="o", markersize=3, label="means")
    ax.set(xlabel="$x$", ylabel="$y$", aspect="equal", xlim=(-2.6, 2.6), ylim=(-2.6, 2.6))
    ax.set(xticks=range(-2, 3), yticks=range(-2, 3))
    ax.legend(loc="center left", bbox_to_anchor=(1.02, 0.5))
    return ax


def reconstructions(ax, pictures, outputs):
    """Two rows of 8 x 8 pictures: what goes in, ink or none, and below it the probabilities of ink that come out."""
    rows = [np.hstack([np.pad(p.reshape(8, 8), 1) for p in row]) for row in (pictures, outputs)]
    ax.imshow(np.vstack(rows), cmap="Greys", vmin=0, vmax=1, interpolation="nearest")
    for k in range(1, len(pictures)):
        ax.axvline(10 * k - 0.5, color="#bbbbbb", linewidth=0.6)
    ax.axhline(9.5, color="#bbbbbb", linewidth=0.6)
    ax.set(yticks=[4.5, 14.5], yticklabels=["in", "out"], xticks=[])
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    return ax


def bound_in_training(ax, epochs, negative_bound, evidence, baseline):
    """Over the epochs: -L and -log2 p(x), the gap between them hatched, and the loss of a model without z."""
    epochs, negative_bound, evidence = map(np.asarray, (epochs, negative_bound, evidence))
    ax.fill_between(epochs, evidence, negative_bound, linewidth=0, label=r"gap $D(q\,\|\,p(z \mid x))$", **EXCESS)
    ax.plot(epochs, negative_bound, "o-", color=Q_COLOR, markersize=4, label=r"$-\mathcal{L}$")
    ax.plot(epochs, evidence, "s-", color=P_COLOR, markersize=4, label=r"$-\log_2\, p(x)$")
    ax.axhline(baseline, color=LINE_COLOR, linestyle="--", linewidth=1.2, label="no $z$")
    ax.set(xlabel="epochs", ylabel="bits a picture", xlim=(0, epochs[-1] + 0.5))
    ax.set(ylim=(np.floor(evidence.min()) - 1, np.ceil(negative_bound.max()) + 2))
    ax.legend(loc="upper right")
    return ax


def latent_plane(ax, axis, posteriors, guesses, best):
    """Posteriors p(z|x) on a grid, one a picture, and two standard deviations of guesses q and of the best q."""
    for density in posteriors.values():
        top = density.max()
        # two standard deviations of a normal distribution are where its density is exp(-2) of the top
        ax.contourf(axis, axis, density, levels=[top * np.exp(-2), top], colors=["#c9dbe7"])
        ax.contour(axis, axis, density, levels=[top * np.exp(-2)], colors=P_COLOR, linewidths=1.6)
    for name, (mean, width) in guesses.items():
        curve = _ellipse(mean, np.diag(np.square(width)))
        ax.plot(*curve, color=Q_COLOR, linestyle="--")
        ax.plot(*_ellipse(best[name][0], np.diag(np.square(best[name][1]))), color="black", linestyle=":")
        ax.annotate(name, best[name][0], ha="center", va="center", fontsize=14)
    ax.plot([], [], color=P_COLOR, linewidth=1.6, label=r"$p(z \mid x)$")
    ax.plot([], [], color=Q_COLOR, linestyle="--", label="encoder")
    ax.plot([], [], color="black", linestyle=":", label="best $q$")
    ax.set(xlabel="$z_1$", ylabel="$z_2$", aspect="equal", xlim=(-3.6, 2.6), ylim=(-3.1, 2.9))
    ax.set(xticks=range(-3, 3), yticks=range(-3, 3))
    ax.legend(loc="lower right")
    return ax
