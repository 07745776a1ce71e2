"""The report of the invented project "Ridge" as a PDF; each page says that it is simulated."""

from typing import Final

PAGES: Final = (
    (
        "Final report of the invented project Ridge",
        """This report is simulated. It was made by the software to show how a document is read
and coded. Nothing in it happened.""",
        """Ridge ended on 30 June 2019. Four firms from two countries built a demonstrator for
lightweight parts. Managers of the two cluster organisations visited each other.""",
    ),
    (
        "What became of the demonstrator",
        "One cluster organisation owns the demonstrator and answers for its upkeep.",
        """Twenty-six months after the end of the funding it is still in use. Members’ fees pay
for it; each firm bears a share. The visits were not looked at again.""",
    ),
)
WORD: Final = "simulated · simuliert · simulé · simulato · simulirano"
QUOTED: Final = "One cluster organisation owns the demonstrator"
# Field -> the words that show its answer; without a field the activity as a whole.
QUOTED_FOR: Final = {
    "outcome_status": "Twenty-six months after the end of the funding it is still in use",
    "payer_after": "Members’ fees pay",
    "": "The visits were not looked at again",
}
QUOTED_PAGE: Final = 2


def report_pdf() -> bytes:
    """Set the report; the same bytes every time."""
    import typst

    body = "\n#pagebreak()\n".join(_page(*page) for page in PAGES)
    made: bytes = typst.compile(_HEAD.encode() + body.encode())
    return made


def page_texts() -> list[str]:
    """Return the text of each page as a reader of PDF finds it."""
    return ["\n".join((WORD, *page)) for page in PAGES]


_HEAD: Final = f"""#set document(title: "Ridge (simulated)", date: none)
#set page(paper: "a4", header: align(center, smallcaps("{WORD}")))
#set text(size: 11pt, lang: "en")
#set par(justify: false, leading: 0.8em, spacing: 1.4em)
"""


def _page(title: str, *paragraphs: str) -> str:
    return "\n\n".join([f"= {title}", *paragraphs])
