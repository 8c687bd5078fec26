"""From a content to its HTML: one template per form, read on screen and typeset into the PDF alike.

Nothing here knows lengths in millimetres: static/papers/print.css lays the elements out by GB/T 9704-2012,
static/papers/screen.css shows the same elements inside a page of the portal.
"""

from datetime import date

from django.template.loader import render_to_string

from linkage.papers import titles

# Sizes of the red head by its longest line, so that it stays inside the type area: full-width characters, size class.
LETTER_SIZES = ((8, "xl"), (11, "l"), (15, "m"), (20, "s"))
JOINT_SIZES = ((8, "xl"), (10, "l"), (13, "m"), (17, "s"))
# Signatures in one row by their longest name: a seal of 45 mm needs its own place (GB/T 9704-2012, 7.3.5).
PER_ROW = ((8, 3), (12, 2), (14, 1))


def html(content):
    """The paper as an <article>; the caller's page links papers/screen.css."""
    return _draw(f"papers/{content['form']}.html", content)


def document(content, blank_pages=0, tight=False):
    """The paper as a whole HTML document for typesetting, with so many pages broken off before the imprint."""
    return _draw("papers/document.html", content, typesetting=True, blank_pages=blank_pages, tight=tight)


def _draw(template, content, typesetting=False, blank_pages=0, tight=False):
    facts = {"paper": content, "typesetting": typesetting, "blank_pages": blank_pages, "tight": tight}
    return render_to_string(template, facts | _head(content) | _text(content) | _close(content))


def _head(content):
    issuers = content["issuers"] or [""]
    joint = content["form"] == "joint"
    longest = max(titles.width(name) for name in issuers) if joint else titles.width(issuers[0])
    return {
        "form": f"papers/{content['form']}.html",
        "name": " ".join(content["title"].split("\n")),
        "head_size": _pick(longest, JOINT_SIZES if joint else LETTER_SIZES, "xs"),
        "head_count": min(len(issuers), 6),
    }


def _text(content):
    annex = content["annex"] or {"title": "", "body": []}
    return {
        "title_lines": titles.lines(_own_title(content)),
        "to": content["to"].rstrip("：:"),
        "body": paragraphs(content["body"]),
        "annex_lines": titles.lines(annex["title"]),
        "annex_body": paragraphs(annex["body"]),
    }


def _own_title(content):
    """A receipt's head already names the court, so its title does not."""
    issuer = content["issuers"][0] if content["issuers"] else ""
    return content["title"].removeprefix(issuer) if content["form"] == "receipt" else content["title"]


def _close(content):
    return {
        "signature_rows": signature_rows(content["signed"]),
        "date": written(content["date"]),
        "date_digits": sum(char.isdigit() for char in written(content["date"])),
        "note": content["note"].removeprefix("（").removesuffix("）"),
        "copied": "，".join(content["copied"]),
        "printed_on": written(content["printed_on"]),
        "imprint": has_imprint(content),
    }


def has_imprint(content):
    """A joint notice ends with the 版记 when there is anything to put into it."""
    return content["form"] == "joint" and bool(content["copied"] or content["printed_by"] or content["printed_on"])


def voices(content):
    """What is set in which stack of fonts.STACKS; page numbers are not part of the text."""
    annex = content["annex"] or {"title": "", "body": []}
    parts = paragraphs(content["body"] + annex["body"])
    return {
        "title": content["title"] + annex["title"] + "".join(content["issuers"]),
        "hei": "".join(part["lead"] for part in parts if part["level"] == 1),
        "kai": "".join(part["lead"] for part in parts if part["level"] == 2),
        "fang": "".join(part["text"] for part in parts) + _small_texts(content),
    }


def _small_texts(content):
    lists = (content["attachments"], content["signed"], content["copied"], *content["rows"])
    names = (content["number"], content["to"], content["note"], content["printed_by"], written(content["date"]))
    return "".join(names) + "".join("".join(names) for names in lists)


def paragraphs(body):
    """Each paragraph with its heading (黑体 for 一、, 楷体 for （一）) parted from the text that follows it."""
    return [{"level": part["level"], **_parted(part)} for part in body]


def _parted(part):
    end = part["text"].find("。") + 1 or len(part["text"])
    end = end if part["level"] in (1, 2) else 0
    return {"lead": part["text"][:end], "text": part["text"][end:]}


def signature_rows(signed):
    """Names in order, at most three in a row; per_row says how many would fill it, 0 if a name needs more than its own."""
    per_row = _pick(max(map(titles.width, signed), default=0), PER_ROW, 0)
    step = per_row or 1
    return [{"names": signed[at : at + step], "per_row": per_row} for at in range(0, len(signed), step)]


def written(day):
    """2026-03-03 as 2026年3月3日, without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    if not day:
        return ""
    day = date.fromisoformat(day)
    return f"{day.year}年{day.month}月{day.day}日"


def _pick(measure, steps, otherwise):
    return next((choice for limit, choice in steps if measure <= limit), otherwise)
