"""Buttons that need a network are on the pages only if _config.yml names the address of a repository.

They run a chapter on Binder or Colab, lead to the repository, and report a mistake.
Binder has the repository and installs what a chapter needs; Colab does not, so its button says what to run first.
"""


def buttons(app, config):
    options = config.html_theme_options
    address = options.get("repository_url")
    options.update(dict.fromkeys(["use_repository_button", "use_issues_button"], bool(address)))
    if not address:
        options["launch_buttons"] = {}


def colab_needs_the_package(app, pagename, templatename, context, doctree):
    groups = [button.get("buttons", []) for button in context.get("header_buttons", [])]
    for button in [button for group in groups for button in group if button.get("text") == "Colab"]:
        address = app.config.html_theme_options["repository_url"]
        install = f"!git clone {address} book && pip install './book[chapters]'"
        button["tooltip"] = f"Open in Colab, and run first {install} and then %cd book/chapters"


def setup(app):
    app.connect("config-inited", buttons)
    app.connect("html-page-context", colab_needs_the_package, priority=900)  # behind the theme
    return {"parallel_read_safe": True, "parallel_write_safe": True}
