"""Joins the page's scripts and styles: many files of one idea each become the one text that a page can take.

anywidget imports a widget's script from memory, where it has no siblings to import from. So a script says with
`import { name } from "./sibling.js";` what it needs, as in any browser and under `node --test`, and is joined here
with its siblings, each before whatever needs it. A style does the same with `@import "./sibling.css";`.
"""

import posixpath
import re
from collections.abc import Callable, Iterator

from attention_course.errors import PageError

IMPORT = re.compile(
    r'^(?:import \{(?P<names>[^}]*)\} from|@import) "(?P<file>\.{1,2}/(?:[\w-]+/)*[\w-]+\.(?:js|css))";\n', re.MULTILINE
)
TYPES = re.compile(r"^/\*\* @typedef \{import\(.*\n", re.MULTILINE)  # what they name stands in the same text then
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) )", re.MULTILINE)
DEFAULT = re.compile(r"^export default (?=\{)", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)  # of a style
NOT_JOINED = re.compile(r"^[ \t]*(?:import\b(?!\()|export\b(?! default \{)|@import\b).*", re.MULTILINE)
DECLARED = re.compile(r"^(export )?(?:async )?(?:function|class|const|let|var) (\w+)", re.MULTILINE)
# What a browser has under these names would be gone for every other script of the page.
BUILT_IN = re.compile(
    r"Array|BigInt|Blob|Boolean|CSS|CustomEvent|DOMParser|Date|Document|Element|Error|Event|"
    r"EventTarget|File|FileReader|Function|HTMLElement|Image|Intl|Iterator|JSON|Map|Math|"
    r"MutationObserver|Node|Number|Object|Option|PerformanceObserver|Promise|Proxy|Range|Reflect|RegExp|"
    r"Request|ResizeObserver|Response|SVGElement|Selection|Set|String|Symbol|Text|URL|WeakMap|WeakRef|"
    r"WeakSet|Worker|clearTimeout|console|document|fetch|globalThis|navigator|performance|"
    r"requestAnimationFrame|setTimeout|structuredClone|window"
)


def script(entry: str, read: Callable[[str], str]) -> str:
    """Return a script that imports nothing: the entry's file after all that it imports; `read` finds a file's text."""
    texts = dict(_in_order(entry, read))
    exported: dict[str, set[str]] = {}
    owners: dict[str, str] = {}
    for name, text in texts.items():
        for found in IMPORT.finditer(text):
            _refuse_missing(name, found, exported[_sibling(name, found)])
        exported[name] = {declared for export, declared in DECLARED.findall(text) if export}
        for _, declared in DECLARED.findall(text):
            if BUILT_IN.fullmatch(declared):
                raise PageError(f"{name} declares {declared!r}, as a browser's own is called: give it another name.")
            if declared in owners:
                raise PageError(f"{name} and {owners[declared]} both declare {declared!r}: give one another name.")
            owners[declared] = name
    if [name for name, text in texts.items() if DEFAULT.search(text)] != [entry]:
        raise PageError(f"{entry}, and no other of its files, has to have an `export default {{`.")
    return _joined(texts)


def style(entry: str, read: Callable[[str], str]) -> str:
    """Return a style that imports nothing, made in the same way, without its comments: every output carries it."""
    return COMMENT.sub("", _joined(dict(_in_order(entry, read))))


def _in_order(name: str, read: Callable[[str], str], on_the_way: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield a file's name and text after those that it imports, some of them perhaps twice."""
    if name in on_the_way:
        raise PageError(f"These files import each other in a circle: {' → '.join([*on_the_way, name])}.")
    text = read(name)
    for found in IMPORT.finditer(text):
        yield from _in_order(_sibling(name, found), read, (*on_the_way, name))
    yield name, text


def _sibling(name: str, found: re.Match[str]) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), found["file"]))


def _refuse_missing(name: str, found: re.Match[str], exported: set[str]) -> None:
    names = {part.strip() for part in found["names"].split(",")} - {""}
    if missing := sorted(names - exported):
        raise PageError(
            f"{name} imports {missing[0]!r} from {found['file'].removeprefix('./')}, which exports no such name."
        )


def _joined(texts: dict[str, str]) -> str:
    parts = []
    for name, text in texts.items():
        joined = EXPORT.sub("", TYPES.sub("", IMPORT.sub("", text)))
        if line := NOT_JOINED.search(joined):
            raise PageError(f"{name} has a line that cannot be joined with other files: {line[0].strip()!r}.")
        parts.append(joined)
    return "\n".join(parts)
