"""Chapter 10: losses over logits and margins, label smoothing, temperature."""

import numpy as np

from entropybook import entropy
from figures.style import EXCESS, LINE_COLOR, P_COLOR, Q_COLOR


def logit_losses(ax, soft=0.3):
    """The binary cross-entropy over the logit, for the labels 1, 0 and `soft`; a tangent, the asymptotes, the floor."""
    z = np.linspace(-5, 5, 401)
    right, wrong = np.logaddexp(0, -z), np.logaddexp(0, z)
    ax.plot(z, np.maximum(-z, 0), ":", color=LINE_COLOR, linewidth=1.4)
    ax.plot(z, right)
    ax.plot(z, wrong, "--", color=Q_COLOR)
    ax.plot(z, soft * right + (1 - soft) * wrong, "-.", color="#7a3b69")
    place, floor = np.log(soft / (1 - soft)), entropy([soft, 1 - soft])
    ax.plot(place, floor, "o", color="#7a3b69")
    ax.annotate(f"{floor:.4f}", (place, floor), (-8, -13), textcoords="offset points", ha="right", color="#7a3b69")
    tangent = np.array([-1.1, 1.1])
    ax.plot(tangent, np.log(2) - tangent / 2, color="black", linewidth=1.2)
    ax.plot(0, np.log(2), "o", color="black", markersize=5)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    slope = {"xytext": (0.5, 1.75), "arrowprops": {"arrowstyle": "-", "color": LINE_COLOR, "linewidth": 0.8}}
    ax.annotate(r"slope $p - y = -1/2$", (0.05, np.log(2) + 0.05), ha="center", bbox=box, **slope)
    ax.annotate("$y = 1$", (-4, 4.25), color=P_COLOR)
    ax.annotate("$y = 0$", (4, 4.25), color="#9a5510", ha="right")
    ax.annotate(f"$y = {soft:g}$", (4.95, 2.2), color="#7a3b69", ha="right")
    ax.annotate("$-z$", (-3.45, 3.05), ha="right")
    ax.set(xlabel=r"logit $z = \log\frac{p}{1-p}$", ylabel=r"loss $\ell(y, p)$  (nats)", xlim=(-5, 5), ylim=(0, 5))
    return ax


def confident_losses(top, bottom, plain, shifted, careful):
    """The loss of two classes over the margin between their logits: above for a right answer, below for a wrong one."""
    m = np.linspace(0, 50, 251)
    top.plot(m, [careful(0, np.array([x, 0.0])) for x in m], label="loss")
    with np.errstate(all="ignore"):
        rounded = np.array([plain(0, np.array([x, 0.0])) for x in m])
    top.plot(m[rounded > 0], rounded[rounded > 0], ".", color=Q_COLOR, label="by $\\log$ of softmax")
    end = m[rounded > 0].max()
    top.axvline(end, color=LINE_COLOR, linestyle=":", linewidth=1.2)
    top.annotate("0 from\nhere on", (end, 1e-8), (6, 0), textcoords="offset points")
    top.set(yscale="log", ylim=(1e-22, 10), yticks=[1e-20, 1e-15, 1e-10, 1e-5, 1])
    top.set(xlim=(0, 50), xlabel="margin $m$, the answer is right", ylabel="nats")
    top.legend(loc="lower left", handlelength=1.2)
    m = np.linspace(600, 800, 401)
    bottom.plot(m, [careful(1, np.array([x, 0.0])) for x in m])
    names = ("$\\log$ of softmax:", (719, 702), "left"), ("shifted softmax:", (741, 760), "right")
    for loss, mark, (name, place, side) in zip((plain, shifted), "s^", names, strict=True):
        with np.errstate(all="ignore"):
            values = np.array([loss(1, np.array([x, 0.0])) for x in m])
        end = np.flatnonzero(np.isfinite(values)).max()
        bottom.plot(m[end], values[end], mark, color=Q_COLOR, markersize=8)
        bottom.annotate(f"{name}\n$\\infty$ from here on", place, ha=side, va="top" if side == "left" else "bottom")
    bottom.set(xlim=(600, 800), ylim=(600, 830), xlabel="margin $m$, the answer is wrong", ylabel="nats")
    return top, bottom


def smoothed_loss(ax, eps=0.1, classes=10):
    """The loss over the margin of the true class, by a hard label and by a smoothed one, with the latter's floor."""
    m = np.linspace(-1, 14, 401)
    hard = np.log1p((classes - 1) * np.exp(-m))
    smooth = hard + eps * (classes - 1) / classes * m
    label = np.full(classes, eps / classes)
    label[0] += 1 - eps
    floor, best = entropy(label), np.log(label[0] / label[1])
    ax.fill_between(m, floor, smooth, **EXCESS, linewidth=0)
    ax.axhline(floor, color=LINE_COLOR, linewidth=1.2)
    ax.plot(m, smooth, color=P_COLOR)
    ax.plot(m, hard, "--", color=Q_COLOR)
    ax.plot([best, best], [0, floor], ":", color=LINE_COLOR, linewidth=1.4)
    ax.plot(best, floor, "o", color=P_COLOR)
    ax.annotate(f"{floor:.4f}", (best, floor), (7, -15), textcoords="offset points")
    ax.annotate(f"{best:.2f}", (best, 0), (5, 13), textcoords="offset points")
    ax.annotate(rf"smoothed, $\varepsilon = {eps:g}$", (6.2, 1.25), ha="center", color=P_COLOR)
    ax.annotate("hard label", (9.2, 0.08), color="#9a5510")
    ax.annotate("$H(s)$", (13.9, floor - 0.03), ha="right", va="top")
    ax.set(xlim=(-1, 14), ylim=(0, 2.6), xlabel="margin $m$ of the true class", ylabel="loss  (nats)")
    return ax


