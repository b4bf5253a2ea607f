"""Chapter 6: the divergence of normal distributions, and of an exponential family as a gap under a tangent."""

import numpy as np

from figures.style import EXCESS_EDGE, LINE_COLOR, P_COLOR, Q_COLOR


def normal_contours(ax, data_vary=True):
    """Contours of the divergence, in nats, between N(mu, sigma^2), the data or the model, and N(0, 1)."""
    mu, sigma = np.meshgrid(np.linspace(-3, 3, 241), np.geomspace(0.003, 4, 321))
    if data_vary:
        values = -np.log(sigma) + (sigma**2 + mu**2 - 1) / 2
        places = [(0, 1.35), (0, 1.75), (0, 2.13), (0, 2.64), (0, 3.7)]
        ax.set_title(r"$D(N(\mu, \sigma^2)\,\|\,N(0, 1))$")
    else:
        values = np.log(sigma) + ((1 + mu**2) / sigma**2 - 1) / 2
        places = [(0, 1.35), (0, 2.51), (2.4, 2.1), (-1.5, 0.77), (1.7, 0.57)]
        ax.set_title(r"$D(N(0, 1)\,\|\,N(\mu, \sigma^2))$")
    levels = (0.1, 0.5, 1, 2, 5)
    contours = ax.contour(mu, sigma, np.minimum(values, 50), levels=levels, colors=P_COLOR, linewidths=1.4)
    ax.clabel(contours, fmt="%g", fontsize=9, colors="black", manual=places)
    ax.plot(0, 1, "o", color=Q_COLOR)
    ax.set(xlabel=r"$\mu$", ylabel=r"$\sigma$", xlim=(-3, 3), ylim=(0, 4), xticks=[-2, 0, 2], yticks=range(5))
    return ax


def bregman_gap(ax, theta, eta):
    """A(t) = log(1 + e^t), its tangent at theta, and the gap between the two at eta."""
    t = np.linspace(-3, 4, 300)
    height, slope = np.log1p(np.exp(theta)), 1 / (1 + np.exp(-theta))
    below, above = height + slope * (eta - theta), np.log1p(np.exp(eta))
    ax.plot(t, np.log1p(np.exp(t)), label=r"$A(t) = \log(1 + e^t)$")
    ax.plot(t, height + slope * (t - theta), color=Q_COLOR, linestyle="--", label=r"tangent at $\theta$")
    ax.plot([eta, eta], [below, above], color=EXCESS_EDGE, linewidth=4, solid_capstyle="butt")
    arrow = {"arrowstyle": "-", "color": LINE_COLOR}
    ax.annotate(r"$D(p_\theta\,\|\,p_\eta)$", (eta, (below + above) / 2), (2.55, 1.1), arrowprops=arrow)
    for x, y in ((theta, height), (eta, above), (eta, below)):
        ax.plot([x, x], [0, y], color=LINE_COLOR, linestyle=":", linewidth=1, zorder=0)
        ax.plot(x, y, "o", color=LINE_COLOR)
    ax.set(xlabel="$t$", xlim=(-3, 4), ylim=(0, 4), xticks=[-3, -2, -1, theta, 1, eta, 3, 4], yticks=range(5))
    ax.set_xticklabels(["−3", "−2", "−1", r"$\theta$", "1", r"$\eta$", "3", "4"])
    ax.legend(loc="upper left")
    return ax
