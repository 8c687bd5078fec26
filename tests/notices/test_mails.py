"""Mails as a mail server receives them: one digest a day, at once for what cannot wait, office hours, retry."""

import pytest
from django.utils import timezone

from linkage.jobs import outbox
from linkage.jobs.models import LAST_ATTEMPT, Job
from linkage.notices import reminders, telling
from linkage.notices.models import Mail, Notice
from linkage.notices.telling import Message
from linkage.units.models import Post, User
from tests import factories
from tests.notices.conftest import at
from tests.postbox import Postbox, subject_of, text_of
from tests.units.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(bureau, handler, owed):
    """tell("新收建议", urgent=True) writes a notice of a matter to the handler."""

    def write(title: str, *people: User, urgent: bool = False, unit=None, key: str = "") -> None:
        matter = owed("2027-01-04").matter
        key = key or f"event:{matter.pk}"
        people = people or (handler,)
        telling.tell([Message(key, (unit or bureau).pk, matter.pk, title, "todo", urgent, people)])

    return write


def run(moment: str) -> None:
    """What beat and the workers do at a moment."""
    with at(moment):
        reminders.remind()
        outbox.drain()


# --- The digest -------------------------------------------------------------------------------------------------------
def test_one_digest_a_day_with_what_is_unread(postbox, tell, handler):
    with at("2026-03-09 20:00"):
        tell("市人民法院审查办结：岑法建〔2026〕3号 规范听证告知程序")
        tell("期限重新计算：岑法建〔2026〕4号")
        tell("已经看过的")
    Notice.objects.filter(title="已经看过的").update(read_at=timezone.now())
    run("2026-03-10 08:20")
    assert postbox.letters == []
    run("2026-03-10 08:30")
    with at("2026-03-10 09:00"):
        tell("上午的通知")
    for clock in ("09:10", "12:00", "17:50"):
        run(f"2026-03-10 {clock}")
    assert [subject_of(letter) for letter in postbox.letters] == ["【联动平台】3月10日有 2 条新通知"]
    lines = text_of(postbox.letters[0]).splitlines()
    assert lines[:4] == [
        "梁晓岚：", "", "市自然资源局：", "· 市人民法院审查办结：岑法建〔2026〕3号 规范听证告知程序",
    ]  # fmt: skip
    run("2026-03-11 08:40")
    assert "上午的通知" in text_of(postbox.letters[1])
    assert len(postbox.letters) == 2
    run("2026-03-12 08:40")
    assert len(postbox.letters) == 2  # nothing new, no mail


def test_no_digest_on_a_day_of_rest(postbox, tell):
    with at("2026-03-06 19:00"):
        tell("周五晚上的通知")
    run("2026-03-07 10:00")
    assert postbox.letters == []
    run("2026-03-09 08:35")
    assert postbox.ids == [message_id(Mail.objects.get())]


def message_id(mail: Mail) -> str:
    return f"<linkage-mail-{mail.pk}@localhost>"


def test_everybody_gets_his_own(postbox, tell, handler, bureau):
    others = [person(f"p{n}x", f"某{n}", (bureau, "handler"), email=f"p{n}@cenxi.example") for n in range(3)]
    with at("2026-03-10 08:00"):
        tell("三个人的", *others)
        tell("梁晓岚的")
    run("2026-03-10 08:30")
    sent = {letter["To"]: text_of(letter) for letter in postbox.letters}
    assert set(sent) == {"p0@cenxi.example", "p1@cenxi.example", "p2@cenxi.example", "lxl@cenxi.example"}
    assert "三个人的" not in sent["lxl@cenxi.example"]


def test_notices_stand_under_the_unit_they_are_for(postbox, tell, handler, bureau):
    town = factories.unit("town", "南渡镇人民政府")
    Post.objects.create(user=handler, unit=town, role="handler")
    with at("2026-03-10 08:00"):
        tell("镇里的", unit=town)
        tell("局里的")
    run("2026-03-10 08:30")
    assert text_of(postbox.letters[0]).splitlines()[2:6] == [
        "南渡镇人民政府：",
        "· 镇里的",
        "市自然资源局：",
        "· 局里的",
    ]


def test_who_has_left_a_unit_reads_nothing_of_it_by_mail(postbox, tell, handler, bureau):
    with at("2026-03-09 20:00"):
        tell("紧急的", urgent=True)
        tell("不急的")
    Post.objects.filter(user=handler).update(ended_at=timezone.now())
    run("2026-03-10 08:30")
    assert postbox.letters == []
    assert Job.objects.get(name="mail").result == "未发送：没有邮箱，或者已离岗"


