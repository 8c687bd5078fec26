"""Chinese names in pinyin: the keys that order them, and the accounts proposed for people."""

import re

COMPOUND = {"单于": "chanyu", "乐正": "yuezheng"}
SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "解": "xie",
    "区": "ou",
    "仇": "qiu",
    "覃": "qin",  # so read by the Zhuang of Guangxi; elsewhere also Tán
    "查": "zha",
    "盖": "ge",
    "朴": "piao",
    "乐": "yue",
    "缪": "miao",
    "洗": "xian",
    "繁": "po",
    "召": "shao",
    "折": "she",
    "黑": "he",
    "种": "chong",
    "员": "yun",
    "秘": "bi",
    "翟": "zhai",
    "卜": "bu",
    "能": "nai",
    "佴": "nai",
    "晟": "cheng",
    "乜": "nie",
    "祭": "zhai",
    "句": "gou",
    "给": "ji",
    "郇": "xun",
    "阚": "kan",
    "都": "du",
    "藏": "zang",
    "薄": "bo",
    "逢": "pang",
    "会": "gui",
}
KEY_LENGTH = 200


def spelled(text: str) -> str:
    """A text in pinyin without tones; what is not Han stays as it is."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to import, needed on save only

    return "".join(lazy_pinyin(text))


def spelled_person(name: str) -> str:
    """A person's name in pinyin, the surname as surnames are read (单 shàn, 曾 zēng, 解 xiè)."""
    if len(name) > 2 and name[:2] in COMPOUND:
        return COMPOUND[name[:2]] + spelled(name[2:])
    if name[:1] in SURNAMES and name[:2] not in COMPOUND:
        return SURNAMES[name[0]] + spelled(name[1:])
    return spelled(name)


def unit_key(name: str) -> str:
    """The key that orders units by pinyin on every database."""
    return spelled(name)[:KEY_LENGTH]


def person_key(name: str) -> str:
    """The key that orders people by pinyin on every database."""
    return spelled_person(name)[:KEY_LENGTH]


def account(name: str) -> str:
    """The account a name suggests: its letters and digits in lower case; may be empty."""
    return re.sub(r"[^a-z0-9]", "", spelled_person(name).lower())
