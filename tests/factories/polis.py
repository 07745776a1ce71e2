"""A small Polis export in a folder: five voters, three statements, one changed vote."""

from pathlib import Path

HEADER = "timestamp,datetime,comment-id,voter-id,vote"
VOTES = (
    "1000,Thu,0,1,1",
    "1001,Thu,0,2,1",
    "1002,Thu,0,3,-1",
    "2000,Thu,1,1,0",
    "2001,Thu,1,2,-1",
    "3000,Thu,0,3,1",
    "3001,Thu,2,4,1",
    "3002,Thu,2,5,1",
)
COMMENTS = (
    "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body",
    '9,1,0,0,1,0,"Second, with a comma\nand a line break"',
    "9,0,0,3,1,1,First",
    "9,2,0,2,0,-1,Rejected words",
)
SUMMARY = "topic,Fair pay\nurl,https://pol.is/9demo\nconversation-description,Why?\n"


def make_polis_export(folder: Path, *, votes=VOTES, header=HEADER, comments=COMMENTS) -> Path:
    """Write the three files and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "votes.csv").write_text("\n".join([header, *votes]) + "\n", encoding="utf-8")
    if comments:
        (folder / "comments.csv").write_text("\n".join(comments) + "\n", encoding="utf-8")
    (folder / "summary.csv").write_text(SUMMARY, encoding="utf-8")
    return folder
