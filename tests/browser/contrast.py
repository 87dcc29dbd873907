"""The contrast of every text on its real paper, computed by the browser."""

from playwright.sync_api import Locator

from attention_course.pictures.palette import DARK, LIGHT

# The paper is whatever lies below a text, from the first that covers all; the text may be half transparent itself. What
# a picture writes into its cells stands on their colours, which are its own.
MEASURE = """(root, inCells) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
    };
    const over = ([r, g, b, a], below) => [r, g, b].map((part, i) => part * a + below[i] * (1 - a));
    const parents = (node) => (node ? [node, ...parents(node.parentElement)] : []);
    const paper = (node) => parents(node).map((one) => rgba(getComputedStyle(one).backgroundColor))
        .reduceRight((below, colour) => over(colour, below), [1, 1, 1]);
    const opacity = (node) => parents(node).reduce((share, one) => share * getComputedStyle(one).opacity, 1);
    const light = (colour) => colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const contrast = (node, colour) => {
        const [below, [r, g, b, a]] = [paper(node), rgba(colour)];
        const [dark, bright] = [light(over([r, g, b, a * opacity(node)], below)), light(below)].sort((x, y) => x - y);
        return (bright + 0.05) / (dark + 0.05);
    };
    const found = [];
    const look = (text, node, colour) => {
        if (text.trim() && node.checkVisibility({ opacityProperty: true }) && !node.closest(".ac-status"))
            found.push([text.trim().slice(0, 40), Math.round(contrast(node, colour) * 100) / 100]);
    };
    for (const node of root.querySelectorAll("*")) {
        const [style, svg] = [getComputedStyle(node), node.closest("svg")];
        const { fill } = node.style;
        const own = CSS.supports("color", fill) && !fill.includes("var(") ? fill : "#0000";
        if (svg && inCells.some((colour) => rgba(colour).join() === rgba(own).join())) continue;
        const words = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE).map((one) => one.data);
        look(words.join(" "), node, svg ? style.fill : style.color);
        for (const mark of ["::before", "::after"]) {
            const { content, color } = getComputedStyle(node, mark);
            if (!["none", "normal", '""'].includes(content)) look(content, node, color);
        }
    }
    return found;
}"""


def contrasts(root: Locator) -> list[tuple[str, float]]:
    """Return each text that is seen within an element, and its contrast as the WCAG 2 defines it."""
    return [(text, ratio) for text, ratio in root.evaluate(MEASURE, [DARK, LIGHT])]


def too_faint(root: Locator) -> list[tuple[str, float]]:
    """Return the texts whose contrast is below what AA asks of small text."""
    found = contrasts(root)
    assert found, "there is no text"
    return [(text, ratio) for text, ratio in found if ratio < 4.5]
