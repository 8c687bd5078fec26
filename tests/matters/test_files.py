"""Taking files in: the type by content, sizes and counts, names that are no paths, secrecy marks, a full disk."""

import errno
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse

from linkage.matters import engine, files, secrecy
from linkage.matters.models import Attachment, Event, Matter, Paper
from suggestions.models import State
from tests import factories
from tests.matters import archives
from tests.matters.archives import JPG, OLE, PNG, zipped
from tests.stages import kept_for_a_module

pytestmark = pytest.mark.django_db
MB = 2**20


def refusal(name: str, data: bytes) -> str:
    """Why a file is refused, or an empty string."""
    try:
        files.checked(factories.upload(name, data))
    except ValidationError as error:
        return error.message
    return ""


# --- the type by content ------------------------------------------------------------------------------------------------
GOOD = {
    "函.pdf": archives.pdf("回复"), "函.ofd": archives.ofd("回复"), "函.doc": archives.doc("回复"), "函.docx": archives.docx("回复"),
    "函.wps": archives.doc("回复"), "表.xls": archives.xls("数据"), "表.et": archives.xlsx("数据"), "表.xlsx": archives.xlsx("数据"),
    "图.png": PNG, "图.jpg": JPG, "图.jpeg": JPG, "记.txt": "记录".encode(), "新版.wps": archives.docx("回复"),
    "包.zip": zipped({"一.pdf": archives.pdf("一"), "二/三.docx": archives.docx("三")}), "大写.PDF": archives.pdf("回复"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_each_type_of_the_offices_is_taken(name):
    assert refusal(name, GOOD[name]) == ""


@pytest.mark.parametrize(
    "name",
    ["程序.exe", "网页.html", "图.svg", "脚本.js", "宏.docm", "库.dll", "无扩展名", "函.pdf.exe", "函.", ".pdf "],
)
def test_other_types_are_refused_by_name(name):
    assert "的格式不能上传" in refusal(name, archives.pdf("回复"))


DISGUISED = {
    "网页.pdf": b"<html><script>alert(1)</script>", "程序.pdf": b"MZ\x90\x00", "程序.zip": b"MZ\x90\x00" + zipped({"a.txt": b"a"}),
    "图.png": JPG, "图.jpg": PNG, "图.jpeg": b"GIF89a", "函.doc": archives.docx("回复"), "函.docx": archives.doc("回复"),
    "表.docx": archives.xlsx("数据"), "函.xlsx": archives.docx("回复"), "包.docx": zipped({"a.txt": b"a"}), "函.ofd": archives.docx("回复"),
    "空白前.pdf": b" %PDF-1.4", "半.pdf": b"%PD", "壳.wps": archives.pdf("回复"),
}  # fmt: skip


@pytest.mark.parametrize("name", DISGUISED)
def test_a_name_does_not_make_a_type(name):
    assert "的内容不是" in refusal(name, DISGUISED[name])


def test_an_empty_file_is_refused():
    assert "空文件" in refusal("空.pdf", b"")


# --- archives -----------------------------------------------------------------------------------------------------------
def bomb_of(size: int) -> bytes:
    """So many megabytes of noughts in a small archive."""
    return zipped({"零.txt": bytes(size * MB)})


def layers() -> bytes:
    return zipped({"一.zip": zipped({"二.zip": zipped({"三.zip": zipped({"四.txt": b"x"})})})})


WRONG = {
    "too many members": (lambda: zipped(dict.fromkeys(map(str, range(2001)), b"")), "解压后过大"),
    "a bomb": (lambda: zipped({"一.txt": bytes(160 * MB), "二.txt": bytes(160 * MB)}), "解压后过大"),
    "a bomb in one member": (lambda: bomb_of(65), "解压后过大"),
    "bombs in layers": (
        lambda: zipped(dict.fromkeys(("一.zip", "二.zip", "三.zip", "四.zip", "五.zip", "六.zip"), bomb_of(60))),
        "解压后过大",
    ),
    "layers without end": (layers, "又压缩了多层"),
    "a password": (lambda: archives.locked(zipped({"一.txt": b"x"})), "设有密码"),
    "a password inside": (lambda: zipped({"内.zip": archives.locked(zipped({"一.txt": b"x"}))}), "设有密码"),
    "half a file": (lambda: zipped({"一.txt": b"x" * 99})[:60], "已损坏"),
    "half a file inside": (lambda: zipped({"内.zip": zipped({"一.txt": b"x" * 99})[:60]}), "已损坏"),
    "a wrong checksum": (lambda: archives.damaged(zipped({"一.txt": b"abcdef"}, 0), b"abcdef"), "已损坏"),
    "a size too small": (lambda: archives.shortened(zipped({"一.txt": b"x" * 99}), 99, 16), "已损坏"),
}


@pytest.mark.parametrize("what", WRONG)
def test_an_archive_that_cannot_be_looked_through_is_refused(what):
    make, words = WRONG[what]
    assert words in refusal("材料.zip", make())


def test_a_document_behind_a_password_is_refused():
    locked = OLE + "EncryptedPackage".encode("utf-16-le")
    assert "设有密码" in refusal("函.doc", locked)
    assert "的内容不是" in refusal("函.docx", locked)


# --- secrecy marks ------------------------------------------------------------------------------------------------------
MARKS = {
    "机密★10年": "机密★10年", "绝密★长期": "绝密★长期", "秘密★解密": "秘密★解密", "机密★": "机密★", "秘密*5年": "秘密*5年", "机密☆1年": "机密☆1年",
    "机 密 ★ 10 年": "机密 ★ 10 年", "绝　密　★": "绝密 ★", "机\u00a0密★": "机密★", "机密＊１０年": "机密*10年", "机\u200b密★": "机密★",
    "机\u2060密\ufeff★": "机密★", "标题\n  秘密  \n正文": "秘密", "绝 密": "绝密", "文号 机密★2026": "机密★2026",
}  # fmt: skip


@pytest.mark.parametrize("text", MARKS)
def test_a_mark_is_found_however_it_is_spaced(text):
    assert secrecy.mark_in(text) == MARKS[text]


@pytest.mark.parametrize(
    "text", ["保守国家秘密", "商业秘密", "机密文件的保管", "秘密投票", "绝密级以外", "★重要", "秘密\u3000事项", ""]
)
def test_words_alone_are_no_mark(text):
    assert secrecy.mark_in(text) == ""


def test_pages_of_empty_lines_are_searched_as_fast_as_others():
    """Quadratic in the number of lines it would take hours."""
    assert secrecy.mark_in("\n" * 400_000 + "机密" + " " * 400_000 + "\n \t" * 100_000) == "机密"


def in_zip(name: str, data: bytes) -> bytes:
    return zipped({f"卷/{name}": data})


MARKED = {
    "记.txt": "机密★10年".encode(),
    "国标.txt": "机密★10年".encode("gb18030"),
    "记事本.txt": "机密★10年".encode("utf-16"),
    "伪装.txt": b"%PDF-\n" + "机密★10年".encode(),
    "函.docx": archives.docx("标题", "机密★10年"),
    "页眉.docx": archives.docx("机密★10年", part="word/header1.xml"),
    "编码.docx": zipped({"word/document.xml": "<w:t>&#26426;&#x5BC6;&#9733;</w:t>"}),
    "表.xlsx": archives.xlsx("序号", "秘密★1年"),
    "版式.ofd": archives.ofd("标题", "机密", "正文"),
    "函.pdf": archives.pdf("机密★10年"),
    "函.doc": archives.doc("机密★10年"),
    "表.xls": archives.xls("机密★10年"),
    "函.wps": OLE + "机密★10年".encode("gb18030"),
    "包.zip": in_zip("函.docx", archives.docx("机密★10年")),
    "无名.zip": in_zip("内容", "机密★10年".encode()),
    "改名.zip": in_zip("图.dat", archives.docx("机密★10年")),
    "层.zip": in_zip("内.zip", in_zip("函.docx", archives.docx("机密★10年"))),
    "机密★10年 函.pdf": archives.pdf("回复"),
    "名.zip": zipped({"机密★长期.pdf": archives.pdf("回复")}),
}


@pytest.mark.parametrize("name", MARKED)
def test_a_mark_in_a_file_is_found_and_the_file_refused(name):
    assert re.match(r"检测到密级标志“(机密|秘密).*”。本系统为非涉密系统", refusal(name, MARKED[name]))


# --- through the pages --------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_for_a_module(django_db_blocker, tmp_path_factory.mktemp("files")):
        yield factories.World()


@pytest.fixture(scope="module")
def letter(world) -> Matter:
    """Issued, and not served on line: the town has not agreed to that."""
    return factories.issued(world, world.town)


@pytest.fixture(scope="module")
def handled(world) -> Matter:
    """Served, and now to be answered by the bureau."""
    return factories.issued(world)


@pytest.fixture
def clerk(world, sign_in):
    return sign_in(world.court_handler)


@pytest.fixture
def officer(world, sign_in):
    return sign_in(world.bureau_handler)


def serve(client, letter, upload, **fields):
    data = {
        "method": "direct",
        "happened_on": letter.issued_on.isoformat(),
        "served_to": "韦某",
        "scan": upload,
        **fields,
    }
    return client.post(reverse("suggestions:step", args=[letter.pk, "serve"]), data)


def reply(client, letter, **fields):
    """The reply's draft, in which every note says where it was typed."""
    written = {f"note-{order}": f"第{order}项写了很久。" for order in (1, 2, 3)}
    return client.post(reverse("suggestions:write", args=[letter.pk, "reply"]), {**written, "action": "save", **fields})


def test_a_refused_mark_is_logged_without_its_text(world, letter, clerk):
    page = serve(clerk, letter, factories.upload("回证.txt", "机密★10年 关于某事".encode()))
    assert page.status_code == 422
    assert "检测到密级标志“机密★10年”" in page.content.decode()
    event = Event.objects.get(verb="secrecy")
    assert (event.actor, event.unit, event.matter, event.data) == (
        world.court_handler.user,
        world.court,
        None,
        {"matter": letter.pk},
    )
    assert (event.within, event.note) == (f",{world.court.pk},", "")
    assert "关于某事" not in str(Event.objects.values())
    assert (Attachment.objects.count(), default_storage.exists("2026")) == (0, False)


@pytest.mark.parametrize("field", ["title", "opening", "problems", "advice", "contact", "case_number"])
def test_a_mark_in_any_text_of_a_letter_is_refused_and_logged(world, clerk, field):
    form = {"type": "judicial.case", "period_unit": "month", "title": "一", "advice": "一、甲", field: "机密★10年"}
    page = clerk.post(reverse("suggestions:new"), form)
    assert page.status_code == 422
    assert "检测到密级标志" in page.content.decode()
    assert Event.objects.filter(verb="secrecy").count() == 1
    assert not Matter.objects.filter(state=State.DRAFT).exists()


@pytest.mark.parametrize("field", ["note-2", "opening", "correction"])
def test_a_mark_in_any_text_of_a_reply_is_refused_and_logged(world, officer, handled, field):
    page = reply(officer, handled, **{field: "绝 密 ★ 长期"})
    assert page.status_code == 422
    assert Event.objects.filter(verb="secrecy", unit=world.bureau).count() == 1
    assert not Paper.objects.filter(kind="reply").exists()


def test_fifty_megabytes_are_taken_and_one_byte_more_is_not(letter, clerk):
    """Both come through a temporary file; of the larger no more than the limit is kept on disk, and its text stays."""
    most = 50 * MB
    page = serve(clerk, letter, factories.upload("大.png", PNG + bytes(most + 1 - len(PNG))))
    assert page.status_code == 422
    assert "“大.png”超过 50 MB，请压缩或拆分后上传。" in page.content.decode()
    assert 'value="韦某"' in page.content.decode()
    assert Attachment.objects.count() == 0
    assert serve(clerk, letter, factories.upload("大.png", PNG + bytes(most - len(PNG)))).status_code == 302
    row = Attachment.objects.get()
    assert (row.size, default_storage.size(row.key)) == (most, most)


def test_a_matter_takes_so_many_files_and_no_more(settings, officer, handled):
    settings.ATTACHMENT_MAX_COUNT = 3
    page = reply(officer, handled, evidence=[factories.upload(f"{at}.pdf") for at in range(4)])
    assert (page.status_code, "一次最多上传 3 个文件" in page.content.decode()) == (422, True)
    assert reply(officer, handled, evidence=[factories.upload(f"{at}.pdf") for at in range(2)]).status_code == 302
    page = reply(officer, handled, evidence=[factories.upload(f"再{at}.pdf") for at in range(2)])
    assert (page.status_code, "已有 3 个附件" in page.content.decode()) == (422, True)
    assert page.content.decode().count("项写了很久。</textarea>") == 3
    assert Attachment.objects.count() == 2


def test_what_was_taken_out_of_a_draft_counts_no_more_and_its_row_stays(settings, officer, handled):
    settings.ATTACHMENT_MAX_COUNT = 1
    reply(officer, handled, evidence=[factories.upload("一.pdf")])
    row = Attachment.objects.get()
    address = reverse("suggestions:file", args=[handled.pk, row.pk])
    b"".join(officer.get(address).streaming_content)
    assert reply(officer, handled, remove=row.pk).status_code == 302
    assert reply(officer, handled, evidence=[factories.upload("二.pdf")]).status_code == 302
    assert list(Attachment.objects.values_list("name", "void")) == [("一.pdf", True), ("二.pdf", False)]
    assert officer.get(address).status_code == 404
    assert default_storage.exists(row.key)


# --- names --------------------------------------------------------------------------------------------------------------
KEY = re.compile(r"\d{4}/\d{2}/[0-9a-f]{32}")
NAMES = {
    "../../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\回证.pdf": "回证.pdf",
    "/etc/cron.d/任务.pdf": "任务.pdf",
    "回证\x00\x07\x1b[31m.pdf": "回证[31m.pdf",
    "gpj.\u202e回证.pdf": "gpj.回证.pdf",
    "<script>回证.pdf": "<script>回证.pdf",
    '回证";filename="x.exe.pdf': '回证";filename="x.exe.pdf',
    "送达回证（2026）.pdf": "送达回证（2026）.pdf",
}


def body(name: str, fields: dict) -> bytes:
    """A request as an attacker's program writes it, with that file name."""
    part = "--x\r\nContent-Disposition: form-data; name="
    texts = "".join(f'{part}"{field}"\r\n\r\n{value}\r\n' for field, value in fields.items())
    quoted = name.replace('"', '\\"')
    head = f'{texts}{part}"scan"; filename="{quoted}"\r\nContent-Type: application/pdf\r\n\r\n'
    return head.encode() + factories.PDF + b"\r\n--x--\r\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_and_is_never_a_path(letter, clerk, name):
    fields = {"method": "direct", "happened_on": letter.issued_on.isoformat()}
    address = reverse("suggestions:step", args=[letter.pk, "serve"])
    answer = clerk.post(address, body(name, fields), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 302, answer.content.decode()
    row = Attachment.objects.get()
    assert (row.name, bool(KEY.fullmatch(row.key)), row.suffix) == (NAMES[name], True, "pdf")
    assert default_storage.exists(row.key)
    answer = clerk.get(reverse("suggestions:file", args=[letter.pk, row.pk]))
    assert b"".join(answer.streaming_content) == factories.PDF
    assert re.fullmatch(r"inline; filename\*=UTF-8''[A-Za-z0-9%._~-]+", answer["Content-Disposition"])
    page = clerk.get(reverse("suggestions:detail", args=[letter.pk])).content.decode()
    assert "<script>回" not in page


def test_two_files_of_one_name_are_two_files(letter, world):
    rows = [
        files.store(factories.upload("回证.pdf", factories.PDF + each), letter, "service", world.court_handler)
        for each in (b"1", b"2")
    ]
    assert rows[0].key != rows[1].key
    for row, last in zip(rows, (b"1", b"2"), strict=True):
        with files.read(row.key) as kept:
            assert kept.read() == factories.PDF + last


SHOWN = {
    "函.pdf": (factories.PDF, "application/pdf", "inline"),
    "图.png": (PNG, "image/png", "inline"),
    "记.txt": (b"<script>alert(1)</script>", "application/octet-stream", "attachment"),
    "包.zip": (zipped({"a.txt": b"a"}), "application/octet-stream", "attachment"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_download_says_what_it_is_and_is_not_guessed(letter, clerk, name):
    data, kind, shown = SHOWN[name]
    serve(clerk, letter, factories.upload(name, data))
    answer = clerk.get(reverse("suggestions:file", args=[letter.pk, Attachment.objects.get().pk]))
    assert b"".join(answer.streaming_content) == data
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
    assert answer["Content-Disposition"].startswith(f"{shown}; filename*=UTF-8''")


# --- a full disk --------------------------------------------------------------------------------------------------------
class Full(FileSystemStorage):
    """A disk on which there is no room left."""

    def _save(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def full_disk(settings):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.matters.test_files.Full"}}


def test_on_a_full_disk_a_step_is_not_taken_and_nothing_typed_is_lost(letter, clerk, full_disk):
    page = serve(clerk, letter, factories.upload("回证.pdf"))
    assert page.status_code == 507
    assert "服务器存储空间不足" in page.content.decode()
    assert 'value="韦某"' in page.content.decode()
    letter.refresh_from_db()
    assert (letter.state, Attachment.objects.count()) == (State.ISSUED, 0)


def test_on_a_full_disk_a_draft_keeps_its_text_on_the_page_and_its_old_text_in_the_database(officer, handled, request):
    reply(officer, handled)
    request.getfixturevalue("full_disk")
    page = reply(officer, handled, **{"note-1": "磁盘满时写的。"}, evidence=[factories.upload("佐证.pdf")])
    assert page.status_code == 507
    assert "磁盘满时写的。</textarea>" in page.content.decode()
    paper = Paper.objects.get(kind="reply")
    assert paper.draft["items"]["1"]["note"] == "第1项写了很久。"
    assert reply(officer, handled, **{"note-1": "不带附件再存一次。"}).status_code == 302


def test_on_a_full_disk_nothing_is_registered(world, sign_in, full_disk):
    page = sign_in(world.procuratorate_handler).post(
        reverse("suggestions:register"), {"letter": factories.upload("检察建议书.pdf")}
    )
    assert page.status_code == 507
    assert not Matter.objects.filter(state=State.DRAFT).exists()


def test_a_signature_on_paper_is_not_entered_without_its_sheet(world, full_disk):
    matter = factories.draft(world.court_handler, world.bureau)
    sheet = {"signer_name": "陆某", "signed_on": date(2026, 3, 3), "sheet": factories.upload("稿纸.pdf")}
    with pytest.raises(files.NoRoom):
        engine.take(matter.pk, "suggestion-record", world.court_handler, data=sheet)
    assert Paper.objects.get(matter=matter).status == Paper.Status.DRAFT
    assert Event.objects.filter(matter=matter).count() == 0
