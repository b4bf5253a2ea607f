"""Give every element an id of its own: sphinx-proof and sphinx-exercise repeat theirs, and those of sections."""

from collections import Counter

from docutils import nodes
from sphinx.transforms import SphinxTransform


class UniqueIds(SphinxTransform):
    default_priority = 870  # behind what makes nodes, before labels and tables of contents are collected

    def apply(self):
        elements = [node for node in self.document.findall(nodes.Element) if node.get("ids")]
        taken = Counter(name for node in elements for name in node["ids"])
        for node in elements:
            for i, name in enumerate(node["ids"]):
                if isinstance(node.parent, nodes.Admonition) and node.parent["ids"] and name.endswith("-content"):
                    new = f"{node.parent['ids'][0]}-content"
                elif name == "proof":
                    new = "proof-1"
                elif taken[name] > 1 and isinstance(node, nodes.section):
                    new = f"{name}-section"
                else:
                    continue
                while new in taken:
                    word, _, number = new.rpartition("-")
                    new = f"{word}-{int(number) + 1}" if number.isdecimal() else f"{new}-2"
                taken[new], node["ids"][i], self.document.ids[new] = 1, new, node
                labels = [label for label in node["names"] if self.document.nameids.get(label) == name]
                self.document.nameids.update(dict.fromkeys(labels, new))


def setup(app):
    app.add_transform(UniqueIds)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
