"""Fitting: whether all that a page says can be read on the screen that it is read on."""

from __future__ import annotations

from playwright.sync_api import Page

_MISFITS = """() => {
  const found = [], root = document.documentElement, article = document.querySelector("article");
  if (root.scrollWidth > root.clientWidth) found.push(`page ${root.scrollWidth} > ${root.clientWidth}`);
  if (article.scrollWidth > article.clientWidth) {
    found.push(`article ${article.scrollWidth} > ${article.clientWidth}`);
  }
  for (const part of document.querySelectorAll("article *, .cw-bar *, .cw-path *, .cw-tabs *, .cw-demo")) {
    const box = part.getBoundingClientRect(), name = `${part.tagName}.${part.className}`;
    if (!box.width || part.closest("svg, thead, [hidden]") || !part.textContent.trim()) continue;
    if (box.left < -1 || box.right > root.clientWidth + 1) found.push(`${name} leaves the screen`);
    if (getComputedStyle(part).display !== "inline" && part.scrollWidth > part.clientWidth + 1) {
      found.push(`${name} is cut: ${part.scrollWidth} > ${part.clientWidth}`);
    }
  }
  return [...new Set(found)];
}"""
_BROKEN = """() => {
  const found = [], article = document.querySelector("article");
  const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, parent = text.parentElement;
    if (parent.closest("code, thead, [hidden], [data-copied], .proof, .ask")) continue;
    for (const figure of text.data.matchAll(/-?[0-9]{1,3}(,[0-9]{3})*[.][0-9]{2}/g)) {
      const range = document.createRange();
      range.setStart(text, figure.index);
      range.setEnd(text, figure.index + figure[0].length);
      const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
      if (lines.size > 1) found.push(figure[0]);
    }
  }
  return found;
}"""


def misfits(page: Page) -> list[str]:
    """Return what leaves the screen, is cut off, or makes the page scroll sideways."""
    return list(page.evaluate(_MISFITS))


def broken_figures(page: Page) -> list[str]:
    """Return the amounts that a line ends in the middle of."""
    return list(page.evaluate(_BROKEN))
