"""`manage.py demo`: loaded once for all tests of this module, and taken away again."""

import re
from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from stdnum.cn import uscc

from infoshare.models import Notice as JointNotice
from linkage.jobs.models import Job
from linkage.management.demo import joint, people, scans
from linkage.management.demo.letters import LETTERS
from linkage.matters import engine, files, filetypes
from linkage.matters.models import Attachment, Deadline, Event, Matter, Paper, Party, Series, Signature
from linkage.notices.models import Mail, Notice
from linkage.papers import layout
from linkage.units.acting import for_unit
from linkage.units.models import Post, Succession, Unit, User
from suggestions.kind import KIND
from suggestions.models import Reply, ReplyItem, State, Suggestion
from suggestions.reading import read_pdf

pytestmark = pytest.mark.django_db  # each test takes back what it writes, and leaves the demonstration
TOWNS = ["岑城", "马路", "南渡", "水汶", "大隆", "梨木", "大业", "筋竹", "诚谏", "归义", "糯垌", "安平", "三堡", "波塘"]
ROW = re.compile(r"  ([a-z]+)\s+([a-z0-9]{5}-[a-z0-9]{4}-[a-z0-9]{5})  ")


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, as it was told; its files in a folder of their own."""
    folder = {"location": str(tmp_path_factory.mktemp("files"))}
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": folder},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with django_db_blocker.unblock(), override_settings(STORAGES=storages), transaction.atomic():
        mail.outbox = []
        yield run()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(demo):
    """The files stay where the demonstration put them."""


def told(text: str) -> dict[str, str]:
    """The accounts and passwords that were shown."""
    return dict(ROW.findall(text))


# --- units and people -------------------------------------------------------------------------------------------------
def test_the_units_of_the_county_are_there():
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert {unit.name for unit in Unit.objects.filter(kind="town")} == {f"岑溪市{name}镇人民政府" for name in TOWNS}
    assert kinds["department"] + kinds["vertical"] + kinds["outpost"] >= 30
    assert (kinds["court"], kinds["procuratorate"], kinds["government"]) == (1, 1, 1)
    offline = set(Unit.objects.filter(offline=True).values_list("name", flat=True))
    assert offline == {"梧州市中级人民法院", "岑溪市监察委员会", "岑溪市桂兴石材有限公司"}
    assert Unit.objects.filter(signing="offline").count() == 2
    assert Unit.objects.filter(numbering="register").count() == 1
    assert Unit.objects.exclude(online_service_since=None).count() > 35


def test_every_credit_code_is_valid_and_used_once():
    codes = list(Unit.objects.values_list("credit_code", flat=True))
    assert all(uscc.is_valid(code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert {code[:2] for code in codes} == {"11", "91"}


def test_the_old_office_is_succeeded():
    row = Succession.objects.get()
    assert (row.predecessor.name, row.successor.name) == ("岑溪市法制办公室", "岑溪市司法局")
    assert not Unit.objects.current().filter(pk=row.predecessor_id).exists()
    land = Unit.objects.get(short="市自然资源局")
    assert land.name_on(date(2018, 4, 3)) == "岑溪市国土资源局"


def test_every_unit_with_accounts_has_a_handler_and_a_leader():
    for unit in Unit.objects.current().filter(offline=False):
        roles = set(Post.objects.active().filter(unit=unit).values_list("role", flat=True))
        assert {"handler", "leader"} <= roles, unit
    leads = Post.objects.filter(unit__kind__in=Unit.LEADS)
    assert leads.filter(role="handler", ab="B").values("unit").distinct().count() == 3
    assert leads.filter(role="admin").values("unit").distinct().count() == 3
    assert Post.objects.filter(role="admin").values("unit").distinct().count() >= 3 + 8


def test_one_person_serves_a_town_and_the_legal_office():
    user = User.objects.get(username="dengjunjie")
    assert {post.unit.short for post in user.posts.all()} == {"归义镇人民政府", "市司法局"}


# --- passwords --------------------------------------------------------------------------------------------------------
def test_the_passwords_shown_open_the_doors(demo):
    shown = told(demo)
    assert set(shown) == {sign_in.account for sign_in in people.SIGN_INS}
    assert len(set(shown.values())) == len(shown)
    user = authenticate(username="liangxiaolan", password=shown["liangxiaolan"])
    assert user.must_change_password is False


def test_no_password_is_kept_in_clear_and_nobody_else_can_sign_in(demo):
    shown = told(demo)
    hashes = dict(User.objects.values_list("username", "password"))
    assert all(hashes[account].startswith("argon2") for account in shown)
    assert not any(password in stored for password in shown.values() for stored in hashes.values())
    others = User.objects.exclude(username__in=shown)
    assert others.count() > 80
    assert not any(user.has_usable_password() for user in others)
    assert set(others.values_list("email", flat=True)) == {""}


def test_new_passwords_take_the_place_of_the_old(demo):
    old, new = told(demo), told(run("--passwords"))
    assert set(old) == set(new)
    assert not set(old.values()) & set(new.values())
    assert authenticate(username="qinliming", password=old["qinliming"]) is None
    assert authenticate(username="qinliming", password=new["qinliming"])


def test_the_address_is_told(demo, settings):
    assert f"地址  {settings.SITE_URL}/" in demo


def test_a_second_run_is_refused():
    before = Matter.objects.count()
    with pytest.raises(CommandError, match="只能载入空库"):
        run()
    assert Matter.objects.count() == before


# --- letters ----------------------------------------------------------------------------------------------------------
def replies_due(**conditions):
    return Deadline.objects.filter(code="reply", **conditions)


def test_every_state_is_there():
    assert set(Matter.objects.filter(kind="suggestion").values_list("state", flat=True)) == set(State.values)
    assert Matter.objects.filter(kind="suggestion").count() == len(LETTERS) >= 24


def test_every_lamp_is_there():
    today = timezone.localdate()
    parties = Party.objects.filter(addressee=True, box=0)
    assert parties.filter(due_on__lt=today).count() >= 2
    assert parties.filter(due_on__gte=today, warn_on__lte=today).exists()
    assert parties.filter(warn_on__gt=today).exists()
    assert replies_due(outcome="met").exists()
    assert replies_due(outcome="late").exists()
    assert Deadline.objects.open().filter(code="supplement", soft=True, due__gte=today).exists()


def test_drafts_stand_at_every_place_of_the_signing():
    statuses = set(Paper.objects.filter(matter__state="draft").values_list("status", "origin"))
    assert statuses == {("draft", "made"), ("signing", "made"), ("draft", "registered")}
    returned = Signature.objects.get(verdict="returned")
    assert (returned.paper.status, bool(returned.reason)) == ("draft", True)
    assert Paper.objects.filter(kind="reply", status="signing").exists()


def test_what_is_overdue_was_urged_by_a_numbered_letter():
    late = Suggestion.objects.filter(matter__state="handling", urged__gte=1)
    assert late.count() == 2
    urgings = Paper.objects.filter(kind="urging", status="issued")
    assert all(re.match(r"岑(司|检)催〔\d{4}〕\d+号", paper.number) for paper in urgings)
    assert urgings.count() == sum(Suggestion.objects.values_list("urged", flat=True)) == 4
    assert Event.objects.filter(verb="call").exists()
    assert Event.objects.filter(verb="remind").exists()


def test_a_letter_waits_for_its_receipt_and_others_for_their_service():
    assert Deadline.objects.open().filter(code="receive", due__gte=timezone.localdate()).exists()
    served = set(Suggestion.objects.exclude(served_by="").values_list("served_by", flat=True))
    assert {"online", "direct", "announced", "post"} <= served
    assert Suggestion.objects.filter(matter__state="issued", served_on=None).count() >= 2


def test_units_without_accounts_are_served_and_answer_on_paper():
    entered = Event.objects.get(verb="enter")
    assert (entered.unit.short, entered.matter.suggestion.addressee.short) == ("市人民法院", "桂兴石材公司")
    discipline = Suggestion.objects.get(addressee__short="市监委")
    assert not discipline.matter.deadlines.open().exists()
    assert not Party.objects.filter(matter__suggestion__addressee__offline=True, copied=True).exists()


def test_letters_of_the_procuratorate_are_registered_with_their_pdf():
    letters = Paper.objects.filter(unit__kind="procuratorate", kind="suggestion", status="issued")
    assert set(letters.values_list("origin", flat=True)) == {"registered"}
    assert len({paper.number for paper in letters}) == letters.count() >= 6
    paper = letters.get(matter__title="永久基本农田被占用堆放石材废料")
    with files.read(paper.file.key) as stream:
        data = stream.read()
    found = read_pdf(data)
    assert found["number"] == paper.number
    assert found["issued_on"] == paper.issued_on
    assert Unit.objects.get(pk=found["addressee"]).short == "市自然资源局"
    assert len(found["advice"].splitlines()) == 3


def test_replies_answer_every_item_and_carry_evidence():
    for reply in Reply.objects.select_related("suggestion"):
        assert reply.items.count() == reply.suggestion.advice.count()
    assert set(ReplyItem.objects.values_list("status", flat=True)) >= {"done", "doing"}
    assert set(Reply.objects.values_list("stance", flat=True)) >= {"full", "performed"}
    evidence = Attachment.objects.filter(purpose="evidence")
    assert {row.suffix for row in evidence} == {"pdf", "png"}
    assert Signature.objects.filter(recorded_by__isnull=False, signer_name="韦正平").exists()
    assert Paper.objects.filter(kind="reply", number__startswith="岑住建函〔").exists()
    assert Paper.objects.exclude(stamped=None).exists()


def test_the_record_is_in_the_order_of_time_and_never_in_the_future():
    now = timezone.now()
    for matter in Matter.objects.all():
        clocks = list(matter.events.order_by("pk").values_list("recorded_at", flat=True))
        assert clocks == sorted(clocks)
        assert all(clock <= now for clock in clocks)
    span = now - Event.objects.exclude(matter=None).order_by("recorded_at").first().recorded_at
    assert timedelta(days=250) < span < timedelta(days=330)
    numbers = (
        Paper.objects.filter(number__startswith="岑法建〔").order_by("issued_on", "pk").values_list("number", flat=True)
    )
    serials = [int(re.search(r"〕(\d+)号", number)[1]) for number in numbers if f"〔{now.year}〕" in number]
    assert serials == list(range(1, len(serials) + 1))


@pytest.mark.parametrize("command", ["check_copies", "check_inbox", "check_series", "succeed"])
def test_the_checks_pass(command):
    call_command(command, stdout=StringIO(), stderr=StringIO())


# --- what is left for the worker --------------------------------------------------------------------------------------
def test_the_past_is_not_mailed():
    assert (mail.outbox, Mail.objects.count()) == ([], 0)
    assert not Job.objects.filter(name="announce", done_at=None).exists()
    unread = Notice.objects.unread()
    assert unread.exists()
    assert unread.filter(created_at__lt=timezone.now() - timedelta(days=7)).count() == 0
    assert unread.filter(topic="urge", user__username="liangxiaolan").exists()


def test_every_paper_made_here_waits_for_its_pdf():
    made = Paper.objects.filter(origin="made").exclude(frozen="").values_list("pk", flat=True)
    waiting = {row.args["paper"] for row in Job.objects.filter(name="render", done_at=None)}
    assert waiting == set(made)


# --- the joint notice -------------------------------------------------------------------------------------------------
def test_the_notice_of_2018_is_out_with_its_whole_text():
    notice = JointNotice.objects.get()
    paper = Paper.objects.get(matter=notice.matter)
    content = paper.content
    assert (paper.number, paper.issued_on) == ("岑法制发〔2018〕1号", date(2018, 4, 3))
    assert content["issuers"] == content["signed"] == ["岑溪市法制办公室", "岑溪市人民法院", "岑溪市人民检察院"]
    assert (content["printed_by"], content["printed_on"]) == ("岑溪市法制办公室", "2018-04-03")
    assert content["note"] == "网络传输"
    source = joint.SOURCE.read_text(encoding="utf-8")
    rules = source.split("-----")[1].strip().splitlines()
    assert content["annex"]["title"] == rules[0]
    assert [row["text"] for row in content["annex"]["body"]] == rules[1:]
    assert content["body"][0]["text"] in source
    assert Counter(row["level"] for row in content["annex"]["body"]) == {0: 9, 1: 3, 2: 9, 3: 15, 4: 16}


def test_the_notice_is_laid_out_by_the_standard():
    sheet = layout.html(Paper.objects.get(kind="notice").content)
    assert "official-joint" in sheet
    assert "文件" in sheet
    assert "本规则自2018年4月3日起执行。" in sheet
    assert "2018年4月3日印发" in sheet


def test_only_its_issuers_have_a_row():
    rows = set(Party.objects.filter(kind="notice").values_list("unit__short", "holder__short"))
    expected = {("市法制办公室", "市司法局"), ("市人民法院", "市人民法院"), ("市人民检察院", "市人民检察院")}
    assert rows == expected


# --- many letters -----------------------------------------------------------------------------------------------------
@pytest.fixture
def many():
    """200 letters more; gives the keys of the new ones."""
    before, jobs = set(Matter.objects.values_list("pk", flat=True)), Job.objects.count()
    assert "已批量加入建议 200 件" in run("--suggestions", "200")
    assert Job.objects.count() == jobs
    return set(Matter.objects.values_list("pk", flat=True)) - before


def test_many_letters_are_what_the_engine_would_have_written(many):
    """Texts and terms equal what the mechanism itself builds from the rows; the checks pass over all of them."""
    assert len(many) == 200
    for paper in Paper.objects.filter(matter__in=many).exclude(frozen="").select_related("matter", "unit")[:120]:
        assert KIND.papers[paper.kind].build(paper.matter, paper) == paper.content
        assert KIND.papers[paper.kind].title(paper.matter, paper) == paper.title
    for row in Deadline.objects.filter(matter__in=many, code="reply").select_related("matter", "rule")[:40]:
        term = KIND.term(row.matter, "reply")
        stored = (row.label, row.rule, row.amount, row.term_unit, row.basis, row.mark, row.window)
        assert stored == (term.label, term.rule, term.amount, term.unit, term.basis, term.mark, term.window)
    for command in ("check_copies", "check_inbox", "check_series"):
        call_command(command, stdout=StringIO(), stderr=StringIO())


def test_many_letters_have_many_fates(many):
    states = Counter(Matter.objects.filter(pk__in=many).values_list("state", flat=True))
    assert set(states) >= {"closed", "handling", "replied", "following"}
    assert states["closed"] > 90
    families = set(Suggestion.objects.filter(pk__in=many).values_list("type__family", flat=True))
    assert families == {"judicial", "procuratorial", "opinion"}
    numbers = list(Paper.objects.exclude(number="").values_list("unit", "number"))
    assert len(set(numbers)) == len(numbers)
    given = Series.objects.filter(prefix="岑法建", kind="suggestion").latest("year")
    borne = [number for _, number in numbers if number.startswith(f"岑法建〔{given.year}〕")]
    assert len(borne) == given.last


def test_a_letter_of_the_many_goes_on_through_the_engine(many):
    party = Party.objects.filter(matter__in=many, issuer=True, matter__state="replied").first()
    actor = for_unit(party.handler, party.holder)
    engine.take(party.matter_id, "close", actor, data={"result": "done", "opinion": "落实到位。"})
    assert Party.objects.get(pk=party.pk).box == 3


def test_a_number_that_is_none_is_refused():
    with pytest.raises(CommandError, match="正整数"):
        run("--suggestions", "0")


def test_scans_are_files_that_uploads_would_pass():
    page, photograph = scans.page("送达回证", "受送达单位：岑溪市自然资源局"), scans.photograph(60)
    assert filetypes.problem("回证.pdf", page) == filetypes.problem("照片.png", photograph) == ""
    assert "受送达单位：岑溪市自然资源局" in filetypes.pdf_text(page)
