"""Give every element an id of its own: sphinx-proof and sphinx-exercise repeat theirs, and those of sections."""

from collections import Counter

from docutils import nodes
from sphinx.transforms import SphinxTransform


class UniqueIds(SphinxTransform):
    default_priority = 870  # behind what makes nodes, before labels and tables of contents are collected

    def apply(self):
        elements = list(self.document.findall(lambda node: isinstance(node, nodes.Element) and node.get("ids")))
        taken = Counter(name for node in elements for name in node["ids"])
        for node in elements:
            for i, name in enumerate(node["ids"]):
                if isinstance(node.parent, nodes.Admonition) and node.parent["ids"] and name.endswith("-content"):
                    self.rename(node, i, f"{node.parent['ids'][0]}-content", taken)
                elif name == "proof" or (taken[name] > 1 and isinstance(node, nodes.section)):
                    self.rename(node, i, f"{name}-1" if name == "proof" else f"{name}-section", taken)

    def rename(self, node, i, new, taken):
        while new in taken:
            word, _, number = new.rpartition("-")
            new = f"{word}-{int(number) + 1}" if number.isdecimal() else f"{new}-2"
        taken[new] += 1
        old, node["ids"][i] = node["ids"][i], new
        self.document.ids[new] = node
        self.document.nameids.update({name: new for name in node["names"] if self.document.nameids.get(name) == old})


def setup(app):
    app.add_transform(UniqueIds)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