def temperature_path(axes, weights=(16, 4, 1), best=2):
    """Over the temperature: probabilities, loss and its derivative, for data that follow the temperature `best`."""
    top, middle, bottom = axes
    T, z = np.geomspace(0.5, 16, 401), np.log(np.asarray(weights, float))
    p = np.exp(np.divide.outer(z, T))
    p /= p.sum(axis=0)
    y = np.exp(z / best) / np.exp(z / best).sum()
    for k, (style, at, rise) in enumerate((("-", 0.6, 5), ("--", 0.85, 6), ("-.", 3, -15))):
        top.plot(T, p[k], style)
        top.annotate(f"$p_{k + 1}$", (at, np.interp(at, T, p[k])), (0, rise), textcoords="offset points")
    top.axhline(1 / 3, color=LINE_COLOR, linestyle=":", linewidth=1.2)
    top.annotate("$1/K$", (15.5, 1 / 3), (0, -15), textcoords="offset points", ha="right")
    top.set(ylim=(-0.15, 1.1), yticks=[0, 0.5, 1], ylabel="probability")
    loss, floor = -(y @ np.log(p)), entropy(y)
    middle.fill_between(T, floor, loss, **EXCESS, linewidth=0)
    middle.plot(T, loss, color=P_COLOR)
    middle.axhline(floor, color=LINE_COLOR, linewidth=1.2)
    middle.annotate("$H(y)$", (0.52, floor), (0, -15), textcoords="offset points")
    middle.set(ylim=(0.83, 1.5), yticks=[1, 1.2, 1.4], ylabel=r"$\ell$  (nats)")
    bottom.plot(T, (y @ z - z @ p) / T**2, color=P_COLOR)
    bottom.axhline(0, color=LINE_COLOR, linewidth=1.2)
    bottom.set(ylim=(-0.6, 0.16), yticks=[-0.5, 0], ylabel=r"$\partial \ell / \partial T$", xlabel="temperature $T$")
    bottom.annotate("too sure", (1, 0.06), ha="center")
    bottom.annotate("too timid", (5.6, 0.06), ha="center")
    for ax in axes:
        ax.axvline(best, color=LINE_COLOR, linestyle=":", linewidth=1.2)
        ax.set(xscale="log", xlim=(0.5, 16))
        ax.set_xticks([0.5, 1, 2, 4, 8, 16], ["1/2", "1", "2", "4", "8", "16"])
        ax.minorticks_off()
    middle.plot(best, floor, "o", color=P_COLOR)
    bottom.plot(best, 0, "o", color=P_COLOR)
    return axes


def double_softmax_window(top, bottom, classes=10):
    """Softmax twice: the least and the greatest loss over the number of classes K, and both losses over a margin."""
    K = np.geomspace(2, 1000, 200)
    least, greatest = np.log1p((K - 1) / np.e), np.log(K - 1 + np.e)
    top.fill_between(K, least, greatest, color="#cfdde6", linewidth=0)
    top.plot(K, np.log(K), "--", color="black", label=r"$\log\, K$")
    top.plot(K, least, color=P_COLOR, label=r"$\log(1 + \frac{K-1}{e})$")
    for k, place in ((classes, (7, -13)), (1000, (0, -36))):
        y = np.log1p((k - 1) / np.e)
        top.plot(k, y, "o", color=P_COLOR, clip_on=False)
        side = "left" if k == classes else "right"
        top.annotate(f"{y:.4f}", (k, y), place, textcoords="offset points", ha=side)
    top.set(xscale="log", xlim=(2, 1000), ylim=(0, 8.4), xlabel="classes $K$", ylabel="loss  (nats)")
    top.set_xticks([2, 10, 100, 1000], ["2", "10", "100", "1000"])
    top.minorticks_off()
    top.legend(loc="upper left", handlelength=1.5)
    m = np.linspace(-12, 12, 401)
    logits = np.where(np.arange(classes)[:, None] == 0, m, 0.0)
    p = np.exp(logits - logits.max(axis=0))
    p /= p.sum(axis=0)
    bottom.plot(m, np.log1p((classes - 1) * np.exp(-m)), "--", color=Q_COLOR)
    bottom.plot(m, np.log(np.exp(p).sum(axis=0)) - p[0])
    bottom.axhline(np.log1p((classes - 1) / np.e), color=LINE_COLOR, linestyle=":", linewidth=1.2)
    bottom.annotate("softmax once", (-4.9, 7.9))
    bottom.annotate("softmax twice", (-11.6, 2.9))
    bottom.annotate(f"{np.log1p((classes - 1) / np.e):.4f}", (11.8, 1.62), ha="right")
    bottom.set(xlabel=f"margin $m$ of the true class, $K = {classes}$", xlim=(-12, 12), ylim=(0, 10))
    bottom.set(ylabel="loss  (nats)")
    return top, bottom
