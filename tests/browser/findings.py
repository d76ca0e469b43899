"""What is wrong with the page that is open, as short lines: what axe finds, and what makes it scroll sideways."""

from axe_playwright_python.base import AXE_SCRIPT

# axe, as the product promises it: WCAG 2.2 A and AA, the size of targets, and best practices
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
RUN_AXE = """async options => {
    const found = (await axe.run(document, options)).violations
    return found.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)}`))
}"""
# the innermost elements that reach beyond the right edge, unless something around them scrolls or cuts them off
SIDEWAYS = """() => {
    const root = document.documentElement, width = root.clientWidth, by = root.scrollWidth - width
    if (by <= 1) return []
    const beyond = one => one.getBoundingClientRect().right > width + 1
    const held = one => one && one !== root &&
        (getComputedStyle(one).overflowX !== 'visible' && !beyond(one) || held(one.parentElement))
    const wide = [...document.body.querySelectorAll('*')].filter(one => beyond(one) && !held(one.parentElement))
    const full = [...document.body.querySelectorAll('*')].filter(one => one.scrollWidth > one.clientWidth + 1)
    const inner = (wide.length ? wide.filter(one => ![...one.children].some(beyond)) : full.reverse()).slice(0, 3)
    return [`scrolls sideways by ${by} px: ${inner.map(one => one.outerHTML.slice(0, 120)).join(' … ')}`]
}"""
CLOSED = """() => [...document.querySelectorAll('dialog:not([open])')].filter(one => one.checkVisibility())
    .map(one => `shows a closed dialog: ${one.outerHTML.slice(0, 120)}`)"""
TALLEST = 16_000  # pixels; what Chromium draws at once


def problems(page):
    """What axe finds on the page, and what is drawn where it should not be."""
    return axe(page) + drawing(page)


def drawing(page):
    """What makes the page wider than its window, and dialogs that are drawn before they open."""
    return page.evaluate(SIDEWAYS) + page.evaluate(CLOSED)


def axe(page):
    """What axe finds. It waits for timers, which do not run where scripts are switched off.

    It sees the page at its full height, as a reader who scrolls: bars that stick to the screen's edge cover nothing.
    """
    size = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(height, size["height"]), TALLEST)})
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN_AXE, AXE)
    page.set_viewport_size(size)
    return found