def test_a_person_without_an_address_gets_none(postbox, tell, handler):
    User.objects.update(email="")
    with at("2026-03-10 08:00"):
        tell("紧急的", urgent=True)
        tell("不急的")
    run("2026-03-10 08:30")
    assert (Notice.objects.filter(user=handler).count(), Mail.objects.count(), postbox.letters) == (2, 0, [])


def test_a_long_digest_ends_with_the_number_left_out(postbox, tell):
    with at("2026-03-10 08:00"):
        for number in range(53):
            tell(f"通知{number}")
    run("2026-03-10 08:30")
    text = text_of(postbox.letters[0])
    assert (text.count("· 通知"), "另有 3 条，请登录查看。" in text) == (50, True)


def test_a_digest_that_comes_a_day_late_is_left_to_that_day(postbox, tell):
    with at("2026-03-10 08:00"):
        tell("昨天的")
    with at("2026-03-10 17:59"):
        reminders.remind()
    run("2026-03-11 08:30")
    assert [subject_of(letter) for letter in postbox.letters] == ["【联动平台】3月11日有 1 条新通知"]


# --- At once ----------------------------------------------------------------------------------------------------------
def test_a_new_letter_is_mailed_at_once(postbox, world):
    User.objects.filter(pk=world.bureau_handler.user.pk).update(email="lxl@cenxi.example")
    with at("2026-03-02 10:00"):
        matter = factories.issued(world)
        Job.objects.filter(name="render").delete()
        outbox.drain()
    (letter,) = postbox.letters
    assert subject_of(letter) == f"【联动平台】新收建议：{matter.number} {matter.title}"
    assert (letter["To"], letter["Message-ID"]) == ("lxl@cenxi.example", message_id(Mail.objects.get()))
    text = text_of(letter)
    assert "· 新收建议：岑法建〔2026〕1号 规范行政处罚听证告知程序" in text
    assert "http://127.0.0.1:8000/" in text
    for case_text in ("听证告知期限不足", *factories.ADVICE):
        assert case_text not in text


@pytest.mark.parametrize(
    ("told", "opening"),
    [
        ("2026-03-09 18:00", "2026-03-10 08:30"),
        ("2026-03-10 06:00", "2026-03-10 08:30"),
        ("2026-03-06 20:00", "2026-03-09 08:30"),
        ("2026-04-30 18:30", "2026-05-06 08:30"),  # over Labour Day
        ("2026-05-08 19:00", "2026-05-09 08:30"),  # a Saturday that is worked
    ],
)
def test_outside_office_hours_it_waits_for_the_next_opening(told, opening, postbox, tell):
    with at(told):
        tell("紧急的", urgent=True)
        outbox.drain()
        assert postbox.letters == []
        assert timezone.localtime(Mail.objects.get().send_after).strftime("%Y-%m-%d %H:%M") == opening
    with at(opening):
        outbox.drain()
    assert len(postbox.letters) == 1


def test_what_was_mailed_at_once_is_not_in_the_digest(postbox, tell):
    with at("2026-03-10 10:00"):
        tell("紧急的", urgent=True)
        outbox.drain()
    run("2026-03-11 08:30")
    assert len(postbox.letters) == 1


def test_days_are_counted_when_the_mail_goes_out(postbox, owed, handler):
    owed("2026-03-20")
    with at("2026-03-10 09:00"):
        reminders.remind()
    with at("2026-03-11 09:00"):
        reminders.remind()
        outbox.drain()
    text = text_of(postbox.letters[0])
    assert "· 书面回复期限3月20日（周五）到期：" in text
    assert "（剩 9 天）" in text


def test_overdue_is_mailed_to_handler_and_leader(postbox, owed, handler, leader):
    owed("2026-03-10")
    run("2026-03-11 09:00")
    assert {letter["To"] for letter in postbox.letters} == {"lxl@cenxi.example", "lm@cenxi.example"}
    assert all("（逾期 1 天）" in text_of(letter) for letter in postbox.letters)


def test_many_at_the_same_moment_are_one_mail(postbox, owed, handler):
    for _ in range(3):
        owed("2026-03-10")
    run("2026-03-11 09:00")
    (letter,) = postbox.letters
    assert subject_of(letter) == "【联动平台】有 3 条需要立即查看的通知"
    assert text_of(letter).count("· 书面回复已逾期，期限3月10日（周二）：岑法建〔2026〕") == 3


