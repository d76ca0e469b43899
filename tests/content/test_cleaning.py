"""One allow-list for rich text."""

import pytest

from content.cleaning import clean


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <b>b</b> <i>c</i> <strong>d</strong> <em>e</em><br></p>",
        "<ul><li>a</li></ul><ol><li>b</li></ol><blockquote>c</blockquote>",
        '<a href="https://example.org/">a</a><a href="/courses/x/">b</a>',
        '<a href="mailto:a@example.org">c</a><a href="tel:110">d</a>',
    ],
)
def test_what_is_allowed_stays_as_it_is(html):
    assert clean(html) == html


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
        ("<style>p{}</style>a<script>b", "a"),
        ('<p class="x" style="color:red" onclick="y()" data-block-key="k">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x" target="_blank">a</a>', "<a>a</a>"),
        ("<h2>a</h2><!-- c --><img src=x onerror=y>", "a"),
        ('<iframe src="https://example.org">x</iframe>a', "a"),
        ("<svg><a xlink:href='javascript:x'>a</a></svg>", "<a>a</a>"),
        (None, ""),
    ],
)
def test_the_rest_goes(html, left):
    assert clean(html) == left
