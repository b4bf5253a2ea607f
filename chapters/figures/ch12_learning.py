"""Chapter 12: likelihood, overfitting, and the floor below the loss."""

import numpy as np

from entropybook import entropy, kl_divergence
from figures.style import EXCESS_COLOR, LINE_COLOR, P_COLOR, Q_COLOR
from figures.style import digit_gallery as digit_gallery  # the chapter calls it


def likelihood_curves(ax, p_hat, model, best):
    """H(P-hat, Q_t) and D(P-hat||Q_t) over t, for the models Q_t = model(t): one bowl, shifted by H(P-hat)."""
    t = np.linspace(0.02, 0.75, 400)
    rows, floor = np.tile(p_hat, (t.size, 1)), entropy(p_hat)
    excess = kl_divergence(rows, np.array([model(value) for value in t]))
    lowest = kl_divergence(p_hat, model(best))
    ax.plot(t, floor + excess, label=r"$H(\hat P, Q_t) = -\frac{1}{N}\,\log\,L(Q_t)$")
    ax.plot(t, excess, color=Q_COLOR, linestyle="--", label=r"$D(\hat P\,\|\,Q_t)$")
    ax.plot([best, best], [lowest, floor + lowest], "o", color=LINE_COLOR, linestyle="none")
    arrow = {"arrowstyle": "<->", "color": LINE_COLOR, "shrinkA": 3, "shrinkB": 3}
    ax.annotate("", (best, floor + lowest), xytext=(best, lowest), arrowprops=arrow)
    ax.annotate(rf"$H(\hat P) = {floor:.4f}$", (best, lowest + floor / 2), (8, 0), textcoords="offset points")
    ax.set(xlabel="$t$", ylabel="nats", xlim=(0, 0.75), ylim=(0, 3.2), xticks=[0, 0.25, 0.5, 0.75], yticks=range(4))
    ax.legend(loc="upper center")
    return ax


def train_and_test(ax, capacity, train, test, floor=None):
    """The training loss (circles) and the test loss (squares) over whatever lets a model fit more."""
    ax.plot(capacity, train, "o-", markersize=5, label="train")
    ax.plot(capacity, test, "s--", color=Q_COLOR, markersize=5, label="test")
    if floor is not None:
        ax.axhline(floor, color=LINE_COLOR, linestyle=":", label=rf"floor $\sigma^2 = {floor:.2g}$")
    else:
        ax.set_ylim(bottom=0)
    ax.legend(loc="upper center")
    return ax


def frequency_bias(ax, sizes, exact, bounds, limit):
    """N times the mean of D(P-hat||P) over N: exact values, the bounds of the theorem, and the limit (K - 1)/2."""
    low, high = np.array(bounds).T * sizes
    ax.fill_between(sizes, low, high, color=EXCESS_COLOR, alpha=0.6, linewidth=0, label="between the bounds")
    ax.plot(sizes, np.multiply(sizes, exact), "o", label=r"$N \cdot \mathrm{E}\,D(\hat P\,\|\,P)$, exact")
    ax.axhline(limit, color=LINE_COLOR, linestyle="--", label=rf"$(K-1)/2 = {limit:g}$")
    ax.set(xscale="log", xlabel="$N$", ylabel="$N$ times nats", ylim=(0, 2.2), yticks=[0, 0.5, 1, 1.5, 2])
    ax.set(xticks=[1, 10, 100], xticklabels=[1, 10, 100])
    ax.legend(loc="lower right")
    return ax


def noise_floor(ax, flips, train, test):
    """The floor H_b(u) over the probability u of a flipped label, training losses below it and test losses above."""
    u = np.linspace(0, max(flips), 300)
    ax.plot(u, entropy(np.stack([u, 1 - u]), axis=0), color=LINE_COLOR, linestyle=":", label="floor $H_b(u)$")
    ax.plot(flips, test, "s--", color=Q_COLOR, linewidth=1, label="test")
    ax.plot(flips, train, "o-", color=P_COLOR, linewidth=1, label="train")
    ax.set(xlabel="$u$, the probability of a flipped label", ylabel="log loss (nats)", ylim=(0, 0.9))
    ax.legend(loc="lower right")
    return ax