# --- The mail server ---------------------------------------------------------------------------------------------------
def test_a_refused_mail_is_tried_again_and_arrives_once(postbox, tell):
    postbox.refusals[:] = ["451 later", "451 later"]
    with at("2026-03-10 10:00") as clock:
        tell("紧急的", urgent=True)
        outbox.drain()
        row = Job.objects.get(name="mail")
        assert (row.attempts, row.reason, postbox.letters) == (1, "SMTPDataError", [])
        clock.shift(29)
        assert outbox.drain() == 0
        clock.shift(1)
        outbox.drain()
        clock.shift(60)
        assert outbox.drain() == 1
        outbox.drain()
    assert postbox.ids == [message_id(Mail.objects.get())]
    assert Job.objects.get(name="mail").attempts == 3


def test_a_server_that_is_away_over_closing_time_gets_it_in_the_morning(postbox, tell):
    postbox.refusals[:] = ["451 later"]
    with at("2026-03-10 17:59") as clock:
        tell("紧急的", urgent=True)
        outbox.drain()
        clock.shift(60)
        outbox.drain()
    assert postbox.letters == []
    row = Job.objects.get(name="mail")
    assert (row.attempts, timezone.localtime(row.run_after).strftime("%d %H:%M")) == (1, "11 08:30")
    run("2026-03-11 08:30")
    assert len(postbox.letters) == 1


def test_a_mail_given_up_is_alarmed_and_can_be_tried_again(settings, tell, bureau):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens
    office = factories.unit("legal_office", "市司法局")
    person("zhouqi", "周琪", (office, "admin"), email="zq@cenxi.example")
    with at("2026-03-10 09:00"):
        tell("紧急的", urgent=True)
        Job.objects.filter(name="mail").update(attempts=LAST_ATTEMPT - 1)
        outbox.drain()
        row = Job.objects.get(name="mail")
        assert (row.attempts, row.reason, row in Job.objects.failed()) == (
            LAST_ATTEMPT, "ConnectionRefusedError", True,
        )  # fmt: skip
    with Postbox() as box:
        settings.EMAIL_PORT = box.port
        run("2026-03-11 08:30")
        assert "有 1 项后台任务多次重试后仍未完成" in text_of(box.letters[0])
        with at("2026-03-11 08:40"):
            assert Job.objects.try_again() == 1
            outbox.drain()
        assert [letter["To"] for letter in box.letters] == ["zq@cenxi.example", "lxl@cenxi.example"]


def test_headers_and_text_are_utf_8(postbox, tell):
    with at("2026-03-10 10:00"):
        tell("新收建议：岑法建〔2026〕3号", urgent=True)
        outbox.drain()
    raw = postbox.letters[0].as_bytes()
    assert b"=?utf-8?" in raw.lower().partition(b"\n\n")[0]
    assert postbox.letters[0].get_content_charset() == "utf-8"
    assert postbox.letters[0]["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@x", "甲\r\nBcc: a@b.example", "甲\nX: 1", "\u2028乙"])
def test_a_subject_takes_no_formula_and_no_second_line(title, postbox, tell):
    with at("2026-03-10 10:00"):
        tell(title, urgent=True)
        outbox.drain()
    (letter,) = postbox.letters
    assert subject_of(letter).startswith("【联动平台】")
    assert subject_of(letter).isprintable()
    assert (letter["Bcc"], letter["X"], letter["To"]) == (None, None, "lxl@cenxi.example")


def test_the_sender_may_have_a_name(postbox, tell, settings):
    settings.DEFAULT_FROM_EMAIL = "依法行政联动平台 <no-reply@cenxi.example>"
    with at("2026-03-10 10:00"):
        tell("紧急的", urgent=True)
        outbox.drain()
    assert postbox.ids == [f"<linkage-mail-{Mail.objects.get().pk}@cenxi.example>"]
    assert postbox.letters[0]["From"].endswith("<no-reply@cenxi.example>")


def test_sending_again_what_was_sent_does_nothing(postbox, tell):
    with at("2026-03-10 10:00"):
        tell("紧急的", urgent=True)
        outbox.drain()
        Job.objects.filter(name="mail").update(done_at=None)
        outbox.drain()
    assert len(postbox.letters) == 1
