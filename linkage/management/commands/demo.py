"""`manage.py demo`: fill an empty installation with what a visitor needs to look around."""

import unicodedata
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from linkage.management.demo import bulk, docket, joint, letters, people, settle, units
from linkage.management.demo.clock import moving, quiet
from linkage.units.models import Unit, User

HEAD = ("身份", "账号", "密码", "可以看什么")


class Command(BaseCommand):
    help = "向空库载入示例数据，显示地址和随机生成的密码（只显示一次）。"

    def add_arguments(self, parser):
        parser.add_argument("--passwords", action="store_true", help="为示例账号生成新密码，原密码作废")
        parser.add_argument("--suggestions", type=int, metavar="N", help="再批量加入 N 件建议，供压力测试")

    def handle(self, *args: Any, **options: Any) -> None:
        more = options["suggestions"]
        if options["passwords"]:
            self.tell_passwords()
        elif more is None:
            self.load()
            self.tell_passwords()
        if more is not None:
            self.add(more)

    def load(self) -> None:
        """All in one transaction: a demonstration is there as a whole or not at all."""
        if Unit.objects.exists():
            raise CommandError("数据库中已有单位，示例数据只能载入空库。需要新密码时用 --passwords。")
        with moving() as clock, quiet(), transaction.atomic():
            made = units.create()
            people.create(made)
            with clock.at(joint.first_day(clock)):
                joint.issue(made)
                letters.announce()
            count = letters.live_through(made, clock)
            cases = docket.live_through(made, clock)
            settle.settle()
        self.stdout.write(
            f"已载入示例数据：单位 {len(made)} 个，人员 {User.objects.count()} 名，建议 {count} 件，行政案件 {cases} 件，联合文件 1 件。"
        )
        self.stdout.write("单位名称按实际类别，人员、案件、代码、电话均为虚构；岑法制发〔2018〕1号为真实文件。")

    def add(self, more: int) -> None:
        """Many letters at once; an empty installation gets the demonstration first."""
        if more < 1:
            raise CommandError("“--suggestions”后面写一个正整数。")
        if not Unit.objects.exists():
            self.load()
            self.tell_passwords()
        with quiet():
            made = bulk.add(more)
        self.stdout.write(f"已批量加入建议 {made} 件。")

    def tell_passwords(self) -> None:
        try:
            made = people.new_passwords()
        except User.DoesNotExist:
            raise CommandError("没有示例账号，请先运行 manage.py demo。") from None
        self.stdout.write(f"\n地址  {settings.SITE_URL}/\n密码只显示这一次，重新生成：manage.py demo --passwords\n")
        rows = [HEAD, *((standing(sign_in), sign_in.account, password, sign_in.hint) for sign_in, password in made)]
        widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            self.stdout.write("  ".join(padded(text, size) for text, size in zip(row, widths, strict=True)).rstrip())


def standing(sign_in: people.SignIn) -> str:
    """市人民法院 经办人 卢建华."""
    role = sign_in.roles[0]
    word = people.Post.Role(role.role).label
    return f"{role.short} {word} {sign_in.name}"


def width(text: str) -> int:
    """Columns a text takes on a terminal: two for every Han character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))
